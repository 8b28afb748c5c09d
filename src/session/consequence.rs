//! Findings that only follow from another one: where a part of a block could not be read, what it says is not missing.

use super::input::Contents;
use crate::check::from_markdown::NOT_UNDERSTOOD;
use crate::check::names::{IN_PLANS, IN_POLICIES};
use crate::diagnostic::{Diagnostic, meant};
use crate::source::{Place, Span};
use crate::syntax::ast::{Block, Entry, PolicyEntry};

/// Leaves out what is said to be missing from a block in which something could not be read or was misspelt. What could not
/// be read is a finding itself, so nothing is let pass.
pub(super) fn drop_consequences<'c>(findings: &mut Vec<Diagnostic>, files: impl Iterator<Item = &'c Contents>) {
    if !findings.iter().any(is_about_absence) {
        return;
    }
    let mut holders = Holders::default();
    for contents in files {
        holders.gather(contents);
    }
    let causes: Vec<(Place, Cause)> = findings.iter().filter_map(|cause| holders.cause(cause)).collect();
    findings.retain(|finding| {
        let holder = finding.place.filter(|_| is_about_absence(finding)).and_then(|place| holders.innermost(place));
        holder.is_none_or(|holder| !causes.iter().any(|(place, cause)| *place == holder && cause.explains(finding)))
    });
}

/// Says that something is not there, which may be so because it was not understood.
fn is_about_absence(finding: &Diagnostic) -> bool {
    let ids =
        [IN_PLANS.missing.id, IN_PLANS.naming.id, IN_POLICIES.missing.id, IN_POLICIES.naming.id, NO_ZONE, NO_UNDO];
    ids.iter().any(|id| finding.rule == *id)
}

const NO_ZONE: &str = "plan/missing-zone";

const NO_UNDO: &str = "plan/missing-undo";

/// What was not understood.
enum Cause {
    /// Text: whatever stood there.
    Text,
    /// A value that is none.
    Value,
    /// A name, and perhaps the one that was meant.
    Name(Option<String>),
    /// A part of a Markdown plan, at this place.
    Part(Place),
}

impl Cause {
    fn explains(&self, absence: &Diagnostic) -> bool {
        match self {
            Self::Text => true,
            // What is said of the name of a step is said of no part of it.
            Self::Part(place) => {
                absence.rule == NO_UNDO && absence.place.is_some_and(|named| named.span.start < place.span.start)
            }
            Self::Value => absence.rule == NO_ZONE,
            Self::Name(meant) => {
                let named = |meant: &String| absence.rule != NO_ZONE && absence.message.contains(&format!("`{meant}`"));
                meant.as_ref().is_some_and(named)
            }
        }
    }
}

/// Everything that has parts, by its place.
#[derive(Default)]
struct Holders(Vec<Place>);

impl Holders {
    fn gather(&mut self, contents: &Contents) {
        let mut spans = Vec::new();
        let blocks = contents.plans.iter().chain(&contents.calendars);
        blocks
            .chain(contents.procedures.iter().map(|procedure| &procedure.block))
            .for_each(|it| of_block(it, &mut spans));
        for policy in &contents.policies {
            spans.push(policy.span);
            for entry in &policy.body {
                match entry {
                    PolicyEntry::Rule(rule) => spans.push(rule.span),
                    PolicyEntry::RedFlag(flag) => spans.push(flag.span),
                    PolicyEntry::Calendar(block) => of_block(block, &mut spans),
                    PolicyEntry::Attribute(_) | PolicyEntry::Parameter(_) => {}
                }
            }
        }
        self.0.extend(spans.into_iter().map(|span| Place::new(contents.file, span)));
    }

    /// The smallest that a place stands in.
    fn innermost(&self, place: Place) -> Option<Place> {
        let around = self.0.iter().filter(|holder| holder.file == place.file && holder.span.contains(place.span));
        around.copied().min_by_key(|holder| holder.span.end - holder.span.start)
    }

    fn cause(&self, finding: &Diagnostic) -> Option<(Place, Cause)> {
        let is = |ids: [&'static crate::diagnostic::Descriptor; 2]| ids.iter().any(|id| finding.rule == id.id);
        let cause = if finding.rule.starts_with("syntax/") {
            Cause::Text
        } else if is([IN_PLANS.impossible, IN_PLANS.wrong_type]) {
            Cause::Value
        } else if is([IN_PLANS.unknown, IN_POLICIES.unknown]) {
            Cause::Name(finding.help.as_deref().and_then(meant).map(str::to_owned))
        } else if finding.rule == NOT_UNDERSTOOD.id {
            Cause::Part(finding.place?)
        } else {
            return None;
        };
        let start = Place { span: Span::at(finding.place?.span.start), ..finding.place? };
        Some((self.innermost(start)?, cause))
    }
}

fn of_block(block: &Block, spans: &mut Vec<Span>) {
    spans.push(block.span);
    for entry in &block.body {
        match entry {
            Entry::Block(inner) => of_block(inner, spans),
            Entry::RedFlag(flag) => spans.push(flag.span),
            Entry::Attribute(_) => {}
        }
    }
}
