//! What stands where a plan is read, might be a part of it, and is not read: it is said, never passed over. Reads nothing itself.

use super::fence::{Fence, fence, word};
use super::labels;
use super::reading::Reading;
use super::said::{Line, Said};
use super::words;
use crate::document::markdown::{Block as Part, BlockId, BlockKind, RunKind};
use crate::source::Span;
use crate::syntax::ast::Block as Step;

/// How long a fence is at least.
const FENCE: usize = 3;

/// How prose begins that tells what the step above it does.
const TELLING: [&str; 3] = ["It ", "That ", "This "];

const COMMENT: (&str, &str) = ("<!--", "-->");

/// How code begins within HTML.
const CODE_IN_HTML: [&str; 4] = ["```", "~~~", "<pre", "<code"];

impl Reading<'_> {
    /// A part of the text that holds nothing that was read.
    pub(super) fn unread(&mut self, id: BlockId, part: &Part) {
        self.unread_part(id, part);
        let mut quoted_until = if part.kind == BlockKind::Quote { part.span.end } else { part.span.start };
        let markdown = self.markdown;
        for (below, part) in markdown.within(id) {
            // What stands in a quote was looked at with it.
            if part.span.start < quoted_until {
                continue;
            }
            self.unread_part(below, part);
            if part.kind == BlockKind::Quote {
                quoted_until = part.span.end;
            }
        }
    }

    fn unread_part(&mut self, id: BlockId, part: &Part) {
        match &part.kind {
            BlockKind::Code { .. } => self.unread_code(part),
            BlockKind::Paragraph => {
                let lines: Vec<Line> = part.inline.lines().filter_map(Line::of).collect();
                for line in &lines {
                    self.unread_line(line);
                }
            }
            BlockKind::Quote => self.unread_quote(id),
            BlockKind::Table => {
                self.unread_table(id, part);
            }
            BlockKind::Html => self.unread_html(part),
            BlockKind::Item { .. }
            | BlockKind::Heading(_)
            | BlockKind::Row { .. }
            | BlockKind::Cell
            | BlockKind::Rule => {}
        }
    }

    /// A block of code; one in the language is read wherever it stands.
    pub(super) fn unread_code(&mut self, part: &Part) {
        let (BlockKind::Code { info }, Some(fence)) = (&part.kind, fence(part)) else { return };
        let word = word(info.as_deref());
        let (message, help) = match fence {
            Fence::Native => return,
            Fence::Script => (
                "this block of code is not run where it stands".to_owned(),
                "write it below a step of its own; what a box runs stands below it: `- Run: `, and the command in backticks",
            ),
            Fence::LooksNative => (
                "this block reads like the language of Stopline, and is not read".to_owned(),
                "write `stopline` behind its fence",
            ),
            Fence::Transcript => (
                format!("{} shows what was typed and what came of it, and is not run", shown_block(word)),
                "write the commands alone, without prompts and output, with `bash` behind the fence",
            ),
            Fence::OtherShell => (
                format!("a block of `{word}` is not run: commands are those of bash"),
                "write it for bash, with `bash` behind the fence",
            ),
            Fence::Other => (
                format!("a block of `{word}` is not read here, and not run"),
                "a script has `bash` behind its fence, and what plans say `stopline`; what is there for people goes into a quote (`> `) or a section of its own",
            ),
        };
        self.said_once(first_line(part, self.text), message, help);
    }

    /// A script without anything in it.
    pub(super) fn empty_script(&mut self, part: &Part) {
        let place = first_line(part, self.text);
        self.said_once(place, "this block of code is empty", "write the command into it, or delete it");
    }

    /// A block of code that may be a script, or what one printed.
    pub(super) fn unmarked(&mut self, part: &Part) {
        let help = "write `bash` behind its fence if it is run; output goes into a quote (`> `)";
        let message = "this block does not say what it is, and others below its heading say that they are scripts";
        self.said_once(first_line(part, self.text), message, help);
    }

    /// A line that was read as nothing.
    pub(super) fn unread_line(&mut self, line: &Line) {
        if let Some(label) = &line.label {
            if words::step_attribute(&label.text).is_some() {
                let help = "write it as an item right below what it belongs to, with the command in backticks";
                self.said_once(label.span, format!("`{}` is not read where it stands", label.text), help);
            } else {
                self.meant_label(line, label);
            }
        } else if is_code(line, &line.whole) {
            self.unread_command(line);
        }
    }

    /// A line that names a command and is no item.
    pub(super) fn unread_command(&mut self, line: &Line) {
        let help = "write it as an item (`- Title: `, and the command in backticks), or into a block of code";
        self.said_once(line.whole.span, "this line holds a command, and nothing runs it", help);
    }

    /// Whether a line of prose holds what looks like a command, and does not only tell what the step above it does.
    pub(super) fn holds_command(&self, line: &Line, above: Option<&Step>) -> bool {
        let tells = TELLING.iter().any(|word| line.words.starts_with(word));
        let known = |code: &Said| above.is_some_and(|step| step.span.text(self.text).contains(code.text.as_str()));
        is_code(line, &line.whole)
            || line.code.iter().any(|code| looks_like_command(code) && !(tells && known(code)) && !is_place(line, code))
    }

    /// A label that nothing is called, and that nearly says something; true where that was said.
    pub(super) fn meant_label(&mut self, line: &Line, label: &Said) -> bool {
        let opens = line.value.is_none();
        let Some(help) = labels::meant(&label.text, opens) else {
            let command = line.value.as_ref().is_some_and(|value| is_code(line, value));
            if command {
                self.unread_command(line);
            }
            return command;
        };
        self.said_once(label.span, format!("`{}` may mean something here, and is not read", label.text), help);
        true
    }

    /// The further lines of an item's first paragraph: Markdown takes them for the end of its first.
    pub(super) fn unread_rest(&mut self, item: BlockId) {
        let first = self.markdown.children(item).next().map(|(_, part)| part);
        let Some(first) = first.filter(|part| part.kind == BlockKind::Paragraph) else { return };
        let lines: Vec<Line> = first.inline.lines().skip(1).filter_map(Line::of).collect();
        for line in &lines {
            if let Some(label) = &line.label
                && (words::step_attribute(&label.text).is_some() || labels::meant(&label.text, false).is_some())
            {
                let message = format!("`{}` is read as a part of the line above", label.text);
                self.said_once(label.span, message, "put `- ` before it, so that it is an item below that line");
            }
        }
    }

    /// A quote is for people, unless commands stand in it.
    pub(super) fn unread_quote(&mut self, id: BlockId) {
        let markdown = self.markdown;
        for (_, part) in markdown.within(id) {
            match fence(part) {
                Some(Fence::Script | Fence::Transcript | Fence::OtherShell | Fence::LooksNative) => {
                    self.unread_code(part);
                }
                None if part.kind == BlockKind::Paragraph => {
                    let lines: Vec<Line> = part.inline.lines().filter_map(Line::of).collect();
                    for line in &lines {
                        let Some(label) = &line.label else { continue };
                        let is_attribute = words::step_attribute(&label.text).is_some() && !line.code.is_empty();
                        if is_attribute || labels::is_hold(&label.text) {
                            let message = format!("`{}` stands in a quote, and is not read", label.text);
                            self.said_once(label.span, message, "take it out of the quote");
                        }
                    }
                }
                Some(Fence::Native | Fence::Other) | None => {}
            }
        }
    }

    /// A table whose head names commands and that has some; true where that was said.
    pub(super) fn unread_table(&mut self, id: BlockId, table: &Part) -> bool {
        let rows: Vec<(BlockId, bool)> = self
            .markdown
            .children(id)
            .filter_map(|(row, part)| match part.kind {
                BlockKind::Row { heads } => Some((row, heads)),
                BlockKind::Item { .. }
                | BlockKind::Paragraph
                | BlockKind::Heading(_)
                | BlockKind::Code { .. }
                | BlockKind::Quote
                | BlockKind::Table
                | BlockKind::Cell
                | BlockKind::Html
                | BlockKind::Rule => None,
            })
            .collect();
        let cell = |wanted: bool, fits: &dyn Fn(&Part) -> bool| {
            let mut rows = rows.iter().filter(|(_, heads)| *heads == wanted);
            rows.any(|(row, _)| self.markdown.children(*row).any(|(_, cell)| fits(cell)))
        };
        let names = cell(true, &|cell| labels::heads_commands(&cell.inline.text()));
        let holds = cell(false, &|cell| cell.inline.runs.iter().any(|run| run.kind == RunKind::Code));
        if names && holds {
            let help = "write each row as an item (`- Title: `, and the command in backticks), or as a heading with a block of code";
            self.said_once(
                first_line(table, self.text),
                "this table holds commands, and steps are not read from tables",
                help,
            );
        }
        names && holds
    }

    /// Markdown reads nothing in HTML up to the next empty line.
    pub(super) fn unread_html(&mut self, part: &Part) {
        let html = without_comments(part.span.text(self.text));
        if CODE_IN_HTML.iter().any(|code| html.contains(code)) {
            let help = "put an empty line between the tags and the Markdown, and write commands as Markdown";
            self.said_once(first_line(part, self.text), "this HTML holds code, and Markdown in HTML is not read", help);
        }
    }

    /// A block of code that is never closed holds everything below it.
    pub(super) fn unclosed(&mut self) {
        for (_, part) in self.markdown.blocks() {
            if !matches!(part.kind, BlockKind::Code { info: Some(_) }) {
                continue;
            }
            let closes = |line: &str| {
                let line = line.trim_start_matches(['>', ' ', '\t']).trim_end();
                line.len() >= FENCE && (line.bytes().all(|byte| byte == b'`') || line.bytes().all(|byte| byte == b'~'))
            };
            if !part.span.text(self.text).lines().skip(1).last().is_some_and(closes) {
                let help = "close it with a line that holds its fence alone";
                self.said_once(first_line(part, self.text), "this block of code is never closed", help);
            }
        }
    }

    pub(super) fn said_once(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        if self.unread.insert(span.start) {
            self.not_understood(span, message, help);
        }
    }
}

