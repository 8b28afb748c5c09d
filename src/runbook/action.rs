//! What a phase does, one after the other.

use rust_decimal::Decimal;

use super::{EnvironmentName, Epoch, Host, Id, Person, Seconds};

/// One thing a phase does. They run in the order they stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Step(Step),
    Hold(Hold),
    Probe(Probe),
    Watch(Watch),
    Notify(Notify),
    Followup(Followup),
    Canary(Canary),
    Baseline(Baseline),
    Parallel(Parallel),
}

/// An environment variable and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    pub name: EnvironmentName,
    pub value: String,
}

/// How a command is run: what it is given, and for how long. It is a script for `bash -euo pipefail`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Command {
    pub run: String,
    pub env: Vec<Variable>,
    /// Taken from the environment the runbook was started with, masked wherever they show up. A command gets no
    /// secret it does not name.
    pub secrets: Vec<EnvironmentName>,
    /// For one try. Its `verify` and its undo get as long again.
    pub timeout: Seconds,
}

/// How what was done is undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undo {
    /// A script; it gets the same variables, secrets, limit and retries as what it undoes.
    Command(String),
    /// Why it cannot be undone. A rollback that reaches it is handed to a person.
    Irreversible(String),
    /// The undo of the step before takes this back too.
    With(Id),
    /// Nothing to undo. Only for what does not change production.
    None,
}

/// What is noted before a step begins, and given to all its commands, the undo too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    pub name: EnvironmentName,
    /// A script that prints the value: one line that is not empty.
    pub run: String,
}

/// A command that does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub id: Id,
    pub title: String,
    pub command: Command,
    /// In the order they are run; each finds those before it.
    pub captures: Vec<Capture>,
    /// What captured before this and is a part of the same: its commands are given that too.
    pub noted_by: Option<Id>,
    /// A script that succeeds when the step has done its work.
    pub verify: Option<String>,
    pub undo: Undo,
    /// True where it changes production: in `deploy`, or where the plan says `changes = true`.
    pub changes: bool,
    /// Tries after the first.
    pub retries: u32,
    pub retry_delay: Seconds,
    /// True where it may run again when nobody knows whether it ran.
    pub idempotent: bool,
    /// Where its commands run, over ssh; here, if nowhere else.
    pub host: Option<Host>,
}

/// Work stops until enough people have signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    pub id: Id,
    pub title: String,
    /// Who may sign, roles resolved to people. Empty: nobody may, and the runbook is refused.
    pub by: Vec<Person>,
    /// How many different people must; at least 1.
    pub needs: u32,
    /// How long after it was first reached a signature counts. None: for ever.
    pub expires: Option<Seconds>,
}

/// What a probe looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// GET this address; good when the status is the one expected.
    Http { url: String, expect: u16 },
    /// Run this script; good when it leaves with the status expected (0, unless the plan says otherwise).
    Script { run: String, expect: u8 },
}

/// Something that must be true, and stay true.
///
/// Checked every `every`. Good when a check succeeds `lasting` or longer after the first one; failed when `failures`
/// checks in a row were not good. Its worst case is therefore
/// `lasting + failures × (every + timeout)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    pub id: Id,
    pub title: String,
    pub check: Check,
    pub every: Seconds,
    /// Zero: one good check is enough.
    pub lasting: Seconds,
    /// How many bad checks in a row are a failure; at least 1.
    pub failures: u32,
    /// For one check.
    pub timeout: Seconds,
    pub env: Vec<Variable>,
    pub secrets: Vec<EnvironmentName>,
}

/// Red flags stay armed for this long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    pub id: Id,
    pub title: String,
    pub lasting: Seconds,
    pub every: Seconds,
}

/// Somebody is told. Its failure is journaled and shown, and stops nothing: a chat that is down must not undo a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notify {
    pub id: Id,
    pub title: String,
    pub command: Command,
}

/// Owed after the run; printed and journaled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followup {
    pub id: Id,
    pub title: String,
    pub due: Epoch,
    pub by: Option<Person>,
}

