//! The door: a text of SQL in, its statements and what was wrong with them out. Knows where statements end.

use super::Dialect;
use super::grammar::{self, Fault};
use super::kind::StatementKind;
use super::read;
use super::repair::repaired;
use super::scan::{Lexeme, Scanner, Token};
use super::statement::{Direction, Statement};
use crate::diagnostic::Diagnostic;
use crate::document::{Comment, SYNTAX, TEMPLATE, TOO_DEEP, TOO_MANY_STATEMENTS, UNCLOSED};
use crate::source::{FileId, Place, Span};

/// The statements of one text. Parsing never fails: what was not understood is said, and the rest is read.
#[derive(Debug)]
pub struct Script {
    pub file: FileId,
    pub dialect: Dialect,
    pub statements: Vec<Statement>,
    pub comments: Vec<Comment>,
    /// Whether a comment says where the way back begins, as in `-- +goose Down`.
    pub marks_down: bool,
    /// Whether one says where the way there begins, as in `-- migrate:up`.
    pub marks_up: bool,
    /// In the order of the text. While there are any, nothing may be concluded from what is not there.
    pub diagnostics: Vec<Diagnostic>,
}

/// How many statements of a text are read.
const MAX_STATEMENTS: usize = 100_000;
/// Of a statement whose parts say nothing, so many tokens are kept.
const KEPT: usize = 48;
/// Of a statement whose parts say something, so many.
const MAX_TOKENS: usize = 100_000;

/// Reads a whole text.
pub fn parse(file: FileId, text: &str, dialect: Dialect) -> Script {
    let script = Reader::new(file, text, dialect).read();
    let backslashes = || script.diagnostics.iter().any(|found| found.rule == UNCLOSED.id) && text.contains("\\'");
    if dialect == Dialect::Generic && backslashes() {
        // `'it\'s'` of MySQL, where nobody said that it is.
        let again = Reader::new(file, text, Dialect::Mysql).read();
        if again.diagnostics.iter().all(|found| found.rule != UNCLOSED.id) {
            return again;
        }
    }
    script
}

struct Reader<'a> {
    text: &'a str,
    scanner: Scanner<'a>,
    script: Script,
    delimiter: Option<&'a str>,
    in_transaction: bool,
    direction: Direction,
}

/// The tokens of a statement while it is read.
#[derive(Default)]
struct Pending {
    tokens: Vec<Token>,
    /// How many there were, those that were not kept included.
    count: usize,
    last: Span,
    kind: Option<StatementKind>,
    /// It begins with `WITH`.
    with: bool,
    /// How many `BEGIN` and `CASE` are open in the body of a routine.
    blocks: u32,
    after_end: bool,
}

enum Ended {
    /// By `;`, `GO`, `\g` or the end of the text.
    Whole,
    /// By something that is never closed.
    Broken,
}

impl<'a> Reader<'a> {
    fn new(file: FileId, text: &'a str, dialect: Dialect) -> Self {
        let script = Script {
            file,
            dialect,
            statements: Vec::new(),
            comments: Vec::new(),
            marks_down: false,
            marks_up: false,
            diagnostics: Vec::new(),
        };
        let scanner = Scanner::new(text, dialect);
        Self { text, scanner, script, delimiter: None, in_transaction: false, direction: Direction::Up }
    }

    fn read(mut self) -> Script {
        loop {
            self.scanner.skip_blanks();
            let start = self.scanner.position();
            if self.scanner.rest().is_empty() {
                return self.script;
            }
            if self.script.statements.len() >= MAX_STATEMENTS {
                self.too_many();
                return self.script;
            }
            if self.client_command() {
                continue;
            }
            let mut pending = Pending::default();
            let ended = self.collect(&mut pending);
            if let (Ended::Whole, true) = (ended, pending.count > 0) {
                self.finish(&pending);
            }
            if self.scanner.position() == start {
                return self.script;
            }
        }
    }

    /// `\connect …` of psql and `DELIMITER` of mysql: lines of their own.
    fn client_command(&mut self) -> bool {
        let rest = self.scanner.rest();
        let first = rest.split_whitespace().next().unwrap_or_default();
        let delimiter = first.eq_ignore_ascii_case("DELIMITER");
        if !rest.starts_with('\\') && !delimiter {
            return false;
        }
        let line = self.scanner.skip_line();
        let written = line.text(self.text).trim_end();
        let span = Span::of(line.start as usize..line.start as usize + written.len());
        if delimiter {
            let chosen = written.get(first.len()..).unwrap_or_default().trim();
            self.delimiter = (!chosen.is_empty() && chosen != ";").then_some(chosen);
        }
        let keyword = Span::of(line.start as usize..line.start as usize + first.len());
        self.push(Statement::new(StatementKind::Client, keyword, span));
        true
    }

