//! The steps jobs share: check out, fetch the state, keep it.

use crate::emit::pipeline::{self, STATE, Yaml};
use crate::runbook::Procedure;

/// What every job of one workflow is written from.
#[derive(Debug)]
pub(super) struct Shared<'a> {
    pub(super) procedure: &'a Procedure,
    pub(super) script: &'a str,
    /// The digest of what the script goes by.
    pub(super) rules: String,
}

/// Tags move, digests do not.
const CHECKOUT: (&str, &str) = ("actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd", "v6.0.2");
const DOWNLOAD: (&str, &str) = ("actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1");
const UPLOAD: (&str, &str) = ("actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f", "v6.0.0");

/// Whoever wants back wants no more of the rest.
pub(super) const FORWARD: &str = "${{ !inputs.back }}";
/// What the commands print cannot speak to the runner.
pub(super) const QUIET: &str = include_str!("../templates/github/quiet.sh");
/// That it comes to the runbook, for the step that sees how it ended.
pub(super) const CALLED: &str = include_str!("../templates/github/called.sh");
/// The status of the runbook, for the step that sees how it ended.
pub(super) const STATUS: &str = include_str!("../templates/github/status.sh");
/// In which attempt a job left its state, for those after it; where GitHub does not run it again, it says so once more.
pub(super) const KEPT: &str = "${{ steps.keep.outcome == 'success' && steps.state.outputs.kept || '' }}";
/// What is said in a runbook's place.
pub(super) const OTHERWISE: &str = include_str!("../templates/github/otherwise.sh");
const ENDING: &str = concat!(
    include_str!("../templates/pipeline/last_line.sh"),
    include_str!("../templates/pipeline/decided.sh"),
    include_str!("../templates/github/held.sh")
);
/// Where a job writes down that it begins.
const BEGUN: &str = "stopline-begun";
const RESTORE: &str = include_str!("../templates/github/restore.sh");
const RUNS: &str = include_str!("../templates/github/runs.sh");

