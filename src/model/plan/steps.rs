//! `step id { … }`: a command, how it is checked and how it is undone.

use crate::model::attribute::{Captures, Command, Count, Environ, ListOf, Reference, Statement};
use crate::model::record::record;
use crate::model::types::{Naming, Type};
use crate::model::units::Duration;

record! {
    /// A command of the runbook.
    pub struct Step = "step", Naming::Named;
    attributes {
        /// the command
        required run "run": Command;
        /// what is noted before it begins: variables of its commands, and the commands that print their values
        optional capture "capture": Captures;
        /// the command that shows it worked
        optional verify "verify": Command;
        /// the command that takes it back
        optional undo "undo": Command;
        /// why it cannot be taken back
        optional irreversible "irreversible": Statement;
        /// whether it changes production; steps of `deploy` do, others do not
        optional changes "changes": bool;
        /// how long one try may take
        optional timeout "timeout": Duration;
        /// how often to try again
        optional retries "retries": Count;
        /// how long to wait before trying again
        optional retry_delay "retry_delay": Duration;
        /// the steps that must be finished first
        optional needs "needs": ListOf<Reference>;
        /// variables of the environment for its commands
        optional env "env": Environ;
        /// the secrets its commands may see, taken from the environment
        optional secrets "secrets": ListOf<Reference>;
        /// whether running it twice does no harm
        optional idempotent "idempotent": bool;
    }
    blocks {}
    derived {
        /// the phase it stands in
        "phase": Type::Text;
        /// whether it changes production
        "changes_production": Type::Bool;
    }
}
