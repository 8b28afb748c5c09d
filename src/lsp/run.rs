//! One run of `check` over what is on the disk and in editors: the whole workspace, or one text as it is typed. Pure: what
//! it needs of the world is handed to it.

use std::collections::BTreeMap;

use super::world::{Open, Seen, Workspace, World};
use crate::diagnostic::Diagnostic;
use crate::model::units::Instant;
use crate::report::{masked, shown_fingerprints};
use crate::runbook::Procedure;
use crate::session::diagnostics::{NEVER_APPLIED, NO_SUCH_FILE, NOTHING_TO_JUDGE};
use crate::session::{
    self, Baseline, Candidates, Checked, Elsewhere, Explained, Input, JudgedPlan, Language, Reach, Request, Selection,
};
use crate::source::{FileId, SourceMap};

/// A run, and what it was made from.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) sources: SourceMap,
    pub(super) checked: Checked,
    /// As they are shown: in the order of the report, what is secret masked.
    pub(super) shown: Vec<Diagnostic>,
}

/// What every run needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) open: &'a Open,
    pub(super) world: &'a dyn World,
    pub(super) now: Instant,
}

/// A text of the run by its path.
type Files = BTreeMap<String, FileId>;

impl Around<'_> {
    /// What `check` says of the folder.
    pub(super) fn whole(&self) -> Run {
        let (mut sources, _) = self.sources();
        let workspace = self.workspace;
        let run = Parts {
            inputs: &workspace.inputs,
            candidates: &workspace.candidates,
            selection: workspace.selection.clone(),
        };
        let checked = self.check(&run, &mut sources);
        let listed = workspace.listed.as_ref().map(|listed| (&listed.baseline, listed.reach));
        finished(checked, &workspace.findings, listed, sources)
    }

    /// What `check` says of one text, judged by the policies of the folder.
    pub(super) fn narrow(&self, path: &str) -> Option<(Run, FileId)> {
        let language = self.open.get(path)?.language?;
        let (mut sources, files) = self.sources();
        let file = *files.get(path)?;
        let parts = Parts {
            inputs: &[Input { file, language }],
            candidates: &Candidates::default(),
            selection: self.around(&sources),
        };
        let checked = self.check(&parts, &mut sources);
        let listed = self.workspace.listed.as_ref().map(|listed| (&listed.baseline, Reach::Part));
        let mut run = finished(checked, &[], listed, sources);
        let is_plan = !run.checked.plans.is_empty();
        run.shown.retain(|finding| !depends_on_others(finding, is_plan));
        Some((run, file))
    }

    /// Every rule and diagnostic, with what the policies here say of theirs.
    pub(super) fn explained(&self) -> Vec<Explained> {
        let (mut sources, files) = self.sources();
        let open = self.open.iter().filter_map(|(path, open)| {
            let (file, language) = (*files.get(path)?, open.language?);
            Some(Input { file, language })
        });
        let mut inputs = self.workspace.inputs.clone();
        for input in open {
            if inputs.iter().all(|known| known.file != input.file) {
                inputs.push(input);
            }
        }
        inputs.retain(|input| input.language == Language::Stopline && sources.text(input.file).contains("policy"));
        let seen = Seen { under: self.world.surroundings(), texts: self.open };
        session::explainable(&inputs, &seen, &mut sources)
    }

    /// The run of a plan of a run, proven.
    pub(super) fn procedure(&self, run: &Run, judged: &JudgedPlan) -> Option<Procedure> {
        let seen = Seen { under: self.world.surroundings(), texts: self.open };
        let parts = Parts { inputs: &[], candidates: &Candidates::default(), selection: Selection::default() };
        run.checked.procedure_of(judged, &self.request(&parts, &seen), &run.sources).ok()
    }

    fn check(&self, parts: &Parts<'_>, sources: &mut SourceMap) -> Checked {
        let seen = Seen { under: self.world.surroundings(), texts: self.open };
        session::check(&self.request(parts, &seen), sources)
    }

    fn request<'r>(&'r self, parts: &Parts<'r>, seen: &'r Seen<'r>) -> Request<'r> {
        Request {
            inputs: parts.inputs,
            candidates: parts.candidates,
            config: &self.workspace.config,
            selection: parts.selection.clone(),
            overrides: &self.workspace.overrides,
            now: self.now,
            surroundings: seen,
        }
    }

    /// Every text, what is open in place of what is on the disk. The files of the workspace keep their numbers.
    fn sources(&self) -> (SourceMap, Files) {
        let (mut sources, mut files) = (SourceMap::default(), Files::new());
        for (path, text) in &self.workspace.files {
            let text = self.open.get(path).map_or(text, |open| &open.text);
            files.insert(path.clone(), sources.add(path.as_str(), std::sync::Arc::clone(text)));
        }
        for (path, open) in self.open {
            if !files.contains_key(path) {
                files.insert(path.clone(), sources.add(path.as_str(), std::sync::Arc::clone(&open.text)));
            }
        }
        (sources, files)
    }

    /// The policies that judge one text: those the repository has settled, else all that are found, and the waivers.
    fn around(&self, sources: &SourceMap) -> Selection {
        let workspace = self.workspace;
        let may_judge = |input: &&Input| {
            let text = sources.text(input.file);
            input.language == Language::Stopline && (text.contains("policy") || text.contains("waive"))
        };
        let found = || workspace.inputs.iter().filter(may_judge).copied().collect();
        let chosen = workspace.selection.chosen.clone().unwrap_or_else(found);
        Selection { chosen: Some(chosen), packs: workspace.selection.packs.clone(), elsewhere: Elsewhere::LeftAlone }
    }
}

/// What makes one run differ from another.
struct Parts<'a> {
    inputs: &'a [Input],
    candidates: &'a Candidates,
    selection: Selection,
}

fn finished(checked: Checked, more: &[Diagnostic], listed: Option<(&Baseline, Reach)>, sources: SourceMap) -> Run {
    let mut checked = checked;
    checked.report = checked.report.with(more.iter().cloned(), &sources);
    if let Some((baseline, reach)) = listed {
        let prints = shown_fingerprints(&checked.report, &sources);
        checked.report = baseline.apply(checked.report, &prints, reach, &sources).0;
    }
    let mut shown = checked.report.findings().to_vec();
    if let Some((report, _)) = masked(&checked.report, &sources) {
        // A fix goes into the text itself, where a mask would be a mistake.
        let fixes = shown.into_iter().map(|finding| finding.fix);
        let masked = report.findings().iter().cloned();
        shown = masked.zip(fixes).map(|(finding, fix)| Diagnostic { fix, ..finding }).collect();
    }
    Run { sources, checked, shown }
}

/// Whether a finding can only be known when everything else is looked at, too.
fn depends_on_others(finding: &Diagnostic, is_plan: bool) -> bool {
    let of_run = [&NEVER_APPLIED, &NOTHING_TO_JUDGE, &NO_SUCH_FILE].iter().any(|id| finding.rule == id.id);
    of_run || (!is_plan && finding.rule == crate::check::waiver::UNUSED.id)
}