    /// Reads up to the end of a statement.
    fn collect(&mut self, pending: &mut Pending) -> Ended {
        loop {
            if self.ends_by_delimiter() {
                return Ended::Whole;
            }
            let Some(token) = self.scanner.next() else { return Ended::Whole };
            let written = token.span.text(self.text);
            match token.lexeme {
                Lexeme::Comment => {
                    self.comment(token.span, pending.count == 0);
                    // What the comment says holds for the statement after it, and a client's command may follow it.
                    if pending.count == 0 {
                        return Ended::Whole;
                    }
                    continue;
                }
                Lexeme::Unclosed => {
                    self.unclosed(token.span, written);
                    return Ended::Broken;
                }
                Lexeme::Symbol if written == ";" && self.delimiter.is_none() && pending.blocks == 0 => {
                    self.copied_rows(pending);
                    return Ended::Whole;
                }
                Lexeme::Symbol if written == "\\" && pending.blocks == 0 => {
                    self.scanner.skip_line();
                    return Ended::Whole;
                }
                Lexeme::Word if self.is_batch_end(token.span) => return Ended::Whole,
                Lexeme::Word | Lexeme::Quoted | Lexeme::Text | Lexeme::Number | Lexeme::Symbol | Lexeme::Template => {}
            }
            pending.add(token, written, self.text);
        }
    }

    /// `//` after `DELIMITER //`.
    fn ends_by_delimiter(&mut self) -> bool {
        let Some(delimiter) = self.delimiter else { return false };
        self.scanner.skip_blanks();
        if !self.scanner.rest().starts_with(delimiter) {
            return false;
        }
        self.scanner.skip_to(self.scanner.position() + delimiter.len());
        true
    }

    /// `GO` alone in its line.
    fn is_batch_end(&self, span: Span) -> bool {
        if !span.text(self.text).eq_ignore_ascii_case("GO") || self.script.dialect != Dialect::Generic {
            return false;
        }
        let before = self.text.get(..span.start as usize).unwrap_or_default();
        let after = self.text.get(span.end as usize..).unwrap_or_default();
        let alone_before = before.trim_end_matches([' ', '\t', '\r']);
        let alone_after = after.trim_start_matches([' ', '\t', '\r']);
        (alone_before.is_empty() || alone_before.ends_with('\n'))
            && (alone_after.is_empty() || alone_after.starts_with('\n'))
    }

    /// The rows that follow `COPY … FROM STDIN;`, to the line `\.`.
    fn copied_rows(&mut self, pending: &Pending) {
        let copies = pending.kind == Some(StatementKind::Copy);
        let is = |token: &Token, word: &str| token.span.text(self.text).eq_ignore_ascii_case(word);
        let from_input =
            pending.tokens.windows(2).any(|pair| matches!(pair, [from, what] if is(from, "FROM") && is(what, "STDIN")));
        if !copies || !from_input {
            return;
        }
        self.scanner.skip_line();
        while !self.scanner.rest().is_empty() {
            let line = self.scanner.skip_line();
            if line.text(self.text).trim_end() == "\\." {
                return;
            }
        }
    }

    fn comment(&mut self, span: Span, between: bool) {
        self.script.comments.push(Comment::new(self.text, span));
        if let (Some(direction), true) = (Direction::of_comment(span.text(self.text)), between) {
            self.direction = direction;
            self.in_transaction = false;
            self.script.marks_down |= direction == Direction::Down;
            self.script.marks_up |= direction == Direction::Up;
        }
    }

    fn finish(&mut self, pending: &Pending) {
        let whole = pending.tokens.first().map_or(pending.last, |first| first.span.to(pending.last));
        if let Some(place) = read::template(self.text, &pending.tokens) {
            let message =
                format!("what `{}` will stand for is not known, so this statement cannot be judged", self.shown(place));
            self.say(
                Diagnostic::new(&TEMPLATE, self.place(place), message)
                    .help("check what the template is rendered to, or leave the template out of the run"),
            );
            return;
        }
        let Some(mut statement) = read::statement(self.text, &pending.tokens, self.script.dialect) else {
            let first = self.beginning(pending).unwrap_or(whole);
            let message = format!("no statement of SQL begins with `{}`", self.shown(first));
            self.say(
                Diagnostic::new(&SYNTAX, self.place(first), message)
                    .help("correct the word, or end the statement before it with `;`"),
            );
            return;
        };
        statement.span = whole;
        if pending.is_read() && pending.count > MAX_TOKENS {
            self.not_understood(whole, pending, Fault::TooLong);
            return;
        }
        if statement.kind.is_read() {
            let sentence = repaired(self.text, &statement, &pending.tokens);
            if let Err(fault) = grammar::check(&sentence, &pending.tokens, self.text, self.script.dialect) {
                self.not_understood(whole, pending, fault);
                return;
            }
        }
        let undoes = statement.kind == StatementKind::Rollback && !self.speaks_of_savepoint(pending);
        if statement.kind == StatementKind::Begin {
            self.in_transaction = true;
        } else if statement.kind == StatementKind::Commit || undoes {
            self.in_transaction = false;
        }
        self.push(statement);
    }

    /// The first word, and the second where the first says nothing alone.
    fn beginning(&self, pending: &Pending) -> Option<Span> {
        let first = pending.tokens.first()?.span;
        let is = |word: &str| word.eq_ignore_ascii_case(first.text(self.text));
        let second = pending.tokens.get(1).filter(|_| ["CREATE", "ALTER", "DROP"].iter().any(|word| is(word)));
        Some(second.map_or(first, |second| first.to(second.span)))
    }

