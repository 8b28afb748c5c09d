//! Changes to the text that the grammar sees; every byte stays where it was.

use std::borrow::Cow;
use std::ops::Range;

/// The text, and single bytes that take the place of others.
#[derive(Debug)]
pub(super) struct Repair<'a> {
    text: &'a str,
    bytes: Option<Vec<u8>>,
    added: String,
}

impl<'a> Repair<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, bytes: None, added: String::new() }
    }

    /// Puts an ASCII sign in the place of the character at an offset; what the character took more is filled with blanks.
    pub(super) fn put(&mut self, at: usize, sign: u8) {
        let length = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        self.blank(at..at + length);
        if let Some(byte) = self.bytes().get_mut(at) {
            *byte = sign;
        }
    }

    /// Turns whole characters into blanks; line ends stay.
    pub(super) fn blank(&mut self, range: Range<usize>) {
        for byte in self.bytes().get_mut(range).unwrap_or_default() {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    /// Adds a sign after the end.
    pub(super) fn add(&mut self, sign: u8) {
        if self.added.is_empty() {
            self.added.push('\n');
        }
        self.added.push(char::from(sign));
    }

    /// The byte at an offset as it stands now.
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.as_deref().unwrap_or(self.text.as_bytes()).get(at).copied()
    }

    pub(super) fn finish(self) -> Cow<'a, str> {
        let balanced = match self.bytes.map(String::from_utf8) {
            Some(Ok(text)) => Cow::Owned(text),
            Some(Err(_)) | None => Cow::Borrowed(self.text),
        };
        if self.added.is_empty() { balanced } else { Cow::Owned(balanced.into_owned() + &self.added) }
    }

    fn bytes(&mut self) -> &mut Vec<u8> {
        self.bytes.get_or_insert_with(|| self.text.as_bytes().to_vec())
    }
}
