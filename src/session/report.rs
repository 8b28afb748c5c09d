//! What a run found, in one fixed order, and what follows from it: GO or STOP.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::secret::Secrets;
use crate::source::{SourceMap, Span};

/// The level from which a finding stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FailOn {
    #[default]
    Error,
    Warning,
    Note,
    /// No finding stops; what could not be decided still does.
    Never,
}

impl FailOn {
    /// Whether a finding stops, or leaves the run undecided.
    pub fn counts(self, finding: &Diagnostic) -> bool {
        finding.waived.is_none() && (self.leaves_open(finding) || self.stops(finding))
    }

    /// Whether nobody can say how the run ends: what was not decided would have stopped it, had it gone wrong.
    fn leaves_open(self, finding: &Diagnostic) -> bool {
        finding.undecided && (finding.severity == Severity::Error || self.weighs(finding.severity))
    }

    /// A rule without an answer stops at every level: nobody can say what it would have found.
    fn stops(self, finding: &Diagnostic) -> bool {
        finding.unanswered || self.weighs(finding.severity)
    }

    fn weighs(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Note => severity >= Severity::Note,
            Self::Never => false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Go,
    Stop,
}

/// How many findings of each kind. A waived finding counts as waived alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    pub waived: usize,
    /// Those of the findings above that say "this could not be judged".
    pub undecided: usize,
}

/// The findings of a run and what the run covered.
#[derive(Debug, Clone)]
pub struct Report {
    findings: Vec<Diagnostic>,
    /// Those that nobody wanted to see: they were found all the same.
    not_shown: Summary,
    files: usize,
    rules: usize,
    secrets: Arc<Secrets>,
}

impl Report {
    /// Orders the findings by path, place and rule (those without a place first) and drops repetitions: the same run
    /// gives the same report, in whatever order its parts were judged.
    pub fn new(mut findings: Vec<Diagnostic>, sources: &SourceMap, files: usize, rules: usize) -> Self {
        findings.sort_by(|left, right| order(left, right, sources));
        findings.dedup();
        Self { findings, not_shown: Summary::default(), files, rules, secrets: Arc::default() }
    }

    /// The same report of a run that has let go of texts with these secrets: no finding may repeat them.
    #[must_use]
    pub fn hiding(self, secrets: Secrets) -> Self {
        Self { secrets: Arc::new(secrets), ..self }
    }

    /// What is secret in texts that are not held any more.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// The same report with more findings.
    #[must_use]
    pub fn with(self, more: impl IntoIterator<Item = Diagnostic>, sources: &SourceMap) -> Self {
        let findings = self.findings.into_iter().chain(more).collect();
        let (not_shown, secrets) = (self.not_shown, self.secrets);
        Self { not_shown, secrets, ..Self::new(findings, sources, self.files, self.rules) }
    }

    /// The same report with the findings that are `wanted`; its summary counts the others, too.
    #[must_use]
    pub fn showing(self, wanted: impl Fn(&Diagnostic) -> bool) -> Self {
        let (findings, others): (Vec<_>, Vec<_>) = self.findings.into_iter().partition(wanted);
        let mut not_shown = self.not_shown;
        for finding in &others {
            not_shown.count(finding);
        }
        Self { findings, not_shown, ..self }
    }

    /// The same report without the findings at which `left_out` is true.
    #[must_use]
    pub fn without(self, left_out: &[bool]) -> Self {
        let kept = self.findings.into_iter().zip(left_out).filter(|(_, left_out)| !**left_out);
        Self { findings: kept.map(|(finding, _)| finding).collect(), ..self }
    }

    /// The same findings in the same order, each changed.
    #[must_use]
    pub fn with_each(&self, change: impl Fn(&mut Diagnostic)) -> Self {
        let mut findings = self.findings.clone();
        findings.iter_mut().for_each(change);
        Self { findings, secrets: Arc::clone(&self.secrets), ..*self }
    }

    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// How many files were checked.
    pub fn files(&self) -> usize {
        self.files
    }

    /// How many rules were applied, built-in lints included.
    pub fn rules(&self) -> usize {
        self.rules
    }

    /// How much was found, whatever of it is shown.
    pub fn summary(&self) -> Summary {
        let mut summary = self.not_shown;
        for finding in &self.findings {
            summary.count(finding);
        }
        summary
    }

    /// 0: go. 1: a finding stops. 2: something that could stop was not decided, which outweighs any finding.
    pub fn exit_status(&self, fail_on: FailOn) -> u8 {
        let open = |finding: &Diagnostic| finding.waived.is_none() && fail_on.leaves_open(finding);
        if self.files == 0 || self.rules == 0 || self.findings.iter().any(open) {
            return 2;
        }
        let stops = |finding: &Diagnostic| finding.waived.is_none() && fail_on.stops(finding);
        u8::from(self.findings.iter().any(stops))
    }

    pub fn verdict(&self, fail_on: FailOn) -> Verdict {
        match self.exit_status(fail_on) {
            0 => Verdict::Go,
            _ => Verdict::Stop,
        }
    }
}

impl Summary {
    fn count(&mut self, finding: &Diagnostic) {
        if finding.waived.is_some() {
            self.waived += 1;
            return;
        }
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
        self.undecided += usize::from(finding.undecided);
    }
}

fn order(left: &Diagnostic, right: &Diagnostic, sources: &SourceMap) -> Ordering {
    key(left, sources).cmp(&key(right, sources))
}

