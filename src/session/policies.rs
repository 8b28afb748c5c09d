//! The policies of a run: read, resolved, with their parameters.

use std::collections::HashMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::diagnostics::{DUPLICATE_POLICY, NO_RULES, PARAMETER_WITHOUT_VALUE, UNKNOWN_PARAMETER};
use super::input::Contents;
use super::named_files::load_named_files;
use super::surroundings::Surroundings;
use super::waive::glob;
use crate::check::analysis::{self, Reading};
use crate::check::names::IN_POLICIES;
use crate::check::policy::{NamedFiles, check_patterns, check_policy, parameter_value};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::data::Value;
use crate::model::policy::{Parameter, Policy};
use crate::source::{Place, SourceMap, Span};
use crate::syntax;

/// A policy with the values of its parameters.
#[derive(Debug)]
pub struct AppliedPolicy {
    pub policy: Policy,
    pub parameters: HashMap<Arc<str>, Value>,
    /// SHA-256 of its text, in lower-case hexadecimal digits.
    pub digest: String,
    /// Whether it is a pack that Stopline ships.
    pub is_shipped: bool,
    /// How much of it was understood.
    pub(super) reading: Reading,
}

/// `--param pack.name=value`.
#[derive(Debug, Clone)]
pub struct Override {
    pub pack: String,
    pub name: String,
    pub value: String,
    /// Where it was said, unless on the command line.
    pub place: Option<Place>,
}

impl Override {
    /// What is wrong with it, where it was said.
    fn mistake(&self, message: String) -> Diagnostic {
        match self.place {
            Some(place) => Diagnostic::new(&UNKNOWN_PARAMETER, place, message),
            None => Diagnostic::without_place(&UNKNOWN_PARAMETER, message),
        }
    }

    /// From `pack.name=value`; the message where it is something else.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts =
            text.split_once('=').and_then(|(path, value)| path.split_once('.').map(|(pack, name)| (pack, name, value)));
        let Some((pack, name, value)) = parts else {
            return Err(format!("`{text}` is not of the form `pack.name=value`"));
        };
        Ok(Self {
            pack: pack.trim().to_owned(),
            name: name.trim().to_owned(),
            value: value.trim().to_owned(),
            place: None,
        })
    }
}

/// Resolves the policies of `files`, which judge: each of their parameters needs a value.
pub(super) fn resolve(
    files: &[&Contents],
    overrides: &[Override],
    surroundings: &dyn Surroundings,
    sources: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<AppliedPolicy> {
    let mut applied = resolve_only(files, surroundings, sources, diagnostics);
    give_parameters(&mut applied, overrides, sources, diagnostics);
    applied
}

/// The same for policies that are only looked at: their parameters have no values.
pub(super) fn resolve_only(
    files: &[&Contents],
    surroundings: &dyn Surroundings,
    sources: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<AppliedPolicy> {
    let mut applied: Vec<AppliedPolicy> = Vec::new();
    for contents in files {
        for written in &contents.policies {
            // A shipped pack names nothing but schemas, and was held against them when Stopline was tested.
            let named = if contents.stored.is_empty() {
                load_named_files(contents, written, surroundings, sources, diagnostics)
            } else {
                NamedFiles::new()
            };
            let before = diagnostics.len();
            let (beside, stored) = (&contents.calendars, &contents.stored);
            let mut policy = check_policy(contents.file, written, beside, &named, stored, sources, diagnostics);
            if policy.rules.is_empty() && policy.red_flags.is_empty() && !has_rules(written) {
                let message = format!("the policy `{}` has no rule", policy.id());
                diagnostics.push(
                    Diagnostic::new(&NO_RULES, policy.head.id.place, message).help("add one, or leave the policy out"),
                );
            }
            if let Some(first) = applied.iter().find(|known| known.policy.id() == policy.id()) {
                diagnostics.push(duplicate(first, &policy, contents));
                continue;
            }
            let digest = if let Some(known) = contents.pack_digest {
                known.to_owned()
            } else {
                check_patterns(&mut policy, diagnostics);
                check_globs(&policy, diagnostics);
                digest(sources.text(contents.file))
            };
            let is_shipped = contents.pack_digest.is_some();
            let reading = if diagnostics.len() == before { Reading::Whole } else { Reading::InPart };
            applied.push(AppliedPolicy { policy, parameters: HashMap::new(), digest, is_shipped, reading });
        }
    }
    applied
}

/// That two policies have one name, said where it can be mended: nobody edits a shipped pack.
fn duplicate(first: &AppliedPolicy, second: &Policy, contents: &Contents) -> Diagnostic {
    let second_is_shipped = contents.pack_digest.is_some();
    let (first_id, second_id) = (first.policy.head.id.place, second.head.id.place);
    let (at, other) = if second_is_shipped { (first_id, second_id) } else { (second_id, first_id) };
    let (other_is, help) = if first.is_shipped || second_is_shipped {
        ("the shipped pack", "give your policy another id, or leave the pack out")
    } else {
        ("the other one", "give one of them another id, or select only one")
    };
    Diagnostic::new(&DUPLICATE_POLICY, at, format!("there are two policies `{}`", second.id()))
        .related(other, other_is)
        .help(help)
}

/// Whether policies that judge together can mean what they say. Shipped packs were asked when Stopline was tested: only what
/// others have against them is.
pub(super) fn analyse<'p>(policies: impl Iterator<Item = &'p AppliedPolicy>) -> Vec<Diagnostic> {
    let (shipped, own): (Vec<_>, Vec<_>) = policies.partition(|applied| applied.is_shipped);
    if own.is_empty() {
        return Vec::new();
    }
    let [shipped, own] = [shipped, own].map(|policies| policies.into_iter().map(subject).collect::<Vec<_>>());
    let mut found = analysis::analyse(&own);
    found.extend(analysis::analyse_beside(&shipped, &own));
    found
}

fn subject(applied: &AppliedPolicy) -> analysis::Subject<'_> {
    analysis::Subject { policy: &applied.policy, parameters: &applied.parameters, reading: applied.reading }
}

