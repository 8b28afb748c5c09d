//! One rule over the subjects of its files.

use crate::eval::{Context, Judgement, judge_subject};
use crate::model::data::Value;
use crate::model::policy::Rule;
use crate::model::units::Instant;
use crate::session::pen::Pen;
use crate::session::policies::AppliedPolicy;
use crate::session::surroundings::{Beside, Surroundings};
use crate::source::SourceMap;

/// `file_exists` asks from the folder of each subject.
pub(in crate::session) fn judge_subjects(
    rule: &Rule,
    subjects: &[Value],
    applied: &AppliedPolicy,
    now: Instant,
    surroundings: &dyn Surroundings,
    sources: &SourceMap,
) -> Judgement {
    let pen = Pen::of_sources(sources, rule.subject.kind);
    let outcomes = subjects.iter().map(|subject| {
        let beside = Beside { surroundings, path: sources.path(subject.place.file) };
        judge_subject(rule, subject, &Context { now, parameters: &applied.parameters, files: &beside, pen: &pen })
    });
    Judgement { outcomes: outcomes.collect() }
}
