//! The pass before the grammar: strings, patterns, comments and brackets, and nothing else.
//!
//! It finds the comments, everything that would make brackets and quotes fall apart, and hidden characters; and it hands
//! on a text in which every bracket and quote has its partner, with every byte where it was.

mod brackets;
mod faults;
mod heads;
mod hidden;
mod lexer;
mod repair;
mod report;
mod strings;

use std::borrow::Cow;

use super::Comment;
use crate::diagnostic::Diagnostic;
use crate::source::FileId;

/// What the pass found.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    pub(super) comments: Vec<Comment>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The text with its brackets and quotes balanced. It may be longer than what was written, never shorter.
    pub(super) balanced: Cow<'a, str>,
}

/// The hidden characters of a text in some other notation; a blank of another width is that notation's business.
pub(super) fn hidden_characters(file: FileId, text: &str) -> Vec<Diagnostic> {
    let mut report = report::Report::new(file, 0);
    for hidden in hidden::find(text).iter().filter(|hidden| !hidden.is_blank()) {
        report.hidden(hidden);
    }
    report.finish()
}

/// Looks through a text that starts `offset` bytes into its file.
pub(super) fn scan(file: FileId, text: &str, offset: u32) -> Scan<'_> {
    let mut report = report::Report::new(file, offset);
    let mut repair = repair::Repair::new(text);
    let mut lexed = lexer::lex(text, None, &mut report, &mut repair);
    if let Some(open) = strings::block_that_runs_on(text, &lexed) {
        report = report::Report::new(file, offset);
        repair = repair::Repair::new(text);
        lexed = lexer::lex(text, Some(open), &mut report, &mut repair);
    }
    let hidden = hidden::find(text);
    for character in &hidden {
        let is_inside_text = lexed.is_inside_text(character.range.start);
        if !is_inside_text {
            repair.blank(character.range.clone());
        }
        if !(is_inside_text && character.is_blank()) {
            report.hidden(character);
        }
    }
    brackets::balance(text, &lexed, &mut report, &mut repair);
    let comments = lexed
        .comments
        .iter()
        .map(|comment| Comment { span: report.span(comment.range.clone()), own_line: comment.own_line })
        .collect();
    Scan { comments, diagnostics: report.finish(), balanced: repair.finish() }
}
