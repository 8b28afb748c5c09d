//! The first job: it looks at earlier runs and attempts, reads the protection rules and judges the guards. It touches nothing,
//! so it says of itself no more than others need, and one that is lost is simply run again.

use super::job::{CALLED, FORWARD, KEPT, OTHERWISE, QUIET, STATUS, Shared};
use crate::emit::pipeline::{self, BEGIN, CALL, LOOKED, OTHERS, SAME, Segment, Yaml, or_empty};

/// What it is called.
pub(super) const GUARD: &str = "guard";

const ATTEMPTS: &str = include_str!("../templates/github/attempts.sh");
const EARLIER: &str = include_str!("../templates/github/earlier.sh");
const LEAVES: &str = include_str!("../templates/github/leaves.sh");
const MARK: &str = include_str!("../templates/github/mark.sh");
const PROTECTION: &str = include_str!("../templates/github/protection.sh");

/// GitHub may have let go of what the attempts before left, and this one has not come to ask.
/// A run that is not the newest has left what it left.
const UNKNOWN: &str = "${{ always() && github.run_attempt != '1' && steps.runs.outputs.newer != 'yes' && steps.attempts.outcome != 'success' }}";
/// Where the runbook was not called, nothing of this run was begun.
const NEVER_CALLED: &str =
    "${{ steps.run.outputs.called != 'stopline-called' && 'stopline-held' || 'stopline-goes-back' }}";
/// What could not be kept nobody can go back by: it is as if this job had not been.
const HELD: &str = "${{ steps.keep.outcome == 'success' && steps.end.outputs.held || 'stopline-held' }}";

pub(super) fn guard(out: &mut Yaml, shared: &Shared<'_>, segments: &[Segment<'_>]) {
    let environments: Vec<String> = segments.iter().flat_map(Segment::environments).collect();
    let first = or_empty(segments.first().map(|segment| segment.first));
    out.under(GUARD, |out| {
        out.text("name", GUARD);
        shared.runner(out, pipeline::minutes_of_guards(shared.procedure));
        out.under("outputs", |out| {
            out.text("held", HELD);
            out.text("kept", KEPT);
        });
        out.under("steps", |out| {
            prepare(out, shared);
            back(out, shared);
            if !environments.is_empty() {
                protection(out, &environments.join(" "));
            }
            out.item("Judge the guards", |out| {
                out.text("id", "run");
                out.text("if", FORWARD);
                out.under("env", |out| {
                    shared.call(out);
                    out.text("UNTIL", first);
                });
                // A way back that was broken off is refused here so that the rollback goes on with it.
                out.block("run", &[QUIET, SAME, CALLED, BEGIN, CALL, OTHERWISE, STATUS]);
            });
            end(out, shared);
        });
    });
}

/// Where this run has no state yet, that of an earlier one counts.
fn prepare(out: &mut Yaml, shared: &Shared<'_>) {
    shared.look_at_runs(out, &[EARLIER]);
    out.item("Fetch what an earlier run left", |out| {
        out.text("if", "${{ steps.runs.outputs.earlier != '' }}");
        Shared::download(out, "stopline-earlier", |out| {
            out.text("run-id", "${{ steps.runs.outputs.earlier }}");
            out.text("github-token", "${{ github.token }}");
        });
    });
    shared.take_up(out, GUARD, "", "${{ steps.runs.outputs.earlier }}");
    out.item("Look at earlier attempts", |out| {
        out.text("id", "attempts");
        out.under("env", |out| {
            Shared::token(out);
            Shared::attempt(out);
        });
        out.block("run", &[ATTEMPTS]);
    });
    out.item("Note what a person has looked at", |out| {
        out.under("env", |out| {
            shared.places(out);
            Shared::again(out);
        });
        out.block("run", &[LOOKED]);
    });
    out.item("Mark that earlier attempts are unknown", |out| {
        out.text("if", UNKNOWN);
        out.under("env", Shared::attempt);
        out.block("run", &[MARK]);
    });
    out.item("Keep the mark", |out| {
        out.text("if", UNKNOWN);
        shared.keep_mark(out, GUARD);
    });
}

/// Whoever asks for a way back that there is not is told so.
fn back(out: &mut Yaml, shared: &Shared<'_>) {
    out.item("See what can be taken back", |out| {
        out.text("id", "back");
        out.text("if", "${{ inputs.back }}");
        out.under("env", |out| shared.places(out));
        out.block("run", &[QUIET, OTHERS]);
    });
}

fn protection(out: &mut Yaml, environments: &str) {
    out.item("Read the protection rules", |out| {
        out.text("if", FORWARD);
        out.under("env", |out| {
            Shared::token(out);
            out.text("ENVIRONMENTS", environments);
        });
        out.block("run", &[PROTECTION]);
    });
}

/// A run that began nothing leaves nothing: the one before it is still the newest.
fn end(out: &mut Yaml, shared: &Shared<'_>) {
    out.item("See how it ended", |out| {
        shared.ending(out, GUARD, NEVER_CALLED, &[LEAVES], |out| {
            out.text("TAKEN", "${{ steps.state.outputs.taken }}");
            out.text("MARKED", "${{ steps.state.outputs.marked }}");
            out.text("BACK", "${{ steps.back.outcome }}");
        });
    });
    out.item("Keep the journal", |out| {
        out.text("id", "keep");
        let leaves = "steps.attempts.outcome == 'success' && steps.end.outputs.leaves == 'true'";
        out.text("if", &format!("${{{{ always() && {leaves} }}}}"));
        shared.keep_state(out, GUARD);
    });
}
