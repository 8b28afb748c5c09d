//! Whether the patterns of a policy can be used. Those of shipped packs are judged when Stopline is tested.

use crate::check::names::IN_POLICIES;
use crate::diagnostic::Diagnostic;
use crate::model::data::Data;
use crate::model::expression::{Expr, ExprKind, Template, TemplatePart};
use crate::model::policy::{Condition, Policy, Rule};

/// Reports every pattern that cannot be used, where it is written; the rules that hold one are left out.
pub fn check_patterns(policy: &mut Policy, diagnostics: &mut Vec<Diagnostic>) {
    let mut sound = |exprs: Vec<&Expr>| {
        let before = diagnostics.len();
        for expr in exprs {
            check(expr, diagnostics);
        }
        diagnostics.len() == before
    };
    policy.rules.retain(|rule| sound(expressions(rule)));
    policy.red_flags.retain(|flag| {
        let when = flag.subject.as_ref().and_then(|subject| subject.when.as_ref());
        sound(when.into_iter().chain([&flag.condition]).collect())
    });
}

fn expressions(rule: &Rule) -> Vec<&Expr> {
    let condition = match &rule.decision.condition {
        Condition::Require(condition) | Condition::Forbid(condition) => condition,
    };
    let mut all = vec![condition];
    all.extend(&rule.subject.when);
    all.extend(&rule.decision.unless);
    all.extend(templated(&rule.words.message));
    all.extend(rule.words.help.iter().flat_map(templated));
    all
}

fn templated(template: &Template) -> impl Iterator<Item = &Expr> {
    template.parts.iter().filter_map(|part| match part {
        TemplatePart::Expr(expr) => Some(expr),
        TemplatePart::Text(_) => None,
    })
}

fn check(expr: &Expr, diagnostics: &mut Vec<Diagnostic>) {
    if let ExprKind::Constant(Data::Pattern(pattern)) = &expr.kind
        && let Err(problem) = pattern.check()
    {
        diagnostics.push(
            Diagnostic::new(IN_POLICIES.impossible, expr.place, format!("this pattern cannot be used: {problem}"))
                .help("patterns are linear-time regular expressions: no look-around, no back-references"),
        );
    }
    for child in expr.children() {
        check(child, diagnostics);
    }
}
