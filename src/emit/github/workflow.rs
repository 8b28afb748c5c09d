//! The workflow: guards first, then gates and phases in turn, and a way back.

use super::job::{Reads, Shared};
use crate::emit::pipeline::{self, BACK, BEGIN, CALL, HANDED, Segment, Yaml, or_empty};
use crate::runbook::Procedure;

/// What the commands print cannot speak to the runner.
const QUIET: &str = include_str!("../templates/github/quiet.sh");
const GO_ON: &str = include_str!("../templates/github/go_on.sh");
/// The status of the runbook, for the step that sees how it ended.
const STATUS: &str = include_str!("../templates/github/status.sh");

pub(super) fn write(procedure: &Procedure, script: &str, segments: &[Segment<'_>]) -> String {
    let shared = Shared { procedure, script };
    let mut out = Yaml::default();
    head(&mut out, procedure);
    out.under("jobs", |out| {
        guard(out, &shared, segments);
        let mut before = "guard".to_owned();
        for segment in segments {
            let gates = gates(out, segment, &before);
            let needs = if gates.is_empty() { vec![before.clone()] } else { gates };
            phase(out, &shared, segment, &needs);
            before.clone_from(&segment.job);
        }
        rollback(out, &shared, segments);
    });
    out.finish()
}

fn head(out: &mut Yaml, procedure: &Procedure) {
    let what =
        "# A pipeline that calls the runbook compiled beside it. Do not edit it: edit the plan and compile it again.";
    pipeline::head(out, what, procedure);
    out.raw("");
    out.text("name", procedure.id.as_str());
    out.under("\"on\"", |out| out.bare("workflow_dispatch", "{}"));
    out.bare("permissions", "{}");
    out.under("concurrency", |out| {
        out.text("group", &format!("stopline-{}", pipeline::place(procedure)));
        out.bare("cancel-in-progress", false);
    });
    out.under("defaults", |out| out.under("run", |out| out.text("shell", "bash")));
}

/// Reads the protection rules, begins the run, and lets the runbook judge its guards. Nothing is touched here.
fn guard(out: &mut Yaml, shared: &Shared<'_>, segments: &[Segment<'_>]) {
    let environments: Vec<String> = segments.iter().flat_map(Segment::environments).collect();
    let first = or_empty(segments.first().map(|segment| segment.first));
    out.under("guard", |out| {
        out.text("name", "guard");
        shared.runner(out, pipeline::minutes_of_guards(shared.procedure), Reads::Approvals);
        outputs(out);
        out.under("steps", |out| {
            shared.prepare_first(out, "guard");
            if !environments.is_empty() {
                out.item("Read the protection rules", |out| {
                    out.under("env", |out| {
                        Shared::token(out);
                        out.text("ENVIRONMENTS", &environments.join(" "));
                    });
                    out.block("run", &[include_str!("../templates/github/protection.sh")]);
                });
            }
            out.item("Judge the guards", |out| {
                out.text("id", "run");
                out.under("env", |out| {
                    shared.call(out);
                    out.text("UNTIL", first);
                });
                out.block("run", &[QUIET, BEGIN, CALL, STATUS]);
            });
            shared.keep(out, "guard");
        });
    });
}

fn outputs(out: &mut Yaml) {
    out.under("outputs", |out| out.text("held", "${{ steps.end.outputs.held }}"));
}

/// One job for each signature; what it waits for is its environment's protection.
fn gates(out: &mut Yaml, segment: &Segment<'_>, before: &str) -> Vec<String> {
    let mut jobs = Vec::new();
    for (job, environment) in segment.gates().into_iter().zip(segment.environments()) {
        out.under(&job, |out| {
            out.text("name", &job);
            out.list("needs", &[before.to_owned()]);
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

fn phase(out: &mut Yaml, shared: &Shared<'_>, segment: &Segment<'_>, needs: &[String]) {
    out.under(&segment.job, |out| {
        out.text("name", &segment.job);
        out.list("needs", needs);
        shared.runner(out, segment.minutes, Reads::approvals_if(segment.hold.is_some()));
        outputs(out);
        out.under("steps", |out| {
            shared.prepare(out, &segment.job);
            out.item("Run the phase", |out| {
                out.text("id", "run");
                out.under("env", |out| {
                    shared.call(out);
                    if segment.hold.is_some() {
                        Shared::token(out);
                        out.text("RUN_ID", "${{ github.run_id }}");
                    }
                    out.text("UNTIL", or_empty(segment.until));
                    out.text("HOLD", or_empty(segment.hold.map(|hold| &hold.id)));
                    out.text("ENVIRONMENTS", &segment.environments().join(" "));
                });
                out.block("run", &[QUIET, GO_ON, CALL, STATUS]);
            });
            shared.keep(out, &segment.job);
        });
    });
}

/// For whatever did not end well, a job that ran out of time too: that one is cancelled, not failed. A run that waits
/// for a person is left as it is.
fn rollback(out: &mut Yaml, shared: &Shared<'_>, segments: &[Segment<'_>]) {
    let mut jobs: Vec<String> = vec!["guard".to_owned()];
    jobs.extend(segments.iter().map(|segment| segment.job.clone()));
    let mut needs = jobs.clone();
    needs.extend(segments.iter().flat_map(Segment::gates));
    let held: Vec<String> = jobs.iter().map(|job| format!("needs.{job}.outputs.held != 'true'")).collect();
    let results: Vec<String> =
        segments.iter().map(|segment| &segment.job).map(|job| format!("{job}=${{{{ needs.{job}.result }}}}")).collect();
    out.under("rollback", |out| {
        out.text("name", "rollback");
        out.list("needs", &needs);
        out.text("if", &format!("${{{{ !success() && {} }}}}", held.join(" && ")));
        shared.runner(out, pipeline::minutes_back(shared.procedure), Reads::Code);
        out.under("steps", |out| {
            shared.prepare(out, "rollback");
            out.item("Go back", |out| {
                out.text("id", "run");
                out.under("env", |out| {
                    shared.call(out);
                    out.text("RESULTS", &results.join("\n"));
                    Shared::attempt(out);
                    // Whoever runs the job again has looked.
                    out.text("ASKED", "${{ github.run_attempt == 1 && 'no' || 'yes' }}");
                });
                out.block("run", &[include_str!("../templates/github/results.sh"), HANDED, QUIET, BACK]);
            });
            shared.keep(out, "rollback");
        });
    });
}
