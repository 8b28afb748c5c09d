//! What an audit is about: the files that were named, the plans and policies in them, the journals.

use serde::Serialize;

use super::Gathered;
use crate::journal::{Digest, Run, Scanned};
use crate::model::plan::Plan;
use crate::session::Checked;
use crate::source::{FileId, SourceMap};

#[derive(Debug, Clone, Serialize)]
pub struct Scope {
    pub paths: Vec<String>,
    pub plans: Vec<Document>,
    pub policies: Vec<PolicyEvidence>,
    /// How many findings a baseline leaves out.
    pub left_out: usize,
}

/// A plan, and which text it was read from.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    pub path: String,
    pub id: String,
    pub digest: String,
}

/// A policy that judged.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyEvidence {
    pub id: String,
    pub version: Option<String>,
    pub digest: String,
    pub path: String,
    pub is_shipped: bool,
}

/// What can be proven of a journal.
#[derive(Debug, Clone, Serialize)]
pub struct JournalEvidence {
    pub path: String,
    pub lines: usize,
    pub runs: usize,
    /// The digest of the last line.
    pub head: Option<String>,
    pub is_sound: bool,
    /// How many logs it names, and how many of them are what was written.
    pub logs_named: usize,
    pub logs_proven: usize,
}

/// A plan of the audit, for the runs that were made of it.
#[derive(Debug)]
pub(super) struct KnownPlan<'a> {
    pub(super) path: &'a str,
    pub(super) digest: String,
    pub(super) plan: &'a Plan,
}

/// One digest a file: a plan is known by the text of the file it stands in.
pub(super) fn plans<'a>(checked: &'a Checked, sources: &'a SourceMap) -> Vec<KnownPlan<'a>> {
    let mut digests: Vec<(FileId, String)> = Vec::new();
    let mut digest = |file: FileId| {
        if let Some((_, digest)) = digests.iter().find(|(known, _)| *known == file) {
            return digest.clone();
        }
        let digest = Digest::of(sources.text(file).as_bytes()).to_string();
        digests.push((file, digest.clone()));
        digest
    };
    let known = checked.plans.iter().map(|judged| {
        let file = judged.plan.file;
        KnownPlan { path: sources.path(file), digest: digest(file), plan: &judged.plan.plan }
    });
    known.collect()
}

impl Scope {
    pub(super) fn of(gathered: &Gathered<'_>, plans: &[KnownPlan<'_>]) -> Self {
        let sources = gathered.sources;
        let plans = plans.iter().map(|known| Document {
            path: known.path.to_owned(),
            id: known.plan.head.id.value.clone(),
            digest: known.digest.clone(),
        });
        let policies = gathered.checked.policies.iter().map(|applied| PolicyEvidence {
            id: applied.policy.id().to_owned(),
            version: applied.policy.version.as_ref().map(|version| version.value.clone()),
            digest: applied.digest.clone(),
            path: sources.path(applied.policy.file).to_owned(),
            is_shipped: applied.is_shipped,
        });
        let (plans, policies) = (plans.collect(), policies.collect());
        Self { paths: gathered.paths.to_vec(), plans, policies, left_out: gathered.left_out }
    }
}

impl JournalEvidence {
    pub(super) fn of(scanned: &Scanned) -> Self {
        Self {
            path: scanned.path.clone(),
            lines: scanned.journal.lines,
            runs: Run::each(&scanned.journal).count(),
            head: scanned.journal.head().map(|head| head.to_string()),
            is_sound: scanned.is_sound(),
            logs_named: scanned.logs.named,
            logs_proven: scanned.logs.proven,
        }
    }
}
