//! `plan id { … }` itself, with its metrics and rollback.

use crate::model::attribute::{Command, Environ, ListOf, Reference, Statement};
use crate::model::enums::{DataClass, Environment, Platform, Risk, Unit};
use crate::model::record::record;
use crate::model::types::{Naming, Type};
use crate::model::units::{Duration, Version};

use super::{
    Change, Checklist, DeclaredRedFlag, Followup, Hold, Item, Notify, Phase, Probe, Staged, Step, Strategy, Team,
    Watch, WindowBlock,
};

record! {
    /// One deployment: what goes out, when, by whom, step by step, and how it is taken back.
    pub struct Plan = "plan", Naming::Named;
    attributes {
        /// what is deployed
        required service "service": String;
        /// where it is deployed to
        required environment "environment": Environment;
        /// the version that goes out
        optional version "version": Version;
        /// the version that is replaced
        optional previous_version "previous_version": Version;
        /// where and how the service runs
        optional platform "platform": Platform;
        /// what can go wrong, and how badly
        optional risk "risk": Risk;
        /// what kinds of data the service holds
        optional data "data": ListOf<DataClass>;
        /// why it cannot wait
        optional urgent "urgent": Statement;
        /// where the release is tracked
        optional ticket "ticket": Statement;
    }
    blocks {
        one window "window": WindowBlock;
        one team "team": Team;
        one staged "staged": Staged;
        many changes "changes": Change;
        many checklists "checklists": Checklist;
        many metrics "metrics": Metric;
        many phases "phases": Phase;
        many red_flags "redflags": DeclaredRedFlag;
        one rollback "rollback": Rollback;
    }
    derived {
        /// the items of all checklists
        "items": Type::List(&Type::Record(Item::SHAPE));
        /// the steps of all phases
        "steps": Type::List(&Type::Record(Step::SHAPE));
        /// the holds of all phases
        "holds": Type::List(&Type::Record(Hold::SHAPE));
        /// the probes of all phases
        "probes": Type::List(&Type::Record(Probe::SHAPE));
        /// the watches of all phases
        "watches": Type::List(&Type::Record(Watch::SHAPE));
        /// the messages of all phases
        "notifies": Type::List(&Type::Record(Notify::SHAPE));
        /// what is owed after the release
        "followups": Type::List(&Type::Record(Followup::SHAPE));
        /// the strategies of all phases
        "strategies": Type::List(&Type::Record(Strategy::SHAPE));
    }
}

record! {
    /// A command that prints one number.
    pub struct Metric = "metric", Naming::Named;
    attributes {
        /// the command
        required run "run": Command;
        /// what its number counts
        optional unit "unit": Unit;
        /// whether its number can be below zero
        optional negative "negative": bool;
        /// how often it is asked
        optional every "every": Duration;
        /// how long one answer may take
        optional timeout "timeout": Duration;
        /// variables of the environment for its command
        optional env "env": Environ;
        /// the secrets its command may see
        optional secrets "secrets": ListOf<Reference>;
    }
    blocks {}
    derived {}
}

record! {
    /// What happens after the undos when the deployment is taken back.
    pub struct Rollback = "rollback", Naming::Anonymous;
    attributes {
        /// how long taking everything back may take
        optional within "within": Duration;
    }
    blocks {
        many steps "steps": Step;
    }
    derived {}
}

impl Plan {
    pub fn phase(&self, name: &str) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.name() == name)
    }

    /// The steps of all phases, in order.
    pub fn steps(&self) -> impl Iterator<Item = (&Phase, &Step)> {
        self.phases.iter().flat_map(|phase| phase.steps().map(move |step| (phase, step)))
    }

    /// A step of `deploy`, or one that says so, changes production.
    pub fn changes_production(phase: &Phase, step: &Step) -> bool {
        step.changes.as_ref().map_or(phase.name() == "deploy", |changes| changes.value)
    }
}
