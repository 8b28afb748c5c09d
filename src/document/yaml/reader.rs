//! Events to nodes. A broken document of a stream is reported and the next one read.

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span as Marks, StructureStyle, Tag};

use super::{message, scalar};
use crate::document::builder::{Builder, Collection, Scalar, TooDeep};
use crate::document::{INVALID_TAG, NodeId, Parsed, SYNTAX};
use crate::source::Span;

/// Broken documents of one stream that are reported.
const MAX_BROKEN: usize = 20;

struct Reader<'text> {
    builder: Builder,
    text: &'text str,
    has_tabs: bool,
}

pub(in crate::document) fn read(builder: Builder, text: &str) -> Parsed {
    let mut options =
        granit_parser::options! { emit_unresolved_aliases: true, emit_comments: builder.keeps_comments() };
    options.max_buffered_comment_events = usize::MAX;
    let mut parser = Parser::new_from_str_with_options(text, options);
    let mut reader = Reader { builder, text, has_tabs: text.contains('\t') };
    let mut broken = 0;
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, marks)) => {
                if reader.event(event, marks) == Err(TooDeep) {
                    break;
                }
            }
            Err(error) => {
                reader.syntax(&error);
                broken += 1;
                if broken == MAX_BROKEN || parser.proceed_next_document() != Ok(true) {
                    break;
                }
            }
        }
    }
    reader.builder.finish()
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, marks: Marks) -> Result<(), TooDeep> {
        let span = span(marks);
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let node = self.scalar(&value, style, tag.as_deref(), span, marks);
                if anchor != 0 {
                    self.builder.anchor_scalar(anchor, node);
                }
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.open(Collection::Sequence, style, anchor, tag.as_deref(), marks)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.open(Collection::Mapping, style, anchor, tag.as_deref(), marks)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.builder.close((!span.is_empty()).then_some(span.end));
            }
            Event::Alias(anchor) => self.builder.alias(anchor, span),
            Event::UnresolvedAlias(_) => self.builder.unknown_alias(span),
            Event::Comment(..) => self.builder.comment(span),
            Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(..)
            | Event::DocumentEnd
            | Event::Anchor(..)
            | _ => {}
        }
        Ok(())
    }

    fn open(
        &mut self,
        collection: Collection,
        style: StructureStyle,
        anchor: usize,
        tag: Option<&Tag>,
        marks: Marks,
    ) -> Result<(), TooDeep> {
        let opener = match style {
            StructureStyle::Block => Span::at(span(marks).start),
            StructureStyle::Flow => span(marks),
        };
        if let Some(wanted) = tag.and_then(Tag::core_suffix) {
            let (fits, name) = match collection {
                Collection::Sequence => (wanted == "seq", "a list"),
                Collection::Mapping => (wanted == "map", "a mapping"),
            };
            if !fits {
                self.invalid_tag(marks, opener, name);
            }
        }
        if collection == Collection::Sequence && style == StructureStyle::Block {
            self.tabs_before(opener.start, Tabs::Indent);
        }
        let node = self.builder.open(collection, opener)?;
        if anchor != 0 {
            self.builder.anchor_collection(anchor, node);
        }
        Ok(())
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span, marks: Marks) -> NodeId {
        let plain = style == ScalarStyle::Plain;
        self.tabs_before(span.start, if self.builder.at_key() { Tabs::Indent } else { Tabs::Separate });
        if plain && span.is_empty() {
            let kind = tag.map_or(Scalar::Null, |tag| self.tagged(tag, "", span, marks));
            return self.builder.scalar(kind, self.behind_colon(span), "", &[span]);
        }
        if plain && value == "<<" && tag.is_none() && self.builder.at_key() {
            return self.builder.merge_key(span);
        }
        let kind = match tag {
            None if plain => scalar::plain(value),
            None => Scalar::String,
            Some(tag) => self.tagged(tag, value, span, marks),
        };
        let inside = Span::new(span.start + 1, span.end.saturating_sub(1));
        let (span, candidates) = match style {
            ScalarStyle::Plain => (span, [span, span]),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => (span, [inside, inside]),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let trimmed = self.without_line_end(span);
                (trimmed, [span, trimmed])
            }
        };
        self.builder.scalar(kind, span, value, &candidates)
    }

    /// A tag that is not of YAML's core schema leaves the text alone.
    fn tagged(&mut self, tag: &Tag, value: &str, span: Span, marks: Marks) -> Scalar {
        let Some(wanted) = tag.core_suffix() else { return Scalar::String };
        scalar::tagged(wanted, value).unwrap_or_else(|| {
            let what = if value.is_empty() { "the empty value".to_owned() } else { format!("`{value}`") };
            self.invalid_tag(marks, span, &what);
            Scalar::String
        })
    }

    fn invalid_tag(&mut self, marks: Marks, node: Span, what: &str) {
        let place = marks.tag_span().map_or(node, span);
        let message = format!("{what} is not what `{}` says", place.text(self.text));
        let report = self
            .builder
            .diagnostic(&INVALID_TAG, place, &message)
            .help("remove the tag, or write a value of its type")
            .related(self.builder.place(node), "this value");
        self.builder.report(report);
    }

    /// A tab before a key or a `-` is indentation, which other readers refuse or count otherwise.
    fn tabs_before(&mut self, at: u32, tabs: Tabs) {
        if !self.has_tabs || self.builder.innermost().is_some_and(|frame| !frame.opener.is_empty()) {
            return;
        }
        let before = self.text.get(..at as usize).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let blanks = before.get(line..).unwrap_or_default();
        let indent = match tabs {
            Tabs::Indent => blanks,
            Tabs::Separate => blanks.get(..blanks.rfind('-').unwrap_or_default()).unwrap_or_default(),
        };
        if blanks.bytes().any(|byte| !matches!(byte, b' ' | b'\t' | b'-')) {
            return;
        }
        if let Some(tab) = indent.find('\t') {
            let said = message::of(&ErrorKind::TabInIndentation);
            let place = Span::of(line + tab..line + tab + 1);
            let report = self.builder.diagnostic(&SYNTAX, place, &said.message).help(said.help);
            self.builder.report(report);
        }
    }

    /// The parser puts a value that is not there before the colon of its key; people look for it behind.
    fn behind_colon(&self, span: Span) -> Span {
        let rest = self.text.get(span.start as usize..).unwrap_or_default();
        if rest.starts_with(':') && !self.builder.at_key() { Span::at(span.start + 1) } else { span }
    }

    /// A block scalar reaches to the last character of its last line that says something.
    fn without_line_end(&self, span: Span) -> Span {
        let trimmed = span.text(self.text).trim_end().len();
        Span::of(span.start as usize..span.start as usize + trimmed)
    }

    fn syntax(&mut self, error: &ScanError) {
        let marked = error.marker().byte_offset().unwrap_or_default().min(self.text.len());
        let unknown_escape = *error.kind() == ErrorKind::UnknownQuotedScalarEscape;
        let escape = unknown_escape.then(|| message::unknown_escape(self.text, marked)).flatten();
        let at = escape.unwrap_or(marked);
        let found = self.text.get(at..).and_then(|rest| rest.chars().next());
        let width = found.filter(|found| !matches!(found, '\n' | '\r')).map_or(0, char::len_utf8);
        if *error.kind() == ErrorKind::RecursionLimitExceeded {
            self.builder.too_deep(Span::of(at..at + width));
            self.builder.close_all();
            return;
        }
        let said = message::of(error.kind());
        let mut report = self.builder.diagnostic(&SYNTAX, Span::of(at..at + width), &said.message).help(said.help);
        if let Some(frame) = self.builder.innermost().filter(|frame| frame.opener.start as usize != at) {
            let opener = frame.opener;
            if !opener.is_empty() {
                let text = format!("this `{}` is still open", opener.text(self.text));
                report = report.related(self.builder.place(opener), text);
            }
        }
        self.builder.report(report);
        self.builder.close_all();
    }
}

/// What tabs before a node do on its line.
#[derive(Debug, Clone, Copy)]
enum Tabs {
    /// All of them indent it.
    Indent,
    /// Those behind its `-` only keep it apart from that.
    Separate,
}

fn span(marks: Marks) -> Span {
    marks.byte_range().map_or_else(Span::default, Span::of)
}
