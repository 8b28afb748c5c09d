//! What the grammar could not read: read again alone, to say exactly where it stops, and to keep what can be kept.

use super::keyword::{self, Keyword};
use super::separator::Before;
use super::{Lower, Parts, hint};
use crate::diagnostic::{did_you_mean, join_with_or};
use crate::source::Span;
use crate::syntax::ast::{Attribute, Name, Node};
use crate::syntax::diagnostics::{MISPLACED_CLAUSE, MISSING_EQUALS, MISSING_VALUE, MISSPELT_KEYWORD, UNEXPECTED};
use crate::syntax::expected::Stop;
use crate::syntax::grammar::{Pair, Rule};

/// Where a slice stands that could not be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Home {
    /// What it stands in, as it is called.
    pub(super) name: &'static str,
    /// Reads one whole entry.
    pub(super) whole: Rule,
    pub(super) keywords: &'static [Keyword],
    /// Attributes may stand here.
    pub(super) has_attributes: bool,
    /// Blocks of any kind may stand here.
    pub(super) has_blocks: bool,
}

pub(super) const FILE: Home = Home {
    name: "a file",
    whole: Rule::whole_item,
    keywords: keyword::ITEMS,
    has_attributes: false,
    has_blocks: false,
};
pub(super) const BLOCK: Home =
    Home { name: "a block", whole: Rule::whole_entry, keywords: &[], has_attributes: true, has_blocks: true };
pub(super) const POLICY: Home = Home {
    name: "a policy",
    whole: Rule::whole_policy_entry,
    keywords: keyword::POLICY,
    has_attributes: true,
    has_blocks: false,
};
pub(super) const WAIVER: Home = Home {
    name: "a waiver",
    whole: Rule::whole_waiver_attribute,
    keywords: &[],
    has_attributes: true,
    has_blocks: false,
};
pub(super) const RULE: Home = Home {
    name: "a rule",
    whole: Rule::whole_clause,
    keywords: keyword::RULE,
    has_attributes: true,
    has_blocks: false,
};
pub(super) const RED_FLAG: Home = Home {
    name: "a red flag",
    whole: Rule::whole_clause,
    keywords: keyword::RED_FLAG,
    has_attributes: true,
    has_blocks: false,
};
pub(super) const TEST: Home = Home {
    name: "a test",
    whole: Rule::whole_test_clause,
    keywords: keyword::TEST,
    has_attributes: false,
    has_blocks: false,
};

/// An attribute that was not written as one.
enum Slip {
    /// It is nothing of the kind.
    None,
    /// What was meant cannot be told.
    Lost,
    Meant(Attribute),
}

