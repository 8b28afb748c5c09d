//! Values with units, and civil time. Knows the bundled time zone database; no clock, no system zone, no file.
//!
//! Every refusal is a [`UnitError`] without a place: who knows where the value was written makes a diagnostic of it.

mod error;
mod duration;
mod duration_text;
mod percent;
mod version;
mod person;
mod weekday;
mod instant;
mod interval;
mod offset;
mod utc_offset;
mod zone;
mod civil;
mod resolve;
mod moment;
mod segments;
mod hours;
mod recurring;
mod window;
mod words;
mod ics;
mod calendar;

pub use calendar::{Calendar, CalendarError, Conditions, Overlap};
pub use civil::{Civil, Date};
pub use duration::Duration;
pub use error::UnitError;
pub use hours::Hours;
pub use ics::{Ics, IcsError, WrittenEvent};
pub use instant::Instant;
pub use interval::Interval;
pub use moment::{Moment, Zoned};
pub use offset::Offset;
pub use percent::Percent;
pub use person::Person;
pub use recurring::{Pattern, weekday_ranges};
pub use resolve::{Fold, Gap, ZoneError};
pub use utc_offset::UtcOffset;
pub use version::Version;
pub use weekday::Weekday;
pub use window::{Window, WindowError};
pub use words::in_words;
pub use zone::{Zone, zone_names};
