//! `stopline check`.

use super::arguments::{Check, Format, Level};
use super::baseline;
use super::config;
use super::disk::Disk;
use super::files::load_everything;
use super::instant::instant;
use super::output::{Executable, is_watched, options, print, say, write_whole};
use super::passed_over::passed_over;
use super::progress::Progress;
use super::selection::{overrides, select};
use super::status::{Failure, Status};
use crate::report::{self, Options};
use crate::session::{self, Catalogue, FailOn, Request};
use crate::source::SourceMap;

pub(super) fn run(arguments: &Check) -> Result<Status, Failure> {
    let progress = Progress::start("judging");
    let now = instant(arguments.judging.at.as_deref())?;
    let mut sources = SourceMap::default();
    let settled = config::find(&arguments.settings, &mut sources)?;
    let overrides = overrides(&arguments.judging, &settled)?;
    let loaded = load_everything(&arguments.paths, &arguments.stdin_name, &settled, &mut sources)?;
    let (selection, unreadable_policies) = select(&arguments.judging, &settled, &mut sources)?;
    let request = Request {
        inputs: &loaded.inputs,
        candidates: &loaded.others,
        config: &settled.config,
        selection,
        overrides: &overrides,
        now,
        surroundings: &Disk,
    };
    let checked = session::check(&request, &mut sources);
    let elapsed = progress.end();
    let unreadable = settled.findings.iter().cloned().chain(loaded.unreadable).chain(unreadable_policies);
    let report = checked.report.with(unreadable, &sources);
    if let Some(path) = &arguments.write_baseline {
        baseline::write(path, &report, &sources)?;
    }
    let report = match baseline::named(arguments, &settled) {
        Some(path) => baseline::apply(&path, arguments, report, &mut sources)?,
        None => report,
    };
    let trees = checked.trees;
    if arguments.showing.verbose {
        for passed_over in passed_over(&arguments.paths, &settled, &sources) {
            say(&passed_over);
        }
        for applied in &checked.policies {
            say(&format!(
                "applied {} ({} rules, {} red flags)",
                applied.policy.id(),
                applied.policy.rules.len(),
                applied.policy.red_flags.len()
            ));
        }
    }
    let fail_on = fail_on(arguments.fail_on);
    let report =
        if arguments.showing.quiet { report.only(|finding| fail_on.counts(finding), &sources) } else { report };
    let options = Options {
        catalogue: Catalogue::new(&checked.policies),
        // Only whoever waits is told: the same run gives the same bytes.
        elapsed: (arguments.output.is_none() && is_watched()).then_some(elapsed),
        ..options(arguments.showing.color, fail_on, arguments.output.is_some())
    };
    let text = report::render(format(arguments.showing.format), &report, &sources, &options);
    match &arguments.output {
        Some(path) => write_whole(path, &text, Executable::No)?,
        None => print(&text)?,
    }
    let status = Status::from_code(report.exit_status(fail_on));
    // The process ends here: giving every node back first would be a tenth of a short run.
    std::mem::forget((sources, trees, checked.plans, checked.policies, report));
    Ok(status)
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

const fn fail_on(level: Level) -> FailOn {
    match level {
        Level::Error => FailOn::Error,
        Level::Warning => FailOn::Warning,
        Level::Note => FailOn::Note,
        Level::Never => FailOn::Never,
    }
}
