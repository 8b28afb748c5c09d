//! The rules of a run over the files they speak of.

use super::asked::Asked;
use super::diagnostics::NO_SUCH_FILE;
use super::documents::{Documents, Judged};
use super::policies::AppliedPolicy;
use super::surroundings::{Beside, Surroundings};
use crate::diagnostic::Diagnostic;
use crate::eval::{Context, Judgement, judge_subject};
use crate::model::data::Value;
use crate::model::policy::{Rule, SubjectKind};
use crate::model::units::Instant;
use crate::source::SourceMap;

/// Judges every rule that speaks of files.
pub(super) fn judge_documents(
    policies: &[AppliedPolicy],
    documents: &mut Documents<'_>,
    now: Instant,
    sources: &mut SourceMap,
    asked: &mut Asked,
    findings: &mut Vec<Diagnostic>,
) {
    for applied in policies {
        for rule in &applied.policy.rules {
            let SubjectKind::Document(kind) = rule.subject.kind else { continue };
            match documents.subjects(rule, kind, sources) {
                Judged::Subjects(found) => {
                    let judgement =
                        judge_subjects(rule, &found.subjects, applied, now, documents.surroundings(), sources);
                    asked.rule(rule, &judgement);
                    findings.extend(judgement.findings().cloned());
                }
                Judged::NoFile if documents.searched() && !applied.is_shipped => {
                    asked.rule(rule, &Judgement::default());
                    findings.push(no_such_file(rule));
                }
                Judged::NoFile => {}
            }
        }
    }
}

/// One rule over the subjects of its files; `file_exists` asks from the folder of each.
pub(super) fn judge_subjects(
    rule: &Rule,
    subjects: &[Value],
    applied: &AppliedPolicy,
    now: Instant,
    surroundings: &dyn Surroundings,
    sources: &SourceMap,
) -> Judgement {
    let outcomes = subjects.iter().map(|subject| {
        let beside = Beside { surroundings, path: sources.path(subject.place.file) };
        judge_subject(rule, subject, &Context { now, parameters: &applied.parameters, files: &beside })
    });
    Judgement { outcomes: outcomes.collect() }
}

fn no_such_file(rule: &Rule) -> Diagnostic {
    let patterns: Vec<String> = rule.subject.globs.iter().map(|glob| format!("`{}`", glob.value)).collect();
    let looked_for = if patterns.is_empty() {
        "looks at the usual files of its kind".to_owned()
    } else {
        format!("looks for {}", patterns.join(" and "))
    };
    let place = rule.subject.globs.first().map_or(rule.subject.place, |glob| glob.place);
    Diagnostic::new(&NO_SUCH_FILE, place, format!("`{}` {looked_for}, and this run found none", rule.id))
}
