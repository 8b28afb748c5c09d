//! Windows that are over because their plans went in them. That is what an audit is about, and nothing to stop for.

use super::run::{Run, told};
use super::scope::{KnownPlan, plans};
use crate::check::lints::window_in_the_past;
use crate::diagnostic::Diagnostic;
use crate::journal::{End, Scanned};
use crate::session::{Checked, Report};
use crate::source::SourceMap;

/// The same report without the windows that are over for plans that began in them and came to their end, by journals that
/// are sound.
pub fn without_past_windows(report: Report, checked: &Checked, journals: &[Scanned], sources: &SourceMap) -> Report {
    let plans = plans(checked, sources);
    let told = told(journals, &plans);
    let went = |plan: &KnownPlan<'_>| told.iter().any(|told| went_in_its_window(&told.run, plan));
    let is_of_one_that_went = |finding: &Diagnostic| {
        let is_its_window = |plan: &&KnownPlan<'_>| {
            let start = plan.plan.window.as_ref().and_then(|window| window.start.as_ref());
            start.is_some_and(|start| finding.place == Some(start.place))
        };
        finding.rule == window_in_the_past::LINT.id && plans.iter().find(is_its_window).is_some_and(went)
    };
    let left_out: Vec<bool> = report.findings().iter().map(is_of_one_that_went).collect();
    report.without(&left_out)
}

fn went_in_its_window(run: &Run, known: &KnownPlan<'_>) -> bool {
    let is_of_it = run.plan.digest.as_ref() == Some(&known.digest)
        && run.plan.id.as_deref() == Some(known.plan.head.id.value.as_str());
    let came_to_its_end = matches!(run.end, End::Confirmed | End::RolledBack);
    let window = known.plan.window.as_ref().and_then(|window| window.resolve()?.ok());
    let began_in = window.zip(run.began).is_some_and(|(window, began)| window.start() <= began && began < window.end());
    run.is_sound && is_of_it && came_to_its_end && began_in
}
