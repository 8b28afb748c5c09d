//! The texts of one run. Loading them is the caller's business.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::{FileId, LineColumn, LineIndex, Place, Unit};

/// One text and the path it is reported under.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    text: Text,
    lines: OnceLock<LineIndex>,
}

/// A text that was read, or one that is part of the program and need not be copied.
#[derive(Debug, Clone)]
enum Text {
    Read(Arc<str>),
    Built(&'static str),
    /// Read and let go of, or not read yet: nothing is said about it.
    Absent,
}

impl SourceFile {
    /// As reported: relative where the user spoke relatively, with `/` between parts.
    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn text(&self) -> &str {
        match &self.text {
            Text::Read(text) => text,
            Text::Built(text) => text,
            Text::Absent => "",
        }
    }

    /// The same text for whoever must own it; what was read is not copied.
    pub fn shared_text(&self) -> Arc<str> {
        match &self.text {
            Text::Read(text) => Arc::clone(text),
            Text::Built(text) => Arc::from(*text),
            Text::Absent => Arc::from(""),
        }
    }

    /// Whether it is part of the program.
    pub const fn is_built(&self) -> bool {
        matches!(self.text, Text::Built(_))
    }

    /// Whether its text is held here.
    pub const fn is_held(&self) -> bool {
        !matches!(self.text, Text::Absent)
    }

    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text()))
    }
}

/// The files of a run, and the texts that something is said about. Files are only ever added, so a [`FileId`] stays good.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// The largest text that can be addressed: 4 GiB less one byte.
    pub const MAX_BYTES: usize = u32::MAX as usize - 1;

    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        self.push(path.into(), Text::Read(text.into()))
    }

    /// Adds a text that is part of the program.
    pub fn add_built(&mut self, path: impl Into<String>, text: &'static str) -> FileId {
        self.push(path.into(), Text::Built(text))
    }

    /// Adds the text of another file, under a path of its own.
    pub fn add_same(&mut self, path: impl Into<String>, file: &SourceFile) -> FileId {
        self.push(path.into(), file.text.clone())
    }

    /// Takes down a file whose text is held only if something is said about it: [`SourceMap::hold`].
    pub fn announce(&mut self, path: impl Into<String>) -> FileId {
        self.push(path.into(), Text::Absent)
    }

    /// The same files under the same numbers, some of them with another text.
    #[must_use]
    pub fn with(&self, changed: &BTreeMap<String, Arc<str>>) -> Self {
        let changed = |file: &SourceFile| changed.get(&file.path).filter(|_| !file.is_built()).cloned();
        let same = |file: &SourceFile| SourceFile {
            path: file.path.clone(),
            text: changed(file).map_or_else(|| file.text.clone(), Text::Read),
            lines: OnceLock::new(),
        };
        Self { files: self.files.iter().map(same).collect() }
    }

    /// Holds the text of a file that was announced. What is held already stays as it is: places point into it.
    pub fn hold(&mut self, file: FileId, text: Arc<str>) {
        if let Some(source) = self.files.get_mut(file.index()).filter(|source| !source.is_held()) {
            source.text = Text::Read(text);
            source.lines = OnceLock::new();
        }
    }

    fn push(&mut self, path: String, text: Text) -> FileId {
        let id = FileId::new(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path, text, lines: OnceLock::new() });
        id
    }

    pub fn get(&self, file: FileId) -> Option<&SourceFile> {
        self.files.get(file.index())
    }

    /// The file at a path, as reports show it.
    pub fn at(&self, path: &str) -> Option<FileId> {
        let index = self.files.iter().position(|file| file.path == path)?;
        u32::try_from(index).ok().map(FileId::new)
    }

    pub fn path(&self, file: FileId) -> &str {
        self.get(file).map_or("", SourceFile::path)
    }

    pub fn text(&self, file: FileId) -> &str {
        self.get(file).map_or("", SourceFile::text)
    }

    /// The text a place cuts out of its file.
    pub fn slice(&self, place: Place) -> &str {
        place.span.text(self.text(place.file))
    }

    pub fn line_column(&self, file: FileId, offset: u32) -> LineColumn {
        self.line_column_in(Unit::Scalar, file, offset)
    }

    pub fn line_column_in(&self, unit: Unit, file: FileId, offset: u32) -> LineColumn {
        let of = |source: &SourceFile| source.lines().line_column_in(unit, source.text(), offset);
        self.get(file).map_or_else(LineColumn::default, of)
    }

    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId::new(u32::try_from(index).unwrap_or(u32::MAX)), file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_announced_is_held_once_and_keeps_its_place() {
        let mut sources = SourceMap::default();
        let file = sources.announce("a.yaml");
        assert_eq!((sources.text(file), sources.get(file).unwrap().is_held()), ("", false));
        sources.hold(file, "a: 1\nb: 2\n".into());
        sources.hold(file, "another\n".into());
        assert_eq!((sources.text(file), sources.line_column(file, 5).line), ("a: 1\nb: 2\n", 2));
    }
}
