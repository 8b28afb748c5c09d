//! Where a procedure is cut into jobs: at each phase, and before each hold, because an approval stands before a job.

use crate::runbook::{Action, Hold, Id, Procedure};

/// What one job runs.
#[derive(Debug)]
pub(in crate::emit) struct Segment<'a> {
    pub(in crate::emit) job: String,
    pub(in crate::emit) phase: &'a Id,
    /// The hold it begins with.
    pub(in crate::emit) hold: Option<&'a Hold>,
    pub(in crate::emit) first: &'a Id,
    /// The first action of the next job.
    pub(in crate::emit) until: Option<&'a Id>,
    /// How long the job may take: longer than the runbook's own limits, its way back included.
    pub(in crate::emit) minutes: u64,
    environment: &'a Id,
}

impl Segment<'_> {
    /// One environment a signature: one approval is enough for one environment.
    pub(in crate::emit) fn environments(&self) -> Vec<String> {
        let Some(hold) = self.hold else { return Vec::new() };
        if hold.needs == 1 {
            return vec![format!("{}-{}", self.environment, hold.id)];
        }
        (1..=hold.needs).map(|person| format!("{}-{}-{person}", self.environment, hold.id)).collect()
    }

    /// One job a signature, and its name.
    pub(in crate::emit) fn gates(&self) -> Vec<String> {
        let Some(hold) = self.hold else { return Vec::new() };
        (1..=hold.needs).map(|person| format!("h-{}-{person}", hold.id)).collect()
    }
}

pub(in crate::emit) fn segments(procedure: &Procedure) -> Vec<Segment<'_>> {
    let mut segments: Vec<Segment<'_>> = Vec::new();
    let actions = procedure.phases.iter().flat_map(|phase| phase.actions.iter().map(move |action| (&phase.id, action)));
    // Whoever goes on judges the guards again.
    let back = procedure.worst_rollback().plus(procedure.worst_guards());
    let settling = procedure.red_flags.iter().map(|flag| flag.lasting).max().unwrap_or_default();
    let mut worst = back;
    for (phase, action) in actions {
        let hold = if let Action::Hold(hold) = action { Some(hold) } else { None };
        let goes_on = hold.is_none() && segments.last().is_some_and(|segment| segment.phase == phase);
        if !goes_on {
            if let Some(before) = segments.last_mut() {
                before.until = Some(action.id());
            }
            worst = back.plus(settling).plus(procedure.worst_look(phase));
            segments.push(Segment {
                job: format!("p{}-{phase}", segments.len() + 1),
                phase,
                hold,
                first: action.id(),
                until: None,
                minutes: 0,
                environment: &procedure.environment,
            });
        }
        worst = worst.plus(action.worst_case()).plus(procedure.worst_looking(phase, action));
        if let Some(segment) = segments.last_mut() {
            segment.minutes = worst.get().div_ceil(60) + 15;
        }
    }
    segments
}
