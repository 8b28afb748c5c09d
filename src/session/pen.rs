//! What a fix sets, written into the text it was read from: in the notation of the file, touching nothing else.

mod block;

use std::cell::{Cell, OnceCell};
use std::sync::Arc;

use super::input::Language;
use crate::diagnostic::Edit;
use crate::document::edit::{Change, Changed, Wanted};
use crate::document::{Document, Format, nginx, parse};
use crate::eval::{Written, literal};
use crate::model::data::{Data, Value};
use crate::model::policy::{DocumentKind, SubjectKind};
use crate::source::{FileId, Place, SourceFile, SourceMap};

const NO_NOTATION: &str = "nothing is known of how its file is written";
const NO_PLACE: &str = "it stands nowhere yet, and nothing says where it belongs";
const TOO_MANY: &str = "so many others of its file come first";
const NO_VALUE: &str = "a list or a record is not written by a fix";

/// A fix looks for its place among all values of its document. Where thousands of a large one are wrong, the first are
/// mended, and the others in the next round.
const MOST_LOOKED_AT: usize = 100_000_000;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notation {
    /// Plans in Stopline's own language.
    Native,
    Document(Format),
    Nginx,
}

/// Writes into the texts of a run.
#[derive(Debug)]
pub(super) struct Pen<'a> {
    texts: Texts<'a>,
    kind: Option<DocumentKind>,
    /// What was read to be written into: most files are not.
    read: OnceCell<(FileId, Document)>,
    /// Values looked at so far.
    spent: Cell<usize>,
}

#[derive(Debug)]
enum Texts<'a> {
    One { file: FileId, path: &'a str, text: &'a Arc<str> },
    All(&'a SourceMap),
}

impl<'a> Pen<'a> {
    /// Into plans.
    pub(super) fn of_plans(sources: &'a SourceMap) -> Self {
        Self { texts: Texts::All(sources), kind: None, read: OnceCell::new(), spent: Cell::new(0) }
    }

    /// Into the files of subjects.
    pub(super) fn of_sources(sources: &'a SourceMap, subject: SubjectKind) -> Self {
        let kind = match subject {
            SubjectKind::Document(kind) => Some(kind),
            SubjectKind::Plan | SubjectKind::PlanPart(_) => None,
        };
        Self { texts: Texts::All(sources), kind, read: OnceCell::new(), spent: Cell::new(0) }
    }

    /// Into one file, which no source map holds.
    pub(super) fn of_file(file: FileId, path: &'a str, text: &'a Arc<str>, kind: DocumentKind) -> Self {
        Self { texts: Texts::One { file, path, text }, kind: Some(kind), read: OnceCell::new(), spent: Cell::new(0) }
    }

    fn file(&self, wanted: FileId) -> Option<(&str, Arc<str>)> {
        match self.texts {
            Texts::One { file, path, text } => (file == wanted).then(|| (path, Arc::clone(text))),
            Texts::All(sources) => {
                let source: &SourceFile =
                    sources.get(wanted).filter(|source| source.is_held() && !source.is_built())?;
                Some((source.path(), source.shared_text()))
            }
        }
    }

    /// The document of a place; it is read once as long as all fixes are for one file.
    fn document(
        &self,
        file: FileId,
        text: &Arc<str>,
        format: Format,
        ask: impl FnOnce(&Document) -> Changed,
    ) -> Changed {
        if self.spent.get() > MOST_LOOKED_AT {
            return Err(TOO_MANY);
        }
        let other;
        let (known, document) = self.read.get_or_init(|| (file, parse(file, text, format).document));
        let document = if *known == file {
            document
        } else {
            other = parse(file, text, format).document;
            &other
        };
        self.spent.set(self.spent.get().saturating_add(document.size()));
        ask(document)
    }

    fn notation(&self, path: &str) -> Option<Notation> {
        match (Language::of(path), self.kind) {
            (_, Some(DocumentKind::NginxServer)) => Some(Notation::Nginx),
            (Some(Language::Stopline), None) => Some(Notation::Native),
            (Some(Language::Yaml), None) => Some(Notation::Document(Format::Yaml)),
            (Some(Language::Json), None) => Some(Notation::Document(Format::Json)),
            (Some(Language::Markdown) | None, None) => None,
            (_, Some(kind)) => format_of(kind, path).map(Notation::Document),
        }
    }
}

