//! Compiled runbooks, run by a real bash with stub commands and real faults.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and its folder and its tools are its own"
)]

#[path = "runbook/support/mod.rs"]
mod support;
#[path = "support/examples.rs"]
mod examples;
#[path = "support/daemons.rs"]
mod daemons;
#[path = "support/texts.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod texts;
#[path = "support/tools.rs"]
mod tools;

#[path = "runbook/captures.rs"]
mod captures;
#[path = "runbook/clock.rs"]
mod clock;
#[path = "runbook/commands.rs"]
mod commands;
#[path = "runbook/crashes.rs"]
mod crashes;
#[path = "runbook/faults/mod.rs"]
mod faults;
#[path = "runbook/flags.rs"]
mod flags;
#[path = "runbook/forward.rs"]
mod forward;
#[path = "runbook/guards.rs"]
mod guards;
#[path = "runbook/handed.rs"]
mod handed;
#[path = "runbook/holds.rs"]
mod holds;
#[path = "runbook/hostile.rs"]
mod hostile;
#[path = "runbook/lint.rs"]
mod lint;
#[path = "runbook/parallel.rs"]
mod parallel;
#[path = "runbook/pipelines/mod.rs"]
mod pipelines;
#[path = "runbook/resumed.rs"]
mod resumed;
#[path = "runbook/rollback.rs"]
mod rollback;
#[path = "runbook/secrets.rs"]
mod secrets;
#[path = "runbook/sshd.rs"]
mod sshd;
#[path = "runbook/strategies.rs"]
mod strategies;
#[path = "runbook/surroundings.rs"]
mod surroundings;
#[path = "runbook/survivors.rs"]
mod survivors;
