//! From a policy as written to one that can be applied: its parameters, calendars, rules and red flags.

mod calendar;
mod clauses;
mod fix;
mod named;
mod parameter;
mod pattern;
mod redflag;
mod rule;
mod schema;
mod stored;
mod subject;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::expression::Typer;
use crate::check::names::IN_POLICIES;
use crate::check::scope::{OfPolicy, Scope};
use crate::diagnostic::Diagnostic;
use crate::model::located::Located;
use crate::model::policy::{Policy, RedFlag, Rule};
use crate::model::read::{Head, Reader, kebab_case};
use crate::source::{FileId, Place, SourceMap, Span};
use crate::syntax::ast::{self, PolicyEntry};

pub use named::{NamedFile, NamedFiles, NamedKind, named_files};
pub(crate) use parameter::parameter_type;
pub use parameter::{parameter_types, parameter_value};
pub use pattern::check_patterns;
pub(crate) use redflag::plan_red_flags;
pub use stored::{StoredClauses, StoredRule};
pub use subject::subject_type;

/// What the ids of built-in diagnostics begin with.
const BUILT_IN: &[&str] = &["config", "document", "plan", "policy", "syntax", "waiver"];

/// Resolves and types one policy. `beside` are the calendars of its file, `named` the texts of the files it names,
/// `stored` what the rules of a shipped pack leave out, in their order.
///
/// A rule with a mistake in it is left out, and said: the policy as a whole is then undecided.
pub fn check_policy(
    file: FileId,
    policy: &ast::Policy,
    beside: &[ast::Block],
    named: &NamedFiles,
    stored: &[StoredRule],
    sources: &SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Policy {
    let head = head_of("policy", policy.id.as_ref(), policy.title.as_ref(), policy.span, file, diagnostics);
    if BUILT_IN.contains(&head.id.value.as_str()) {
        let message = format!("`{}` is how built-in diagnostics are named", head.id.value);
        diagnostics.push(
            Diagnostic::new(IN_POLICIES.naming, head.id.place, message)
                .help("give the policy another id: waivers must know whose finding they let pass"),
        );
    }
    let version = policy_version(file, policy, diagnostics);
    let (parameters, mut unsound) = parameter::parameters(file, policy, diagnostics);
    let blocks = calendar::calendar_blocks(policy, beside);
    let (calendars, unsound_calendars) = calendar::calendars(file, blocks, &parameters, named, sources, diagnostics);
    // A shipped pack was held against its schemas when Stopline was tested.
    let schemas =
        if stored.is_empty() { schema::schemas(file, policy, named, sources, diagnostics) } else { Vec::new() };
    unsound.extend(unsound_calendars);
    let known = OfPolicy {
        parameters: parameters.iter().map(|parameter| (parameter.name.value.clone(), parameter.of_type)).collect(),
        calendars: calendars.clone(),
        schemas,
        unsound,
    };
    let scope = Scope { policy: Arc::new(known), ..Scope::default() };
    let pack = head.id.value.clone();
    let mut rules: Vec<Rule> = Vec::with_capacity(policy.body.len());
    let mut red_flags: Vec<RedFlag> = Vec::new();
    let mut ids: BTreeMap<Arc<str>, Place> = BTreeMap::new();
    let mut stored = stored.iter();
    for entry in &policy.body {
        let mut typer = Typer { file, ids: &IN_POLICIES, scope: scope.clone(), diagnostics };
        let (id, place) = match entry {
            PolicyEntry::Rule(written) => {
                let rule = match stored.next() {
                    Some(stored) => rule::stored_rule(&pack, written, *stored, &mut typer),
                    None => rule::check_rule(&pack, written, &mut typer),
                };
                let Some(rule) = rule else { continue };
                let named = (rule.id.clone(), rule.head.id.place);
                rules.push(rule);
                named
            }
            PolicyEntry::RedFlag(written) => {
                let Some(flag) = redflag::policy_red_flag(&pack, written, &mut typer) else { continue };
                let named = (flag.id.clone(), flag.head.id.place);
                red_flags.push(flag);
                named
            }
            PolicyEntry::Attribute(_) | PolicyEntry::Parameter(_) | PolicyEntry::Calendar(_) => continue,
        };
        if let Some(first) = ids.insert(id.clone(), place) {
            diagnostics.push(
                Diagnostic::new(IN_POLICIES.repeated, place, format!("`{id}` is defined twice"))
                    .related(first, "it was defined here first")
                    .help("give one of the two another id: waivers and tests must know which is meant"),
            );
        }
    }
    Policy { head, file, version, parameters, calendars, rules, red_flags }
}

fn policy_version(file: FileId, policy: &ast::Policy, diagnostics: &mut Vec<Diagnostic>) -> Option<Located<String>> {
    let attributes: Vec<&ast::Attribute> = policy
        .body
        .iter()
        .filter_map(|entry| if let PolicyEntry::Attribute(attribute) = entry { Some(attribute) } else { None })
        .collect();
    let mut reader = Reader::new(file, &IN_POLICIES, diagnostics);
    let fields = reader.loose_attributes("policy", &attributes, &["version"]);
    reader.take(&fields, "version")
}

/// The id and title of something that must have at least one of them.
fn head_of(
    kind: &'static str,
    id: Option<&ast::Name>,
    title: Option<&ast::Node<ast::Text>>,
    span: Span,
    file: FileId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Head {
    let title = title.map(|title| Located::new(title.value.value.clone(), Place::new(file, title.span)));
    let keyword = Place::new(file, Span::new(span.start, span.start.saturating_add(length_of(kind))));
    let id = match (id, &title) {
        (Some(id), _) => Located::new(id.value.clone(), Place::new(file, id.span)),
        (None, Some(title)) => Located::new(kebab_case(&title.value), title.place),
        (None, None) => Located::new(String::new(), keyword),
    };
    if id.value.is_empty() {
        diagnostics.push(
            Diagnostic::new(IN_POLICIES.naming, id.place, format!("this {kind} has no id"))
                .help(format!("write `{kind} some-id {{ … }}`: findings, waivers and tests name it by that")),
        );
    }
    Head { kind, id, title, place: Place::new(file, span) }
}

fn length_of(word: &str) -> u32 {
    u32::try_from(word.len()).unwrap_or_default()
}
