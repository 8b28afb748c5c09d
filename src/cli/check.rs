//! `stopline check`.

use std::path::{Path, PathBuf};

use super::arguments::{Check, Format, Level};
use super::baseline::{self, Listed};
use super::files::Loaded;
use super::judging::Brought;
use super::mend::{self, Target};
use super::output::{Executable, file_of, hand_out, is_watched, options, say};
use super::overwriting::{refuse, refuse_both, refuse_sources};
use super::passed_over::passed_over;
use super::progress::Progress;
use super::status::{Failure, Status};
use crate::diagnostic::Diagnostic;
use crate::report::{self, Options, Shown};
use crate::session::{self, AppliedPolicy, Catalogue, FailOn, Report};
use crate::source::SourceMap;

pub(super) fn run(arguments: &Check) -> Result<Status, Failure> {
    let target = mend::asked(arguments)?;
    let progress = Progress::start("judging");
    let mut sources = SourceMap::default();
    let by = (&arguments.judging, &arguments.settings);
    let brought = Brought::for_paths(Some(&arguments.paths), &arguments.stdin_name, by, &mut sources)?;
    let (request, loaded) = (brought.request(), &brought.loaded);
    let listed = baseline::read_by(arguments, &brought.settled, &mut sources)?;
    let (checked, sources, mended) = match target {
        None => {
            let checked = session::check(&request, &mut sources);
            nothing_is_lost(arguments, &sources, loaded)?;
            (checked, sources, None)
        }
        Some(target) => {
            let mended = mend::run(arguments, &request, &sources, loaded, listed.as_ref());
            nothing_is_lost(arguments, &mended.sources, loaded)?;
            let rewritten = || mended.rewritten.iter().map(|file| Path::new(&file.path));
            refuse(arguments.output.as_deref(), rewritten())?;
            refuse(arguments.write_baseline.as_deref(), rewritten())?;
            if arguments.fixing.diff {
                progress.end();
                return mend::show(arguments, &mended);
            }
            let (mended, left) = mend::write(target, mended, &request, &sources, loaded)?;
            let fixed = mended.rewritten.iter().map(|file| file.fixed).sum();
            (mended.checked, mended.sources, Some(Outcome { target, fixed, left }))
        }
    };
    let elapsed = progress.end();
    let left = mended.iter().flat_map(|mended| mended.left.iter().cloned());
    let shown = Shown::of(checked.report.with(brought.unreadable().chain(left), &sources), &sources);
    let listed = match &arguments.write_baseline {
        Some(path) => Some(Listed::write(path, &shown)?),
        None => listed,
    };
    let shown = match &listed {
        Some(listed) => listed.leave_out(&arguments.paths, &arguments.showing, shown),
        None => shown,
    };
    let trees = checked.trees;
    if arguments.showing.verbose {
        say_what_was_applied(&arguments.paths, &brought, &checked.policies, &sources);
    }
    let fail_on = fail_on(arguments.fail_on);
    let only_what_stops = |report: Report, _: &SourceMap| report.showing(|finding| fail_on.counts(finding));
    let shown = if arguments.showing.quiet { shown.changed(only_what_stops) } else { shown };
    let to_file = file_of(arguments.output.as_deref()).is_some();
    let options = Options {
        catalogue: Catalogue::new(&checked.policies),
        fixed: mended.as_ref().map_or(0, |mended| mended.fixed),
        // Only whoever waits is told: the same run gives the same bytes.
        elapsed: (!to_file && is_watched()).then_some(elapsed),
        ..options(arguments.showing.color, fail_on, to_file)
    };
    let text = shown.render(format(arguments.showing.format), &options);
    let to_error = mended.as_ref().is_some_and(|mended| mended.target == Target::StandardOutput);
    if to_error && !to_file {
        say(text.trim_end());
    } else {
        hand_out(arguments.output.as_deref(), &text, Executable::No)?;
    }
    let status = Status::from_code(shown.report().exit_status(fail_on));
    // The process ends here: giving every node back first would be a tenth of a short run.
    std::mem::forget((trees, checked.plans, checked.policies, shown));
    std::mem::forget(sources);
    Ok(status)
}

/// For whoever wants to know what a verdict rests on.
pub(super) fn say_what_was_applied(
    paths: &[PathBuf],
    brought: &Brought,
    policies: &[AppliedPolicy],
    sources: &SourceMap,
) {
    for passed_over in passed_over(paths, &brought.settled, sources) {
        say(&passed_over);
    }
    for applied in policies {
        let policy = &applied.policy;
        let (rules, flags) = (policy.rules.len(), policy.red_flags.len());
        say(&format!("applied {} ({rules} rules, {flags} red flags)", policy.id()));
    }
}

/// Asked before anything is written: no result takes the place of what it was made of, or of another one.
fn nothing_is_lost(arguments: &Check, sources: &SourceMap, loaded: &Loaded) -> Result<(), Failure> {
    let (report, baseline) = (arguments.output.as_deref(), arguments.write_baseline.as_deref());
    refuse_both(report, baseline)?;
    refuse_sources(report, sources, loaded)?;
    refuse_sources(baseline, sources, loaded)?;
    baseline.map_or(Ok(()), baseline::may_be_written)
}

/// What mending came to.
struct Outcome {
    target: Target,
    fixed: usize,
    /// What could not be written.
    left: Vec<Diagnostic>,
}

pub(super) const fn format(format: Format) -> report::Format {
    match format {
        Format::Human => report::Format::Human,
        Format::Concise => report::Format::Concise,
        Format::Json => report::Format::Json,
        Format::Sarif => report::Format::Sarif,
        Format::Junit => report::Format::Junit,
        Format::Github => report::Format::Github,
        Format::Gitlab => report::Format::Gitlab,
        Format::Rdjson => report::Format::Rdjson,
        Format::Markdown => report::Format::Markdown,
    }
}

pub(super) const fn fail_on(level: Level) -> FailOn {
    match level {
        Level::Error => FailOn::Error,
        Level::Warning => FailOn::Warning,
        Level::Note => FailOn::Note,
        Level::Never => FailOn::Never,
    }
}
