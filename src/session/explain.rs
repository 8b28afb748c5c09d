//! Everything that can be explained: the rules of policies and packs, and the built-in diagnostics.

use super::input::{Contents, Input, read};
use super::packs::Pack;
use super::policies::{AppliedPolicy, resolve_only};
use super::registry::builtin;
use super::surroundings::Surroundings;
use crate::diagnostic::{Descriptor, Severity};
use crate::model::policy::{RedFlag, Rule};
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

impl Explained {
    fn of_descriptor(descriptor: &'static Descriptor) -> Self {
        Self {
            id: descriptor.id.to_owned(),
            severity: descriptor.severity,
            summary: descriptor.summary.to_owned(),
            doc: descriptor.doc.to_owned(),
            controls: Vec::new(),
        }
    }

    fn of_rule(rule: &Rule) -> Self {
        Self {
            id: rule.id.to_string(),
            severity: rule.severity,
            summary: rule.head.label().to_owned(),
            doc: rule.words.docs.clone().unwrap_or_default(),
            controls: rule.words.controls.clone(),
        }
    }

    fn of_red_flag(flag: &RedFlag) -> Self {
        Self {
            id: flag.id.to_string(),
            severity: Severity::Error,
            summary: format!("red flag: {}", flag.head.label()),
            doc: flag.docs.clone().unwrap_or_default(),
            controls: flag.controls.clone(),
        }
    }
}

/// What a run judged by, for whoever shows its findings: each id with what it means.
#[derive(Debug, Clone, Copy, Default)]
pub struct Catalogue<'a> {
    policies: &'a [AppliedPolicy],
}

impl<'a> Catalogue<'a> {
    /// The policies of a run, and the built-in diagnostics.
    pub const fn new(policies: &'a [AppliedPolicy]) -> Self {
        Self { policies }
    }

    pub fn explain(&self, id: &str) -> Option<Explained> {
        let rules = || self.policies.iter().flat_map(|applied| &applied.policy.rules);
        let flags = || self.policies.iter().flat_map(|applied| &applied.policy.red_flags);
        rules()
            .find(|rule| *rule.id == *id)
            .map(Explained::of_rule)
            .or_else(|| flags().find(|flag| *flag.id == *id).map(Explained::of_red_flag))
            .or_else(|| builtin().find(|descriptor| descriptor.id == id).map(Explained::of_descriptor))
    }
}

/// All of them, in order of their ids: built-in ones, those of shipped packs, those of `inputs`.
pub fn explainable(inputs: &[Input], surroundings: &dyn Surroundings, sources: &mut SourceMap) -> Vec<Explained> {
    let mut ignored = Vec::new();
    let mut files: Vec<Contents> = inputs.iter().map(|input| read(*input, sources, &mut ignored)).collect();
    files.extend(Pack::all().iter().map(|pack| pack.load(sources)));
    let references: Vec<&Contents> = files.iter().collect();
    let policies = resolve_only(&references, surroundings, sources, &mut ignored);
    let mut all: Vec<Explained> = builtin().map(Explained::of_descriptor).collect();
    for applied in &policies {
        all.extend(applied.policy.rules.iter().map(Explained::of_rule));
        all.extend(applied.policy.red_flags.iter().map(Explained::of_red_flag));
    }
    all.sort_by(|left, right| left.id.cmp(&right.id));
    all
}
