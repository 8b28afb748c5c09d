//! A document as its writers see it: sections, lists, tables, and words that are still plain text. Knows no markup, and not
//! what it is about.

use super::people::Timeline;

#[derive(Debug)]
pub struct Page {
    pub title: String,
    pub sections: Vec<Section>,
    /// What it was made of, and the digest of that.
    pub of: (&'static str, String),
}

#[derive(Debug)]
pub struct Section {
    /// By which it is linked to; ours.
    pub id: &'static str,
    pub title: &'static str,
    pub tone: Tone,
    pub blocks: Vec<Block>,
}

/// How loud something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Calm,
    Alarm,
}

#[derive(Debug)]
pub enum Block {
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
pub struct Entry {
    pub words: Words,
    pub blocks: Vec<Block>,
}

#[derive(Debug)]
pub struct Task {
    pub done: bool,
    pub words: Words,
    pub more: Vec<Entry>,
}

#[derive(Debug)]
pub struct Table {
    pub head: Vec<&'static str>,
    pub rows: Vec<Vec<Words>>,
}

/// Text with emphasis, each piece still as somebody wrote it.
#[derive(Debug, Clone, Default)]
pub struct Words(pub Vec<Word>);

#[derive(Debug, Clone)]
pub enum Word {
    Plain(String),
    Strong(String),
    Code(String),
    /// An address, shown as it is; what is none is plain text.
    Link(String),
}

impl Section {
    pub fn new(id: &'static str, title: &'static str, blocks: Vec<Block>) -> Self {
        Self { id, title, tone: Tone::Calm, blocks }
    }

    #[must_use]
    pub fn alarming(self) -> Self {
        Self { tone: Tone::Alarm, ..self }
    }
}

impl Entry {
    pub fn new(words: Words) -> Self {
        Self { words, blocks: Vec::new() }
    }
}

impl Words {
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.push(Word::Plain(text.into()))
    }

    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.push(Word::Strong(text.into()))
    }

    #[must_use]
    pub fn code(self, text: impl Into<String>) -> Self {
        self.push(Word::Code(text.into()))
    }

    /// What may be an address.
    #[must_use]
    pub fn link(self, text: &str) -> Self {
        let address = ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme))
            && text.chars().all(|letter| letter.is_ascii_graphic());
        self.push(if address { Word::Link(text.to_owned()) } else { Word::Plain(text.to_owned()) })
    }

    fn push(mut self, word: Word) -> Self {
        self.0.push(word);
        self
    }
}

pub fn text(text: impl Into<String>) -> Words {
    Words::default().text(text)
}

pub fn strong(text: impl Into<String>) -> Words {
    Words::default().strong(text)
}

pub fn code(text: impl Into<String>) -> Words {
    Words::default().code(text)
}
