//! What is let pass, and whether it still may be.

use serde::Serialize;

use super::Gathered;
use crate::session::Standing;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaiverState {
    Active,
    Expired,
    /// Nothing needs it.
    Unused,
}

/// A waiver, or an inline ignore: that has neither person nor end.
#[derive(Debug, Clone, Serialize)]
pub struct Waiver {
    pub rule: String,
    pub plan: Option<String>,
    pub path: Option<String>,
    pub reason: String,
    pub by: Option<String>,
    pub until: Option<String>,
    pub ticket: Option<String>,
    /// Where it is written.
    pub file: String,
    pub line: u32,
    pub state: WaiverState,
    pub needed_by: usize,
}

impl WaiverState {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Unused => "unused",
        }
    }
}

/// In the order of where they stand.
pub(super) fn of(gathered: &Gathered<'_>) -> Vec<Waiver> {
    let sources = gathered.sources;
    let mut standings: Vec<&Standing> = gathered.checked.standings.iter().collect();
    standings.sort_by_key(|standing| (sources.path(standing.place.file), standing.place.span));
    let waiver = |standing: &Standing| Waiver {
        rule: standing.rule.clone(),
        plan: standing.plan.clone(),
        path: standing.path.clone(),
        reason: standing.reason.clone(),
        by: standing.by.clone(),
        until: standing.until.clone(),
        ticket: standing.ticket.clone(),
        file: sources.path(standing.place.file).to_owned(),
        line: sources.line_column(standing.place.file, standing.place.span.start).line,
        state: match (standing.has_ended, standing.needed_by) {
            (true, _) => WaiverState::Expired,
            (false, 0) => WaiverState::Unused,
            (false, _) => WaiverState::Active,
        },
        needed_by: standing.needed_by,
    };
    standings.into_iter().map(waiver).collect()
}
