//! The run drawn to scale: every action as long as it can take, then the way back, then the room that is left.

use std::fmt::Write as _;

use super::Teller;
use super::clock::{at_least, at_most};
use super::pace::{Leg, Stretch};
use crate::emit::page::{Table, code, text};
use crate::runbook::{Action, Epoch, Seconds};

/// Seconds from the beginning of the run, which is that of the window where there is one.
#[derive(Debug)]
pub struct Timeline {
    pub length: u64,
    pub bars: Vec<Bar>,
    /// Where a line is drawn, and what it says.
    pub ticks: Vec<(u64, String)>,
    /// In one sentence, for who cannot see it.
    pub summary: String,
}

#[derive(Debug)]
pub struct Bar {
    pub kind: Kind,
    pub id: String,
    pub title: String,
    /// How long, in words.
    pub lasts: String,
    pub from: u64,
    pub until: u64,
    /// What its equal parts are called.
    pub parts: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Step,
    /// Of production.
    Change,
    Hold,
    Look,
    Flag,
    Back,
    Room,
}

impl Teller<'_> {
    pub(super) fn timeline(&self) -> Timeline {
        let procedure = self.procedure;
        let (worst, back) = (procedure.worst_case(), procedure.worst_rollback());
        let legs = self.legs();
        let mut bars: Vec<Bar> = legs.iter().flat_map(|leg| &leg.stretches).filter_map(bar).collect();
        for flag in &procedure.red_flags {
            let armed = |leg: &Leg<'_>| flag.during.contains(&leg.phase.id);
            for stretch in legs.chunk_by(|one, next| armed(one) == armed(next)) {
                let [first, ..] = stretch else { continue };
                let (from, until) = (first.begins.get(), stretch.last().map_or(0, |last| last.ends.get()));
                if armed(first) && from < until {
                    let lasts = "red flag, watched".to_owned();
                    let bar = plain(Kind::Flag, flag.id.as_str(), lasts, from, until);
                    bars.push(Bar { title: flag.title.clone(), ..bar });
                }
            }
        }
        let forth = worst.get().saturating_sub(back.get());
        if back > Seconds::ZERO {
            let bar = plain(Kind::Back, "rollback", format!("≤ {}", at_most(back)), forth, worst.get());
            bars.push(Bar { title: "The way back, from the very end".to_owned(), ..bar });
        }
        let window = procedure.guards.window;
        let open = window.and_then(|window| u64::try_from(window.end.get() - window.start.get()).ok());
        if let (Some(open), Some(left)) = (open, self.room_left()) {
            let bar = plain(Kind::Room, "room", at_least(left), worst.get(), open);
            bars.push(Bar { title: "Room left in the window".to_owned(), ..bar });
        }
        let length = worst.get().max(open.unwrap_or_default()).max(1);
        let mut summary =
            format!("At worst the run takes {}, {} of them on the way back", at_most(worst), at_most(back));
        if let Some(left) = self.room_left() {
            _ = write!(summary, "; {} of the window are left", at_least(left));
        }
        if let Some(uncounted) = self.uncounted() {
            _ = write!(summary, "; {uncounted}");
        }
        summary.push('.');
        Timeline { length, bars, ticks: self.ticks(length), summary }
    }

    fn ticks(&self, length: u64) -> Vec<(u64, String)> {
        const STEPS: [u64; 12] = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400, 604_800];
        let step = STEPS.into_iter().find(|step| length / step <= 5).unwrap_or_else(|| length.div_ceil(5).max(1));
        let start = self.procedure.guards.window.map(|window| window.start.get());
        let says = |at: u64| match start.zip(i64::try_from(at).ok()) {
            Some((start, at)) => self.clock.time(Epoch::new(start.saturating_add(at))),
            None if at == 0 => "0".to_owned(),
            None => format!("+{}", at_most(Seconds::new(at))),
        };
        (0..=length / step).map(|count| (count * step, says(count * step))).collect()
    }
}

impl Timeline {
    /// The same where nothing can be drawn.
    pub fn table(&self) -> Table {
        let row = |bar: &Bar| {
            let from = Seconds::new(bar.from);
            vec![
                text(at_most(from)),
                text(bar.title.as_str()).text(" (").and(code(bar.id.as_str())).text(")"),
                text(bar.lasts.as_str()),
            ]
        };
        Table { head: vec!["Begins at the latest after", "What", "Takes"], rows: self.bars.iter().map(row).collect() }
    }
}

fn bar(stretch: &Stretch<'_>) -> Option<Bar> {
    let action = stretch.action;
    let lasts = || format!("≤ {}", at_most(stretch.lasts()));
    let changing = |changes: bool| {
        if changes { (Kind::Change, format!("{}, changes production", lasts())) } else { (Kind::Step, lasts()) }
    };
    let (kind, lasts) = match action {
        Action::Step(step) => changing(step.changes),
        Action::Canary(_) => changing(true),
        Action::Parallel(group) => changing(group.members.iter().any(|member| member.step.changes)),
        Action::Hold(hold) => (Kind::Hold, format!("hold, {} of {} sign", hold.needs, hold.by.len())),
        Action::Probe(_) | Action::Watch(_) => (Kind::Look, lasts()),
        Action::Notify(_) => (Kind::Step, lasts()),
        Action::Followup(_) | Action::Baseline(_) => return None,
    };
    let parts = match action {
        Action::Canary(canary) => canary.shares.iter().map(|share| format!("{} %", share.normalize())).collect(),
        Action::Step(_)
        | Action::Parallel(_)
        | Action::Hold(_)
        | Action::Probe(_)
        | Action::Watch(_)
        | Action::Notify(_)
        | Action::Followup(_)
        | Action::Baseline(_) => Vec::new(),
    };
    let plain = plain(kind, action.id().as_str(), lasts, stretch.begins.get(), stretch.ends.get());
    Some(Bar { title: action.title().to_owned(), parts, ..plain })
}

fn plain(kind: Kind, id: &str, lasts: String, from: u64, until: u64) -> Bar {
    Bar { kind, id: id.to_owned(), title: String::new(), lasts, from, until, parts: Vec::new() }
}