impl<'a> Lower<'a> {
    /// Says what is wrong with a slice. What was meant by it comes back if that is plain: `read` makes it of a keyword,
    /// or an attribute.
    pub(super) fn junk<T>(
        &mut self,
        home: Home,
        pair: &Pair<'_>,
        before: Before,
        read: impl FnOnce(&mut Self, Rule, Name, Parts<'a>) -> Option<T>,
        attribute: impl FnOnce(Attribute) -> Option<T>,
    ) -> Option<T> {
        let slice = self.trimmed(self.span(pair));
        if self.is_known(slice) {
            return None;
        }
        let Before(before) = before;
        let word = self.first_token(slice);
        let begins = before.is_none_or(|before| self.written(Span::new(before.end, slice.start)).contains('\n'));
        let is_word = self.written(word).starts_with(|first: char| first.is_ascii_alphabetic());
        let is_keyword = home.keywords.iter().any(|keyword| keyword.word == self.written(word));
        if !(begins || is_keyword) || !is_word || is_continuation(self.written(word)) {
            // It goes on with what stands before it, and it is there that reading stopped.
            let from = before.filter(|_| home.whole != Rule::whole_item).map_or(slice, |before| before.to(slice));
            self.stopped(home, from, slice);
            return None;
        }
        if let Some(keyword) = keyword::meant(self.written(word), home.keywords) {
            return self.misspelt(home, keyword, word, slice, read);
        }
        if home.has_blocks && self.clause_in_block(word, slice) {
            return None;
        }
        match self.attribute_slip(home, word, slice) {
            Slip::None => {
                self.stopped(home, slice, slice);
                None
            }
            Slip::Lost => None,
            Slip::Meant(meant) => attribute(meant),
        }
    }

    /// Whether the slice, or the line it starts on, has its diagnostic already.
    pub(super) fn is_known(&self, slice: Span) -> bool {
        let line_start = self.source_before(slice.start).rfind('\n').map_or(0, |newline| newline + 1);
        let from = self.offset + u32::try_from(line_start).unwrap_or_default();
        let after = self.source_after(slice.end);
        let blanks = u32::try_from(after.len() - after.trim_start_matches([' ', '\t']).len()).unwrap_or_default();
        let covers = |span: &Span| from <= span.start && span.start <= slice.end + blanks;
        let next = self.known.partition_point(|span| span.start < from);
        let last = self.diagnostics.last().and_then(|last| last.place).map(|place| place.span);
        // A comma ends what the last one was about.
        let goes_on = |last: Span| !self.written(Span::new(last.end, slice.start)).contains(',');
        self.known.get(next).is_some_and(covers) || last.is_some_and(|last| covers(&last) && goes_on(last))
    }

    /// A clause of a red flag in a block of another kind.
    fn clause_in_block(&mut self, word: Span, slice: Span) -> bool {
        let is_clause = keyword::RED_FLAG.iter().any(|keyword| keyword.word == self.written(word));
        let head = self.heads.last().copied();
        let rest = self.trimmed(Span::new(word.end, slice.end));
        let (Some(head), true) = (head, is_clause && !rest.is_empty()) else { return false };
        let diagnostic = self
            .error(&MISPLACED_CLAUSE, word, format!("`{}` stands only in a red flag", self.written(word)))
            .related(self.place(head), "this is another kind of block")
            .help("write `redflag id \"title\" { … }` around it");
        self.report(diagnostic);
        true
    }

    pub(super) fn misspelt<T>(
        &mut self,
        home: Home,
        keyword: Keyword,
        word: Span,
        slice: Span,
        read: impl FnOnce(&mut Self, Rule, Name, Parts<'a>) -> Option<T>,
    ) -> Option<T> {
        let written = self.written(word);
        let diagnostic = self
            .error(&MISSPELT_KEYWORD, word, format!("{} has no `{written}`", home.name))
            .help(format!("did you mean `{}`?", keyword.word));
        self.report(diagnostic);
        let name = Node::new(keyword.word.to_owned(), word);
        let rest = Span::new(word.end, slice.end);
        let skipped = if keyword.rest_is_loose() { self.blanks_before(rest) } else { 0 };
        let rest = Span::new(rest.start + skipped, rest.end);
        self.reread(keyword.rest, rest, |lower, pairs| read(lower, keyword.opens, name, Parts::new(pairs)))
            .ok()
            .flatten()
    }

    /// `timeout 5m` and `timeout =`
    fn attribute_slip(&mut self, home: Home, word: Span, slice: Span) -> Slip {
        let name = self.written(word);
        let rest = self.trimmed(Span::new(word.end, slice.end));
        let written = self.written(rest);
        let goes_on = self.written(Span::new(word.end, rest.start)).contains('\n');
        if !home.has_attributes || written.is_empty() || goes_on || keyword::opens_clause(name) {
            return Slip::None;
        }
        if written == "=" {
            let diagnostic = self
                .error(&MISSING_VALUE, Span::at(rest.end), format!("`{name}` has no value"))
                .help(format!("write it on the same line: `{name} = …`"));
            self.report(diagnostic);
            return Slip::Lost;
        }
        if home.has_blocks && keyword::BLOCK_KINDS.contains(&name) {
            return Slip::None;
        }
        let mark = self.diagnostics.len();
        let value = self.reread(Rule::whole_value, rest, |lower, mut pairs| {
            lower.value(Parts::of(pairs.next()?).find(|pair| pair.as_rule() == Rule::value)?)
        });
        let Ok(value) = value else { return Slip::None };
        let diagnostic = self.error(&MISSING_EQUALS, word, format!("`{name}` needs a `=` before its value")).cure(
            format!("write `{name} = {written}`"),
            self.place(Span::at(word.end)),
            " =",
        );
        self.diagnostics.insert(mark, diagnostic);
        let name = Node::new(name.to_owned(), word);
        value.map_or(Slip::Lost, |value| Slip::Meant(Attribute { span: word.to(value.span), name, value }))
    }

    /// Reads a slice, with what stands before it, to where it stops.
    fn stopped(&mut self, home: Home, from: Span, slice: Span) {
        let Err(error) = self.reread(home.whole, from, |_, _| ()) else {
            return self.starts_nothing(home, slice);
        };
        let stop = Stop::of(&error);
        if stop.at == 0 && from == slice {
            return self.starts_nothing(home, slice);
        }
        self.stopped_at(from, &stop);
    }

    /// Reading a slice stopped within it.
    pub(super) fn stopped_at(&mut self, slice: Span, stop: &Stop) {
        let at = slice.start + u32::try_from(stop.at).unwrap_or_default();
        if stop.is_too_deep {
            return self.too_deep(Span::at(at));
        }
        let found = self.first_token(Span::new(at, slice.end.max(at)));
        self.unexpected(found, stop);
    }

    /// The first word of a slice opens nothing that may stand here.
    fn starts_nothing(&mut self, home: Home, slice: Span) {
        let word = self.first_token(slice);
        let written = self.written(word);
        let words: Vec<String> = home.keywords.iter().map(|keyword| format!("`{}`", keyword.word)).collect();
        let mut known = words;
        if home.has_attributes {
            known.push("an attribute `name = value`".to_owned());
        }
        if home.has_blocks {
            known.push("a block `kind id \"title\" { … }`".to_owned());
        }
        let help = hint::elsewhere(written).unwrap_or_else(|| format!("{} holds {}", home.name, join_with_or(&known)));
        let diagnostic = self
            .error(&UNEXPECTED, word, format!("{} cannot start anything in {}", quoted(written), home.name))
            .help(help);
        self.report(diagnostic);
    }

    fn unexpected(&mut self, found: Span, stop: &Stop) {
        let (place, what) = self.found(found);
        let message = match stop.expected() {
            Some(expected) => format!("expected {expected}, found {what}"),
            None => format!("{what} cannot stand here"),
        };
        let written = self.written(found);
        // Short words are near too many others.
        let near = if written.len() > 2 { did_you_mean(written, stop.words()) } else { None };
        let meant = near.map(|word| format!("did you mean `{word}`?"));
        let help = hint::hint(written, self.source_after(found.start), stop).or(meant);
        let diagnostic = self.error(&UNEXPECTED, place, message).maybe_help(help);
        self.report(diagnostic);
    }

    /// What stands between the head of a block and its brace.
    pub(super) fn head_junk(&mut self, parts: &mut Parts<'_>) {
        let Some(pair) = parts.accept(Rule::head_junk) else { return };
        let slice = self.trimmed(self.span(&pair));
        if self.is_known(slice) {
            return;
        }
        let found = self.first_token(slice);
        let diagnostic = self
            .error(&UNEXPECTED, found, format!("expected `{{`, found {}", quoted(self.written(found))))
            .help(if self.written(found).is_ascii() {
                "before the `{` stand an id of one word and a title in quotes, and nothing else"
            } else {
                "an id holds the letters a to z, digits, `_`, and `-`; any other text is a title, in quotes"
            });
        self.report(diagnostic);
    }

    /// What stands at a place where something else should, and where to point.
    fn found(&self, found: Span) -> (Span, String) {
        let written = self.written(found);
        let before = self.source_before(found.start);
        let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
        let start = found.start - u32::try_from(blanks).unwrap_or_default();
        let rest = self.source_after(found.start);
        if written.trim().is_empty() || written == "#" {
            let what = if rest.trim().is_empty() { "the end of the file" } else { "the end of the line" };
            return match rest.chars().next() {
                Some('\n' | '\r' | '#') | None => (Span::at(start), what.to_owned()),
                Some(next) => {
                    let end = found.start + u32::try_from(next.len_utf8()).unwrap_or_default();
                    let place = Span::new(found.start, end);
                    (place, quoted(self.written(place)))
                }
            };
        }
        (found, quoted(written))
    }

    /// The same place without blanks and comments around it.
    pub(super) fn trimmed(&self, span: Span) -> Span {
        let text = self.seen(span);
        let start = text.len() - text.trim_start().len();
        let end = text.trim_end().len();
        Span::of(start..end.max(start)).shifted(span.start)
    }

    fn blanks_before(&self, span: Span) -> u32 {
        let text = self.seen(span);
        u32::try_from(text.len() - text.trim_start().len()).unwrap_or_default()
    }

    /// The first word, string or sign of a slice.
    pub(super) fn first_token(&self, slice: Span) -> Span {
        let text = self.written(slice);
        let is_word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
        let length = if text.starts_with(|first: char| first.is_alphanumeric() || first == '_') {
            text.find(|character: char| !is_word(character)).unwrap_or(text.len())
        } else if let Some(inside) = text.strip_prefix('"') {
            let line = inside.lines().next().unwrap_or_default();
            line.find('"').map_or(1, |end| end + 2)
        } else {
            text.chars().next().map_or(0, char::len_utf8)
        };
        Span::new(slice.start, slice.start + u32::try_from(length).unwrap_or_default())
    }
}

fn is_continuation(word: &str) -> bool {
    ["and", "or", "not", "in", "contains", "matches", "overlaps", "exists", "else"].contains(&word)
}

fn quoted(text: &str) -> String {
    match text.chars().next() {
        Some(hidden) if text.chars().count() == 1 && (hidden.is_control() || hidden.is_whitespace()) => {
            format!("the character U+{:04X}", u32::from(hidden))
        }
        Some('`') => "a backtick".to_owned(),
        Some(_) | None => format!("`{text}`"),
    }
}