fn shown_block(word: &str) -> String {
    if word.is_empty() { "this block".to_owned() } else { format!("a block of `{word}`") }
}

/// Whether a part of a line is one piece of code and no more.
pub(super) fn is_code(line: &Line, part: &Said) -> bool {
    matches!(line.code.as_slice(), [code] if code.text == part.text)
}

/// `./x.sh`, `/opt/x`, `npm test`; a word alone is a name.
fn looks_like_command(code: &Said) -> bool {
    let text = code.text.trim();
    ["./", "../", "~/", "/", "$"].iter().any(|start| text.starts_with(start)) || text.contains(char::is_whitespace)
}

/// A file that something is found in: the log is in `/var/log/x`.
fn is_place(line: &Line, code: &Said) -> bool {
    let before = line.whole.text.split_once(code.text.as_str()).map_or("", |(before, _)| before);
    let word = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    !code.text.contains(char::is_whitespace) && matches!(word.as_str(), "at" | "from" | "in" | "see" | "to" | "under")
}

/// Its fence, or how it begins.
pub(super) fn first_line(part: &Part, text: &str) -> Span {
    let length = part.span.text(text).lines().next().map_or(0, |line| line.trim_end().len());
    Span::of(0..length).shifted(part.span.start)
}

fn without_comments(html: &str) -> String {
    let mut left = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once(COMMENT.0) {
        left.push_str(before);
        rest = comment.split_once(COMMENT.1).map_or("", |(_, behind)| behind);
    }
    left.push_str(rest);
    left.to_lowercase()
}
