//! `calendar.event`: events of iCalendar files.

use super::{Shape, Type, field, subject};

/// An event, or a series of them.
pub static CALENDAR_EVENT: Shape = subject(
    "calendar.event",
    "An event of an iCalendar file as it is written; a series is one event.",
    &[
        field("path", Type::Text, "The path of its file."),
        field("uid", Type::Text, "What names it for good."),
        field("summary", Type::Text, "Its title."),
        field("description", Type::Text, "What it is about, on one line."),
        field("location", Type::Text, "Where it is."),
        field("status", Type::Text, "`tentative`, `confirmed` or `cancelled`, where that is said."),
        field("cancelled", Type::Bool, "Whether it was cancelled."),
        field("start", Type::Moment, "When it begins: a day, or a time in its zone. The first time, of a series."),
        field("end", Type::Moment, "When it ends, where that is said; the day after its last, where it is about days."),
        field("length", Type::Duration, "How long it is, where that is said instead; a day is 24 hours."),
        field("all_day", Type::Bool, "Whether it is about days."),
        field("zone", Type::Text, "The zone its start names; missing for days, for UTC, and for times without one."),
        field("repeats", Type::Bool, "Whether it comes more than once."),
        field("rules", Type::List(&Type::Text), "The rules by which it comes again: `FREQ=WEEKLY;BYDAY=FR`."),
        field("exceptions", Type::Number, "How many times of a series are left out by their dates."),
    ],
);
