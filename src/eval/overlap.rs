//! `window overlaps …`: judged in the window's zone, over the whole window.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is refused, whatever kinds there will be")]

use super::unknown::Unknown;
use crate::model::data::{Data, Record, Value};
use crate::model::plan::window_of;
use crate::model::units::{UnitError, Weekday, Window};

pub(super) fn overlaps(left: &Value, right: &Value) -> Result<bool, Unknown> {
    let window = window(left)?;
    touches(&window, right)
}

fn touches(window: &Window, time: &Value) -> Result<bool, Unknown> {
    match &time.data {
        Data::Word(word) => match Weekday::named(word) {
            Some(weekday) => Ok(window.overlaps_weekday(weekday)),
            None => Err(Unknown::unusable(format!("`{word}` is not a weekday"), time.place)),
        },
        Data::Calendar(calendar) => calendar
            .calendar
            .overlap(window)
            .map(|overlap| overlap.is_some())
            .map_err(|problem| Unknown::unusable(UnitError::from(problem).message, time.place)),
        Data::List(items) => {
            for item in items.iter() {
                if touches(window, item)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Data::Record(_) => {
            let other = self::window(time)?;
            Ok(window.overlaps(other.touched()))
        }
        other => Err(Unknown::unusable(format!("a window cannot overlap {}", other.noun()), time.place)),
    }
}

/// The time a value stands for, or what it lacks.
pub(super) fn window(value: &Value) -> Result<Window, Unknown> {
    let Data::Record(record) = &value.data else {
        return Err(Unknown::unusable(format!("{} is not a window", value.data.noun()), value.place));
    };
    window_of(record).ok_or_else(|| what_is_missing(record, value))
}

fn what_is_missing(record: &Record, value: &Value) -> Unknown {
    for name in ["start", "duration", "zone"] {
        if record.field(name).is_none() {
            return Unknown::Missing { name: name.to_owned(), holder: record.head };
        }
    }
    let place = record.field("start").map_or(value.place, |start| start.place);
    Unknown::unusable("this window's start is no moment in its zone", place)
}
