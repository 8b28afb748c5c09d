//! A procedure as an Ansible playbook that calls the script compiled beside it, on the machine that Ansible runs on. It
//! carries ids and no text of the plan, so no template is made of what a plan says.

mod play;

use super::EmitError;
use super::pipeline::{self, Pipeline, segments};
use crate::runbook::{Action, Procedure};

/// Writes the playbook. `script` is where the bash runbook lies from the folder the playbook is started in.
pub fn emit(procedure: &Procedure, script: &str) -> Result<Pipeline, EmitError> {
    let rules = pipeline::check(procedure, script)?;
    let segments = segments(procedure);
    Ok(Pipeline { text: play::write(procedure, script, &rules, &segments), notes: notes(procedure) })
}

fn notes(procedure: &Procedure) -> Vec<String> {
    let mut notes = Vec::new();
    if procedure.actions().any(|action| matches!(action, Action::Hold(_))) {
        notes.push("a hold that nobody has signed ends the play: sign with -e '{\"stopline_approvals\": {\"HOLD\": [\"NAME\"]}}' and start it again; who signs is who that says they are".to_owned());
    }
    if procedure.steps().any(|step| step.host.is_some()) {
        notes.push("hosts are exchanged by the runbook, in its batches, over ssh from the machine that Ansible runs on: Ansible's own `max_fail_percentage` counts the failures of one batch, and `max_fail` those of all; the inventory and `become` have no say".to_owned());
    }
    notes.push("where Ansible itself is ended, the runbook may go on: start the playbook again, and it says that this is so, or goes on from there".to_owned());
    notes.push("red flags are watched inside tasks, not while one task ends and the next begins".to_owned());
    notes
}
