//! The one writer of HTML: landmarks, headings, lists and tables.

use std::fmt::Write as _;

use super::escape::{escape, escape_lines};
use super::policy::policy;
use super::timeline::timeline;
use crate::emit::page::{Block, Entry, Page, Section, Table, Task, Tone, Word, Words};

const STYLE: &str = include_str!("../templates/html/style.css");
const SCRIPT: &str = include_str!("../templates/html/ticks.js");

pub(super) fn write(page: &Page) -> String {
    let mut writer = Writer::default();
    let title = escape(&page.title);
    _ = write!(
        writer.text,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body data-plan=\"{}\">\n\
         <a class=\"skip\" href=\"#content\">To the content</a>\n<header>\n<h1>{title}</h1>\n",
        escape(&policy(STYLE, SCRIPT)),
        escape(&page.of.1),
    );
    if page.sections.len() > 1 {
        writer.text.push_str("<nav aria-label=\"Sections\">\n<ul>\n");
        for section in &page.sections {
            let class = class(section.tone);
            _ = writeln!(writer.text, "<li><a{class} href=\"#{}\">{}</a></li>", section.id, escape(section.title));
        }
        writer.text.push_str("</ul>\n</nav>\n");
    }
    writer.text.push_str("</header>\n<main id=\"content\">\n");
    for section in &page.sections {
        writer.section(section);
    }
    _ = write!(
        writer.text,
        "</main>\n<footer>\n<p>{} <code>{}</code></p>\n</footer>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        page.of.0,
        escape(&page.of.1)
    );
    writer.text
}

const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Calm => "",
        Tone::Alarm => " class=\"alarm\"",
    }
}

#[derive(Debug, Default)]
struct Writer {
    text: String,
    /// Boxes so far.
    ticks: usize,
}

impl Writer {
    fn section(&mut self, section: &Section) {
        let (id, class) = (section.id, class(section.tone));
        let title = escape(section.title);
        _ = writeln!(
            self.text,
            "<section id=\"{id}\"{class} aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\">{title}</h2>"
        );
        self.blocks(&section.blocks, 3);
        self.text.push_str("</section>\n");
    }

    fn blocks(&mut self, blocks: &[Block], level: usize) {
        for block in blocks {
            self.one(block, level);
        }
    }

    fn one(&mut self, block: &Block, level: usize) {
        match block {
            Block::Words(words) => self.element("p", "", words),
            Block::Under(title, blocks) => {
                let level = level.min(6);
                _ = writeln!(self.text, "<h{level}>{}</h{level}>", said(title));
                self.blocks(blocks, level + 1);
            }
            Block::List(entries) => self.list("<ul>", "</ul>", entries, level),
            Block::Numbered(1, entries) => self.list("<ol>", "</ol>", entries, level),
            Block::Numbered(from, entries) => self.list(&format!("<ol start=\"{from}\">"), "</ol>", entries, level),
            Block::Tasks(tasks) => self.tasks(tasks, level),
            Block::Table(table) => self.table(table),
            Block::Code(text) => {
                _ = writeln!(self.text, "<pre tabindex=\"0\"><code>{}</code></pre>", escape_lines(text));
            }
            Block::Alarm(words) => self.element("p", " class=\"stop\"", words),
            Block::ToFill(what) => {
                _ = writeln!(self.text, "<p class=\"fill\">To be filled in: {}</p>", escape(what));
            }
            Block::Timeline(drawn) => {
                _ = writeln!(
                    self.text,
                    "<figure>\n{}<figcaption>{}</figcaption>\n</figure>",
                    timeline(drawn),
                    escape(&drawn.summary)
                );
            }
        }
    }

    fn element(&mut self, name: &str, class: &str, words: &Words) {
        _ = writeln!(self.text, "<{name}{class}>{}</{name}>", said(words));
    }

    fn list(&mut self, open: &str, close: &str, entries: &[Entry], level: usize) {
        _ = writeln!(self.text, "{open}");
        for entry in entries {
            self.entry(entry, level);
        }
        _ = writeln!(self.text, "{close}");
    }

    fn entry(&mut self, entry: &Entry, level: usize) {
        let hold = if matches!(entry.words.0.first(), Some(Word::Strong(word)) if word == "HOLD ") {
            " class=\"hold\""
        } else {
            ""
        };
        _ = write!(self.text, "<li{hold}>{}", said(&entry.words));
        if !entry.blocks.is_empty() {
            self.text.push('\n');
            self.blocks(&entry.blocks, level);
        }
        self.text.push_str("</li>\n");
    }

    fn tasks(&mut self, tasks: &[Task], level: usize) {
        self.text.push_str("<ul class=\"tasks\">\n");
        for task in tasks {
            self.ticks += 1;
            let (id, checked) = (self.ticks, if task.done { " checked" } else { "" });
            _ = write!(
                self.text,
                "<li><input type=\"checkbox\" id=\"tick-{id}\"{checked}> <label for=\"tick-{id}\">{}</label>",
                said(&task.words)
            );
            if !task.more.is_empty() {
                self.text.push('\n');
                self.list("<ul>", "</ul>", &task.more, level);
            }
            self.text.push_str("</li>\n");
        }
        self.text.push_str("</ul>\n");
    }

    fn table(&mut self, table: &Table) {
        self.text.push_str("<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n");
        let is_headed = table.head.iter().any(|head| !head.is_empty());
        if is_headed {
            let heads = table.head.iter().map(|head| format!("<th scope=\"col\">{}</th>", escape(head)));
            _ = writeln!(self.text, "<thead><tr>{}</tr></thead>", heads.collect::<Vec<_>>().concat());
        }
        self.text.push_str("<tbody>\n");
        for row in &table.rows {
            let cells = row.iter().enumerate().map(|(index, words)| match (index, is_headed) {
                (0, false) => format!("<th scope=\"row\">{}</th>", said(words)),
                _ => format!("<td>{}</td>", said(words)),
            });
            _ = writeln!(self.text, "<tr>{}</tr>", cells.collect::<Vec<_>>().concat());
        }
        self.text.push_str("</tbody>\n</table>\n</div>\n");
    }
}

fn said(words: &Words) -> String {
    let word = |word: &Word| match word {
        Word::Plain(text) => escape(text),
        Word::Strong(text) => format!("<strong>{}</strong>", escape(text)),
        Word::Code(text) => format!("<code>{}</code>", escape(text)),
        Word::Link(address) => {
            let address = escape(address);
            format!("<a href=\"{address}\" rel=\"noopener noreferrer\">{address}</a>")
        }
    };
    words.0.iter().map(word).collect()
}
