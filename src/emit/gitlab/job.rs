//! The jobs: guards first, then gates and phases in turn, and two ways back. What a job is told stands in its script,
//! because a variable of a job gives way to one that is set for the pipeline.

use crate::emit::pipeline::{
    self, AGAIN, BACK, BEGIN, CALL, CAME_BACK, HANDED, HELD, LOOKED, OTHERS, SAME, STATE, Segment, Yaml, or_empty,
};
use crate::runbook::Procedure;

const CALLED: &str = include_str!("../templates/gitlab/called.sh");
const FETCH: &str = include_str!("../templates/gitlab/fetch.sh");
const GO_ON: &str = include_str!("../templates/gitlab/go_on.sh");
const KEEP: &str = include_str!("../templates/gitlab/keep.sh");
const NO_FREEZE: &str = include_str!("../templates/gitlab/freeze.sh");
const LEAVE: &str = include_str!("../templates/gitlab/leave.sh");
const LOST: &str = include_str!("../templates/gitlab/lost.sh");
const OPENED: &str = include_str!("../templates/gitlab/opened.sh");
const OTHERWISE: &str = include_str!("../templates/gitlab/otherwise.sh");
const OURS: &str = include_str!("../templates/gitlab/ours.sh");
const REGISTRY: &str = include_str!("../templates/gitlab/registry.sh");
const SIGN: &str = include_str!("../templates/gitlab/sign.sh");
const STATUS: &str = include_str!("../templates/gitlab/status.sh");

/// What a person allows to run again, who that is, and in which run.
const ALLOWED: &str = "AGAIN=\"${STOPLINE_AGAIN:-}\" WHO=\"${GITLAB_USER_LOGIN:-}\" RUN_ID=\"$CI_PIPELINE_ID\"";

pub(super) fn write(procedure: &Procedure, script: &str, rules: String, segments: &[Segment<'_>]) -> String {
    let jobs = Jobs { procedure, script, rules };
    let mut out = Yaml::default();
    head(&mut out, procedure, segments);
    jobs.guard(&mut out, segments);
    for segment in segments {
        jobs.gates(&mut out, segment);
        jobs.phase(&mut out, segment);
    }
    jobs.rollback(&mut out, "rollback", Asked::No);
    jobs.rollback(&mut out, "rollback-now", Asked::Yes);
    out.finish()
}

fn head(out: &mut Yaml, procedure: &Procedure, segments: &[Segment<'_>]) {
    let what =
        "# A pipeline that calls the runbook compiled beside it. Do not edit it: edit the plan and compile it again.";
    pipeline::head(out, what, procedure);
    out.raw("");
    out.under("workflow", |out| {
        out.text("name", procedure.id.as_str());
        out.under("auto_cancel", |out| {
            out.text("on_job_failure", "none");
            out.text("on_new_commit", "none");
        });
        // Somebody, or something, asked for it; no push is a deployment.
        out.under("rules", |out| {
            out.entry_text("if", "$CI_PIPELINE_SOURCE =~ /^(web|api|trigger|pipeline|parent_pipeline)$/");
        });
    });
    let mut stages = vec!["guard".to_owned()];
    for segment in segments {
        stages.extend(segment.hold.map(|hold| format!("h-{}", hold.id)));
        stages.push(segment.job.clone());
    }
    stages.push("rollback".to_owned());
    out.list("stages", &stages);
}

/// Whether a person wants to go back, or only something went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Yes,
    No,
}

/// What a job may find beside the repository.
enum Needs<'a> {
    Nothing,
    These(&'a [String]),
    /// What every job before it has left.
    Everything,
}

struct Jobs<'a> {
    procedure: &'a Procedure,
    script: &'a str,
    /// The digest of what the script goes by.
    rules: String,
}

