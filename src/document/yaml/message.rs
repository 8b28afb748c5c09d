//! The parser's error kinds in words for somebody at 2 a.m.

use granit_parser::ErrorKind;

pub(super) struct Said {
    pub(super) message: String,
    pub(super) help: &'static str,
}

const QUOTE_IT: &str = "put the value in quotes, or line it up with its neighbours";
const LINE_UP: &str = "line it up with the entries it belongs to; indent with spaces";
const SEPARATE: &str = "separate entries with `,` and close every bracket";
const ESCAPES: &str = "a backslash is written `\\\\` in double quotes; single quotes know no escapes";
const ESCAPABLE: &str = "0abt\tnvfre \"/\\N_LPxuU\r\n";
const TAGS: &str =
    "a tag is written `!name`, `!!type` or `!<uri>` and ends with a blank; quote the text if no tag is meant";
const DIRECTIVES: &str = "a line that starts with `%` is a directive; remove it, or quote the text if none is meant";
const CLOSE_IT: &str = "was the file cut off? close every bracket and quote";
const SIMPLIFY: &str = "simplify this part of the file";

#[expect(clippy::too_many_lines, reason = "a table: one arm says one thing")]
pub(super) fn of(kind: &ErrorKind) -> Said {
    let (message, help) = match kind {
        ErrorKind::UnexpectedCharacter { character } => return unexpected(*character),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return say(format!("`{open}` is closed with `{close}`"), SEPARATE);
        }
        ErrorKind::UnclosedFlowCollection { open } => return say(format!("`{open}` is never closed"), CLOSE_IT),
        ErrorKind::Custom(text) => return say(text.clone(), SIMPLIFY),
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            ("the quote is never closed", "close it with the same quote it was opened with")
        }
        ErrorKind::InvalidQuotedScalarIndent => {
            ("the quoted text goes on, but this line is not indented", "is a closing quote missing above?")
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => (
            "a `:` cannot stand here",
            "a value that holds `: ` needs quotes; else line up the key with its neighbours",
        ),
        ErrorKind::MappingKeyNotAllowed | ErrorKind::ExpectedBlockMappingKey => ("a key is expected here", LINE_UP),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ("this line has no `:` after its key", "write `key: value`; a key stands on one line")
        }
        ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::ExpectedNodeContent
        | ErrorKind::ExpectedBlockSequenceEntry => ("this does not fit the indentation around it", LINE_UP),
        ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => {
            ("a `-` entry cannot stand here", "start the list on its own line, or write it as `[a, b]`")
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar
        | ErrorKind::InvalidBlockEntryWhitespace
        | ErrorKind::InvalidMappingValueWhitespace => ("a tab cannot stand here", "YAML is indented with spaces"),
        ErrorKind::ExpectedFlowMappingSeparator => ("`,` or `}` is missing before this", SEPARATE),
        ErrorKind::ExpectedFlowSequenceSeparator => ("`,` or `]` is missing before this", SEPARATE),
        ErrorKind::MisplacedFlowCollectionEnd => ("this bracket closes nothing", SEPARATE),
        ErrorKind::FlowMappingValueAdjacentCollection => ("a blank is missing after `:`", "write `key: value`"),
        ErrorKind::ExpectedWhitespace => ("a blank is missing here", "write `key: value`, `- item`, `a, b`"),
        ErrorKind::CommentNotSeparated => ("a blank is missing before `#`", "put one there, or quote the text"),
        ErrorKind::CommentInterceptedScalar => {
            ("a comment stands inside a text of several lines", "move the comment, or quote the text")
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            ("the text goes on after its closing quote", "double a single quote inside single quotes: `'it''s'`")
        }
        ErrorKind::PlainScalarStartsWithDashFlowIndicator | ErrorKind::UnexpectedEndOfPlainScalar => {
            ("the value cannot start like this", QUOTE_IT)
        }
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => ("this is no YAML escape", ESCAPES),
        ErrorKind::ZeroBlockScalarIndent | ErrorKind::InvalidBlockScalarHeader => {
            ("the head of the text block is not understood", "write `|` or `>`, then at most `+` or `-` and a digit")
        }
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::UnexpectedEof => ("the text ends in the middle of a value", CLOSE_IT),
        ErrorKind::UnknownAnchor => ("the alias names no anchor that stands before it", "mark the value with `&name`"),
        ErrorKind::MissingAnchorOrAliasName => {
            ("a name is missing after `&` or `*`", "quote the text if no anchor or alias is meant")
        }
        ErrorKind::UndeclaredTagHandle
        | ErrorKind::ExpectedTagBang
        | ErrorKind::InvalidGlobalTagCharacter
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::MissingTagUri
        | ErrorKind::UnclosedVerbatimTag
        | ErrorKind::InvalidTagEscape
        | ErrorKind::InvalidTagUtf8LeadingByte
        | ErrorKind::InvalidTagUtf8TrailingByte
        | ErrorKind::InvalidTagUtf8 => ("the tag is not understood", TAGS),
        ErrorKind::DuplicateVersionDirective
        | ErrorKind::UnsupportedYamlMajorVersion
        | ErrorKind::DuplicateTagDirective
        | ErrorKind::ExpectedTagDirectiveBang
        | ErrorKind::InvalidDirectiveTerminator
        | ErrorKind::DirectiveDisallowed
        | ErrorKind::MissingYamlVersionSeparator
        | ErrorKind::MissingDirectiveName
        | ErrorKind::InvalidDirectiveName
        | ErrorKind::DirectiveByteLimitExceeded { .. }
        | ErrorKind::TooManyReservedDirectiveParams { .. }
        | ErrorKind::YamlVersionTooLong
        | ErrorKind::MissingYamlVersion
        | ErrorKind::InvalidTagDirectiveTerminator => ("the directive is not understood", DIRECTIVES),
        ErrorKind::ExpectedDocumentStart
        | ErrorKind::MissingDocumentEndBeforeDirective
        | ErrorKind::InvalidDocumentEnd
        | ErrorKind::MultipleDocumentsUnsupported => {
            ("the text goes on after its document", "start another document with `---` on a line of its own")
        }
        ErrorKind::BomInsideDocument => ("a byte order mark stands inside the text", "remove it"),
        ErrorKind::InputDecoding { .. }
        | ErrorKind::InputIo { .. }
        | ErrorKind::InputByteLimitExceeded { .. }
        | ErrorKind::ExpectedStreamStart
        | ErrorKind::AnchorCountOverflow
        | ErrorKind::MissingIncludeResolver
        | ErrorKind::InputOffsetsWithoutSlice
        | ErrorKind::InputSlicingUnavailable
        | ErrorKind::TooManyComments
        | ErrorKind::RecursionLimitExceeded
        | _ => ("this part of the text is not understood", SIMPLIFY),
    };
    say(message.to_owned(), help)
}

/// The parser marks the opening quote; people look for the backslash.
pub(super) fn unknown_escape(text: &str, quote: usize) -> Option<usize> {
    let mut characters = text.get(quote + 1..)?.char_indices();
    while let Some((at, found)) = characters.next() {
        if found == '\\' && !characters.next().is_some_and(|(_, escape)| ESCAPABLE.contains(escape)) {
            return Some(quote + 1 + at);
        }
    }
    None
}

fn unexpected(character: char) -> Said {
    match character {
        '`' => say("a backtick cannot start a value".to_owned(), "put the value in quotes"),
        _ if character.is_control() => {
            let message = format!("the control character U+{:04X} cannot stand here", u32::from(character));
            say(message, "remove it, or write it as an escape in double quotes")
        }
        _ => say(format!("`{character}` cannot start a value"), "put the value in quotes"),
    }
}

fn say(message: String, help: &'static str) -> Said {
    Said { message, help }
}
