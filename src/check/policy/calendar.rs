//! The calendars of a policy: its own, and those that stand beside it in the same file.

use std::sync::Arc;

use super::named::NamedFiles;
use crate::check::names::IN_POLICIES;
use crate::diagnostic::Diagnostic;
use crate::model::calendar::{CalendarBlock, NamedCalendar};
use crate::model::located::Located;
use crate::model::policy::Parameter;
use crate::model::read::{BlockType, Reader};
use crate::model::units::{Calendar, CalendarError, Conditions, Ics, IcsError, UnitError};
use crate::source::{FileId, Place, SourceMap};
use crate::syntax::ast::{self, PolicyEntry};

/// The calendar blocks a policy may name.
pub(super) fn calendar_blocks<'b>(
    policy: &'b ast::Policy,
    beside: &'b [ast::Block],
) -> impl Iterator<Item = &'b ast::Block> {
    let own = policy.body.iter().filter_map(|entry| match entry {
        PolicyEntry::Calendar(block) => Some(block),
        PolicyEntry::Attribute(_) | PolicyEntry::Parameter(_) | PolicyEntry::Rule(_) | PolicyEntry::RedFlag(_) => None,
    });
    own.chain(beside)
}

/// Sound calendars, and the names of those that are not (what is wrong with them is said here, once).
pub(super) fn calendars<'b>(
    file: FileId,
    blocks: impl Iterator<Item = &'b ast::Block>,
    parameters: &[Parameter],
    ics: &NamedFiles,
    sources: &SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Arc<NamedCalendar>>, Vec<String>) {
    let (mut sound, mut unsound): (Vec<Arc<NamedCalendar>>, Vec<String>) = (Vec::new(), Vec::new());
    for written in blocks {
        let before = diagnostics.len();
        diagnostics.extend(parameters_of(file, written, parameters));
        if diagnostics.len() > before {
            unsound.extend(written.id.as_ref().map(|id| id.value.clone()));
            continue;
        }
        let block = CalendarBlock::read(written, &mut Reader::new(file, &IN_POLICIES, diagnostics));
        let id = block.head.id.clone();
        if let Some(first) = sound.iter().find(|known| known.head.id.value == id.value) {
            let message = format!("the calendar `{}` is defined twice", id.value);
            diagnostics.push(
                Diagnostic::new(IN_POLICIES.repeated, id.place, message)
                    .related(first.head.id.place, "it was defined here first")
                    .help("give one of the two another id"),
            );
            continue;
        }
        let calendar = if diagnostics.len() == before { build(file, &block, ics, sources, diagnostics) } else { None };
        match calendar {
            Some(calendar) => sound.push(Arc::new(NamedCalendar { head: block.head.clone(), calendar, block })),
            None => unsound.push(id.value),
        }
    }
    (sound, unsound)
}

/// A calendar is one for every run of its policy: it is read before anybody gives a parameter its value.
fn parameters_of(file: FileId, written: &ast::Block, parameters: &[Parameter]) -> Vec<Diagnostic> {
    let symbols = written.attributes().flat_map(|attribute| match &attribute.value.value {
        ast::ValueKind::List(items) => items.iter().collect(),
        ast::ValueKind::Literal(_) | ast::ValueKind::Symbol(_) | ast::ValueKind::Map(_) => vec![&attribute.value],
    });
    let named = symbols.filter_map(|value| {
        Some((
            value,
            parameters.iter().find(|known| value.as_symbol().is_some_and(|name| *name.value == *known.name.value))?,
        ))
    });
    named
        .map(|(value, parameter)| {
            let message = format!("`{}` is a parameter, and a calendar takes none", parameter.name.value);
            Diagnostic::new(IN_POLICIES.wrong_type, Place::new(file, value.span), message)
                .related(parameter.name.place, "the parameter")
                .help("write the value out, or ask for it in the rule: `plan.window overlaps` takes a weekday or a list of them")
        })
        .collect()
}

fn build(
    file: FileId,
    block: &CalendarBlock,
    ics: &NamedFiles,
    sources: &SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Calendar> {
    let events = match &block.ics {
        None => None,
        Some(path) => {
            // That the file cannot be read was said by whoever tried.
            let text = *ics.get(&(file, path.value.clone()))?;
            match Ics::parse(sources.text(text)) {
                Ok(events) if events.event_count() == 0 => {
                    diagnostics.push(without_events(path));
                    return None;
                }
                Ok(events) => Some(events),
                Err(problem) => {
                    diagnostics.push(broken_ics(problem, text, path));
                    return None;
                }
            }
        }
    };
    let place_of = |part: Option<Place>| part.unwrap_or(block.head.id.place);
    let conditions = Conditions {
        from: block.from.as_ref().map(|from| from.value.clone()),
        to: block.to.as_ref().map(|to| to.value.clone()),
        zone: block.zone.as_ref().map(|zone| zone.value.clone()),
        weekdays: block.weekdays.iter().flat_map(|days| days.value.iter()).map(|day| day.value).collect(),
        hours: block.hours.as_ref().map(|hours| hours.value.clone()).unwrap_or_default(),
        events,
    };
    let problem = match Calendar::new(conditions) {
        Ok(calendar) => return Some(calendar),
        Err(problem) => problem,
    };
    diagnostics.push(match problem {
        CalendarError::Empty(problem) => impossible(problem, block.head.id.place),
        CalendarError::From(problem) => impossible(problem, place_of(block.from.as_ref().map(|from| from.place))),
        CalendarError::To(problem) => impossible(problem, place_of(block.to.as_ref().map(|to| to.place))),
        CalendarError::Events(problem) => impossible(problem.error, place_of(block.ics.as_ref().map(|ics| ics.place))),
    });
    None
}

fn impossible(problem: UnitError, place: Place) -> Diagnostic {
    Diagnostic::new(IN_POLICIES.impossible, place, problem.message).maybe_help(problem.help)
}

/// An export that failed looks like this, and a freeze made of it would freeze nothing.
fn without_events(path: &Located<String>) -> Diagnostic {
    Diagnostic::new(IN_POLICIES.impossible, path.place, "this calendar holds no event, so it would never stop anybody")
        .help("export it again, or leave the calendar out until it holds one")
}

fn broken_ics(problem: IcsError, file: FileId, path: &Located<String>) -> Diagnostic {
    impossible(problem.error, Place::new(file, problem.span)).related(path.place, "the policy names this file here")
}
