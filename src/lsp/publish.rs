//! Findings as the protocol says them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic as Published, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    Message, Uri,
};

use super::position::Lines;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{BOOK, page};
use crate::source::{FileId, Place, SourceMap, Unit};

/// The address of a file of the run; none for what no editor can open.
pub(super) type Address<'a> = dyn Fn(&SourceMap, FileId) -> Option<Uri> + 'a;

/// The findings of each file, by its path.
pub(super) fn by_path(
    findings: &[Diagnostic],
    sources: &SourceMap,
    encoding: Unit,
    address: &Address<'_>,
) -> BTreeMap<String, Vec<Published>> {
    let mut files: BTreeMap<String, Vec<Published>> = BTreeMap::new();
    for finding in findings {
        let Some(place) = finding.place else { continue };
        let Some(published) = published(finding, place, sources, encoding, address) else { continue };
        files.entry(sources.path(place.file).to_owned()).or_default().push(published);
    }
    files
}

pub(super) fn published(
    finding: &Diagnostic,
    place: Place,
    sources: &SourceMap,
    encoding: Unit,
    address: &Address<'_>,
) -> Option<Published> {
    let related = finding.related.iter().filter_map(|label| {
        let location = location(label.place, sources, encoding, address)?;
        Some(DiagnosticRelatedInformation { location, message: label.text.clone() })
    });
    let related: Vec<_> = related.collect();
    Some(Published {
        range: location(place, sources, encoding, address)?.range,
        severity: Some(severity(finding)),
        code: Some(Code::String(finding.rule.to_string())),
        code_description: described(&finding.rule, BOOK),
        source: Some("stopline".to_owned()),
        message: Message::String(message(finding)),
        related_information: (!related.is_empty()).then_some(related),
        ..Published::default()
    })
}

/// What a click on the id of a rule opens.
fn described(rule: &str, book: Option<&str>) -> Option<CodeDescription> {
    let href = Uri(page(rule, book)?);
    Some(CodeDescription { href })
}

pub(super) fn location(place: Place, sources: &SourceMap, encoding: Unit, address: &Address<'_>) -> Option<Location> {
    let source = sources.get(place.file)?;
    let range = Lines::new(source.text(), source.lines(), encoding).range(place.span);
    Some(Location { uri: address(sources, place.file)?, range })
}

/// What is let pass is still shown, as quietly as a client can.
fn severity(finding: &Diagnostic) -> DiagnosticSeverity {
    match finding.severity {
        _ if finding.waived.is_some() => DiagnosticSeverity::Hint,
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note => DiagnosticSeverity::Information,
    }
}

/// A client shows one text: the message, why it is let pass, the cure.
fn message(finding: &Diagnostic) -> String {
    let mut message = finding.message.clone();
    if let Some(waived) = &finding.waived {
        message.push_str("\nwaived");
        for (word, said) in [("until", &waived.until), ("by", &waived.by)] {
            if let Some(said) = said {
                let _ = write!(message, " {word} {said}");
            }
        }
        let _ = write!(message, ": {}", waived.reason);
    }
    if let Some(help) = &finding.help {
        let _ = write!(message, "\nhelp: {help}");
    }
    if !finding.controls.is_empty() {
        let _ = write!(message, "\ncontrols: {}", finding.controls.join(", "));
    }
    message
}

#[cfg(test)]
mod tests {
    use super::described;

    #[test]
    fn an_id_opens_its_page_where_there_is_a_book() {
        let href = described("plan/missing-undo", Some("https://docs.example.com")).unwrap().href;
        assert_eq!(href.0, "https://docs.example.com/diagnostics.html#planmissing-undo");
        assert!(described("plan/missing-undo", None).is_none());
    }
}
