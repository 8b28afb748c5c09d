//! What came of judging a rule.

use crate::diagnostic::Diagnostic;

/// One rule, one subject.
#[derive(Debug, Clone)]
pub enum Outcome {
    Pass,
    Skip(Skipped),
    /// The rule does not hold: one finding for each witness.
    Fail(Vec<Diagnostic>),
    /// It could not be decided, and that is a finding too.
    Error(Vec<Diagnostic>),
}

/// Why a rule was not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// `when` was false.
    When,
    /// A path of `when` was not there.
    WhenMissing,
    /// `unless` was true.
    Unless,
}

/// All outcomes of one rule over the subjects of one plan.
#[derive(Debug, Clone, Default)]
pub struct Judgement {
    pub outcomes: Vec<Outcome>,
}

impl Outcome {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Skip(_) => "skip",
            Self::Fail(_) => "fail",
            Self::Error(_) => "error",
        }
    }

    pub fn findings(&self) -> &[Diagnostic] {
        match self {
            Self::Fail(findings) | Self::Error(findings) => findings,
            Self::Pass | Self::Skip(_) => &[],
        }
    }

    pub fn into_findings(self) -> Vec<Diagnostic> {
        match self {
            Self::Fail(findings) | Self::Error(findings) => findings,
            Self::Pass | Self::Skip(_) => Vec::new(),
        }
    }
}

impl Judgement {
    /// The gravest outcome decides: error, fail, pass, skip. `None` where there was no subject.
    pub fn overall(&self) -> Option<&Outcome> {
        let gravity = |outcome: &Outcome| match outcome {
            Outcome::Skip(_) => 0,
            Outcome::Pass => 1,
            Outcome::Fail(_) => 2,
            Outcome::Error(_) => 3,
        };
        self.outcomes.iter().max_by_key(|outcome| gravity(outcome))
    }

    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.outcomes.iter().flat_map(Outcome::findings)
    }

    pub fn into_findings(self) -> impl Iterator<Item = Diagnostic> {
        self.outcomes.into_iter().flat_map(Outcome::into_findings)
    }
}
