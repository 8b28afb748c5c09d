//! What the rules of a run look for: the same kind in files of the same names once, whichever rules ask for it.

use globset::{Candidate, GlobSet, GlobSetBuilder};

use super::Candidates;
use super::apart::Sheet;
use super::given::speaks_of;
use crate::model::policy::{DocumentKind, Rule, SubjectKind};
use crate::session::policies::AppliedPolicy;
use crate::session::waive::pattern;
use crate::source::FileId;
use crate::subject;

/// One kind of subject in files of some names, and the rules about it.
#[derive(Debug)]
pub(super) struct Search<'p> {
    pub(super) kind: DocumentKind,
    patterns: Vec<&'p str>,
    pub(super) rules: Vec<(&'p AppliedPolicy, &'p Rule)>,
}

/// A file that somebody looks for.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) path: &'a str,
    /// The searches that look for it, in order.
    pub(super) by: Vec<usize>,
}

impl Search<'_> {
    pub(super) const fn is_of_several_files(&self) -> bool {
        subject::is_of_several_files(self.kind)
    }
}

/// Every search of the rules that speak of files, in the order of the rules.
pub(super) fn searches(policies: &[AppliedPolicy]) -> Vec<Search<'_>> {
    let mut searches: Vec<Search<'_>> = Vec::new();
    for applied in policies {
        for rule in &applied.policy.rules {
            let SubjectKind::Document(kind) = rule.subject.kind else { continue };
            let patterns = subject::paths(kind, &rule.subject.globs);
            match searches.iter_mut().find(|search| search.kind == kind && search.patterns == patterns) {
                Some(known) => known.rules.push((applied, rule)),
                None => searches.push(Search { kind, patterns, rules: vec![(applied, rule)] }),
            }
        }
    }
    searches
}

/// The candidates that some search looks for, in their order.
pub(super) fn find<'a>(searches: &[Search<'_>], candidates: &'a Candidates) -> Vec<Found<'a>> {
    // A pattern takes longer to get ready than to ask: without files nobody needs one.
    if candidates.paths.is_empty() {
        return Vec::new();
    }
    let (patterns, owners) = patterns(searches);
    let mut hits = Vec::new();
    let by = |path: &str, hits: &mut Vec<usize>| {
        patterns.matches_candidate_into(&Candidate::new(path), hits);
        let mut by: Vec<usize> = hits.iter().filter_map(|hit| owners.get(*hit).copied()).collect();
        by.dedup();
        by
    };
    let found = candidates.paths.iter().map(|path| Found { path, by: by(path, &mut hits) });
    found.filter(|found| !found.by.is_empty()).collect()
}

/// The plans of the run, with the searches for secrets: whatever a plan is called, it is a text that settings are kept in.
pub(super) fn of_plans<'a>(searches: &[Search<'_>], plans: &'a [(FileId, String)]) -> Vec<Sheet<'a>> {
    let looks_at = |search: &Search<'_>, path: &str| {
        let speaks = |(_, rule): &(_, &Rule)| rule.subject.globs.is_empty() || speaks_of(rule, path);
        search.kind == DocumentKind::Secret && search.rules.first().is_some_and(speaks)
    };
    let sheet = |(file, path): &'a (FileId, String)| {
        let by = searches.iter().enumerate().filter(|(_, search)| looks_at(search, path)).map(|(index, _)| index);
        Sheet { file: *file, path, by: by.collect() }
    };
    plans.iter().map(sheet).filter(|sheet| !sheet.by.is_empty()).collect()
}

/// All patterns as one, and which search each belongs to.
fn patterns(searches: &[Search<'_>]) -> (GlobSet, Vec<usize>) {
    let mut set = GlobSetBuilder::new();
    let mut owners = Vec::new();
    for (index, search) in searches.iter().enumerate() {
        // Patterns that cannot be read were said when the policy was resolved.
        for glob in search.patterns.iter().filter_map(|written| pattern(written).ok()) {
            set.add(glob);
            owners.push(index);
        }
    }
    (set.build().unwrap_or_default(), owners)
}
