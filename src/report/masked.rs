//! The one door behind which nothing secret is left: renderers are given texts and findings that were masked already, so
//! none of them, present or future, can show what it was never told.

use std::borrow::Cow;

use super::{Format, Options};
use crate::audit::Audit;
use crate::diagnostic::Diagnostic;
use crate::document::secret::{Secret, Veil, find};
use crate::session::{Report, fingerprints};
use crate::source::SourceMap;

/// A report over its texts, in which nothing secret is left: looked for once, for all that is made of it.
#[derive(Debug)]
pub struct Shown<'s> {
    report: Report,
    sources: Texts<'s>,
}

#[derive(Debug)]
enum Texts<'s> {
    Masked(SourceMap),
    AsTheyAre(&'s SourceMap),
}

impl<'s> Shown<'s> {
    pub fn of(report: Report, sources: &'s SourceMap) -> Self {
        match masked(&report, sources) {
            Some((report, sources)) => Self { report, sources: Texts::Masked(sources) },
            None => Self { report, sources: Texts::AsTheyAre(sources) },
        }
    }

    pub fn report(&self) -> &Report {
        &self.report
    }

    pub fn sources(&self) -> &SourceMap {
        match &self.sources {
            Texts::Masked(sources) => sources,
            Texts::AsTheyAre(sources) => sources,
        }
    }

    /// The same texts with another report over them.
    #[must_use]
    pub fn changed(self, change: impl FnOnce(Report, &SourceMap) -> Report) -> Self {
        match self.sources {
            Texts::Masked(sources) => Self { report: change(self.report, &sources), sources: Texts::Masked(sources) },
            // Where nothing was said, nothing was looked for.
            Texts::AsTheyAre(sources) if self.report.findings().is_empty() => {
                Self::of(change(self.report, sources), sources)
            }
            Texts::AsTheyAre(sources) => Self { report: change(self.report, sources), ..self },
        }
    }

    /// The whole report, ending with a line end.
    pub fn render(&self, format: Format, options: &Options<'_>) -> String {
        super::rendered(format, &self.report, self.sources(), options)
    }
}

/// The fingerprints of findings by the texts as they are shown: they tell nobody what a secret is.
pub fn shown_fingerprints(report: &Report, sources: &SourceMap) -> Vec<String> {
    match masked(report, sources) {
        Some((report, sources)) => fingerprints(report.findings(), &sources),
        None => fingerprints(report.findings(), sources),
    }
}

/// The same report over the same texts, in which every secret is masked; `None` where there is none.
pub fn masked(report: &Report, sources: &SourceMap) -> Option<(Report, SourceMap)> {
    if report.findings().is_empty() {
        return None;
    }
    veiled(report, sources)
}

/// The same, whether anything was found or not.
pub(super) fn veiled(report: &Report, sources: &SourceMap) -> Option<(Report, SourceMap)> {
    let mut secrets = report.secrets().clone();
    let found: Vec<Vec<Secret>> = sources
        .files()
        .map(|(_, file)| {
            let found = if file.is_built() { Vec::new() } else { find(file.text()) };
            secrets.add(file.text(), &found);
            found
        })
        .collect();
    for said in report.findings().iter().map(|finding| finding.message.as_str()) {
        secrets.search(said);
    }
    let veil = Veil::over(secrets)?;
    let mut shown = SourceMap::default();
    for ((_, file), found) in sources.files().zip(found) {
        let path = veil.text(file.path());
        match Veil::source(file.text(), &found) {
            Cow::Borrowed(_) => shown.add_same(path, file),
            Cow::Owned(text) => shown.add(path, text),
        };
    }
    Some((report.with_each(|finding| mask(finding, &veil)), shown))
}

/// Masks every text of the evidence, whatever else is shown: what is secret in a text of the run, and in its own.
pub(super) fn hide(audit: &mut Audit, report: &Report, sources: &SourceMap) {
    let mut secrets = report.secrets().clone();
    for (_, file) in sources.files().filter(|(_, file)| !file.is_built()) {
        secrets.search(file.text());
    }
    audit.each_text(&mut |text| secrets.search(text));
    let Some(veil) = Veil::over(secrets) else { return };
    audit.each_text(&mut |text| {
        if let Cow::Owned(changed) = veil.text(text) {
            *text = changed;
        }
    });
}

/// Masks every text of a finding.
fn mask(finding: &mut Diagnostic, veil: &Veil) {
    let Diagnostic {
        rule: _,
        severity: _,
        undecided: _,
        unanswered: _,
        place: _,
        message,
        label,
        help,
        related,
        controls,
        waived,
        fix,
    } = finding;
    let hide = |text: &mut String| {
        if let Cow::Owned(changed) = veil.text(text) {
            *text = changed;
        }
    };
    hide(message);
    label.iter_mut().chain(help).for_each(hide);
    related.iter_mut().map(|label| &mut label.text).chain(controls).for_each(hide);
    if let Some(waived) = waived {
        hide(&mut waived.reason);
        let terms = [&mut waived.by, &mut waived.until, &mut waived.ticket];
        terms.into_iter().flatten().for_each(hide);
    }
    if let Some(fix) = fix {
        hide(&mut fix.title);
        fix.edits.iter_mut().map(|edit| &mut edit.text).for_each(hide);
    }
}

#[cfg(test)]
mod tests;
