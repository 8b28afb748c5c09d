//! What is said of a bracket without a partner, and the partner it is given.

use super::brackets::partner;
use super::lexer::{Bracket, CodeLine, Lexed};
use super::repair::Repair;
use super::report::Report;
use crate::syntax::diagnostics::{MISSING_BRACE, TOO_DEEP, UNCLOSED_BRACKET, UNMATCHED_BRACKET};
use crate::syntax::lower::DEPTH_LIMIT;

/// What has no partner.
#[derive(Debug)]
pub(super) enum Fault {
    Unclosed {
        open: Bracket,
        revealed_by: Option<Bracket>,
        /// False where another fault says it all.
        is_said: bool,
    },
    Surplus(Bracket),
    /// `[ … )`
    Mismatched {
        open: Bracket,
        close: Bracket,
    },
    /// The line lacks the brace that this one closes.
    Headless {
        line: CodeLine,
        close: Bracket,
    },
    TooDeep {
        open: Bracket,
        end: usize,
    },
}

pub(super) fn say(text: &str, fault: &Fault, report: &mut Report) {
    let diagnostic = match fault {
        Fault::Unclosed { is_said: false, .. } => return,
        Fault::Unclosed { open, revealed_by, .. } => {
            let (sign, missing) = (char::from(open.sign), char::from(partner(open.sign)));
            let diagnostic = report
                .error(&UNCLOSED_BRACKET, range(*open), format!("this `{sign}` is never closed"))
                .help(format!("close it with `{missing}`"));
            match revealed_by {
                Some(close) => {
                    let close_sign = char::from(close.sign);
                    diagnostic.related(
                        report.place(range(*close)),
                        format!(
                            "this `{close_sign}` closes what stands further out, and no `{missing}` comes before it"
                        ),
                    )
                }
                None => diagnostic,
            }
        }
        Fault::Surplus(close) => {
            let (sign, missing) = (char::from(close.sign), char::from(partner(close.sign)));
            report
                .error(&UNMATCHED_BRACKET, range(*close), format!("this `{sign}` closes nothing"))
                .help(format!("delete it, or write the `{missing}` it belongs to"))
        }
        Fault::Mismatched { open, close } => {
            let (open_sign, close_sign) = (char::from(open.sign), char::from(close.sign));
            report
                .error(&UNMATCHED_BRACKET, range(*close), format!("`{close_sign}` cannot close `{open_sign}`"))
                .related(report.place(range(*open)), "opened here")
                .help(format!("write `{}`", char::from(partner(open.sign))))
        }
        Fault::Headless { line, close } => {
            let written = text.get(line.first..line.end).unwrap_or_default();
            let head = written.trim_end();
            report
                .error(&MISSING_BRACE, line.first..line.first + head.len(), format!("no `{{` follows `{head}`"))
                .related(report.place(range(*close)), "this `}` would close it")
                .help(format!("write `{head} {{`"))
        }
        Fault::TooDeep { open, .. } => report
            .error(&TOO_DEEP, range(*open), format!("brackets nest more than {DEPTH_LIMIT} deep"))
            .help("split what stands here: no sound plan or policy nests this deep"),
    };
    report.push(diagnostic);
}

pub(super) fn mend(text: &str, lexed: &Lexed, fault: &Fault, repair: &mut Repair<'_>) {
    match fault {
        Fault::Unclosed { open, revealed_by, .. } => close(text, lexed, *open, *revealed_by, repair),
        Fault::Surplus(close) => repair.blank(range(*close)),
        Fault::Mismatched { open, close } => repair.put(close.at, partner(open.sign)),
        Fault::Headless { line, .. } => {
            if !put_at_line_end(text, line.end, b'{', repair) {
                repair.add(b'}');
            }
        }
        Fault::TooDeep { open, end } => repair.blank(open.at..*end),
    }
}

fn range(bracket: Bracket) -> std::ops::Range<usize> {
    bracket.at..bracket.at + 1
}

/// Closes an open bracket where its block seems to end; one that cannot be closed is taken away.
fn close(text: &str, lexed: &Lexed, open: Bracket, revealed_by: Option<Bracket>, repair: &mut Repair<'_>) {
    let sign = partner(open.sign);
    let is_done = match last_line(text, lexed, open, revealed_by) {
        End::Line(line) => put_at_line_end(text, line.end, sign, repair),
        End::Before(bracket) => put_on_blank(bracket.at.saturating_sub(1), sign, repair),
        End::OfText => {
            repair.add(sign);
            true
        }
    };
    if !is_done {
        repair.blank(range(open));
    }
}

/// Where an unclosed block seems to end.
enum End {
    Line(CodeLine),
    Before(Bracket),
    OfText,
}

fn last_line(text: &str, lexed: &Lexed, open: Bracket, revealed_by: Option<Bracket>) -> End {
    let lines = &lexed.lines;
    let otherwise = match revealed_by {
        Some(close) if close.begins_line => match close.line.checked_sub(1).and_then(|line| lines.get(line)) {
            Some(line) => End::Line(*line),
            None => End::Before(close),
        },
        Some(close) => End::Before(close),
        None => End::OfText,
    };
    if revealed_by.is_some_and(|close| close.line == open.line) {
        return otherwise;
    }
    let Some(line) = lines.get(open.line) else { return otherwise };
    let follows = text.get(open.at + 1..line.end).unwrap_or_default();
    if !follows.trim().is_empty() {
        return End::Line(*line);
    }
    let limit = revealed_by.map_or(lines.len(), |close| close.line);
    let below = lines.get(open.line + 1..limit).unwrap_or_default();
    match below.iter().position(|below| below.indent <= line.indent) {
        // Where nothing stands further in, the layout says nothing.
        None | Some(0) => otherwise,
        Some(next) => lines.get(open.line + next).map_or(otherwise, |last| End::Line(*last)),
    }
}

/// Puts a sign in the place of a line end, or of the comment before it.
fn put_at_line_end(text: &str, end: usize, sign: u8, repair: &mut Repair<'_>) -> bool {
    match repair.byte(end) {
        None => {
            repair.add(sign);
            true
        }
        Some(b'#') => {
            let comment = text.get(end..).and_then(|rest| rest.lines().next()).unwrap_or_default();
            repair.blank(end..end + comment.len());
            repair.put(end, sign);
            true
        }
        Some(_) => put_on_blank(end, sign, repair) || put_on_blank(end + 1, sign, repair),
    }
}

fn put_on_blank(at: usize, sign: u8, repair: &mut Repair<'_>) -> bool {
    let is_blank = matches!(repair.byte(at), Some(b' ' | b'\t' | b'\r' | b'\n'));
    if is_blank {
        repair.put(at, sign);
    }
    is_blank
}
