//! The workflow: guards first, then gates and phases in turn, and a way back.

use super::first::{GUARD, guard};
use super::job::{CALLED, FORWARD, KEPT, OTHERWISE, QUIET, STATUS, Shared};
use crate::emit::pipeline::{self, AGAIN, BACK, CALL, CAME_BACK, HANDED, SAME, Segment, Yaml, or_empty};
use crate::runbook::Procedure;

const ASKED: &str =
    concat!(include_str!("../templates/pipeline/last_line.sh"), include_str!("../templates/github/asked.sh"));
const GO_ON: &str = include_str!("../templates/github/go_on.sh");

/// A job that failed before it called the runbook has begun nothing, and is no reason to go back; whoever cancels it is.
const REFUSED: &str = "${{ steps.run.outputs.called != 'stopline-called' && job.status != 'cancelled' && 'stopline-held' || 'stopline-goes-back' }}";

pub(super) fn write(shared: &Shared<'_>, segments: &[Segment<'_>]) -> String {
    let mut out = Yaml::default();
    head(&mut out, shared.procedure);
    out.under("jobs", |out| {
        guard(out, shared, segments);
        let mut before = GUARD.to_owned();
        for segment in segments {
            let mut needs = vec![before.clone()];
            needs.extend(gates(out, segment, &before));
            phase(out, shared, segment, &needs, &before);
            before.clone_from(&segment.job);
        }
        rollback(out, shared, segments);
    });
    out.finish()
}

fn head(out: &mut Yaml, procedure: &Procedure) {
    let what =
        "# A pipeline that calls the runbook compiled beside it. Do not edit it: edit the plan and compile it again.";
    pipeline::head(out, what, procedure);
    out.raw("");
    out.text("name", procedure.id.as_str());
    out.under("\"on\"", |out| out.under("workflow_dispatch", |out| out.under("inputs", inputs)));
    out.bare("permissions", "{}");
    out.under("concurrency", |out| {
        out.text("group", &format!("stopline-{}", pipeline::place(procedure)));
        out.bare("cancel-in-progress", false);
    });
    out.under("defaults", |out| out.under("run", |out| out.text("shell", "bash")));
}

/// Chosen by whoever dispatches the run.
fn inputs(out: &mut Yaml) {
    out.under("back", |out| {
        out.text("description", "undo what is in place instead of going on");
        out.text("type", "boolean");
        out.bare("default", false);
    });
    text(out, "finished", "with back: a person has finished the way back by hand; say how");
    text(out, "again", "a person has looked at the step that is in doubt, and it may run again; its id");
}

fn text(out: &mut Yaml, name: &str, what: &str) {
    out.under(name, |out| {
        out.text("description", what);
        out.text("type", "string");
        out.text("default", "");
    });
}

/// One job for each signature; what it waits for is its environment's protection.
fn gates(out: &mut Yaml, segment: &Segment<'_>, before: &str) -> Vec<String> {
    let mut jobs = Vec::new();
    for (job, environment) in segment.gates().into_iter().zip(segment.environments()) {
        out.under(&job, |out| {
            out.text("name", &job);
            out.list("needs", &[before.to_owned()]);
            out.text("if", FORWARD);
            out.text("runs-on", "ubuntu-24.04");
            out.bare("timeout-minutes", 5);
            out.text("environment", &environment);
            out.bare("permissions", "{}");
            out.under("steps", |out| {
                out.item("Signed", |out| out.text("run", "printf 'signed\\n'"));
            });
        });
        jobs.push(job);
    }
    jobs
}

fn phase(out: &mut Yaml, shared: &Shared<'_>, segment: &Segment<'_>, needs: &[String], before: &str) {
    out.under(&segment.job, |out| {
        out.text("name", &segment.job);
        out.list("needs", needs);
        out.text("if", FORWARD);
        shared.runner(out, segment.minutes);
        out.under("outputs", |out| {
            out.text("held", "${{ steps.end.outputs.held }}");
            out.text("kept", KEPT);
        });
        out.under("steps", |out| {
            shared.prepare(out, &segment.job, &format!("{before}=${{{{ needs.{before}.outputs.kept }}}}"));
            out.item("Run the phase", |out| {
                out.text("id", "run");
                out.under("env", |out| {
                    shared.call(out);
                    if segment.hold.is_some() {
                        Shared::token(out);
                    }
                    allowed(out);
                    out.text("UNTIL", or_empty(segment.until));
                    out.text("HOLD", or_empty(segment.hold.map(|hold| &hold.id)));
                    out.text("ENVIRONMENTS", &segment.environments().join(" "));
                });
                out.block("run", &[SAME, GO_ON, AGAIN, QUIET, CALLED, CALL, OTHERWISE, STATUS]);
            });
            out.item("See how it ended", |out| shared.ending(out, &segment.job, REFUSED, &[], |_| {}));
            shared.keep(out, &segment.job);
        });
    });
}

/// What a person allows to run again, and who that is.
fn allowed(out: &mut Yaml) {
    Shared::again(out);
    out.text("WHO", "${{ github.actor }}");
}

/// For whatever did not end well, a job that ran out of time too: that one is cancelled, not failed. A run that waits
/// for a person is left as it is, unless somebody asked for the way back.
fn rollback(out: &mut Yaml, shared: &Shared<'_>, segments: &[Segment<'_>]) {
    let mut needs = vec![GUARD.to_owned()];
    needs.extend(segments.iter().map(|segment| segment.job.clone()));
    needs.extend(segments.iter().flat_map(Segment::gates));
    // A guard that says nothing never came so far as to call the runbook, or its machine died.
    let mut badly = vec!["!success()".to_owned(), "needs.guard.outputs.held == 'stopline-goes-back'".to_owned()];
    badly.extend(segments.iter().map(|segment| format!("needs.{}.outputs.held != 'stopline-held'", segment.job)));
    let badly = badly.join(" && ");
    let kept = |job: &str| format!("{job}=${{{{ needs.{job}.outputs.kept || 'nothing' }}}}");
    let mut left = vec![format!("{GUARD}=${{{{ needs.{GUARD}.outputs.kept }}}}")];
    left.extend(segments.iter().map(|segment| kept(&segment.job)));
    out.under("rollback", |out| {
        out.text("name", "rollback");
        out.list("needs", &needs);
        out.text("if", &format!("${{{{ (inputs.back && needs.guard.result == 'success') || ({badly}) }}}}"));
        shared.runner(out, pipeline::minutes_back(shared.procedure));
        out.under("steps", |out| {
            shared.prepare(out, "rollback", &left.join(" "));
            out.item("Go back", |out| {
                out.under("env", |out| {
                    shared.call(out);
                    out.text("ASKED", "${{ inputs.back && 'yes' || 'no' }}");
                    out.text("FINISHED", "${{ inputs.back && inputs.finished || '' }}");
                    allowed(out);
                });
                out.block("run", &[SAME, ASKED, HANDED, BACK, AGAIN, QUIET, CALL, OTHERWISE, CAME_BACK]);
            });
            shared.keep(out, "rollback");
        });
    });
}
