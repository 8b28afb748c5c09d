//! A plan or policy by what it says and not by its name: nothing would judge it as one, and a run over it would end with
//! GO. Knows how plans begin in each notation, and no file.

mod language;
mod prose;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use self::language::in_language;
use self::prose::{in_prose, in_titled_prose};
use super::diagnostics::MISNAMED;
use super::input::Language;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Format, Kind, parse};
use crate::source::{FileId, Place, SourceMap, Span};

/// What every plan says, and hardly anything else says both.
const SAID: [&str; 2] = ["service", "environment"];
/// What a mapping that is a plan holds besides.
const BESIDES: [&str; 4] = ["plan", "window", "phases", "checklists"];

/// How much of a file has to be looked at to know whether it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// All of it: plans are written in the notation that its name speaks of.
    Whole,
    /// So much that a plan or policy is in it whole: by its name it is something else, and may be large.
    Beginning,
}

/// What to look at, if anything.
pub fn may_be_misnamed(path: &str) -> Option<Look> {
    match (Language::of(path), notation(path)) {
        (Some(_), _) => None,
        (None, Some(_)) => Some(Look::Whole),
        (None, None) => Some(Look::Beginning),
    }
}

/// What a text reads like.
struct Found {
    kind: &'static str,
    ending: &'static str,
    place: Span,
}

/// That a file which somebody named reads like a plan or a policy, but is not called one.
pub fn misnamed(path: &str, text: &str, sources: &mut SourceMap) -> Option<Diagnostic> {
    let Found { kind, ending, place } = in_language(text).or_else(|| in_notation(path, text))?;
    let stem = path.get(..path.len() - own_ending(path).len()).unwrap_or(path);
    let message =
        format!("`{path}` reads like a {kind}, and is taken for none: the name of a {kind} ends in `{ending}`");
    let help = format!("call it `{stem}{ending}`; if it is no {kind}, name its folder instead");
    let file = sources.at(path).unwrap_or_else(|| sources.add(path, text));
    Some(Diagnostic::new(&MISNAMED, Place::new(file, place), message).help(help))
}

/// What follows the last dot of a name, with the dot.
fn own_ending(path: &str) -> &str {
    if let Some((ending, _)) = notation(path) {
        return path.get(path.len() - ending.len()..).unwrap_or_default();
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let dot = name.rfind('.').filter(|dot| *dot > 0);
    dot.and_then(|dot| name.get(dot..)).unwrap_or_default()
}

/// The ending of a name, and that of a plan in the same notation.
fn notation(path: &str) -> Option<(&'static str, &'static str)> {
    let lower = path.to_ascii_lowercase();
    let endings = [
        (".md", ".plan.md"),
        (".markdown", ".plan.markdown"),
        (".yaml", ".plan.yaml"),
        (".yml", ".plan.yml"),
        (".json", ".plan.json"),
    ];
    endings.into_iter().find(|(ending, _)| lower.ends_with(ending))
}

/// What says what a plan says, in the notation of its name; where that is none, in any.
fn in_notation(path: &str, text: &str) -> Option<Found> {
    let found = |ending, place| Found { kind: "plan", ending, place };
    let mapping = |ending: &'static str, format| in_mapping(text, format).map(|place| found(ending, place));
    match (notation(path), Format::from_path(path)) {
        (Some((_, ending)), Some(format)) => mapping(ending, format),
        (Some((_, ending)), None) => in_prose(text).map(|place| found(ending, place)),
        (None, _) if text.trim_start().starts_with('{') => mapping(".plan.json", Format::Json),
        (None, _) => {
            mapping(".plan.yaml", Format::Yaml).or_else(|| in_titled_prose(text).map(|place| found(".plan.md", place)))
        }
    }
}

fn in_mapping(text: &str, format: Format) -> Option<Span> {
    // Most files do not even hold the words, and are not read for nothing.
    if !SAID.iter().all(|word| text.contains(word)) || !BESIDES.iter().any(|word| text.contains(word)) {
        return None;
    }
    let document: Document = parse(FileId::default(), &Arc::from(text), format).document;
    let root = document.root();
    let is_said = |name: &&str| document.get(root, name).is_some_and(|node| document.kind(node) == Kind::String);
    let is_plan = SAID.iter().all(is_said) && BESIDES.iter().any(|name| document.get(root, name).is_some());
    is_plan.then(|| document.entry(root, "service").map(|entry| document.span(entry.key))).flatten()
}
