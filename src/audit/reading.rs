//! One run as measures see it: whether it counts, whether it failed, and how long what took. What the journal does not say
//! stays unsaid, with the reason.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::run::Run;
use crate::journal::{self, End, Entry};
use crate::model::enums::Unit;
use crate::model::plan::Plan;
use crate::model::units::{Instant, Moment, Zone};

/// A number, or why there is none.
pub(super) type Known = Result<Decimal, &'static str>;

#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) service: Option<String>,
    pub(super) environment: Option<String>,
    pub(super) began: Option<Instant>,
    pub(super) ended: Option<Instant>,
    pub(super) is_sound: bool,
    pub(super) is_confirmed: bool,
    /// None where it changed nothing, or is not over.
    pub(super) deployed: Option<Deployed>,
    /// Of a run that failed: seconds until all was well again, or since when it is not.
    pub(super) recovery: Option<Recovery>,
    pub(super) lead_time: Known,
    pub(super) degradation: Known,
    pub(super) errors: Known,
}

/// What became of a change, once there is nothing left to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deployed {
    Well,
    /// It stands, and a repair is owed.
    Repaired,
    /// It was taken back, or somebody has to.
    TakenBack,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recovery {
    Took(u64),
    /// It is not over, and began then.
    Since(i64),
    /// The clock was set back.
    Unknown,
}

const NOT_CONFIRMED: &str = "it was not confirmed";
const NO_PLAN: &str = "its plan is not in scope";

impl Reading {
    pub(super) fn of(told: &Run, run: &journal::Run<'_>, plan: Option<&Plan>) -> Self {
        let event = |name: &str| run.of_event(name).next().is_some();
        let deployed = match run.changed() {
            false => None,
            true if event("rollback") || event("handed") => Some(Deployed::TakenBack),
            true if event("owed") => Some(Deployed::Repaired),
            true => Some(Deployed::Well),
        };
        let is_over = matches!(run.end, End::Confirmed | End::RolledBack | End::Handed);
        let has_failed = deployed.is_some_and(|deployed| deployed != Deployed::Well);
        let read = last_read(run);
        let confirmed = run.settled().filter(|_| run.end == End::Confirmed);
        Self {
            service: told.service.clone(),
            environment: told.environment.clone(),
            began: told.began,
            ended: told.ended,
            is_sound: told.is_sound,
            is_confirmed: confirmed.is_some(),
            deployed: deployed.filter(|_| is_over),
            recovery: has_failed.then(|| recovery(run)).flatten(),
            lead_time: confirmed.ok_or(NOT_CONFIRMED).and_then(|confirmed| lead_time(confirmed, plan)),
            degradation: confirmed.ok_or(NOT_CONFIRMED).and_then(|_| degradation(run, &read, plan)),
            errors: confirmed.ok_or(NOT_CONFIRMED).and_then(|_| errors(&read, plan)),
        }
    }
}

fn recovery(run: &journal::Run<'_>) -> Option<Recovery> {
    let wrong = run.went_wrong()?;
    Some(match run.settled().filter(|_| matches!(run.end, End::Confirmed | End::RolledBack)) {
        Some(settled) => {
            let took = settled.at.checked_sub(wrong.at).and_then(|took| u64::try_from(took).ok());
            took.map_or(Recovery::Unknown, Recovery::Took)
        }
        None => Recovery::Since(wrong.at),
    })
}

/// From when it passed on staging until it was confirmed.
fn lead_time(confirmed: &Entry, plan: Option<&Plan>) -> Known {
    let plan = plan.ok_or(NO_PLAN)?;
    let staged = plan.staged.as_ref().and_then(|staged| staged.at.as_ref()).ok_or("its plan has no `staged`")?;
    let zone = plan.window.as_ref().and_then(|window| Some(window.resolve()?.ok()?.zone().clone()));
    let staged = match &staged.value {
        Moment::Date(_) => return Err("`staged` of its plan says no time"),
        Moment::Zoned(zoned) => zoned.instant(),
        Moment::Civil(civil) => {
            let zone = zone.unwrap_or_else(Zone::utc);
            zone.resolve(*civil).map_err(|_| "`staged` of its plan names a time that no clock showed")?
        }
    };
    let took = confirmed.at.checked_sub(staged.epoch_seconds()).filter(|took| *took >= 0);
    took.map(Decimal::from).ok_or("it was confirmed before `staged` of its plan")
}