/// Traffic moves in shares; after each, the red flags are watched for `analyze`.
///
/// `command` runs once a share with `STOPLINE_PERCENT` set to it (`10`, `0.5`). It always changes production.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canary {
    pub id: Id,
    pub title: String,
    /// In percent, in the order they are taken: `10` is 10 %.
    pub shares: Vec<Decimal>,
    pub command: Command,
    /// Undoes all shares at once.
    /// In the order they are run, before the first share; each finds those before it.
    pub captures: Vec<Capture>,
    pub undo: Undo,
    /// How long the red flags are watched after each share, the last one too.
    pub analyze: Seconds,
    /// How often they are evaluated then.
    pub every: Seconds,
    /// None: the first flag that is raised acts.
    pub analysis: Option<Analysis>,
    pub retries: u32,
    pub retry_delay: Seconds,
    /// True where setting a share twice is the same as once, which is the rule: a share is absolute.
    pub idempotent: bool,
}

/// How a share is judged by several looks at the red flags of the plan. Those of policies act as ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Analysis {
    /// How many looks a share gets; at least 1.
    pub looks: u32,
    /// How many of them may find a flag raised.
    pub failures: u32,
    /// How many of them may find what cannot be decided; one more is a hold.
    pub inconclusive: u32,
    /// What a look is that cannot be decided.
    pub missing: Missing,
}

/// What missing data means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Failed,
    Inconclusive,
}

/// These metrics are read once and kept as what "before" was. The lowering puts one at the end of `prepare` (or first,
/// where there is no `prepare`) when a red flag speaks of a `baseline(…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    pub id: Id,
    pub metrics: Vec<Id>,
}

/// Steps that run at the same time, each after those it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parallel {
    pub id: Id,
    pub title: String,
    /// In an order that their needs allow.
    pub members: Vec<Member>,
    /// How many at once; at least 1.
    pub limit: u32,
    /// How many may fail: each is taken back by itself, and the others go on.
    pub tolerated: u32,
}

/// A step of a group, and those of the group it waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub step: Step,
    pub needs: Vec<Id>,
}

/// What only looks is not given as long as what acts may have.
const LONGEST_CAPTURE: Seconds = Seconds::new(60);

impl Command {
    /// How long something may take that is captured before it.
    pub fn capture_timeout(&self) -> Seconds {
        self.timeout.min(LONGEST_CAPTURE)
    }
}

impl Action {
    pub fn id(&self) -> &Id {
        match self {
            Self::Step(Step { id, .. })
            | Self::Hold(Hold { id, .. })
            | Self::Probe(Probe { id, .. })
            | Self::Watch(Watch { id, .. })
            | Self::Notify(Notify { id, .. })
            | Self::Followup(Followup { id, .. })
            | Self::Canary(Canary { id, .. })
            | Self::Baseline(Baseline { id, .. })
            | Self::Parallel(Parallel { id, .. }) => id,
        }
    }

    /// What a person calls it; an action without a title is called by its id.
    pub fn title(&self) -> &str {
        match self {
            Self::Step(Step { title, .. })
            | Self::Hold(Hold { title, .. })
            | Self::Probe(Probe { title, .. })
            | Self::Watch(Watch { title, .. })
            | Self::Notify(Notify { title, .. })
            | Self::Followup(Followup { title, .. })
            | Self::Canary(Canary { title, .. })
            | Self::Parallel(Parallel { title, .. }) => title,
            Self::Baseline(_) => "Remember how things were before",
        }
    }

    /// The secrets its commands are given.
    pub fn secrets(&self) -> &[EnvironmentName] {
        match self {
            Self::Step(step) => &step.command.secrets,
            Self::Probe(probe) => &probe.secrets,
            Self::Notify(notify) => &notify.command.secrets,
            Self::Canary(canary) => &canary.command.secrets,
            Self::Hold(_) | Self::Watch(_) | Self::Followup(_) | Self::Baseline(_) | Self::Parallel(_) => &[],
        }
    }

    /// The steps of a group; nothing else has any.
    pub fn members(&self) -> impl Iterator<Item = &Step> {
        let members = if let Self::Parallel(group) = self { group.members.as_slice() } else { &[] };
        members.iter().map(|member| &member.step)
    }
}
