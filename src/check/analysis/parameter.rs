//! Parameters that nothing uses.

use std::collections::HashSet;
use std::sync::Arc;

use super::diagnostics::UNUSED_PARAMETER;
use super::{Reading, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::expression::{Expr, ExprKind, Template, TemplatePart};
use crate::model::policy::{Policy, Rule};

pub(super) fn unused(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    if subject.reading == Reading::InPart || subject.policy.parameters.is_empty() {
        return;
    }
    let used = used(subject.policy);
    for parameter in subject.policy.parameters.iter().filter(|parameter| !used.contains(&parameter.name.value)) {
        let message = format!("nothing uses the parameter `{}`", parameter.name.value);
        found.push(
            Diagnostic::new(&UNUSED_PARAMETER, parameter.name.place, message)
                .help("use it where its value is meant, or leave it out: whoever sets it would change nothing"),
        );
    }
}

fn used(policy: &Policy) -> HashSet<Arc<str>> {
    let mut names = HashSet::new();
    for rule in &policy.rules {
        for expr in expressions(rule) {
            gather(expr, &mut names);
        }
    }
    for flag in &policy.red_flags {
        let when = flag.subject.as_ref().and_then(|subject| subject.when.as_ref());
        for expr in when.into_iter().chain([&flag.condition]) {
            gather(expr, &mut names);
        }
    }
    names
}

/// Every expression of a rule, those of its words too.
fn expressions(rule: &Rule) -> Vec<&Expr> {
    let mut all = super::rules::conditions(rule);
    all.extend(&rule.words.at);
    all.extend(rule.words.fix.iter().flat_map(|fix| [&fix.path, &fix.value]));
    all.extend([&rule.words.message].into_iter().chain(&rule.words.help).flat_map(templated));
    all
}

fn templated(template: &Template) -> impl Iterator<Item = &Expr> {
    template.parts.iter().filter_map(|part| match part {
        TemplatePart::Expr(expr) => Some(expr),
        TemplatePart::Text(_) => None,
    })
}

fn gather(expr: &Expr, names: &mut HashSet<Arc<str>>) {
    if let ExprKind::Parameter(name) = &expr.kind {
        names.insert(name.clone());
    }
    for child in expr.children() {
        gather(child, names);
    }
}
