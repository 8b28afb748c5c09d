//! A document as both writers see it: sections, lists, tables, and words that are still plain text. Knows no markup.

use super::Timeline;

#[derive(Debug)]
pub(in crate::emit) struct Page {
    pub(in crate::emit) title: String,
    pub(in crate::emit) sections: Vec<Section>,
    /// The digest of the plan.
    pub(in crate::emit) plan: String,
}

#[derive(Debug)]
pub(in crate::emit) struct Section {
    /// By which it is linked to; ours.
    pub(in crate::emit) id: &'static str,
    pub(in crate::emit) title: &'static str,
    pub(in crate::emit) tone: Tone,
    pub(in crate::emit) blocks: Vec<Block>,
}

/// How loud something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum Tone {
    Calm,
    Alarm,
}

#[derive(Debug)]
pub(in crate::emit) enum Block {
    Words(Words),
    /// A heading below that of the section, and what stands under it.
    Under(Words, Vec<Block>),
    List(Vec<Entry>),
    /// Numbered from this on.
    Numbered(usize, Vec<Entry>),
    Tasks(Vec<Task>),
    Table(Table),
    /// For a shell.
    Code(String),
    /// What must not be missed.
    Alarm(Words),
    /// What only a person can say.
    ToFill(&'static str),
    Timeline(Timeline),
}

/// An entry of a list.
#[derive(Debug)]
pub(in crate::emit) struct Entry {
    pub(in crate::emit) words: Words,
    pub(in crate::emit) blocks: Vec<Block>,
}

#[derive(Debug)]
pub(in crate::emit) struct Task {
    pub(in crate::emit) done: bool,
    pub(in crate::emit) words: Words,
    pub(in crate::emit) more: Vec<Entry>,
}

#[derive(Debug)]
pub(in crate::emit) struct Table {
    pub(in crate::emit) head: Vec<&'static str>,
    pub(in crate::emit) rows: Vec<Vec<Words>>,
}

/// Text with emphasis, each piece still as somebody wrote it.
#[derive(Debug, Clone, Default)]
pub(in crate::emit) struct Words(pub(in crate::emit) Vec<Word>);

#[derive(Debug, Clone)]
pub(in crate::emit) enum Word {
    Plain(String),
    Strong(String),
    Code(String),
    /// An address, shown as it is; what is none is plain text.
    Link(String),
}

impl Section {
    pub(super) fn new(id: &'static str, title: &'static str, blocks: Vec<Block>) -> Self {
        Self { id, title, tone: Tone::Calm, blocks }
    }

    pub(super) fn alarming(self) -> Self {
        Self { tone: Tone::Alarm, ..self }
    }
}

impl Entry {
    pub(super) fn new(words: Words) -> Self {
        Self { words, blocks: Vec::new() }
    }
}

impl Words {
    pub(super) fn text(self, text: impl Into<String>) -> Self {
        self.push(Word::Plain(text.into()))
    }

    pub(super) fn strong(self, text: impl Into<String>) -> Self {
        self.push(Word::Strong(text.into()))
    }

    pub(super) fn code(self, text: impl Into<String>) -> Self {
        self.push(Word::Code(text.into()))
    }

    /// What may be an address.
    pub(super) fn link(self, text: &str) -> Self {
        let address = ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme))
            && text.chars().all(|letter| letter.is_ascii_graphic());
        self.push(if address { Word::Link(text.to_owned()) } else { Word::Plain(text.to_owned()) })
    }

    fn push(mut self, word: Word) -> Self {
        self.0.push(word);
        self
    }
}

pub(super) fn text(text: impl Into<String>) -> Words {
    Words::default().text(text)
}

pub(super) fn strong(text: impl Into<String>) -> Words {
    Words::default().strong(text)
}

pub(super) fn code(text: impl Into<String>) -> Words {
    Words::default().code(text)
}