    fn speaks_of_savepoint(&self, pending: &Pending) -> bool {
        pending.tokens.iter().any(|token| token.span.text(self.text).eq_ignore_ascii_case("TO"))
    }

    fn push(&mut self, mut statement: Statement) {
        statement.in_transaction = self.in_transaction && statement.kind != StatementKind::Begin;
        statement.direction = self.direction;
        self.script.statements.push(statement);
    }

    fn not_understood(&mut self, whole: Span, pending: &Pending, fault: Fault) {
        let found = match fault {
            Fault::TooDeep => {
                let first = pending.tokens.first().map_or(whole, |token| token.span);
                Diagnostic::new(&TOO_DEEP, self.place(first), "this statement nests too deeply to be read")
                    .help("split it into smaller statements")
            }
            Fault::TooLong => {
                let first = pending.tokens.first().map_or(whole, |token| token.span);
                Diagnostic::new(&TOO_DEEP, self.place(first), "this statement is too long to be read")
                    .help("split it into smaller statements")
            }
            Fault::Unfinished => return self.breaks_off(pending),
            Fault::Unexpected(offset) => {
                let offset = whole.start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
                let at = pending.tokens.partition_point(|token| token.span.end <= offset);
                let Some(token) = pending.tokens.get(at) else { return self.breaks_off(pending) };
                let message =
                    format!("`{}` does not fit here in any dialect of SQL that is known", self.shown(token.span));
                Diagnostic::new(&SYNTAX, self.place(token.span), message)
                    .help("correct the statement, or end the one before it with `;`")
            }
        };
        self.say(found);
    }

    fn breaks_off(&mut self, pending: &Pending) {
        let message = format!("this statement breaks off after `{}`", self.shown(pending.last));
        self.say(Diagnostic::new(&SYNTAX, self.place(pending.last), message).help("finish it, and end it with `;`"));
    }

    fn unclosed(&mut self, span: Span, written: &str) {
        let what = match written.chars().next() {
            Some('/') => "comment",
            Some('"' | '`') => "quoted name",
            _ => "string",
        };
        let message = format!("this {what} is never closed, so nothing after it was read");
        self.say(Diagnostic::new(&UNCLOSED, self.place(span), message).help("close it"));
    }

    fn too_many(&mut self) {
        let at = self.scanner.position();
        let message = format!("from here on nothing was read: the text holds more than {MAX_STATEMENTS} statements");
        let place = self.place(Span::of(at..at));
        self.say(
            Diagnostic::new(&TOO_MANY_STATEMENTS, place, message)
                .help("keep dumps out of the paths, and judge the statements that change the schema"),
        );
    }

    fn say(&mut self, finding: Diagnostic) {
        self.script.diagnostics.push(finding);
    }

    fn place(&self, span: Span) -> Place {
        Place::new(self.script.file, span)
    }

    /// The beginning of a text that may be long.
    fn shown(&self, span: Span) -> String {
        let text = span.text(self.text);
        match text.char_indices().nth(40) {
            Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
            None => text.to_owned(),
        }
    }
}

impl Pending {
    /// Whether all of it is looked at; what named queries lead to stands at their end.
    fn is_read(&self) -> bool {
        self.kind.is_some_and(StatementKind::is_read) || self.with
    }

    fn add(&mut self, token: Token, written: &str, text: &str) {
        self.count += 1;
        self.last = token.span;
        let says_something = self.is_read() && self.count <= MAX_TOKENS;
        if says_something || self.count <= KEPT || token.lexeme == Lexeme::Template {
            self.tokens.push(token);
        }
        if self.count == 1 {
            self.with = written.eq_ignore_ascii_case("WITH");
        }
        if self.count <= 12 {
            self.kind = kind_so_far(&self.tokens, text);
        }
        if self.kind == Some(StatementKind::CreateRoutine) && token.lexeme == Lexeme::Word {
            self.count_blocks(written);
        } else {
            self.after_end = false;
        }
    }

    /// `BEGIN … END` of a routine encloses statements of its own; `END IF` closes no block.
    fn count_blocks(&mut self, word: &str) {
        let is = |known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(word));
        let closed_no_block = self.after_end && is(&["IF", "LOOP", "WHILE", "REPEAT", "FOR"]);
        let opens = is(&["BEGIN"]) || (is(&["CASE"]) && !self.after_end && self.blocks > 0);
        self.blocks += u32::from(closed_no_block || opens);
        self.after_end = is(&["END"]);
        if self.after_end {
            self.blocks = self.blocks.saturating_sub(1);
        }
    }
}

fn kind_so_far(tokens: &[Token], text: &str) -> Option<StatementKind> {
    let words: Vec<&str> =
        tokens.iter().take_while(|token| token.lexeme == Lexeme::Word).map(|token| token.span.text(text)).collect();
    StatementKind::of(&words).map(|(kind, _)| kind)
}
