//! `calendar id { … }`: times with a name, such as a freeze.

use super::attribute::ListOf;
use super::record::record;
use super::types::Naming;
use super::units::{Calendar, Hours, Moment, Weekday, Zone};

record! {
    /// Times with a name. Every attribute that is given narrows it.
    pub struct CalendarBlock = "calendar", Naming::Named;
    attributes {
        /// its first day or moment
        optional from "from": Moment;
        /// its last day (through its end) or the moment it ends
        optional to "to": Moment;
        /// the IANA time zone its days and hours are judged in; that of the window if not said
        optional zone "zone": Zone;
        /// on these days of the week only
        optional weekdays "weekdays": ListOf<Weekday>;
        /// in these hours only: `"09:00-17:00"`
        optional hours "hours": Vec<Hours>;
        /// the events of this iCalendar file, beside the policy
        optional ics "ics": String;
    }
    blocks {}
    derived {}
}

/// A calendar that is known to be sound.
#[derive(Debug)]
pub struct NamedCalendar {
    pub head: super::read::Head,
    pub calendar: Calendar,
    pub block: CalendarBlock,
}

impl NamedCalendar {
    /// The title where there is one, else the id.
    pub fn label(&self) -> &str {
        self.head.label()
    }
}
