//! Owns the evidence of an audit: what was judged and by what, what is let pass, which rules speak for which controls, what
//! journals say of runs, and what all of it comes to. Knows no output format, and touches no file.

mod control;
mod figure;
mod measure;
mod past;
mod reading;
mod run;
mod scope;
mod texts;
mod waiver;

pub use control::{Control, ControlStatus, RuleEvidence};
pub use figure::{Figure, Met, Target};
pub use measure::{Group, Measure};
pub use past::without_past_windows;
pub use run::{Account, PlanOfRun, Run, Said};
pub use scope::{Document, JournalEvidence, PolicyEvidence, Scope};
pub use waiver::{Waiver, WaiverState};

use serde::Serialize;

use crate::journal::Scanned;
use crate::model::units::Instant;
use crate::session::{Checked, Report, Targets};
use crate::source::SourceMap;

/// What an audit is made of.
#[derive(Debug, Clone, Copy)]
pub struct Gathered<'a> {
    pub now: Instant,
    /// As they were named.
    pub paths: &'a [String],
    pub checked: &'a Checked,
    /// All that was found, in journals too.
    pub report: &'a Report,
    pub sources: &'a SourceMap,
    /// In the order of their paths.
    pub journals: &'a [Scanned],
    pub targets: &'a Targets,
    /// How many findings a baseline leaves out.
    pub left_out: usize,
}

/// The evidence. All texts in it are still as somebody wrote them.
#[derive(Debug, Clone, Serialize)]
pub struct Audit {
    pub at: Instant,
    pub scope: Scope,
    pub waivers: Vec<Waiver>,
    pub controls: Vec<Control>,
    pub journals: Vec<JournalEvidence>,
    pub runs: Vec<Run>,
    pub measures: Vec<Group>,
}

impl Audit {
    pub fn of(gathered: &Gathered<'_>) -> Self {
        let plans = scope::plans(gathered.checked, gathered.sources);
        let told = run::told(gathered.journals, &plans);
        let readings: Vec<_> = told.iter().map(|told| told.reading.clone()).collect();
        let measures = measure::groups(&readings, gathered.now, gathered.targets);
        Self {
            at: gathered.now,
            scope: Scope::of(gathered, &plans),
            waivers: waiver::of(gathered),
            controls: control::of(gathered),
            journals: gathered.journals.iter().map(JournalEvidence::of).collect(),
            runs: told.into_iter().map(|told| told.run).collect(),
            measures,
        }
    }

    /// Every text in it that somebody else wrote, for whoever has to hide something in them.
    pub fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        texts::Texts::each(self, change);
    }
}
