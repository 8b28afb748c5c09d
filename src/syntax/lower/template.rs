//! Messages: text with `{expression}` in it, each expression read in its place.

use std::ops::Range;

use super::{Lower, Parts};
use crate::source::Span;
use crate::syntax::ast::{Expression, Template, TemplatePart};
use crate::syntax::diagnostics::{STRAY_BRACE, TEXT_IN_EXPRESSION, UNCLOSED_EXPRESSION, UNEXPECTED};
use crate::syntax::grammar::{Pair, Rule};
use crate::syntax::literal;

/// The inside of the quotes, and where it starts in the file.
#[derive(Clone, Copy)]
struct Inside<'a> {
    text: &'a str,
    start: u32,
    is_block: bool,
    /// Something stands directly after the closing quote.
    goes_on: bool,
}

impl Inside<'_> {
    fn span(self, range: Range<usize>) -> Span {
        Span::of(range).shifted(self.start)
    }
}

impl<'a> Lower<'a> {
    /// Never fails: what cannot be read is said, and left out.
    pub(super) fn template(&mut self, pair: Pair<'a>) -> Template {
        let span = self.span(&pair);
        let Some(text) = Parts::of(pair).next() else { return Template { parts: Vec::new(), span } };
        let is_block = text.as_rule() == Rule::block_text;
        let quotes = if is_block { 3 } else { 1 };
        let written = text.as_str();
        if text.as_rule() == Rule::single_quoted {
            self.literal(&text);
        }
        let inside = written.get(quotes..written.len().saturating_sub(quotes)).unwrap_or_default();
        let start = self.span(&text).start + u32::from(is_block) * 2 + 1;
        // `"{a ?? "b"}"`: the string ended where a text in it began.
        let after = self.source_after(span.end).chars().next();
        let goes_on = !is_block && after.is_some_and(|next| !next.is_whitespace() && !matches!(next, '}' | ',' | '#'));
        let parts = self.template_parts(Inside { text: inside, start, is_block, goes_on });
        Template { parts, span }
    }

    fn template_parts(&mut self, inside: Inside<'_>) -> Vec<TemplatePart> {
        let mut parts = Vec::new();
        let mut words = Words::new(inside);
        let mut at = 0;
        while let Some(next) = inside.text.get(at..).and_then(|rest| rest.find(['{', '}', '\\'])) {
            let mark = at + next;
            words.keep(at..mark);
            at = mark + 1;
            let rest = inside.text.get(mark..).unwrap_or_default();
            if rest.starts_with('\\') {
                at = self.template_escape(inside, mark, &mut words);
            } else if rest.starts_with("{{") || rest.starts_with("}}") {
                words.keep(mark..mark + 1);
                at = mark + 2;
            } else if rest.starts_with('}') {
                let diagnostic = self
                    .error(&STRAY_BRACE, inside.span(mark..mark + 1), "this `}` closes no `{`")
                    .help("write `}}` for a brace in the text");
                self.report(diagnostic);
            } else {
                let Some(length) = expression_length(rest) else {
                    self.unclosed(inside, mark);
                    break;
                };
                words.flush(&mut parts);
                at = mark + length;
                if let Some(expression) = self.template_expression(inside, mark + 1..at - 1) {
                    parts.push(TemplatePart::Expression(expression));
                }
            }
        }
        words.keep(at..inside.text.len());
        words.flush(&mut parts);
        parts
    }

    /// Where reading goes on.
    fn template_escape(&mut self, inside: Inside<'_>, at: usize, words: &mut Words<'_>) -> usize {
        if inside.is_block {
            words.keep(at..at + 1);
            return at + 1;
        }
        let rest = inside.text.get(at..).unwrap_or_default();
        match literal::escape(rest) {
            Ok(escape) => {
                words.push(escape.character);
                at + escape.length
            }
            Err(flaw) => {
                let end = at + flaw.range.end;
                self.flaws(inside.span(at..end), vec![flaw]);
                end
            }
        }
    }

    fn template_expression(&mut self, inside: Inside<'_>, range: Range<usize>) -> Option<Expression> {
        let text = inside.text.get(range.clone()).unwrap_or_default();
        if let Some(quote) = text.find("\\\"").filter(|_| !inside.is_block) {
            let at = range.start + quote;
            self.text_in_expression(inside.span(at..at + 2));
            return None;
        }
        let said = self.diagnostics.len();
        let expression = self.expression_in(inside.span(range.clone()));
        for found in self.diagnostics.iter_mut().skip(said) {
            let help = found.help.take();
            found.help = help.or_else(|| Some("write `{{` and `}}` for braces that belong to the text".to_owned()));
        }
        let expression = expression?;
        // A `#` would start a comment, and hide the rest of the expression from whoever reads the message.
        let rest = self.trimmed(Span::new(expression.span.end, inside.span(range).end));
        if !rest.is_empty() {
            let found = self.first_token(rest);
            let diagnostic = self
                .error(&UNEXPECTED, found, "an expression in a message holds no comment")
                .help("delete what stands from here to the `}`");
            self.report(diagnostic);
            return None;
        }
        Some(expression)
    }

    fn text_in_expression(&mut self, place: Span) {
        let diagnostic = self
            .error(&TEXT_IN_EXPRESSION, place, "an expression in a quoted message cannot hold a text of its own")
            .help("write the message as a block string: `\"\"\"… {name ?? \"none\"} …\"\"\"`");
        self.report(diagnostic);
    }

    fn unclosed(&mut self, inside: Inside<'_>, at: usize) {
        if inside.goes_on {
            let end = inside.text.len();
            return self.text_in_expression(inside.span(end..end + 1));
        }
        let diagnostic = self
            .error(&UNCLOSED_EXPRESSION, inside.span(at..at + 1), "this `{` is not closed in the message")
            .help("close the expression with `}`, or write `{{` for a brace in the text");
        self.report(diagnostic);
    }
}

/// How long the `{…}` is that a text starts with; braces within it are paired.
fn expression_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    for (at, character) in text.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Gathers text between expressions, without what a block text's layout takes away.
struct Words<'a> {
    inside: Inside<'a>,
    layout: Vec<Range<usize>>,
    text: String,
}

impl<'a> Words<'a> {
    fn new(inside: Inside<'a>) -> Self {
        let all = 0..inside.text.len();
        let layout = if inside.is_block { literal::kept(inside.text) } else { vec![all] };
        Self { inside, layout, text: String::new() }
    }

    fn keep(&mut self, range: Range<usize>) {
        let first = self.layout.partition_point(|kept| kept.end <= range.start);
        for kept in self.layout.iter().skip(first).take_while(|kept| kept.start < range.end) {
            let both = kept.start.max(range.start)..kept.end.min(range.end);
            self.text.push_str(self.inside.text.get(both).unwrap_or_default());
        }
    }

    fn push(&mut self, character: char) {
        self.text.push(character);
    }

    fn flush(&mut self, parts: &mut Vec<TemplatePart>) {
        if !self.text.is_empty() {
            parts.push(TemplatePart::Text(std::mem::take(&mut self.text)));
        }
    }
}
