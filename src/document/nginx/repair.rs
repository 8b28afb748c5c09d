//! What is wrong with the words and braces of a file, said with both places where two belong together.

use super::Word;
use super::lexer::Fault;
use super::reader::Open;
use crate::diagnostic::Diagnostic;
use crate::document::SYNTAX;
use crate::source::{FileId, Place, Span};

#[derive(Debug)]
pub(super) struct Repair {
    file: FileId,
    diagnostics: Vec<Diagnostic>,
    /// Where the last block of the file was closed.
    closed: Option<Span>,
    /// A block whose closing brace seems to have been taken by another: its name, its `{`, and the `}` that tells.
    suspect: Option<(String, Span, Span)>,
}

impl Repair {
    pub(super) const fn new(file: FileId) -> Self {
        Self { file, diagnostics: Vec::new(), closed: None, suspect: None }
    }

    pub(super) fn slips(&self) -> usize {
        self.diagnostics.len()
    }

    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn byte_order_mark(&mut self) {
        let found =
            self.slip(Span::new(0, 3), "the file begins with a byte order mark, which nginx takes for a letter");
        self.report(found.help("store the file as UTF-8 without a byte order mark"));
    }

    pub(super) fn stray_semicolon(&mut self, semicolon: Span) {
        let found =
            self.slip(semicolon, "this `;` ends no directive").help("remove it: a block needs none behind its `}`");
        self.report(found);
    }

    pub(super) fn no_semicolon(&mut self, words: &[Word]) {
        let (Some(name), Some(last)) = (words.first(), words.last()) else { return };
        let found = self
            .slip(last.outer(), &format!("`{}` is not ended by `;`", shown(&name.text)))
            .help(format!("write `;` after `{}`", shown(&last.text)));
        self.report(found);
    }

    pub(super) fn no_opening_brace(&mut self, words: &[Word]) {
        let (Some(name), Some(last)) = (words.first(), words.last()) else { return };
        let found = self
            .slip(last.outer(), &format!("`{}` opens no block: its `{{` is missing", shown(&name.text)))
            .help(format!("write `{{` after `{}`", shown(&last.text)));
        self.report(found);
    }

    pub(super) fn nameless_block(&mut self, brace: Span) {
        let found = self
            .slip(brace, "this `{` opens a block that has no name")
            .help("write `server`, `location …` or what is meant before it, or remove it with its `}`");
        self.report(found);
    }

    pub(super) fn stray_brace(&mut self, brace: Span) {
        let found = self.slip(brace, "this `}` closes nothing").help("remove it, or add the `{` it should close");
        let found = match self.closed {
            Some(closed) => found.related(self.place(closed), "all blocks were closed here"),
            None => found,
        };
        self.report(found);
    }

    /// nginx takes a `}` inside a word for a letter, and knows no directive that is called like this.
    pub(super) fn brace_in_name(&mut self, name: &Word) {
        let found = self
            .slip(name.outer(), &format!("no directive is called `{}`", shown(&name.text)))
            .help("put a `}` that closes a block on a line of its own, or remove it");
        self.report(found);
    }

    pub(super) fn nameless(&mut self, name: &Word) {
        let found = self.slip(name.outer(), "no directive is called by an empty word").help("remove it");
        self.report(found);
    }

    pub(super) fn no_condition(&mut self, word: &Word) {
        let found = self
            .slip(word.outer(), &format!("nginx takes no condition apart that has `{}` here", shown(&word.text)))
            .help("write `if ($variable)`, `if ($variable = text)`, `if ($variable ~ pattern)` or `if (-f path)`");
        self.report(found);
    }

    /// Remembers what a `}` closes, and whether its indentation says that it was meant for a block further out.
    pub(super) fn look_at_close(&mut self, open: &[Open], brace: Span, indent: Option<usize>) {
        let [outer @ .., inner] = open else { return };
        if outer.is_empty() {
            self.closed = Some(brace);
        }
        let (Some(indent), Some(opened)) = (indent, inner.indent) else { return };
        let meant_for_outer = outer.last().is_some_and(|outer| outer.indent == Some(indent));
        if indent != opened && meant_for_outer && self.suspect.is_none() {
            self.suspect = Some((inner.name().to_owned(), inner.brace, brace));
        }
    }

    /// Blocks that are still open at the end of the file.
    pub(super) fn unclosed(&mut self, open: &[Open]) {
        let Some(innermost) = open.last() else { return };
        let Some((name, opened, closed)) = self.suspect.take() else {
            self.never_closed(innermost.name(), innermost.brace);
            return;
        };
        let found = self
            .slip(opened, &format!("this `{{` of `{}` is never closed", shown(&name)))
            .help("add its `}`")
            .related(self.place(closed), "this `}` stands as if the block were closed before it");
        self.report(found);
    }

    pub(super) fn never_closed(&mut self, name: &str, brace: Span) {
        let found = self.slip(brace, &format!("this `{{` of `{}` is never closed", shown(name))).help("add its `}`");
        self.report(found);
    }

    pub(super) fn fault(&mut self, fault: &Fault) {
        let found = match fault {
            Fault::Unclosed(quote) => {
                self.slip(*quote, "this quote is never closed").help("close it, or write `\\` before it")
            }
            Fault::Glued(rest) => self
                .slip(*rest, "nothing may follow a closing quote but a blank, `;`, `{` or `)`")
                .help("put a blank or `;` between, or quote the whole word"),
        };
        self.report(found);
    }

    fn slip(&self, span: Span, message: &str) -> Diagnostic {
        Diagnostic::new(&SYNTAX, self.place(span), message)
    }

    const fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }
}

/// A word short enough for a message.
fn shown(word: &str) -> String {
    const LONGEST: usize = 40;
    let first = word.lines().next().unwrap_or_default();
    if first.len() == word.len() && first.chars().count() <= LONGEST {
        return first.to_owned();
    }
    first.chars().take(LONGEST).chain(std::iter::once('…')).collect()
}
