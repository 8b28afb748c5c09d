//! The steps jobs share: check out, fetch the state, keep it.

use crate::emit::pipeline::{self, STATE, Yaml};
use crate::runbook::Procedure;

/// What every job of one workflow is written from.
#[derive(Debug)]
pub(super) struct Shared<'a> {
    pub(super) procedure: &'a Procedure,
    pub(super) script: &'a str,
}

/// What a job is allowed to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    Code,
    /// The code, protection rules, approvals and what other runs left.
    Approvals,
}

impl Reads {
    pub(super) fn approvals_if(needed: bool) -> Self {
        if needed { Self::Approvals } else { Self::Code }
    }
}

/// Tags move, digests do not.
const CHECKOUT: (&str, &str) = ("actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd", "v6.0.2");
const DOWNLOAD: (&str, &str) = ("actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1");
const UPLOAD: (&str, &str) = ("actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f", "v6.0.0");

impl Shared<'_> {
    pub(super) fn runner(&self, out: &mut Yaml, minutes: u64, reads: Reads) {
        out.text("runs-on", "ubuntu-24.04");
        out.bare("timeout-minutes", minutes);
        // Secrets live in the environment; without any, nothing is asked of it.
        if !self.procedure.secrets().is_empty() {
            out.text("environment", self.procedure.environment.as_str());
        }
        out.under("permissions", |out| {
            if reads == Reads::Approvals {
                out.remarked("actions", "read", "who approved, what protects an environment, what earlier runs left");
            }
            out.remarked("contents", "read", "the runbook and what it calls");
        });
    }

    /// Check out, then bring the newest state here.
    pub(super) fn prepare(&self, out: &mut Yaml, job: &str) {
        Self::check_out(out);
        Self::fetch(out);
        self.take_up(out, job);
    }

    /// The same for the first job: where this run has no state yet, that of an earlier one counts.
    pub(super) fn prepare_first(&self, out: &mut Yaml, job: &str) {
        Self::check_out(out);
        out.item("Look for an earlier run", |out| {
            out.text("id", "earlier");
            out.under("env", |out| {
                Self::token(out);
                out.text("RUN_ID", "${{ github.run_id }}");
                out.text("BRANCH", "${{ github.ref_name }}");
                out.text("NAME", &self.artifact(job));
            });
            out.block("run", &[include_str!("../templates/github/earlier.sh")]);
        });
        out.item("Fetch its state", |out| {
            out.text("if", "${{ steps.earlier.outputs.run != '' }}");
            out.uses(DOWNLOAD.0, DOWNLOAD.1);
            out.under("with", |out| {
                out.text("pattern", "stopline-state-*");
                out.text("path", "stopline-earlier");
                out.text("run-id", "${{ steps.earlier.outputs.run }}");
                out.text("github-token", "${{ github.token }}");
            });
        });
        Self::fetch(out);
        out.item("Look at earlier attempts", |out| {
            out.under("env", |out| {
                Self::token(out);
                out.text("RUN_ID", "${{ github.run_id }}");
                out.text("STATE", STATE);
                Self::attempt(out);
            });
            out.block("run", &[include_str!("../templates/github/attempts.sh")]);
        });
        self.take_up(out, job);
    }

    fn check_out(out: &mut Yaml) {
        out.item("Check out", |out| {
            out.uses(CHECKOUT.0, CHECKOUT.1);
            out.under("with", |out| out.bare("persist-credentials", false));
        });
    }

    /// What the state that a job leaves is called; for all runs of one service in one environment the same.
    fn artifact(&self, job: &str) -> String {
        format!("stopline-state-{}-{job}", pipeline::place(self.procedure))
    }

    fn fetch(out: &mut Yaml) {
        out.item("Fetch the state", |out| {
            out.uses(DOWNLOAD.0, DOWNLOAD.1);
            out.under("with", |out| {
                out.text("pattern", "stopline-state-*");
                out.text("path", "stopline-artifacts");
            });
        });
    }

    fn take_up(&self, out: &mut Yaml, job: &str) {
        out.item("Take up the newest state", |out| {
            out.under("env", |out| {
                self.places(out);
                out.text("JOB", job);
                Self::attempt(out);
            });
            out.block("run", &[include_str!("../templates/github/restore.sh")]);
        });
    }

    /// Whatever came of it, the journal is kept, and whether a person is waited for is said.
    pub(super) fn keep(&self, out: &mut Yaml, job: &str) {
        out.item("See how it ended", |out| {
            out.text("id", "end");
            out.text("if", "${{ always() }}");
            out.under("env", |out| {
                self.places(out);
                out.text("STATUS", "${{ steps.run.outputs.status }}");
            });
            out.block("run", &[include_str!("../templates/github/held.sh")]);
        });
        out.item("Keep the journal", |out| {
            out.text("if", "${{ always() }}");
            out.uses(UPLOAD.0, UPLOAD.1);
            out.under("with", |out| {
                out.text("name", &self.artifact(job));
                out.text("path", STATE);
                out.text("if-no-files-found", "error");
                out.bare("overwrite", true);
                out.bare("retention-days", 90);
            });
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
        for secret in self.procedure.secrets() {
            out.text(secret.as_str(), &format!("${{{{ secrets.{secret} }}}}"));
        }
    }

    /// How often the jobs of this run were asked for.
    pub(super) fn attempt(out: &mut Yaml) {
        out.text("ATTEMPT", "${{ github.run_attempt }}");
    }

    pub(super) fn token(out: &mut Yaml) {
        out.text("GH_TOKEN", "${{ github.token }}");
        out.text("REPOSITORY", "${{ github.repository }}");
    }
}
