//! The one writer of Markdown: sections, lists and tables, line by line.

use super::quote::{Within, code, fenced, link, quote, quote_after};
use crate::emit::page::{Block, Entry, Page, Section, Table, Task, Word, Words};

pub(super) fn write(page: &Page) -> String {
    let mut writer = Writer::default();
    match page.sections.as_slice() {
        // one part alone is pasted somewhere: its own title is enough
        [section] => writer.section(section, 1),
        sections => {
            writer.block(&[format!("# {}", quote(&page.title))]);
            for section in sections {
                writer.section(section, 2);
            }
        }
    }
    writer.text
}

#[derive(Debug, Default)]
struct Writer {
    text: String,
    /// What stands before every line.
    indent: String,
}

impl Writer {
    fn section(&mut self, section: &Section, level: usize) {
        self.block(&[format!("{} {}", "#".repeat(level), quote(section.title))]);
        self.blocks(&section.blocks, level + 1);
    }

    fn blocks(&mut self, blocks: &[Block], level: usize) {
        for block in blocks {
            match block {
                Block::Words(words) => self.block(&[line(words)]),
                Block::Under(title, blocks) => {
                    self.block(&[format!("{} {}", "#".repeat(level.min(6)), plain(title))]);
                    self.blocks(blocks, level + 1);
                }
                Block::List(entries) => self.list(entries, |_| "- ".to_owned(), level),
                Block::Numbered(from, entries) => self.list(entries, |index| format!("{}. ", from + index), level),
                Block::Tasks(tasks) => self.tasks(tasks, level),
                Block::Table(table) => self.table(table),
                Block::Code(text) => self.block(&fenced(text)),
                Block::Alarm(words) => self.block(&[format!("> **STOP** {}", line(words))]),
                Block::ToFill(what) => self.block(&[format!("_To be filled in: {}_", quote(what))]),
                Block::Timeline(timeline) => {
                    self.block(&[quote(&timeline.summary)]);
                    self.table(&timeline.table());
                }
            }
        }
    }

    fn list(&mut self, entries: &[Entry], mark: impl Fn(usize) -> String, level: usize) {
        let tight = entries.iter().all(|entry| entry.blocks.is_empty());
        for (index, entry) in entries.iter().enumerate() {
            self.entry(&mark(index), entry, index > 0 && tight, level);
        }
    }

    fn entry(&mut self, mark: &str, entry: &Entry, joined: bool, level: usize) {
        if !joined {
            self.gap();
        }
        self.line(&format!("{mark}{}", line(&entry.words)));
        let before = self.indent.len();
        self.indent.extend(std::iter::repeat_n(' ', mark.len()));
        self.blocks(&entry.blocks, level);
        self.indent.truncate(before);
    }

    fn tasks(&mut self, tasks: &[Task], level: usize) {
        self.gap();
        for task in tasks {
            let tick = if task.done { 'x' } else { ' ' };
            self.line(&format!("- [{tick}] {}", line(&task.words)));
            self.indent.push_str("  ");
            for more in &task.more {
                self.entry("- ", more, true, level);
            }
            self.indent.truncate(self.indent.len() - 2);
        }
    }

    fn table(&mut self, table: &Table) {
        let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let head = row(table.head.iter().map(|head| quote(head)).collect());
        let rule = row(table.head.iter().map(|_| "---".to_owned()).collect());
        let rows =
            table.rows.iter().map(|cells| row(cells.iter().map(|words| words_in(words, Within::Cell)).collect()));
        self.block(&[head, rule].into_iter().chain(rows).collect::<Vec<_>>());
    }

    /// Lines with an empty one before them.
    fn block(&mut self, lines: &[String]) {
        self.gap();
        for line in lines {
            self.line(line);
        }
    }

    fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.text.push_str(&self.indent);
            self.text.push_str(line);
        }
        self.text.push('\n');
    }
}

fn line(words: &Words) -> String {
    words_in(words, Within::Line).trim().to_owned()
}

fn words_in(words: &Words, within: Within) -> String {
    words.0.iter().fold(String::new(), |line, word| {
        let next = match word {
            Word::Plain(text) => quote_after(&line, text),
            Word::Strong(text) => strong(text),
            Word::Code(text) => code(text, within),
            Word::Link(address) => link(address),
        };
        line + &next
    })
}

/// For a heading, which is strong already.
fn plain(words: &Words) -> String {
    let unstressed = words.0.iter().map(|word| match word {
        Word::Strong(text) => Word::Plain(text.clone()),
        Word::Plain(_) | Word::Code(_) | Word::Link(_) => word.clone(),
    });
    line(&Words(unstressed.collect()))
}

/// Asterisks take no blanks inside them.
fn strong(text: &str) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return " ".to_owned();
    }
    let gap = |there: bool| if there { " " } else { "" };
    format!("{}**{}**{}", gap(!text.starts_with(inner)), quote(inner), gap(!text.ends_with(inner)))
}
