//! What waivers, ignores and settings say of policies that are tested. A run of tests judges no plan and no file: what is
//! there for findings of those is left alone, and so are its mistakes, which `check` says.

use super::{apply, covers, glob, ignores};
use crate::check::waiver::{KnownRules, UNUSED, Waiver, check_waiver};
use crate::diagnostic::Diagnostic;
use crate::model::units::Instant;
use crate::session::config::Config;
use crate::session::input::Contents;
use crate::source::SourceMap;

pub(in crate::session) fn settle(
    findings: &mut Vec<Diagnostic>,
    files: &[Contents],
    known: &KnownRules<'_>,
    config: &Config,
    now: Instant,
    sources: &SourceMap,
) {
    let mut left_to_check = Vec::new();
    let written = files.iter().flat_map(|contents| contents.waivers.iter().map(|waiver| (contents.file, waiver)));
    let waivers = written.filter_map(|(file, waiver)| check_waiver(file, waiver, known, &mut left_to_check));
    let waivers: Vec<Waiver> = waivers.filter(|waiver| is_needed(waiver, findings, sources)).collect();
    let comments = files.iter().map(|contents| (contents.file, contents.comments.as_slice()));
    let ignores: Vec<_> =
        comments.flat_map(|(file, said)| ignores(file, said, known, sources, &mut left_to_check)).collect();
    let before = findings.len();
    apply(findings, &waivers, &ignores, &|_| None, now, sources);
    let added = findings.split_off(before);
    findings.extend(added.into_iter().filter(|finding| finding.rule != UNUSED.id));
    let before = findings.len();
    config.weigh(known, findings);
    findings.truncate(before);
}

fn is_needed(waiver: &Waiver, findings: &[Diagnostic], sources: &SourceMap) -> bool {
    let matcher = waiver.path.as_ref().and_then(|path| glob(&path.value).ok());
    let is_covered = |finding: &&Diagnostic| covers(waiver, matcher.as_ref(), finding, &|_| None, sources);
    findings.iter().filter(|finding| finding.rule == waiver.rule.value).any(|finding| is_covered(&finding))
}
