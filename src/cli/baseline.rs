//! `--baseline` and `--write-baseline` of `stopline check`.

use std::path::{Path, PathBuf};

use super::arguments::{Check, Showing};
use super::config::Found;
use super::disk::{read_text, shown};
use super::files::is_there;
use super::output::{Executable, say, write_whole};
use super::status::Failure;
use crate::diagnostic::Diagnostic;
use crate::report::{Shown, shown_fingerprints};
use crate::session::diagnostics::WRONG_SETTING;
use crate::session::fix::LetBe;
use crate::session::{Baseline, Reach, Report, fingerprints};
use crate::source::{FileId, SourceMap};

/// The baseline that `check` reads; where it writes one, none.
pub(super) fn read_by(arguments: &Check, settled: &Found, sources: &mut SourceMap) -> Result<Option<Listed>, Failure> {
    if arguments.write_baseline.is_some() {
        return Ok(None);
    }
    read(arguments.baseline.as_deref(), settled, sources)
}

/// The baseline that the command line names, else the one that the repository has settled.
pub(super) fn read(named: Option<&Path>, settled: &Found, sources: &mut SourceMap) -> Result<Option<Listed>, Failure> {
    let path = match (named, &settled.config.baseline) {
        (Some(named), _) => named.to_owned(),
        (None, Some(settled_one)) => settled.path(&settled_one.value),
        (None, None) => return Ok(None),
    };
    Listed::read(&path, sources).map(Some)
}

/// The one that the repository has settled, for whoever shows a mistake where it stands.
pub(super) fn settled_one(
    settled: &Found,
    read: &dyn Fn(&Path) -> Result<String, String>,
    sources: &mut SourceMap,
) -> Result<Option<Baseline>, Box<Diagnostic>> {
    let Some(setting) = &settled.config.baseline else { return Ok(None) };
    let path = settled.path(&setting.value);
    let name = shown(&path);
    let mistake = |message| {
        let help = format!("write one: `stopline check --write-baseline {name}`");
        Box::new(Diagnostic::new(&WRONG_SETTING, setting.place, message).help(help))
    };
    let text = read(&path).map_err(|problem| mistake(format!("the baseline `{name}` cannot be read: {problem}")))?;
    let file = sources.add(name.as_str(), text);
    let baseline = Baseline::read(file, sources.text(file));
    baseline.map(Some).map_err(|problem| mistake(format!("`{name}` is no baseline: {problem}")))
}

/// Whether a baseline may be written there: over another one, or where nothing is yet.
pub(super) fn may_be_written(path: &Path) -> Result<(), Failure> {
    if !is_there(path) {
        return Ok(());
    }
    let name = shown(path);
    let is_none = |problem: String| {
        Failure::new(format!("`{name}` is not overwritten: it is no baseline: {problem}"))
            .help("name another file with `--write-baseline`, or delete this one first")
    };
    let text = read_text(path).map_err(is_none)?;
    // In an empty file, nothing is lost.
    if text.is_empty() { Ok(()) } else { Baseline::read(FileId::default(), &text).map(|_| ()).map_err(is_none) }
}

/// A baseline of this run.
#[derive(Debug)]
pub(super) struct Listed {
    name: String,
    baseline: Baseline,
}

impl Listed {
    /// Reads one that is there.
    pub(super) fn read(path: &Path, sources: &mut SourceMap) -> Result<Self, Failure> {
        let name = shown(path);
        let text = read_text(path).map_err(|problem| {
            Failure::new(format!("the baseline `{name}` cannot be read: {problem}"))
                .help(format!("write one: `stopline check --write-baseline {name}`"))
        })?;
        let file = sources.add(name.as_str(), text);
        let baseline = Baseline::read(file, sources.text(file))
            .map_err(|problem| Failure::new(format!("`{name}` is no baseline: {problem}")))?;
        Ok(Self { name, baseline })
    }

    /// Lists what is shown, whole or not at all.
    pub(super) fn write(path: &Path, shown_now: &Shown<'_>) -> Result<Self, Failure> {
        let (report, sources) = (shown_now.report(), shown_now.sources());
        let baseline = Baseline::of(report, &fingerprints(report.findings(), sources), sources);
        write_whole(path, &baseline.text(), Executable::No)?;
        Ok(Self { name: shown(path), baseline })
    }

    /// What is shown without what is listed; how much that is, is said.
    pub(super) fn leave_out<'s>(&self, paths: &[PathBuf], showing: &Showing, shown: Shown<'s>) -> Shown<'s> {
        let (shown, hidden) = self.apply(paths, shown);
        if hidden > 0 && !showing.quiet {
            say(&format!("{hidden} of the baseline {} are not shown", self.name));
        }
        shown
    }

    /// The same, and how much that is.
    pub(super) fn apply<'s>(&self, paths: &[PathBuf], shown: Shown<'s>) -> (Shown<'s>, usize) {
        let mut hidden = 0;
        let shown = shown.changed(|report, sources| {
            let prints = fingerprints(report.findings(), sources);
            let (report, count) = self.baseline.apply(report, &prints, reach(paths), sources);
            hidden = count;
            report
        });
        (shown, hidden)
    }
}

impl LetBe for Listed {
    fn let_be(&self, report: &Report, sources: &SourceMap) -> Vec<bool> {
        self.baseline.listed(report, &shown_fingerprints(report, sources))
    }
}

fn reach(paths: &[PathBuf]) -> Reach {
    match paths {
        [] => Reach::Whole,
        [only] if only == Path::new(".") => Reach::Whole,
        [..] => Reach::Part,
    }
}
