//! A procedure as one self-contained bash script: a fixed runtime from `templates/bash`, and the procedure as data.

mod action;
mod condition;
mod data;
mod word;
mod writer;

use std::fmt::Write as _;

use super::EmitError;
use crate::journal::Digest;
use crate::runbook::Procedure;
use writer::Writer;

/// Where a script reads the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    #[default]
    Machine,
    /// For tests of the runtime alone: the clock starts at `STOPLINE_NOW`. A script with the machine's clock holds no
    /// trace of this, so that nothing in an environment can move its time.
    ForTests,
}

/// Writes the script. The same procedure gives the same bytes.
pub fn emit(procedure: &Procedure, clock: Clock) -> Result<String, EmitError> {
    let work = work(procedure)?;
    let mut provenance = Writer::default();
    data::provenance(&mut provenance, &procedure.provenance, &digest(&work));
    let clock = match clock {
        Clock::Machine => include_str!("../templates/bash/clock.sh"),
        Clock::ForTests => include_str!("../templates/bash/clock_for_tests.sh"),
    };
    let shell = include_str!("../templates/bash/shell.sh");
    let prelude = include_str!("../templates/bash/prelude.sh");
    let sections = [&head(procedure), shell, &provenance.finish(), &work, prelude, clock];
    Ok([&sections[..], &RUNTIME].concat().join("\n"))
}

/// The digest of all that a script does and of the rules it does it under: the same plan under other policies, with other
/// parameters or waivers, has another one.
pub fn rules(procedure: &Procedure) -> Result<String, EmitError> {
    Ok(digest(&work(procedure)?))
}

fn work(procedure: &Procedure) -> Result<String, EmitError> {
    let faults = procedure.faults();
    if !faults.is_empty() {
        return Err(EmitError::Faults(faults));
    }
    let mut work = Writer::default();
    data::write(&mut work, procedure)?;
    Ok(work.finish())
}

fn digest(text: &str) -> String {
    Digest::of(text.as_bytes()).to_string().chars().take(16).collect()
}

const RUNTIME: [&str; 24] = [
    include_str!("../templates/bash/time.sh"),
    include_str!("../templates/bash/processes.sh"),
    include_str!("../templates/bash/journal.sh"),
    include_str!("../templates/bash/reading.sh"),
    include_str!("../templates/bash/state.sh"),
    include_str!("../templates/bash/masks.sh"),
    include_str!("../templates/bash/ending.sh"),
    include_str!("../templates/bash/command.sh"),
    include_str!("../templates/bash/survivors.sh"),
    include_str!("../templates/bash/hosts.sh"),
    include_str!("../templates/bash/captures.sh"),
    include_str!("../templates/bash/metrics.sh"),
    include_str!("../templates/bash/verdict.sh"),
    include_str!("../templates/bash/flags.sh"),
    include_str!("../templates/bash/guards.sh"),
    include_str!("../templates/bash/actions.sh"),
    include_str!("../templates/bash/canary.sh"),
    include_str!("../templates/bash/parallel.sh"),
    include_str!("../templates/bash/forward.sh"),
    include_str!("../templates/bash/holds.sh"),
    include_str!("../templates/bash/rollback.sh"),
    include_str!("../templates/bash/arguments.sh"),
    include_str!("../templates/bash/verbs.sh"),
    include_str!("../templates/bash/main.sh"),
];

/// Digests and versions; never a text of the plan, because a newline in a comment executes.
fn head(procedure: &Procedure) -> String {
    let provenance = &procedure.provenance;
    let mut head = String::from("#!/usr/bin/env bash\n");
    head.push_str("# A runbook. Do not edit it: edit the plan and compile it again.\n#\n");
    _ = writeln!(head, "# plan      {}", provenance.plan);
    for policy in &provenance.policies {
        _ = writeln!(head, "# policy    {} {} {}", policy.digest, policy.id, policy.version);
    }
    for used in &provenance.procedures {
        _ = writeln!(head, "# procedure {} {}", used.digest, used.id);
    }
    _ = writeln!(head, "# stopline  {}\n#", provenance.stopline);
    // SC2016: the commands of the plan are data here, and bash reads them later. The others speak of how such a text
    // looks in quotes, or of functions that are called by name (`do_step`) or by a trap.
    head.push_str("# shellcheck disable=SC2016,SC1003,SC2317,SC2329\n");
    head
}
