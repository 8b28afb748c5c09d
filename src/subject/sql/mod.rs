//! `sql.script` and `sql.statement`: migrations as records. The files of a run are seen together: they are one history.

mod family;
mod history;
mod record;
mod way_back;

use std::rc::Rc;

use self::history::History;
use super::{Found, Neighbours, SourceText};
use crate::document::sql::Script;
use crate::model::data::Value;

/// Every statement of every file.
pub(super) fn statements(files: &[SourceText<'_>]) -> Found {
    each(files, |_, _, statements| statements)
}

/// Every file.
pub(super) fn scripts(files: &[SourceText<'_>], neighbours: &mut dyn Neighbours) -> Found {
    each(files, |source, script, statements| {
        let reversible = way_back::is_there(source, script, files, neighbours);
        vec![record::script(source, script, statements, reversible)]
    })
}

fn each(
    files: &[SourceText<'_>],
    mut subjects: impl FnMut(&SourceText<'_>, &Script, Vec<Value>) -> Vec<Value>,
) -> Found {
    let dialects = family::dialects(files);
    let scripts: Vec<Rc<Script>> = files.iter().zip(dialects).map(|(source, dialect)| source.script(dialect)).collect();
    let mut history = History::of(&scripts);
    let mut found = Found::default();
    for (source, script) in files.iter().zip(scripts) {
        let statements = record::statements(source, &script, &mut history);
        found.subjects.extend(subjects(source, &script, statements));
        found.comments.extend(script.comments.iter().map(|comment| (source.file, *comment)));
        found.diagnostics.extend(script.diagnostics.iter().cloned());
    }
    found
}

#[cfg(test)]
mod tests;