/// A pattern for paths that cannot be read would match nothing.
fn check_globs(policy: &Policy, diagnostics: &mut Vec<Diagnostic>) {
    for pattern in policy.rules.iter().flat_map(|rule| &rule.subject.globs) {
        if let Err(problem) = glob(&pattern.value) {
            let message = format!("`{}` is no pattern for paths: {problem}", pattern.value);
            diagnostics.push(Diagnostic::new(IN_POLICIES.impossible, pattern.place, message));
        }
    }
}

/// SHA-256 in lower-case hexadecimal digits.
pub(super) fn digest(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A policy whose rules all have mistakes is said to have mistakes, not to have no rules.
fn has_rules(written: &syntax::ast::Policy) -> bool {
    use syntax::ast::PolicyEntry;
    written.body.iter().any(|entry| matches!(entry, PolicyEntry::Rule(_) | PolicyEntry::RedFlag(_)))
}

fn give_parameters(
    applied: &mut [AppliedPolicy],
    overrides: &[Override],
    sources: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for given in overrides {
        let packs: Vec<String> = applied.iter().map(|known| known.policy.id().to_owned()).collect();
        let Some(target) = applied.iter_mut().find(|known| known.policy.id() == given.pack) else {
            let help = did_you_mean(&given.pack, packs.iter().map(String::as_str))
                .map(|meant| format!("did you mean `{meant}.{}`?", given.name));
            let message =
                format!("no policy `{}` is applied, so its parameter `{}` cannot be set", given.pack, given.name);
            diagnostics.push(given.mistake(message).maybe_help(help));
            continue;
        };
        let Some(parameter) = target.policy.parameters.iter().find(|known| *known.name.value == *given.name) else {
            let known = target.policy.parameters.iter().map(|known| &*known.name.value);
            let help = did_you_mean(&given.name, known).map(|meant| format!("did you mean `{}.{meant}`?", given.pack));
            let message = format!("the policy `{}` has no parameter `{}`", given.pack, given.name);
            diagnostics.push(given.mistake(message).maybe_help(help));
            continue;
        };
        if let Some(value) = given_value(given, parameter, sources, diagnostics) {
            target.parameters.insert(parameter.name.value.clone(), value);
        }
    }
    for target in applied {
        for parameter in &target.policy.parameters {
            if target.parameters.contains_key(&parameter.name.value) {
                continue;
            }
            match &parameter.default {
                Some(value) => {
                    target.parameters.insert(parameter.name.value.clone(), value.clone());
                }
                None => diagnostics.push(
                    Diagnostic::new(
                        &PARAMETER_WITHOUT_VALUE,
                        parameter.name.place,
                        format!("the parameter `{}` has no value", parameter.name.value),
                    )
                    .help(format!(
                        "give it: `--param {}.{}=…`",
                        target.policy.id(),
                        parameter.name.value
                    )),
                ),
            }
        }
    }
}

/// The text of the command line is a file of its own, so that what is wrong with it has a place. A string needs no quotes.
fn given_value(
    given: &Override,
    parameter: &Parameter,
    sources: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let file = sources.add(format!("--param {}.{}", given.pack, given.name), given.value.as_str());
    if parameter.of_type == crate::model::types::Type::Text && !given.value.starts_with('"') {
        let place = Place::new(file, Span::of(0..given.value.len()));
        return Some(Value::new(crate::model::data::Data::text(given.value.as_str()), place));
    }
    let parsed = syntax::parse_value(file, &given.value, 0);
    diagnostics.extend(parsed.diagnostics);
    parameter_value(file, &parsed.tree?, parameter.of_type, &IN_POLICIES, diagnostics)
}