impl Jobs<'_> {
    /// Begins the run and lets the runbook judge its guards. Nothing is touched here.
    fn guard(&self, out: &mut Yaml, segments: &[Segment<'_>]) {
        let first = or_empty(segments.first().map(|segment| segment.first));
        let told = format!("JOB='guard' FIRST='yes' UNTIL='{first}' {ALLOWED}");
        job(out, "guard", |out| {
            out.text("stage", "guard");
            self.runs(out, pipeline::minutes_of_guards(self.procedure), &Needs::Nothing);
            self.does(
                out,
                "guard",
                &told,
                // A way back that was broken off is refused here so that the rollback goes on with it.
                &[NO_FREEZE, REGISTRY, LEAVE, LOST, FETCH, SAME, LOOKED, CALLED, BEGIN, CALL, OTHERWISE, STATUS],
            );
        });
    }

    fn phase(&self, out: &mut Yaml, segment: &Segment<'_>) {
        let gates = segment.gates();
        let told = format!(
            "JOB='{}' FIRST='no' UNTIL='{}' HOLD='{}' GATES='{}' {ALLOWED}",
            segment.job,
            or_empty(segment.until),
            or_empty(segment.hold.map(|hold| &hold.id)),
            gates.join(" ")
        );
        job(out, &segment.job, |out| {
            out.text("stage", &segment.job);
            let needs = if gates.is_empty() { Needs::Nothing } else { Needs::These(&gates) };
            self.runs(out, segment.minutes, &needs);
            let scripts = [REGISTRY, LEAVE, LOST, FETCH, SAME, OPENED, GO_ON, AGAIN, CALLED, CALL, OTHERWISE, STATUS];
            self.does(out, &segment.job, &told, &scripts);
        });
    }

    /// One button for each signature, which says for which run it was given.
    fn gates(&self, out: &mut Yaml, segment: &Segment<'_>) {
        let Some(hold) = segment.hold else { return };
        for (gate, environment) in segment.gates().iter().zip(segment.environments()) {
            job(out, gate, |out| {
                out.text("stage", &format!("h-{}", hold.id));
                out.text("when", "manual");
                out.bare("allow_failure", false);
                settled(out, 15);
                out.list("dependencies", &[]);
                out.under("environment", |out| out.text("name", &environment));
                out.under("variables", |out| out.text("GIT_STRATEGY", "none"));
                out.under("script", |out| {
                    out.entry(&format!("{} JOB='{gate}'", self.places()));
                    out.entry_block(&[REGISTRY, OPENED, SIGN]);
                });
                out.under("artifacts", |out| {
                    out.text("name", gate);
                    out.text("access", "developer");
                    out.text("expire_in", "90 days");
                    out.list("paths", &[format!("stopline-signed/{gate}")]);
                });
            });
        }
    }

    /// By itself after a job that failed; and a button, from the beginning to the end, for a person who wants to go back.
    fn rollback(&self, out: &mut Yaml, name: &str, asked: Asked) {
        job(out, name, |out| {
            out.text("stage", "rollback");
            let mut scripts = vec![REGISTRY, LEAVE, LOST, FETCH, SAME];
            match asked {
                Asked::Yes => {
                    out.text("when", "manual");
                    out.bare("allow_failure", true);
                    out.list("needs", &[]);
                    self.runs(out, pipeline::minutes_back(self.procedure), &Needs::Nothing);
                    scripts.push(OTHERS);
                }
                Asked::No => {
                    out.text("when", "on_failure");
                    self.runs(out, pipeline::minutes_back(self.procedure), &Needs::Everything);
                    scripts.extend([HELD, HANDED, OURS]);
                }
            }
            scripts.extend([BACK, AGAIN, CALL, OTHERWISE, CAME_BACK]);
            let finished = match asked {
                Asked::Yes => "FINISHED=\"${STOPLINE_FINISHED:-}\"",
                Asked::No => "FINISHED=''",
            };
            let told = format!("JOB='{name}' FIRST='no' ASKED='no' {finished} {ALLOWED}");
            self.does(out, name, &told, &scripts);
        });
    }

    /// What holds of every job that calls the runbook: no two at a time, and none is cut short or repeated by itself.
    fn runs(&self, out: &mut Yaml, minutes: u64, needs: &Needs<'_>) {
        settled(out, minutes);
        out.text("resource_group", &format!("stopline-{}", pipeline::place(self.procedure)));
        match needs {
            Needs::Nothing => out.list("dependencies", &[]),
            Needs::These(jobs) => out.list("dependencies", jobs),
            Needs::Everything => {}
        }
        // Secrets may belong to the environment; without any, nothing is asked of it.
        if !self.procedure.secrets().is_empty() {
            out.under("environment", |out| {
                out.text("name", self.procedure.environment.as_str());
                out.text("action", "access");
            });
        }
        // A job that runs out of time would upload nothing; a script that does, ends before.
        out.under("variables", |out| out.text("RUNNER_SCRIPT_TIMEOUT", &format!("{}m", minutes - 10)));
    }

    fn places(&self) -> String {
        format!(
            "STATE='{STATE}' PLACE='{}' JOURNAL='{}' RUNBOOK='./{}' RULES='{}'",
            pipeline::place(self.procedure),
            pipeline::journal(self.procedure),
            self.script,
            self.rules
        )
    }

    fn does(&self, out: &mut Yaml, job: &str, told: &str, scripts: &[&'static str]) {
        let places = self.places();
        out.under("script", |out| {
            out.entry(&format!("{places} {told}"));
            out.entry_block(scripts);
        });
        out.under("after_script", |out| {
            out.entry(&format!("{places} JOB='{job}'"));
            out.entry_block(&[REGISTRY, KEEP]);
        });
        out.under("artifacts", |out| {
            out.text("name", job);
            out.text("when", "always");
            out.text("access", "developer");
            out.text("expire_in", "90 days");
            out.list("paths", &[format!("stopline-kept/{job}/")]);
        });
    }
}

fn job(out: &mut Yaml, name: &str, body: impl FnOnce(&mut Yaml)) {
    out.raw("");
    out.under(name, body);
}

fn settled(out: &mut Yaml, minutes: u64) {
    out.text("timeout", &format!("{minutes} minutes"));
    out.bare("interruptible", false);
    out.bare("retry", 0);
}
