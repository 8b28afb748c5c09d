//! What goes into the search for subjects and what comes out of it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use super::Nginx;
use super::generic::Reading;
use crate::diagnostic::Diagnostic;
use crate::document::sql::{self, Dialect, Script};
use crate::document::{Comment, Format};
use crate::model::data::Value;
use crate::source::FileId;

/// One file of the search.
#[derive(Debug, Clone)]
pub struct SourceText<'a> {
    pub file: FileId,
    /// As reports show it.
    pub path: &'a str,
    pub text: Arc<str>,
    /// Several kinds of subjects may stand in one document: it is read for the first that asks.
    readings: RefCell<Vec<(Format, Rc<Reading>)>>,
    scripts: Scripts,
}

/// Scripts of SQL that were read. Several kinds of subjects are made of all scripts of a run: whoever looks for one after
/// the other lends them the same.
#[derive(Debug, Clone, Default)]
pub struct Scripts(Rc<RefCell<Read>>);

type Read = HashMap<(FileId, Dialect), Rc<Script>>;

impl<'a> SourceText<'a> {
    pub fn new(file: FileId, path: &'a str, text: Arc<str>) -> Self {
        Self { file, path, text, readings: RefCell::new(Vec::new()), scripts: Scripts::default() }
    }

    /// The same, with the scripts that were read before.
    #[must_use]
    pub fn sharing(self, scripts: &Scripts) -> Self {
        Self { scripts: scripts.clone(), ..self }
    }

    /// What the text says as SQL.
    pub(super) fn script(&self, dialect: Dialect) -> Rc<Script> {
        let mut scripts = self.scripts.0.borrow_mut();
        let read = || Rc::new(sql::parse(self.file, &self.text, dialect));
        Rc::clone(scripts.entry((self.file, dialect)).or_insert_with(read))
    }

    /// What the text says in the format its name asks for, else in `usual`.
    pub(super) fn reading(&self, usual: Format) -> Rc<Reading> {
        let format = Format::from_path(self.path).unwrap_or(usual);
        let mut readings = self.readings.borrow_mut();
        if let Some((_, known)) = readings.iter().find(|(known, _)| *known == format) {
            return Rc::clone(known);
        }
        let reading = Rc::new(Reading::of(self.file, &self.text, format));
        readings.push((format, Rc::clone(&reading)));
        reading
    }
}

/// Files that are named by those of the search, such as the includes of nginx.
pub trait Neighbours: fmt::Debug {
    /// The files that `pattern` (a path or a glob) names, seen from the folder of the file `beside`, in order of their
    /// paths; an absolute pattern is seen from the roots that the caller knows. Empty where there are none. `by` is the file
    /// that names them: what stands outside of its repository is not read for it. None where the files of the machine are
    /// meant.
    fn matching(&mut self, beside: &str, pattern: &str, by: Option<&str>) -> Vec<Neighbour>;

    /// What is known of the nginx that will read its files.
    fn nginx(&self) -> Nginx {
        Nginx::default()
    }
}

/// A file beside those of the search.
#[derive(Debug, Clone)]
pub struct Neighbour {
    pub path: String,
    /// Its text, or why it cannot be read.
    pub text: Result<(FileId, Arc<str>), String>,
}

/// The subjects of a search.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// In the order of the files and their texts. The place of each is what a finding about the whole underlines.
    pub subjects: Vec<Value>,
    /// What could not be read. A file that is named here holds subjects nobody saw: it is undecided.
    pub diagnostics: Vec<Diagnostic>,
    /// Where findings may be ignored inline.
    pub comments: Vec<(FileId, Comment)>,
}
