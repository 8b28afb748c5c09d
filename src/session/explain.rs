//! Everything that can be explained: the rules of policies and packs, and the built-in diagnostics.

use super::input::{Contents, Input, read};
use super::packs::Pack;
use super::policies::resolve_only;
use super::registry::builtin;
use super::surroundings::Surroundings;
use crate::diagnostic::Severity;
use crate::source::SourceMap;

/// A rule or diagnostic and its documentation.
#[derive(Debug)]
pub struct Explained {
    pub id: String,
    pub severity: Severity,
    pub summary: String,
    /// Markdown.
    pub doc: String,
    pub controls: Vec<String>,
}

/// All of them, in order of their ids: built-in ones, those of shipped packs, those of `inputs`.
pub fn explainable(inputs: &[Input], surroundings: &dyn Surroundings, sources: &mut SourceMap) -> Vec<Explained> {
    let mut ignored = Vec::new();
    let mut files: Vec<Contents> = inputs.iter().map(|input| read(*input, sources, &mut ignored)).collect();
    files.extend(Pack::all().iter().map(|pack| pack.load(sources)));
    let references: Vec<&Contents> = files.iter().collect();
    let policies = resolve_only(&references, surroundings, sources, &mut ignored);
    let mut all: Vec<Explained> = builtin()
        .map(|descriptor| Explained {
            id: descriptor.id.to_owned(),
            severity: descriptor.severity,
            summary: descriptor.summary.to_owned(),
            doc: descriptor.doc.to_owned(),
            controls: Vec::new(),
        })
        .collect();
    for applied in &policies {
        all.extend(applied.policy.rules.iter().map(|rule| Explained {
            id: rule.id.to_string(),
            severity: rule.severity,
            summary: rule.head.label().to_owned(),
            doc: rule.words.docs.clone().unwrap_or_default(),
            controls: rule.words.controls.clone(),
        }));
        all.extend(applied.policy.red_flags.iter().map(|flag| Explained {
            id: flag.id.to_string(),
            severity: Severity::Error,
            summary: format!("red flag: {}", flag.head.label()),
            doc: flag.docs.clone().unwrap_or_default(),
            controls: flag.controls.clone(),
        }));
    }
    all.sort_by(|left, right| left.id.cmp(&right.id));
    all
}
