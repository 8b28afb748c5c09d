//! A plan and its procedure, or the journal of its run, as documents for people. What stands in them is decided here, how
//! it is written down in [`markdown`](super::markdown) and [`html`](super::html). The one place of this layer that knows a
//! plan: a procedure has forgotten whom to tell and what goes out.

mod announcement;
mod checklist;
mod clock;
mod condition;
mod expectation;
mod failing;
mod flags;
mod glance;
mod go_on;
mod pace;
mod provenance;
mod reasons;
mod rollback_card;
mod run;
mod runbook;
mod team;
mod timeline;
mod updates;

use super::EmitError;
use super::page::{Page, Section};
use crate::journal::Journal;
use crate::model::plan::Plan;
use crate::runbook::Procedure;
use clock::Clock;

pub use timeline::{Bar, Kind, Timeline};

/// What is told.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub plan: &'a Plan,
    pub procedure: &'a Procedure,
    /// What became of it; the two reports are made of it.
    pub journal: Option<&'a Journal>,
}

/// One document a team hands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Announcement,
    Updates,
    Checklist,
    Runbook,
    RollbackCard,
    IncidentReport,
    PostUpdate,
}

impl Part {
    /// Whether it tells of a run, and not of what is planned.
    pub const fn is_of_a_run(self) -> bool {
        match self {
            Self::IncidentReport | Self::PostUpdate => true,
            Self::Announcement | Self::Updates | Self::Checklist | Self::Runbook | Self::RollbackCard => false,
        }
    }
}

/// What a document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    One(Part),
    /// All that the plan says, in the order in which somebody who is woken up needs it.
    Plan,
    /// What became of it.
    Run,
    /// Both, what happened first.
    All,
}

impl Contents {
    pub const fn is_of_a_run(self) -> bool {
        match self {
            Self::One(part) => part.is_of_a_run(),
            Self::Run => true,
            Self::Plan | Self::All => false,
        }
    }
}

/// A journal that is not of this plan is refused: nobody should read what became of another.
pub(super) fn page(told: Told<'_>, contents: Contents) -> Result<Page, EmitError> {
    if let Some(journal) = told.journal {
        is_of(journal, &told.procedure.provenance.plan)?;
    }
    let teller = Teller { plan: told.plan, procedure: told.procedure, clock: Clock::of(told.plan) };
    let run = |part: Part| told.journal.map(|journal| teller.of_a_run(journal, part));
    let sections = match contents {
        Contents::One(part) if part.is_of_a_run() => run(part).into_iter().collect(),
        Contents::One(part) => teller.part(part),
        Contents::Plan => teller.whole(),
        Contents::Run => [Part::PostUpdate, Part::IncidentReport].into_iter().filter_map(run).collect(),
        Contents::All => {
            let runs = [Part::PostUpdate, Part::IncidentReport].into_iter().filter_map(run);
            runs.chain(teller.whole()).collect()
        }
    };
    Ok(Page { title: told.procedure.title.clone(), sections, of: ("Plan", told.procedure.provenance.plan.clone()) })
}

fn is_of(journal: &Journal, plan: &str) -> Result<(), EmitError> {
    let refused = |why: String, help: &str| {
        Err(EmitError::Unsupported { of: "the journal".to_owned(), why, help: help.to_owned() })
    };
    if journal.plans().next().is_none() {
        let help = "`release.sh status` says where the journal of a run is";
        return refused("holds no run: no line of it says that one began".to_owned(), help);
    }
    match journal.plans().find(|(_, of)| *of != plan) {
        Some((line, of)) => refused(
            format!("is that of another plan: line {line} names `{}`, and this plan is `{plan}`", of.escape_debug()),
            "name the plan as it was when the run began; a plan that was changed since is another one",
        ),
        None => Ok(()),
    }
}

/// Knows the plan by heart.
#[derive(Debug)]
struct Teller<'a> {
    plan: &'a Plan,
    procedure: &'a Procedure,
    clock: Clock,
}

impl Teller<'_> {
    fn whole(&self) -> Vec<Section> {
        vec![
            self.glance(),
            self.rollback_card(),
            self.runbook(),
            self.red_flags(),
            Self::go_on(),
            self.checklist(),
            self.followups(),
            self.team(),
            self.announcement(),
            self.updates(),
            self.provenance(),
        ]
        .into_iter()
        .filter(|section| !section.blocks.is_empty())
        .collect()
    }

    fn part(&self, part: Part) -> Vec<Section> {
        match part {
            Part::Announcement => vec![self.announcement()],
            Part::Updates => vec![self.updates()],
            Part::Checklist => vec![self.checklist()],
            Part::Runbook => vec![self.glance(), self.runbook(), self.red_flags(), Self::go_on(), self.provenance()],
            Part::RollbackCard => vec![self.rollback_card()],
            Part::IncidentReport | Part::PostUpdate => Vec::new(),
        }
    }
}