impl Shared<'_> {
    pub(super) fn runner(&self, out: &mut Yaml, minutes: u64) {
        out.text("runs-on", "ubuntu-24.04");
        out.bare("timeout-minutes", minutes);
        // Secrets live in the environment; without any, nothing is asked of it.
        if !self.procedure.secrets().is_empty() {
            out.text("environment", self.procedure.environment.as_str());
        }
        out.under("permissions", |out| {
            out.remarked("actions", "read", "what other runs left, who approved, what protects an environment");
            out.remarked("contents", "read", "the runbook and what it calls");
        });
    }

    /// Check out, see that this run may act, bring the newest state here, and say that this job begins. `needs` says in which
    /// attempt which job left its own.
    pub(super) fn prepare(&self, out: &mut Yaml, job: &str, needs: &str) {
        self.look_at_runs(out, &[]);
        self.take_up(out, job, needs, "");
        // A runner that dies leaves this behind, and no state that answers it. By its name others ask GitHub for it.
        out.item("Say that it begins", |out| {
            out.text("id", "begun");
            out.text("if", "${{ !cancelled() && steps.state.outcome == 'success' }}");
            self.keep_mark(out, job);
        });
    }

    /// `more` comes after that, and knows which run was the last one before this.
    pub(super) fn look_at_runs(&self, out: &mut Yaml, more: &[&'static str]) {
        out.item("Check out", |out| {
            out.uses(CHECKOUT.0, CHECKOUT.1);
            out.under("with", |out| out.bare("persist-credentials", false));
        });
        out.item("See that no newer run has begun", |out| {
            out.text("id", "runs");
            out.under("env", |out| {
                Self::token(out);
                out.text("RUN_ID", "${{ github.run_id }}");
                out.text("BRANCH", "${{ github.ref_name }}");
                out.text("PREFIX", &self.artifact(""));
            });
            out.block("run", &[&[RUNS], more].concat());
        });
    }

    /// What the state that a job leaves is called; nothing of another service or environment begins like it, since no id has a
    /// full stop in it.
    fn artifact(&self, of: &str) -> String {
        format!("stopline-state-{}.{of}", pipeline::place(self.procedure))
    }

    pub(super) fn download(out: &mut Yaml, to: &str, of: impl FnOnce(&mut Yaml)) {
        out.uses(DOWNLOAD.0, DOWNLOAD.1);
        out.under("with", |out| {
            out.text("pattern", "stopline-state-*");
            out.text("path", to);
            of(out);
        });
    }

    /// What every job of this run and of the `earlier` one left must be there, and that of `needs` for certain.
    pub(super) fn take_up(&self, out: &mut Yaml, job: &str, needs: &str, earlier: &str) {
        out.item("Fetch the state", |out| Self::download(out, "stopline-artifacts", |_| {}));
        out.item("Take up the newest state", |out| {
            out.text("id", "state");
            out.under("env", |out| {
                self.places(out);
                out.text("JOB", job);
                out.text("NEEDS", needs);
                out.text("EARLIER", earlier);
                Self::token(out);
                Self::attempt(out);
            });
            out.block("run", &[RESTORE]);
        });
    }

    /// Whether a person is waited for is said. `refused` says so where a job that never called the runbook is no reason to
    /// go back. `more` comes after that, and is told `these`.
    pub(super) fn ending(
        &self,
        out: &mut Yaml,
        job: &str,
        refused: &str,
        more: &[&'static str],
        these: impl FnOnce(&mut Yaml),
    ) {
        out.text("id", "end");
        out.text("if", "${{ always() }}");
        out.under("env", |out| {
            self.places(out);
            out.text("JOB", job);
            out.text("STATUS", "${{ steps.run.outputs.status }}");
            out.text("REFUSED", refused);
            these(out);
        });
        out.block("run", &[&[ENDING], more].concat());
    }

    /// What is kept, with the attempt: an upload under a name that is there would delete first what is there, and may fail after
    /// that.
    pub(super) fn keep_state(&self, out: &mut Yaml, job: &str) {
        upload(out, &self.artifact(&format!("{job}-${{{{ github.run_attempt }}}}")), STATE);
    }

    pub(super) fn keep_mark(&self, out: &mut Yaml, job: &str) {
        upload(out, &self.artifact(&format!("{job}-${{{{ github.run_attempt }}}}-begun")), BEGUN);
    }

    /// Whatever came of it, the journal is kept, unless the state was never here.
    pub(super) fn keep(&self, out: &mut Yaml, job: &str) {
        out.item("Keep the journal", |out| {
            out.text("id", "keep");
            out.text("if", "${{ always() && steps.state.outcome == 'success' }}");
            self.keep_state(out, job);
        });
    }

    pub(super) fn places(&self, out: &mut Yaml) {
        out.text("STATE", STATE);
        out.text("JOURNAL", &pipeline::journal(self.procedure));
    }

    /// All secrets go to every job: each judges the guards, and each may have to undo.
    pub(super) fn call(&self, out: &mut Yaml) {
        self.places(out);
        out.text("RUNBOOK", &format!("./{}", self.script));
        out.text("RULES", &self.rules);
        for secret in self.procedure.secrets() {
            out.text(secret.as_str(), &format!("${{{{ secrets.{secret} }}}}"));
        }
    }

    /// Which run this is, and how often its jobs were asked for.
    pub(super) fn attempt(out: &mut Yaml) {
        out.text("RUN_ID", "${{ github.run_id }}");
        out.text("ATTEMPT", "${{ github.run_attempt }}");
    }

    /// What may run again, and in which run a person has said so.
    pub(super) fn again(out: &mut Yaml) {
        out.text("AGAIN", "${{ inputs.again || '' }}");
        out.text("RUN_ID", "${{ github.run_id }}");
    }

    pub(super) fn token(out: &mut Yaml) {
        out.text("GH_TOKEN", "${{ github.token }}");
        out.text("REPOSITORY", "${{ github.repository }}");
    }
}

fn upload(out: &mut Yaml, name: &str, path: &str) {
    out.uses(UPLOAD.0, UPLOAD.1);
    out.under("with", |out| {
        out.text("name", name);
        out.text("path", path);
        out.text("if-no-files-found", "error");
        out.bare("overwrite", false);
        out.bare("retention-days", 90);
    });
}
