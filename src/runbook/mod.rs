//! Owns the [`Procedure`]: a run, fully resolved, step by step. Only `lower` and `proofs` know the plan it came from, and
//! nobody the shell it becomes.

mod action;
mod faults;
pub mod graph;
mod guard;
mod looking;
mod name;
mod procedure;
mod red_flag;
#[cfg(test)]
mod sample;
mod time;
mod worst_case;
pub mod lower;
pub mod proofs;

pub use action::{
    Action, Analysis, Baseline, Canary, Capture, Check, Command, Followup, Hold, Member, Missing, Notify, Parallel,
    Probe, Step, Undo, Variable, Watch,
};
pub use faults::Fault;
pub use guard::{Forbidden, Guards, Window};
pub use lower::{AppliedPolicy, LOWER_DESCRIPTORS, LowerRequest, Refused, WaivedRule, lower};
pub use name::{EnvironmentName, Host, Id, Person, ToolName, Unfit};
pub use procedure::{Metric, Phase, PolicyDigest, Procedure, ProcedureDigest, Provenance, Rollback, Unit};
pub use proofs::{PROOF_DESCRIPTORS, prove};
pub use red_flag::{Comparison, Condition, Consequence, Quantity, RedFlag};
pub use time::{Epoch, Seconds};