fn key<'a>(finding: &'a Diagnostic, sources: &'a SourceMap) -> (Option<(&'a str, Span)>, &'a str, &'a str, bool) {
    let place = finding.place.map(|place| (sources.path(place.file), place.span));
    (place, &finding.rule, &finding.message, finding.waived.is_some())
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::diagnostic::Waived;
    use crate::source::{FileId, Place};

    fn finding(rule: &'static str, severity: Severity) -> Diagnostic {
        Diagnostic {
            rule: Cow::Borrowed(rule),
            severity,
            undecided: false,
            unanswered: false,
            place: None,
            message: "m".to_owned(),
            label: None,
            help: None,
            related: Vec::new(),
            controls: Vec::new(),
            waived: None,
            fix: None,
        }
    }

    fn waived(finding: Diagnostic) -> Diagnostic {
        let waiver = Waived { reason: "r".into(), by: None, until: None, ticket: None, place: Place::default() };
        Diagnostic { waived: Some(waiver), ..finding }
    }

    fn undecided(finding: Diagnostic) -> Diagnostic {
        Diagnostic { undecided: true, ..finding }
    }

    fn statuses(findings: Vec<Diagnostic>) -> [u8; 4] {
        let report = Report::new(findings, &SourceMap::default(), 1, 1);
        [FailOn::Error, FailOn::Warning, FailOn::Note, FailOn::Never].map(|level| report.exit_status(level))
    }

    #[test]
    fn findings_stop_from_the_level_on() {
        assert_eq!(statuses(vec![]), [0, 0, 0, 0]);
        assert_eq!(statuses(vec![finding("a/b", Severity::Note)]), [0, 0, 1, 0]);
        assert_eq!(statuses(vec![finding("a/b", Severity::Warning)]), [0, 1, 1, 0]);
        assert_eq!(statuses(vec![finding("a/b", Severity::Error)]), [1, 1, 1, 0]);
    }

    #[test]
    fn what_could_not_be_decided_outweighs_every_finding_and_every_level() {
        let open = undecided(finding("document/syntax", Severity::Error));
        assert_eq!(statuses(vec![open.clone()]), [2, 2, 2, 2]);
        assert_eq!(statuses(vec![finding("a/b", Severity::Error), open]), [2, 2, 2, 2]);
    }

    #[test]
    fn what_would_not_have_stopped_leaves_nothing_open() {
        assert_eq!(statuses(vec![undecided(finding("a/b", Severity::Note))]), [0, 0, 2, 0]);
        assert_eq!(statuses(vec![undecided(finding("a/b", Severity::Warning))]), [0, 2, 2, 0]);
        let stopped = vec![finding("a/b", Severity::Error), undecided(finding("a/c", Severity::Note))];
        assert_eq!(statuses(stopped), [1, 1, 2, 0]);
    }

    #[test]
    fn a_rule_without_an_answer_stops_at_every_level() {
        let unanswered = Diagnostic { unanswered: true, ..finding("a/b", Severity::Error) };
        assert_eq!(statuses(vec![unanswered]), [1, 1, 1, 1]);
    }

    #[test]
    fn waived_findings_do_not_count() {
        assert_eq!(statuses(vec![waived(finding("a/b", Severity::Error))]), [0, 0, 0, 0]);
    }

    #[test]
    fn a_run_over_nothing_decides_nothing() {
        for (files, rules) in [(0, 1), (1, 0), (0, 0)] {
            let report = Report::new(vec![], &SourceMap::default(), files, rules);
            assert_eq!(report.exit_status(FailOn::Never), 2);
            assert_eq!(report.verdict(FailOn::Never), Verdict::Stop);
        }
    }

    #[test]
    fn a_summary_counts_each_finding_once_and_the_undecided_among_them() {
        let findings = vec![
            finding("a/1", Severity::Error),
            undecided(finding("a/2", Severity::Error)),
            finding("a/3", Severity::Warning),
            finding("a/4", Severity::Note),
            waived(finding("a/5", Severity::Error)),
        ];
        let report = Report::new(findings, &SourceMap::default(), 1, 1);
        let summary = Summary { errors: 2, warnings: 1, notes: 1, waived: 1, undecided: 1 };
        assert_eq!(report.summary(), summary);
        let quiet = report.showing(|finding| FailOn::Never.counts(finding));
        assert_eq!((quiet.findings().len(), quiet.summary(), quiet.exit_status(FailOn::Never)), (1, summary, 2));
    }

    #[test]
    fn findings_stand_in_order_of_path_place_and_rule_without_repetitions() {
        let mut sources = SourceMap::default();
        let b = sources.add("b.plan", "text");
        let a = sources.add("a.plan", "text");
        let at = |rule, file: FileId, start| Diagnostic {
            place: Some(Place::new(file, Span::at(start))),
            ..finding(rule, Severity::Error)
        };
        let mut findings =
            vec![at("x/1", b, 0), at("x/2", a, 3), at("x/1", a, 3), at("x/9", a, 1), finding("x/0", Severity::Note)];
        findings.extend(findings.clone());
        let forwards = Report::new(findings.clone(), &sources, 2, 1);
        findings.reverse();
        let backwards = Report::new(findings, &sources, 2, 1);
        let rules: Vec<&str> = forwards.findings().iter().map(|finding| finding.rule.as_ref()).collect();
        assert_eq!(rules, ["x/0", "x/9", "x/1", "x/2", "x/1"]);
        assert_eq!(forwards.findings(), backwards.findings());
    }
}
