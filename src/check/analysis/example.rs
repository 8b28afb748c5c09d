//! What a solution says, in words of the user: only where a plan like it can be written.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is in no example")]

use super::state::{Kind, State};
use super::term::{Domain, Term, TermId, Terms, is_in_a_row};
use crate::model::data::Data;
use crate::model::units::Weekday;

/// "`plan.risk` is `high` and `plan.window` is missing"; `None` where no plan may be like that.
pub(super) fn example(terms: &Terms, states: &[(TermId, State)]) -> Option<String> {
    let words: Vec<String> = states
        .iter()
        .filter(|(id, state)| !is_implied(*id, *state, terms, states))
        .map(|(id, state)| words(terms.get(*id)?, *state))
        .collect::<Option<_>>()?;
    let days_are_alone = states.iter().all(|(id, _)| {
        terms.get(*id).is_none_or(|term| {
            term.domain != Domain::Days
                || states
                    .iter()
                    .all(|(other, _)| other == id || terms.get(*other).is_none_or(|other| other.parent != term.parent))
        })
    });
    let (last, init) = words.split_last()?;
    let text = if init.is_empty() { last.clone() } else { format!("{} and {last}", init.join(", ")) };
    days_are_alone.then_some(text)
}

/// That something is there need not be said where something in it is.
fn is_implied(id: TermId, state: State, terms: &Terms, states: &[(TermId, State)]) -> bool {
    let held = |other: &TermId| terms.get(*other).is_some_and(|other| other.parent == Some(id));
    let root = terms.get(id).is_some_and(|term| term.parent.is_none());
    state == State::PRESENT && (root || states.iter().any(|(other, _)| held(other)))
}

fn words(term: &Term, state: State) -> Option<String> {
    let label = term.label.as_ref()?;
    let said = match (term.domain, state) {
        (_, State::Missing) => "is missing".to_owned(),
        (Domain::Thing, State::Value { .. }) => "is there".to_owned(),
        (Domain::Truth, State::Value { position, .. }) => format!("is `{}`", position == 1),
        (Domain::Words(shape), State::Value { position, .. }) => {
            format!("is `{}`", shape.values.get(position as usize)?.name)
        }
        (Domain::Days, State::Value { position, .. }) if is_in_a_row(position) => {
            let days = Weekday::ALL.iter().enumerate().filter(|(at, _)| position & (1 << at) != 0);
            let names: Vec<&str> = days.map(|(_, day)| day.name()).collect();
            format!("touches {}", names.join(", "))
        }
        (Domain::Points(_) | Domain::Text, State::Value { kind, position }) => between(term, kind, position)?,
        _ => return None,
    };
    Some(format!("`{label}` {said}"))
}

fn between(term: &Term, kind: Kind, position: u32) -> Option<String> {
    if kind == Kind::Text && position.is_multiple_of(2) {
        return Some("is another text".to_owned());
    }
    match term.scale.around(kind, position) {
        (_, Some(equal), _) => Some(format!("is `{equal}`")),
        (Some(below), None, Some(above)) => {
            has_room(below, above).then(|| format!("is between `{below}` and `{above}`"))
        }
        (Some(below), None, None) => Some(format!("is more than `{below}`")),
        (None, None, Some(above)) => is_positive(above).then(|| format!("is less than `{above}`")),
        (None, None, None) => Some("is there".to_owned()),
    }
}

/// Whether anything lies between two constants.
fn has_room(below: &Data, above: &Data) -> bool {
    match (below, above) {
        (Data::Duration(below), Data::Duration(above)) => above.milliseconds() - below.milliseconds() > 1,
        (Data::Number(_) | Data::Percent(_) | Data::Version(_), _) => true,
        _ => false,
    }
}

/// Whether anything that can be written lies below a constant.
fn is_positive(above: &Data) -> bool {
    match above {
        Data::Duration(above) => above.milliseconds() > 0,
        Data::Number(above) => above.is_sign_positive() && !above.is_zero(),
        Data::Percent(above) => above.value().is_sign_positive() && !above.value().is_zero(),
        _ => false,
    }
}
