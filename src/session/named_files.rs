//! The files that policies name, read through the surroundings: calendars and schemas. Knows nothing of what they hold.

use super::input::Contents;
use super::surroundings::Surroundings;
use crate::check::document_schema::SHIPPED_SCHEMAS;
use crate::check::names::IN_POLICIES;
use crate::check::policy::{NamedFile, NamedFiles, NamedKind, named_files};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::document::UNREADABLE;
use crate::model::read::list_names;
use crate::source::{FileId, Place, SourceMap};
use crate::syntax::ast;

/// The texts of the files that a policy names, each read once.
pub(super) fn load_named_files(
    contents: &Contents,
    policy: &ast::Policy,
    surroundings: &dyn Surroundings,
    sources: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> NamedFiles {
    let file = contents.file;
    let mut loaded = NamedFiles::new();
    let mut tried: Vec<String> = Vec::new();
    for named in named_files(policy, &contents.calendars) {
        if tried.contains(&named.name) {
            continue;
        }
        match load(file, &named, surroundings, sources) {
            Ok(text) => {
                loaded.insert((file, named.name.clone()), text);
            }
            Err(problem) => diagnostics.push(*problem),
        }
        tried.push(named.name);
    }
    loaded
}

fn load(
    file: FileId,
    named: &NamedFile,
    surroundings: &dyn Surroundings,
    sources: &mut SourceMap,
) -> Result<FileId, Box<Diagnostic>> {
    let what = match named.kind {
        NamedKind::Calendar => "calendar",
        NamedKind::Schema => "schema",
        NamedKind::ShippedSchema => return shipped(file, named, sources),
    };
    let refused = |problem: &str, help: &str| {
        let message = format!("this {what} cannot be read: {problem}");
        Box::new(Diagnostic::new(&UNREADABLE, Place::new(file, named.span), message).help(help))
    };
    let copy_it = format!("copy the {what} beside the policy: a finding may show what stands in it");
    if is_absolute(&named.name) {
        return Err(refused("its path leads from the root of the machine", &copy_it));
    }
    let beside = sources.path(file).to_owned();
    let (reported, text) = surroundings
        .read(&beside, &named.name)
        .map_err(|problem| refused(&problem, "the path is seen from the folder of the policy"))?;
    surroundings.reaches(&beside, &reported).map_err(|problem| refused(&problem, &copy_it))?;
    Ok(sources.add(reported, text))
}

/// On any system: what is checked on one is run on another.
fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '\\', '~']) || path.get(1..2) == Some(":")
}

fn shipped(file: FileId, named: &NamedFile, sources: &mut SourceMap) -> Result<FileId, Box<Diagnostic>> {
    let name = named.name.as_str();
    if let Some((_, text)) = SHIPPED_SCHEMAS.iter().find(|(known, _)| *known == name) {
        return Ok(sources.add_built(format!("<schema {name}>"), text));
    }
    let known_names = || SHIPPED_SCHEMAS.iter().map(|(known, _)| *known);
    let help = did_you_mean(name, known_names()).map_or_else(
        || format!("name {}, or a file by its path: `./{name}.json`", list_names(known_names())),
        |meant| format!("did you mean `{meant}`?"),
    );
    let message = format!("Stopline ships no schema `{name}`");
    Err(Box::new(Diagnostic::new(IN_POLICIES.unknown, Place::new(file, named.span), message).help(help)))
}
