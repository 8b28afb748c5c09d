//! `stopline test`.

use super::arguments::{Format, Test};
use super::check::format;
use super::disk::Disk;
use super::files::{is_policy, load};
use super::instant::instant;
use super::output::{options, print, say};
use super::status::{Failure, Status};
use crate::report;
use crate::session::{self, FailOn};
use crate::source::SourceMap;

pub(super) fn run(arguments: &Test) -> Result<Status, Failure> {
    let now = instant(arguments.at.as_deref())?;
    let mut sources = SourceMap::default();
    let loaded = load(&arguments.paths, "stdin.policy", is_policy, &mut sources)?;
    let tested = session::test(&loaded.inputs, now, &Disk, &mut sources);
    let report = tested.report.with(loaded.unreadable, &sources);
    let total = tested.passed + tested.failed;
    if total == 0 && report.findings().is_empty() {
        return Err(
            Failure::new("there is no test").help("name a policy with tests in it: `test \"…\" for rule { … }`")
        );
    }
    let options = options(arguments.color, FailOn::Error, false);
    let human = matches!(arguments.format, Format::Human | Format::Concise);
    if !human || !report.findings().is_empty() {
        print(&report::render(format(arguments.format), &report, &sources, &options))?;
    }
    let summary = format!("{} passed, {} failed", tested.passed, tested.failed);
    if human {
        print(&format!("{summary}\n"))?;
    } else {
        say(&summary);
    }
    Ok(Status::from_code(report.exit_status(FailOn::Error)))
}
