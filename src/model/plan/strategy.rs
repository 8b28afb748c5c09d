//! `strategy kind { … }`: how production is exchanged for the new version.

use crate::model::attribute::{Captures, Command, Count, Environ, ListOf, Reference, Statement};
use crate::model::enums::{MissingData, STRATEGY_KIND};
use crate::model::record::record;
use crate::model::types::{Naming, Type};
use crate::model::units::{Duration, Percent};

record! {
    /// How production is exchanged for the new version.
    pub struct Strategy = "strategy", Naming::Of(&STRATEGY_KIND);
    attributes {
        /// canary: the shares of traffic, growing
        optional steps "steps": ListOf<Percent>;
        /// the command that shifts traffic; it finds the share in `STOPLINE_PERCENT`
        optional shift "shift": Command;
        /// the command that exchanges one host, or everything; before a `shift`, the one that brings up what is shifted to
        optional run "run": Command;
        /// the command that takes everything back
        optional undo "undo": Command;
        /// why it cannot be taken back
        optional irreversible "irreversible": Statement;
        /// the command that shows it worked
        optional verify "verify": Command;
        /// canary: how long each share is watched
        optional analyze "analyze": Duration;
        /// canary: how often red flags are judged meanwhile
        optional every "every": Duration;
        /// canary: how many looks at the red flags each share gets, instead of `analyze`
        optional looks "looks": Count;
        /// canary: how many of the looks may find a red flag of this plan raised; 0 if not said
        optional failures "failures": Count;
        /// canary: how many of the looks may be undecided before people are asked; 0 if not said
        optional inconclusive "inconclusive": Count;
        /// canary: what a look is when data is missing; `failed` if not said
        optional missing "missing": MissingData;
        /// how long one command may take
        optional timeout "timeout": Duration;
        /// rolling: the hosts its commands run on over ssh, in order
        optional hosts "hosts": ListOf<String>;
        /// rolling: how many at once
        optional batch "batch": Count;
        /// rolling: how many may fail; each of them is taken back by itself
        optional max_fail "max_fail": Count;
        /// feature-flag: the flag
        optional flag "flag": Statement;
        /// what is noted before it begins, on each host of `hosts`: variables of its commands, and the commands that print their values
        optional capture "capture": Captures;
        /// variables of the environment for its commands
        optional env "env": Environ;
        /// the secrets its commands may see
        optional secrets "secrets": ListOf<Reference>;
    }
    blocks {}
    derived {
        /// the phase it stands in
        "phase": Type::Text;
        /// canary, rolling, …
        "kind": Type::Enum(&STRATEGY_KIND);
    }
}
