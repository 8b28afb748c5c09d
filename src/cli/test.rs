//! `stopline test`.

use std::fmt::Write as _;

use super::arguments::{Format, Test};
use super::check::format;
use super::config;
use super::disk::Disk;
use super::files::{is_policy, load};
use super::instant::instant;
use super::output::{options, print, say};
use super::status::{Failure, Status};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{self, Options};
use crate::session::diagnostics::UNTESTED_RULE;
use crate::session::{self, FailOn};
use crate::source::SourceMap;

pub(super) fn run(arguments: &Test) -> Result<Status, Failure> {
    let now = instant(arguments.at.as_deref())?;
    let mut sources = SourceMap::default();
    let settled = config::find(&arguments.settings, &mut sources);
    let loaded = load(&arguments.paths, "stdin.policy", is_policy, &settled, &mut sources)?;
    let tested = session::test(&loaded.inputs, &settled.config, now, &Disk, &mut sources);
    let mut summary = format!("{} passed, {} failed", tested.passed(), tested.failed());
    let covered = arguments.coverage.then_some(tested.coverage);
    // Whoever asks how thorough the tests are wants to be held to it.
    let untested = tested.untested.into_iter().map(|finding| match &covered {
        Some(_) => Diagnostic { severity: Severity::Error, ..finding },
        None => finding,
    });
    let undecided = covered.iter().flat_map(|covered| covered.undecided.iter().cloned());
    let more: Vec<Diagnostic> =
        settled.findings.into_iter().chain(loaded.unreadable).chain(untested).chain(undecided).collect();
    let report = tested.report.with(more, &sources);
    if tested.cases.is_empty() && report.findings().iter().all(|finding| *finding.rule == *UNTESTED_RULE.id) {
        return Err(
            Failure::new("there is no test").help("name a policy with tests in it: `test \"…\" for rule { … }`")
        );
    }
    let options = Options { cases: Some(&tested.cases), ..options(arguments.color, FailOn::Error, false) };
    let human = matches!(arguments.format, Format::Human | Format::Concise);
    if !human || !report.findings().is_empty() {
        print(&report::render(format(arguments.format), &report, &sources, &options))?;
    }
    if let Some(covered) = &covered {
        let decided = covered.clauses - covered.undecided.len();
        let _ = write!(summary, ", {decided} of {} clauses decided", covered.clauses);
    }
    if human {
        print(&format!("{summary}\n"))?;
    } else {
        say(&summary);
    }
    Ok(Status::from_code(report.exit_status(FailOn::Error)))
}
