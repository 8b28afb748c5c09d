//! The door that the tests of this layer go through: files in, subjects out.

use std::sync::Arc;

use super::{Found, Neighbour, Neighbours, SourceText, find};
use crate::model::data::{Data, Value};
use crate::model::policy::DocumentKind;
use crate::source::{FileId, SourceMap};

/// Files of a small world.
#[derive(Debug, Default)]
pub(super) struct Lab {
    pub(super) sources: SourceMap,
}

/// A world in which files name nothing but each other.
#[derive(Debug)]
pub(super) struct Alone;

impl Neighbours for Alone {
    fn matching(&mut self, _: &str, _: &str, _: Option<&str>) -> Vec<Neighbour> {
        Vec::new()
    }
}

impl Lab {
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let mut lab = Self::default();
        for (path, text) in files {
            lab.sources.add(*path, *text);
        }
        lab
    }

    /// Every subject of one kind, of all files together.
    pub(super) fn find(&self, kind: DocumentKind) -> Found {
        let texts: Vec<(FileId, &str, Arc<str>)> =
            self.sources.files().map(|(file, source)| (file, source.path(), source.shared_text())).collect();
        let files: Vec<SourceText<'_>> =
            texts.into_iter().map(|(file, path, text)| SourceText::new(file, path, text)).collect();
        find(kind, &files, &mut Alone)
    }
}

pub(super) fn field<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let Data::Record(record) = &value.data else { panic!("`{name}` is asked of a record") };
    record.field(name)
}

/// A field as messages print it.
pub(super) fn said(value: &Value, name: &str) -> String {
    field(value, name).map_or_else(|| "missing".to_owned(), |value| value.data.to_string())
}

/// What the place of a value cuts out of its file.
pub(super) fn cut(lab: &Lab, value: &Value) -> String {
    lab.sources.slice(value.place).to_owned()
}
