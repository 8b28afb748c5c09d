//! A document as plain text on a terminal. Nothing in it is markup, and nothing in it can move the cursor.

use std::fmt::Write as _;

use crate::emit::page::{Block, Entry, Section, Table, Word, Words};
use crate::report::paint::Paint;
use crate::report::{Options, printable};

/// No column but the last is wider.
const WIDEST: usize = 44;

pub(super) fn write(sections: &[Section], options: &Options<'_>) -> String {
    let mut writer = Writer { text: String::new(), paint: Paint::new(options.color) };
    for section in sections {
        let title = writer.paint.bold(section.title);
        _ = writeln!(writer.text, "{title}");
        writer.blocks(&section.blocks, 1);
        writer.text.push('\n');
    }
    writer.text
}

struct Writer {
    text: String,
    paint: Paint,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block], depth: usize) {
        for block in blocks {
            match block {
                Block::Words(words) | Block::Alarm(words) => self.line(depth, &said(words)),
                Block::Under(title, blocks) => {
                    let title = self.paint.label(&said(title));
                    self.line(depth, &title);
                    self.blocks(blocks, depth + 1);
                }
                Block::List(entries) | Block::Numbered(_, entries) => self.list(entries, depth),
                Block::Table(table) => self.table(table, depth),
                Block::Tasks(tasks) => tasks.iter().for_each(|task| self.line(depth, &said(&task.words))),
                Block::Code(text) => text.lines().for_each(|line| self.line(depth + 1, &printable::line(line))),
                Block::ToFill(text) => self.line(depth, text),
                Block::Timeline(timeline) => self.line(depth, &printable::line(&timeline.summary)),
            }
        }
    }

    fn list(&mut self, entries: &[Entry], depth: usize) {
        for entry in entries {
            self.line(depth, &format!("- {}", said(&entry.words)));
            self.blocks(&entry.blocks, depth + 1);
        }
    }

    fn table(&mut self, table: &Table, depth: usize) {
        let head = table.head.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>();
        let is_headed = head.iter().any(|head| !head.is_empty());
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(said).collect()).collect();
        let length = |text: &String| text.chars().count();
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = rows.iter().chain(is_headed.then_some(&head)).filter_map(|row| row.get(column));
                cells.map(length).filter(|length| *length <= WIDEST).max().unwrap_or_default()
            })
            .collect();
        let line = |row: &[String]| {
            let last = row.len().saturating_sub(1);
            let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
                _ if column == last => cell.clone(),
                _ => format!("{cell:<width$}  "),
            });
            cells.collect::<String>().trim_end().to_owned()
        };
        if is_headed {
            let head = self.paint.dim(&line(&head));
            self.line(depth, &head);
        }
        for row in &rows {
            self.line(depth, &line(row));
        }
    }

    fn line(&mut self, depth: usize, line: &str) {
        _ = writeln!(self.text, "{}{line}", "  ".repeat(depth));
    }
}

fn said(words: &Words) -> String {
    let word = |word: &Word| match word {
        Word::Plain(text) | Word::Strong(text) | Word::Code(text) | Word::Link(text) => {
            // What stands around a word is kept, for it stands between others.
            let gap = |is_there: bool| if is_there { " " } else { "" };
            let inner = printable::line(text);
            let (before, after) = (text.starts_with(' '), text.ends_with(' '));
            format!("{}{}{}", gap(before && !inner.starts_with(' ')), inner, gap(after && !inner.ends_with(' ')))
        }
    };
    words.0.iter().map(word).collect()
}