/// The format a subject is read in, as `subject` reads it.
fn format_of(kind: DocumentKind, path: &str) -> Option<Format> {
    let named = Format::from_path(path);
    match kind {
        DocumentKind::Json | DocumentKind::DocType => named.or(Some(Format::Json)),
        DocumentKind::Yaml
        | DocumentKind::KubernetesContainer
        | DocumentKind::Workflow
        | DocumentKind::WorkflowJob
        | DocumentKind::WorkflowStep
        | DocumentKind::ComposeService => named.or(Some(Format::Yaml)),
        DocumentKind::Toml => named.or(Some(Format::Toml)),
        DocumentKind::Env => named.or(Some(Format::Env)),
        DocumentKind::Ini => named.or(Some(Format::Ini)),
        // JSON of PM2 may hold comments; its scripts are programs.
        DocumentKind::Pm2App => named.map(|format| if format == Format::Json { Format::Jsonc } else { format }),
        DocumentKind::Certificate
        | DocumentKind::File
        | DocumentKind::NginxServer
        | DocumentKind::MarkdownTask
        | DocumentKind::CalendarEvent
        | DocumentKind::Secret
        | DocumentKind::SqlScript
        | DocumentKind::SqlStatement => None,
    }
}

impl crate::eval::Pen for Pen<'_> {
    fn replace(&self, current: &Value, wanted: &Data) -> Written {
        let Place { file, span } = current.place;
        let (path, text) = self.file(file).ok_or(None)?;
        let said = said(wanted)?;
        let changed = match self.notation(path).ok_or(Some(NO_NOTATION))? {
            Notation::Native => Ok(vec![Change { span, text: literal(wanted).ok_or(Some(NO_VALUE))? }]),
            Notation::Document(format) => {
                self.document(file, &text, format, |document| document.replace(span, said.wanted()))
            }
            Notation::Nginx => nginx::edit::replace(&text, span, &said.text),
        };
        edits(file, changed)
    }

    fn insert(&self, holder: &Value, name: &str, wanted: &Data) -> Written {
        let Data::Record(record) = &holder.data else { return Err(Some(NO_PLACE)) };
        let Place { file, span } = holder.place;
        let (path, text) = self.file(file).ok_or(None)?;
        let said = said(wanted)?;
        let head = record.head.span;
        let notation = self.notation(path).ok_or(Some(NO_NOTATION))?;
        let changed = match (notation, record.shape, self.kind) {
            (Notation::Nginx, ..) => nginx::edit::insert(&text, head, name, &said.text),
            (Notation::Document(format), None, _) => {
                self.document(file, &text, format, |document| document.insert(span, head, name, said.wanted()))
            }
            // A block of a plan: what its shape says is written in it.
            (_, Some(shape), None) if shape.attributes.iter().any(|attribute| attribute.name == name) => match notation
            {
                Notation::Document(format) => {
                    self.document(file, &text, format, |document| document.insert_beside(head, name, said.wanted()))
                }
                Notation::Native | Notation::Nginx => {
                    let value = literal(wanted).ok_or(Some(NO_VALUE))?;
                    block::insert(&text, head, shape.kind, &format!("{name} = {value}"))
                }
            },
            // A field with a meaning of its own may stand anywhere, or nowhere.
            (Notation::Native | Notation::Document(_), ..) => Err(NO_PLACE),
        };
        edits(file, changed)
    }
}

fn edits(file: FileId, changed: Changed) -> Written {
    let all = changed.map_err(Some)?;
    Ok(all.into_iter().map(|change| Edit { place: Place::new(file, change.span), text: change.text }).collect())
}

/// A value on its way into a document: what has no type there is text.
struct Said {
    kind: Kind,
    text: String,
}

enum Kind {
    Null,
    Bool(bool),
    Number,
    Text,
}

impl Said {
    fn wanted(&self) -> Wanted<'_> {
        match self.kind {
            Kind::Null => Wanted::Null,
            Kind::Bool(value) => Wanted::Bool(value),
            Kind::Number => Wanted::Number(&self.text),
            Kind::Text => Wanted::Text(&self.text),
        }
    }
}

fn said(data: &Data) -> Result<Said, Option<&'static str>> {
    let kind = match data {
        Data::Null => Kind::Null,
        Data::Bool(value) => Kind::Bool(*value),
        Data::Number(_) => Kind::Number,
        Data::Text(_)
        | Data::Duration(_)
        | Data::Percent(_)
        | Data::Version(_)
        | Data::Moment(_)
        | Data::Offset(_)
        | Data::Person(_)
        | Data::Zone(_)
        | Data::Word(_) => Kind::Text,
        Data::Pattern(_) | Data::Calendar(_) | Data::List(_) | Data::Record(_) | Data::Unresolved(_) => {
            return Err(Some(NO_VALUE));
        }
    };
    Ok(Said { kind, text: data.to_string() })
}
