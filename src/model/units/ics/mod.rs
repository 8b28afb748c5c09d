//! iCalendar files (RFC 5545): text in, the times they close out. Knows no path; broken text is an error at its line.
//!
//! Nothing is skipped in silence, for a freeze that is not understood must not be an open door: what cannot be read or is
//! not supported refuses the file. Only what says nothing about time (descriptions, alarms, to-dos) is passed over.

mod budget;
mod clock;
mod component;
mod error;
mod event;
mod expand;
mod file;
mod lines;
mod rule;
mod value;
mod written;

pub use error::IcsError;
pub use file::Ics;
pub use written::WrittenEvent;