/// By how many percent a duration was above its baseline when it was last read, the worst of all that have one.
fn degradation(run: &journal::Run<'_>, read: &LastRead<'_>, plan: Option<&Plan>) -> Known {
    let grown = run.of_event("baseline").filter_map(|entry| {
        let (metric, before) = (entry.fact("metric")?, decimal(entry.fact("value")?)?);
        let text = read.get(metric)?;
        let is_duration = text.ends_with(['s', 'm', 'h']) || unit(plan, metric) == Some(Unit::Duration);
        let after = is_duration.then(|| seconds(text)).flatten()?;
        after.checked_sub(before)?.checked_div(before)?.checked_mul(Decimal::ONE_HUNDRED)
    });
    grown.max().ok_or("nothing that is known to be a duration was read after the change and has a baseline")
}

/// The share of failures when it was last read: of a percent whose name says that it counts errors.
fn errors(read: &LastRead<'_>, plan: Option<&Plan>) -> Known {
    let counts_errors = |metric: &str| metric.split('-').any(|word| matches!(word, "error" | "errors"));
    let shares = read.iter().filter(|(metric, _)| counts_errors(metric)).filter_map(|(metric, text)| {
        let is_percent = text.ends_with('%') || unit(plan, metric) == Some(Unit::Percent);
        is_percent.then(|| decimal(text.trim_end_matches('%'))).flatten()
    });
    shares.max().ok_or("no percent whose name says `error` was read after the change")
}

/// What each metric came to when it was last read.
type LastRead<'j> = HashMap<&'j str, &'j str>;

/// Since the last change was begun: what was read before it does not say what the change did.
fn last_read<'j>(run: &journal::Run<'j>) -> LastRead<'j> {
    let is_change = |entry: &Entry| entry.event == "begin" && entry.fact("changes") == Some("yes");
    let entries = run.entries;
    let since = entries.iter().rposition(is_change).unwrap_or(entries.len());
    let looks = entries.get(since..).unwrap_or_default().iter().filter_map(|entry| entry.fact("values"));
    looks.flat_map(str::split_whitespace).filter_map(|value| value.split_once('=')).collect()
}

fn unit(plan: Option<&Plan>, metric: &str) -> Option<Unit> {
    let found = plan?.metrics.iter().find(|known| known.head.id.value == metric)?;
    found.unit.as_ref().map(|unit| unit.value)
}

/// What a metric of the unit `duration` prints: a number of seconds where it has no unit.
fn seconds(text: &str) -> Option<Decimal> {
    let (number, factor) = match text {
        _ if text.ends_with("ms") => (text.strip_suffix("ms")?, Decimal::new(1, 3)),
        _ if text.ends_with('s') => (text.strip_suffix('s')?, Decimal::ONE),
        _ if text.ends_with('m') => (text.strip_suffix('m')?, Decimal::from(60)),
        _ if text.ends_with('h') => (text.strip_suffix('h')?, Decimal::from(3600)),
        _ => (text, Decimal::ONE),
    };
    decimal(number)?.checked_mul(factor)
}

/// A number as metrics print it, or as the runbook keeps it: `0.4`, `.5`, `1e-05`, `02e-1`.
fn decimal(text: &str) -> Option<Decimal> {
    if text.contains(['e', 'E']) { Decimal::from_scientific(text).ok() } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_runbook_reads_them() {
        let read = |text| seconds(text).map(|number| number.normalize().to_string());
        assert_eq!(
            ["250ms", "0.25", "02e-1", "1.5m", ".5"].map(|text| read(text).unwrap()),
            ["0.25", "0.25", "0.2", "90", "0.5"]
        );
        for none in ["", "NaN", "x", "1,5", "1e99", "0x10", "s"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
