//! What is judged when the run starts and after every wait: the window, and the times that rules forbid.

mod forbidden;
mod leaf;
mod moved;
mod rewrite;
mod waived;

use crate::model::units;
use crate::runbook::{Epoch, Window};

pub use waived::WaivedRule;

/// Rounded inwards: a run never starts before the window opens nor ends after it closes.
pub(super) fn window(window: &units::Window) -> Window {
    Window { start: Epoch::new(window.start().epoch_seconds_up()), end: Epoch::new(window.end().epoch_seconds()) }
}
