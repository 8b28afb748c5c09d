//! What is judged before anything is touched, and again after every wait for a person.

use super::{Epoch, ToolName};

/// Besides these the runbook always checks, from the procedure itself: that the worst case fits into what is left of
/// the window, that every secret is set, that every metric a red flag reads prints a number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guards {
    /// None: any time will do.
    pub window: Option<Window>,
    /// Times a rule with `enforce run` forbids, resolved in the plan's zone. Half-open: `from` is in, `until` is out.
    /// A run that could still be going when one begins is stopped too.
    pub forbidden: Vec<Forbidden>,
    /// Programs the plan's commands need. `curl` is added by itself where a probe asks over HTTP.
    pub tools: Vec<ToolName>,
}

/// Half-open: a run may start at `start`, and must be over by `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub start: Epoch,
    pub end: Epoch,
}

/// A time in which nothing may run, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forbidden {
    pub from: Epoch,
    pub until: Epoch,
    /// `pack/rule`.
    pub rule: String,
    /// The rule's message.
    pub reason: String,
    /// The rule's help.
    pub help: Option<String>,
    /// Why it is let pass all the same: `waived until … by …`.
    pub waived: Option<String>,
}
