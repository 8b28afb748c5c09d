//! `--baseline` and `--write-baseline` of `stopline check`.

use std::path::{Path, PathBuf};

use super::arguments::Check;
use super::config::Found;
use super::disk::{read_text, shown};
use super::output::{Executable, say, write_whole};
use super::status::Failure;
use crate::report::masked;
use crate::session::{Baseline, Reach, Report, baseline_text, fingerprints};
use crate::source::SourceMap;

/// The baseline of a run: what the command line names, else what the repository has settled.
pub(super) fn named(arguments: &Check, settled: &Found) -> Option<PathBuf> {
    let said = arguments.baseline.as_ref().or(arguments.write_baseline.as_ref()).cloned();
    said.or_else(|| settled.config.baseline.as_ref().map(|path| settled.path(&path.value)))
}

/// The report without what the baseline lists, which is counted beside it.
pub(super) fn apply(
    path: &Path,
    arguments: &Check,
    report: Report,
    sources: &mut SourceMap,
) -> Result<Report, Failure> {
    let name = shown(path);
    let text = read_text(path).map_err(|problem| {
        Failure::new(format!("the baseline `{name}` cannot be read: {problem}"))
            .help(format!("write one: `stopline check --write-baseline {name}`"))
    })?;
    let file = sources.add(name.as_str(), text);
    let baseline = Baseline::read(file, sources.text(file))
        .map_err(|problem| Failure::new(format!("`{name}` is no baseline: {problem}")))?;
    let prints = prints(&report, sources);
    let (report, hidden) = baseline.apply(report, &prints, reach(&arguments.paths), sources);
    if hidden > 0 && !arguments.showing.quiet {
        say(&format!("{hidden} of the baseline {name} are not shown"));
    }
    Ok(report)
}

/// Lists what the report says, whole or not at all.
pub(super) fn write(path: &Path, report: &Report, sources: &SourceMap) -> Result<(), Failure> {
    let text = match masked(report, sources) {
        Some((report, sources)) => baseline_text(&report, &fingerprints(report.findings(), &sources), &sources),
        None => baseline_text(report, &fingerprints(report.findings(), sources), sources),
    };
    write_whole(path, &text, Executable::No)
}

/// From the texts as they are shown: a baseline tells nobody what a secret is.
fn prints(report: &Report, sources: &SourceMap) -> Vec<String> {
    match masked(report, sources) {
        Some((report, sources)) => fingerprints(report.findings(), &sources),
        None => fingerprints(report.findings(), sources),
    }
}

fn reach(paths: &[PathBuf]) -> Reach {
    match paths {
        [] => Reach::Whole,
        [only] if only == Path::new(".") => Reach::Whole,
        [..] => Reach::Part,
    }
}
