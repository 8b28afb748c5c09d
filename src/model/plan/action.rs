//! What else stands in a phase: holds, probes, watches, messages, debts and groups.

use crate::model::attribute::{Command, Count, Due, Environ, ListOf, Reference, Signer};
use crate::model::record::record;
use crate::model::types::{Naming, Type};
use crate::model::units::{Duration, Person};

use super::Step;

record! {
    /// Work stops until people sign.
    pub struct Hold = "hold", Naming::Named;
    attributes {
        /// the roles or persons who may sign
        required by "by": ListOf<Signer>;
        /// how many of them must
        optional needs "needs": Count;
        /// how long to wait for them; no answer is a no
        optional expires "expires": Duration;
    }
    blocks {}
    derived {
        /// the phase it stands in
        "phase": Type::Text;
    }
}

record! {
    /// Something that must be true, and stay true.
    pub struct Probe = "probe", Naming::Named;
    attributes {
        /// the address to ask
        optional http "http": String;
        /// the command to ask
        optional run "run": Command;
        /// the HTTP status that is right; 200 if not said
        optional expect "expect": Count;
        /// how long to wait between two looks
        optional every "every": Duration;
        /// how long it must stay true
        optional lasting "for": Duration;
        /// how many looks in a row may fail
        optional failures "failures": Count;
        /// how long one look may take
        optional timeout "timeout": Duration;
        /// variables of the environment for its command
        optional env "env": Environ;
        /// the secrets its command may see
        optional secrets "secrets": ListOf<Reference>;
    }
    blocks {}
    derived {
        /// the phase it stands in
        "phase": Type::Text;
    }
}

record! {
    /// Nobody walks away: red flags stay armed for this long.
    pub struct Watch = "watch", Naming::Named;
    attributes {
        /// for how long
        required lasting "for": Duration;
        /// how often red flags are judged meanwhile
        optional every "every": Duration;
    }
    blocks {}
    derived {
        /// the phase it stands in
        "phase": Type::Text;
    }
}

record! {
    /// Tells somebody. That it fails is said, and stops nothing.
    pub struct Notify = "notify", Naming::Named;
    attributes {
        /// the command that tells
        required run "run": Command;
        /// variables of the environment for its command
        optional env "env": Environ;
        /// the secrets its command may see
        optional secrets "secrets": ListOf<Reference>;
        /// how long it may take
        optional timeout "timeout": Duration;
    }
    blocks {}
    derived {
        /// the phase it stands in
        "phase": Type::Text;
    }
}

record! {
    /// Something that is owed after the release.
    pub struct Followup = "followup", Naming::Named;
    attributes {
        /// when
        required due "due": Due;
        /// by whom
        optional by "by": Person;
    }
    blocks {}
    derived {
        /// the phase it stands in
        "phase": Type::Text;
    }
}

record! {
    /// Steps that may run at the same time.
    pub struct Parallel = "parallel", Naming::Anonymous;
    attributes {
        /// how many at once
        optional limit "limit": Count;
    }
    blocks {
        many steps "steps": Step;
    }
    derived {}
}

/// `use procedure-id { parameters }`.
#[derive(Debug, Clone)]
pub struct Use {
    pub head: crate::model::read::Head,
    pub parameters: Vec<crate::syntax::ast::Attribute>,
}
