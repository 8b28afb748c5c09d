//! Turns a Markdown checklist or plan into a plan or a policy, every item with the line it came from. Pure: texts in, a text
//! out. Knows no file and no terminal.

mod items;
mod plan;
mod policy;
mod write;

use crate::check::from_markdown::plan_block;
use crate::diagnostic::Diagnostic;
use crate::document::markdown::read;
use crate::format::{FormatError, format};
use crate::model::read::kebab_case;
use crate::source::{FileId, LineIndex, Span};
use crate::syntax::ast::{Block, Entry};
use crate::syntax::parse;
use items::{Item, items, look_alikes};

/// What a Markdown text becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Plan,
    Policy,
}

/// What is to be imported, and how.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    pub file: FileId,
    /// As it is named in comments.
    pub path: &'a str,
    pub text: &'a str,
    /// None: a plan where the text is one or somebody has ticked something, a policy where it is a list for every release.
    pub form: Option<Form>,
    pub templates: Templates,
    /// What no policy may be called: that of another policy that judges.
    pub taken: &'a [&'a str],
}

/// What becomes of tasks in blocks of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Templates {
    LeftOut,
    Taken,
}

/// What came of it.
#[derive(Debug)]
pub struct Imported {
    /// Laid out as `fmt` does.
    pub text: String,
    pub form: Form,
    /// What a policy would have been called after its file, if that is what another is called.
    pub renamed: Option<Renamed>,
    pub items: usize,
    pub ticked: usize,
    /// The lines of what looks like a task and was left out, because it stands in a block of code.
    pub left_out: Vec<usize>,
    /// What was not understood, or has no place in a plan.
    pub diagnostics: Vec<Diagnostic>,
}

/// A policy that could not be called after its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    pub from: String,
    pub to: String,
}

/// Why a text becomes nothing.
#[derive(Debug)]
pub enum ImportError {
    /// There is no box in it, and nothing else that the form has a place for.
    Nothing {
        /// The lines of boxes that were left out.
        left_out: Vec<usize>,
    },
    /// What was written cannot be read: a mistake of the program.
    Internal(FormatError),
}

/// Imports one text.
pub fn import(request: &Import<'_>) -> Result<Imported, ImportError> {
    let Import { file, path, text, .. } = *request;
    let markdown = read(file, text);
    let lines = LineIndex::new(text);
    let line = |span: Span| lines.line(span.start) + 1;
    let tasks = items(&markdown, &line);
    let templates = look_alikes(&markdown, &line);
    let mut diagnostics = Vec::new();
    let block = plan_block(file, &markdown, text, &mut diagnostics);
    let is_plan = is_plan(&block);
    if !is_plan {
        diagnostics.clear();
    }
    let (taken, left_out) = match request.templates {
        Templates::Taken => (templates, Vec::new()),
        Templates::LeftOut => (Vec::new(), templates.iter().map(|item| item.line).collect()),
    };
    let all: Vec<&Item> = tasks.iter().chain(&taken).collect();
    let ticked = all.iter().filter(|item| item.ticked).count();
    let form = request.form.unwrap_or(if is_plan || ticked > 0 || all.is_empty() { Form::Plan } else { Form::Policy });
    if all.is_empty() && !(is_plan && form == Form::Plan) {
        return Err(ImportError::Nothing { left_out });
    }
    let source = write::Source { path: shown(path), text, lines: &lines };
    let heading = block.title.as_ref().map(|title| title.value.value.clone());
    let mut name = write::Named::of(heading, path);
    let renamed = if form == Form::Policy { name.avoid(request.taken) } else { None };
    let rough = match form {
        Form::Plan => plan::write(&name, &block, is_plan, &tasks, &taken, &source),
        Form::Policy => policy::write(&name, &all, &source),
    };
    if form == Form::Policy {
        diagnostics.clear();
    }
    let text = format(&rough, &parse(file, &rough)).map_err(ImportError::Internal)?;
    Ok(Imported { text, form, renamed, items: all.len(), ticked, left_out, diagnostics })
}

/// Whether a text says what a plan says, and not only what has to be done for any release.
fn is_plan(block: &Block) -> bool {
    let says = |entry: &Entry| match entry {
        Entry::Attribute(attribute) => attribute.name.value != "version",
        Entry::Block(block) => block.kind.value == "window" || block.kind.value == "staged",
        Entry::RedFlag(_) => true,
    };
    block.body.iter().any(says)
}

/// A path as it may stand in a comment.
fn shown(path: &str) -> String {
    path.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// An id that begins with a letter.
fn id_of(title: &str, or: &str) -> String {
    let id = kebab_case(title);
    match id.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => id,
        Some(_) => format!("{or}-{id}"),
        None => or.to_owned(),
    }
}

#[cfg(test)]
mod tests;
