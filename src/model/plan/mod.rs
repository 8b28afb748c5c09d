//! The plan: what a `plan` block holds once its names and types are known.

mod action;
mod derived;
mod people;
mod phase;
mod redflag;
mod steps;
mod strategy;
mod top;
mod window;

pub use action::{Followup, Hold, Notify, Parallel, Probe, Use, Watch};
pub use derived::{plan_value, window_of};
pub use people::{Change, Checklist, Item, Staged, Team};
pub use phase::{Action, Phase, USE};
pub use redflag::DeclaredRedFlag;
pub use steps::Step;
pub use strategy::Strategy;
pub use top::{Metric, Plan, Rollback};
pub use window::WindowBlock;
