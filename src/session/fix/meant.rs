//! The name that was meant, as a fix: a guess, so it is made only by somebody who asks for guesses.

use crate::diagnostic::{Applicability, Diagnostic, Fix, meant};
use crate::source::SourceMap;

/// Every finding that says which name was meant says so as a fix too.
pub(in crate::session) fn offer(findings: &mut [Diagnostic], sources: &SourceMap) {
    for finding in findings {
        if finding.fix.is_none() {
            finding.fix = renamed(finding, sources);
        }
    }
}

/// The name in "did you mean `name`?", in place of the one that is written.
fn renamed(finding: &Diagnostic, sources: &SourceMap) -> Option<Fix> {
    let name = meant(finding.help.as_deref()?)?;
    let place = finding.place.filter(|place| sources.get(place.file).is_some_and(|file| !file.is_built()))?;
    let written = sources.slice(place);
    let inner = written.strip_prefix('"').and_then(|written| written.strip_suffix('"'));
    let word = inner.unwrap_or(written);
    if word.is_empty() || !finding.message.contains(&format!("`{word}`")) {
        return None;
    }
    let text = if inner.is_some() { format!("\"{name}\"") } else { name.to_owned() };
    Some(Fix::at(Applicability::Unsafe, format!("replace `{word}` by `{name}`"), place, text))
}
