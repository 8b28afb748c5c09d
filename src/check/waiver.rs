//! `waive pack/rule { … }`: what is let pass and where, why, by whom, until when. Without any of these it is refused.

use crate::check::names::IN_POLICIES;
use crate::descriptors;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::attribute::{Reference, Statement};
use crate::model::located::Located;
use crate::model::read::Reader;
use crate::model::units::{Moment, Person};
use crate::source::{FileId, Place};
use crate::syntax::ast;

descriptors! {
    /// What can be wrong with waivers.
    WAIVER_DESCRIPTORS;
    INCOMPLETE = {
        id: "waiver/incomplete", severity: Error, undecided: true,
        summary: "a waiver without its reach, reason, person or end",
        doc: include_str!("docs/waiver/incomplete.md"),
    }
    UNKNOWN_RULE = {
        id: "waiver/unknown-rule", severity: Error, undecided: true,
        summary: "a waiver or ignore for a rule that does not exist",
        doc: include_str!("docs/waiver/unknown-rule.md"),
    }
    NOT_WAIVABLE = {
        id: "waiver/not-waivable", severity: Error, undecided: true,
        summary: "a waiver or ignore for what cannot be let pass",
        doc: include_str!("docs/waiver/not-waivable.md"),
    }
    EXPIRED = {
        id: "waiver/expired", severity: Error, undecided: false,
        summary: "a waiver whose end has passed",
        doc: include_str!("docs/waiver/expired.md"),
    }
    UNUSED = {
        id: "waiver/unused", severity: Warning, undecided: false,
        summary: "a waiver or ignore that nothing needed",
        doc: include_str!("docs/waiver/unused.md"),
    }
    NO_REASON = {
        id: "waiver/no-reason", severity: Error, undecided: true,
        summary: "an inline ignore without a reason",
        doc: include_str!("docs/waiver/no-reason.md"),
    }
}

/// The rules of a run, as waivers and ignores name them.
#[derive(Debug)]
pub struct KnownRules<'a> {
    pub waivable: Vec<&'a str>,
    /// What says that something was not understood or not decided.
    pub never: Vec<&'static str>,
}

/// A waiver that says everything it must.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// `pack/rule`.
    pub rule: Located<String>,
    /// Only for this plan.
    pub plan: Option<Located<String>>,
    /// Only for files that match this glob.
    pub path: Option<Located<String>>,
    pub reason: Located<String>,
    pub by: Located<Person>,
    /// A date counts through its end, in UTC.
    pub until: Located<Moment>,
    pub ticket: Option<Located<String>>,
    /// The whole block.
    pub block: Place,
}

/// `None` after saying what is missing or wrong.
pub fn check_waiver(
    file: FileId,
    written: &ast::Waiver,
    known_rules: &KnownRules<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Waiver> {
    let before = diagnostics.len();
    let rule = Located::new(written.rule.value.clone(), Place::new(file, written.rule.span));
    known_rule(&rule, known_rules, diagnostics);
    let unread = diagnostics.len();
    let attributes: Vec<&ast::Attribute> = written.body.iter().collect();
    let mut reader = Reader::new(file, &IN_POLICIES, diagnostics);
    let fields = reader.loose_attributes("waiver", &attributes, &["plan", "path", "reason", "by", "until", "ticket"]);
    let plan = reader.take::<Reference>(&fields, "plan").map(|plan| plan.map(|reference| reference.0));
    let path = reader.take::<String>(&fields, "path");
    let reason = reader.take::<Statement>(&fields, "reason").map(|reason| reason.map(|reason| reason.0));
    let by = reader.take::<Person>(&fields, "by");
    let until = reader.take::<Moment>(&fields, "until");
    let ticket = reader.take::<Statement>(&fields, "ticket").map(|ticket| ticket.map(|ticket| ticket.0));
    let sound = diagnostics.len() == unread;
    for (name, example) in [("reason", "\"…\""), ("by", "@somebody"), ("until", "2027-01-31")] {
        if !written.body.iter().any(|attribute| attribute.name.value == name) {
            diagnostics.push(
                Diagnostic::new(&INCOMPLETE, rule.place, format!("this waiver has no `{name}`"))
                    .help(format!("add `{name} = {example}`")),
            );
        }
    }
    // A misspelt `path` was said already.
    if sound && plan.is_none() && path.is_none() {
        diagnostics.push(
            Diagnostic::new(
                &INCOMPLETE,
                rule.place,
                "this waiver does not say what it is for: it would reach every plan",
            )
            .help("add `plan = the-plans-id`, or `path = \"deploy/x.plan\"`; `path = \"**\"` is everything"),
        );
    }
    // One whose `path` cannot be read would otherwise reach everywhere.
    if diagnostics.len() > before {
        return None;
    }
    Some(Waiver {
        rule,
        plan,
        path,
        reason: reason?,
        by: by?,
        until: until?,
        ticket,
        block: Place::new(file, written.span),
    })
}

/// Whether a rule of that name exists and may be waived; if not, it is said, with the nearest.
pub fn known_rule(rule: &Located<String>, known_rules: &KnownRules<'_>, diagnostics: &mut Vec<Diagnostic>) -> bool {
    if known_rules.waivable.contains(&rule.value.as_str()) {
        return true;
    }
    if known_rules.never.contains(&rule.value.as_str()) {
        let message = format!("`{}` cannot be let pass", rule.value);
        let help = "repair what it names: what was not understood is neither judged nor compiled";
        diagnostics.push(Diagnostic::new(&NOT_WAIVABLE, rule.place, message).help(help));
        return false;
    }
    let help = did_you_mean(&rule.value, known_rules.waivable.iter().copied()).map_or_else(
        || "name it as findings do: `pack/rule`; its policy must be among those applied".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    diagnostics
        .push(Diagnostic::new(&UNKNOWN_RULE, rule.place, format!("there is no rule `{}`", rule.value)).help(help));
    false
}
