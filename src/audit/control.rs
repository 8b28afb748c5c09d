//! Which rules speak for which controls, and what they came to. A control of which no rule was applied to anything has no
//! evidence, and is not in order for that.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Gathered;
use crate::diagnostic::Severity;
use crate::session::Catalogue;

/// The heaviest of what its rules came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ControlStatus {
    /// No rule that speaks for it was applied to anything.
    NoEvidence,
    Passed,
    /// A rule fails, and somebody lets all of that pass.
    Waived,
    Undecided,
    Failed,
}

/// `CC8.1` of `SOC2`.
#[derive(Debug, Clone, Serialize)]
pub struct Control {
    pub framework: String,
    pub id: String,
    pub status: ControlStatus,
    pub rules: Vec<RuleEvidence>,
}

/// What a rule came to, over all that it was applied to.
#[derive(Debug, Clone, Serialize)]
pub struct RuleEvidence {
    pub id: String,
    pub title: String,
    pub policy: String,
    pub severity: Severity,
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
    pub undecided: usize,
    /// Findings that are let pass.
    pub waived: usize,
    pub enforced_at_run: bool,
}

impl ControlStatus {
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoEvidence => "no-evidence",
            Self::Passed => "passed",
            Self::Waived => "waived",
            Self::Undecided => "undecided",
            Self::Failed => "failed",
        }
    }
}

impl RuleEvidence {
    pub fn status(&self) -> ControlStatus {
        match self {
            Self { failed: 0, undecided: 0, passed: 0, .. } => ControlStatus::NoEvidence,
            Self { failed: 0, undecided: 0, .. } => ControlStatus::Passed,
            Self { failed, waived, .. } if *failed > 0 && *waived < *failed => ControlStatus::Failed,
            Self { undecided: 1.., .. } => ControlStatus::Undecided,
            Self { .. } => ControlStatus::Waived,
        }
    }
}

/// In the order of framework, control and rule.
pub(super) fn of(gathered: &Gathered<'_>) -> Vec<Control> {
    let catalogue = Catalogue::new(&gathered.checked.policies);
    let mut controls: BTreeMap<(String, String), Vec<RuleEvidence>> = BTreeMap::new();
    for applied in &gathered.checked.policies {
        let policy = &applied.policy;
        let rules = policy.rules.iter().map(|rule| (&rule.id, rule.enforced_at_run));
        let flags = policy.red_flags.iter().map(|flag| (&flag.id, true));
        for (id, enforced_at_run) in rules.chain(flags) {
            let Some(explained) = catalogue.explain(id) else { continue };
            if explained.controls.is_empty() {
                continue;
            }
            let tally = gathered.checked.tallies.get(id).copied().unwrap_or_default();
            let evidence = RuleEvidence {
                id: id.to_string(),
                title: explained.summary,
                policy: policy.id().to_owned(),
                severity: explained.severity,
                passed: tally.passed,
                failed: tally.failed,
                skipped: tally.skipped,
                undecided: tally.undecided,
                waived: waived(id, tally.failed, gathered),
                enforced_at_run,
            };
            for control in explained.controls {
                controls.entry(split(&control)).or_default().push(evidence.clone());
            }
        }
    }
    let control = |((framework, id), mut rules): ((String, String), Vec<RuleEvidence>)| {
        rules.sort_by(|left, right| left.id.cmp(&right.id));
        let status = rules.iter().map(RuleEvidence::status).max().unwrap_or(ControlStatus::NoEvidence);
        Control { framework, id, status, rules }
    };
    controls.into_iter().map(control).collect()
}

/// Where all findings of a rule are let pass, so is everything it failed at.
fn waived(id: &str, failed: usize, gathered: &Gathered<'_>) -> usize {
    let findings = || gathered.report.findings().iter().filter(|finding| finding.rule == id);
    let waived = findings().filter(|finding| finding.waived.is_some()).count();
    let is_all = waived > 0 && findings().all(|finding| finding.waived.is_some());
    if is_all { waived.max(failed) } else { waived.min(failed.saturating_sub(1)) }
}

/// `SOC2 CC8.1` is `CC8.1` of `SOC2`; what has no framework stands under its own name.
fn split(control: &str) -> (String, String) {
    let control = control.trim();
    let (framework, id) = control.split_once(char::is_whitespace).unwrap_or((control, ""));
    (framework.to_owned(), id.trim().to_owned())
}
