//! What a date or time in a file says: a day, a wall-clock time, or an instant. Refuses what no calendar has.

use std::fmt;

use super::{Civil, Date, Instant, UnitError, UtcOffset, Zone, ZoneError};
use crate::syntax::ast;

/// A checked [`ast::Moment`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// `2026-11-24`
    Date(Date),
    /// `2026-11-24T10:00`
    Civil(Civil),
    /// `2026-11-24T10:00[Europe/Berlin]`
    Zoned(Zoned),
}

/// An instant and the zone it was written in (RFC 9557).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zoned {
    instant: Instant,
    zone: Zone,
}

impl Moment {
    pub fn of(written: &ast::Moment) -> Result<Self, UnitError> {
        match written {
            ast::Moment::Date(text) | ast::Moment::Civil(text) | ast::Moment::Zoned(text) => Self::parse(text),
        }
    }

    /// Reads any of the three forms.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let Some((_, time)) = text.split_once('T') else {
            return Date::parse(text).map(Self::Date).map_err(|error| with_the_letter_t(text, error));
        };
        if time.contains(['Z', '+', '-', '[']) {
            return Zoned::parse(text).map(Self::Zoned);
        }
        Civil::parse(text).map(Self::Civil)
    }
}

impl Zoned {
    pub const fn new(instant: Instant, zone: Zone) -> Self {
        Self { instant, zone }
    }

    /// Reads a date and time with `Z`, an offset, a zone in brackets, or an offset and a zone that agree.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let (front, zone) = match text.split_once('[') {
            Some((front, brackets)) => (front, Some(zone_in_brackets(text, brackets)?)),
            None => (text, None),
        };
        let (date, time) = front.split_once('T').unwrap_or((front, ""));
        let split = time.find(['Z', '+', '-']).map(|at| date.len() + 1 + at);
        let (civil, offset) = match split.and_then(|at| front.split_at_checked(at)) {
            Some((civil, offset)) => (Civil::parse(civil)?, Some(UtcOffset::parse(offset)?)),
            None => (Civil::parse(front)?, None),
        };
        let at = |offset: UtcOffset| Instant::clamped(civil.milliseconds() - offset.milliseconds());
        match (offset, zone) {
            (None, None) => Err(UnitError::new(format!("`{text}` has no zone"))
                .help(format!("write `{text}[Europe/Berlin]`, `{text}+01:00` or `{text}Z`"))),
            (None, Some(zone)) => Ok(Self { instant: zone.resolve(civil).map_err(UnitError::from)?, zone }),
            (Some(offset), None) => Ok(Self { instant: at(offset), zone: Zone::fixed(offset) }),
            // `Z` says the instant and nothing of the local clock (RFC 9557 §2)
            (Some(offset), Some(zone)) if front.ends_with('Z') || zone.offset_at(at(offset)) == offset => {
                Ok(Self { instant: at(offset), zone })
            }
            (Some(offset), Some(zone)) => Err(contradiction(civil, offset, &zone)),
        }
    }

    pub const fn instant(&self) -> Instant {
        self.instant
    }

    pub const fn zone(&self) -> &Zone {
        &self.zone
    }
}

fn zone_in_brackets(text: &str, brackets: &str) -> Result<Zone, UnitError> {
    let name = brackets.strip_suffix(']').filter(|name| !name.contains(['[', ']', '=']));
    let name = name.ok_or_else(|| {
        UnitError::new(format!("`{text}` does not end with one zone in brackets"))
            .help("write `2026-11-24T10:00[Europe/Berlin]`")
    })?;
    Zone::parse(name.strip_prefix('!').unwrap_or(name))
}

fn contradiction(civil: Civil, offset: UtcOffset, zone: &Zone) -> UnitError {
    let right = match zone.resolve(civil) {
        Ok(instant) => zone.offset_at(instant).to_string(),
        Err(ZoneError::Gap(gap)) => return gap.into(),
        Err(ZoneError::Fold(fold)) => {
            let (first, second) = fold.offsets();
            format!("{first} or {second}")
        }
    };
    UnitError::new(format!("`{offset}` contradicts {zone}, which is at {right} then"))
        .help(format!("write `{civil}[{zone}]` to have the zone decide"))
}

/// People write a blank for the `T`.
fn with_the_letter_t(text: &str, error: UnitError) -> UnitError {
    match text.split_once([' ', 't']) {
        Some((date, time)) if Date::parse(date).is_ok() && !time.is_empty() => {
            UnitError::new(format!("`{text}` has no `T` between date and time")).help(format!("write `{date}T{time}`"))
        }
        _ => error,
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(formatter),
            Self::Civil(civil) => civil.fmt(formatter),
            Self::Zoned(zoned) => zoned.fmt(formatter),
        }
    }
}

/// As the language writes it, with the offset, so that it is never ambiguous.
impl fmt::Display for Zoned {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.zone.local(self.instant);
        let offset = self.zone.offset_at(self.instant);
        if self.zone == Zone::utc() {
            return write!(formatter, "{local}Z");
        }
        if self.zone.name() == offset.to_string() {
            return write!(formatter, "{local}{offset}");
        }
        write!(formatter, "{local}{offset}[{}]", self.zone)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        match Moment::parse(text) {
            Ok(moment) => moment.to_string(),
            Err(error) => error.message,
        }
    }

    #[test]
    fn the_three_forms_are_told_apart() {
        assert!(matches!(Moment::parse("2026-11-24"), Ok(Moment::Date(_))));
        assert!(matches!(Moment::parse("2026-11-24T10:00"), Ok(Moment::Civil(_))));
        assert!(matches!(Moment::parse("2026-11-24T10:00Z"), Ok(Moment::Zoned(_))));
        let written = ast::Moment::Date("2026-02-31".to_owned());
        assert_eq!(
            Moment::of(&written).unwrap_err().message,
            "`2026-02-31` does not exist: 2026-02 has the days 01 to 28"
        );
    }

    #[test]
    fn a_zone_or_an_offset_makes_it_an_instant() {
        assert_eq!(read("2026-11-24T10:00[Europe/Berlin]"), "2026-11-24T10:00+01:00[Europe/Berlin]");
        assert_eq!(read("2026-11-24T10:00+01:00[Europe/Berlin]"), "2026-11-24T10:00+01:00[Europe/Berlin]");
        assert_eq!(read("2026-11-24T10:00[!Europe/Berlin]"), "2026-11-24T10:00+01:00[Europe/Berlin]");
        assert_eq!(read("2026-11-24T10:00+01:00"), "2026-11-24T10:00+01:00");
        assert_eq!(read("2026-11-24T10:00-00:30"), "2026-11-24T10:00-00:30");
        assert_eq!(read("2026-11-24T10:00Z"), "2026-11-24T10:00Z");
        assert_eq!(read("2026-11-24T10:00Z[Europe/Berlin]"), "2026-11-24T11:00+01:00[Europe/Berlin]");
        assert_eq!(read("2026-10-25T02:30+01:00[Europe/Berlin]"), "2026-10-25T02:30+01:00[Europe/Berlin]");
        assert_eq!(
            Instant::parse("2026-10-25T02:30+02:00[Europe/Berlin]").unwrap().to_string(),
            "2026-10-25T00:30:00Z"
        );
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        assert_eq!(
            read("2026-11-24T10:00+02:00[Europe/Berlin]"),
            "`+02:00` contradicts Europe/Berlin, which is at +01:00 then"
        );
        assert_eq!(
            read("2026-10-25T02:30+03:00[Europe/Berlin]"),
            "`+03:00` contradicts Europe/Berlin, which is at +02:00 or +01:00 then"
        );
        assert_eq!(
            read("2026-03-29T02:30+01:00[Europe/Berlin]"),
            "02:30 does not exist on 2026-03-29 in Europe/Berlin: clocks go from 02:00 to 03:00"
        );
        assert_eq!(read("2026-11-24T10:00[Europe/Berlim]"), "no time zone is called `Europe/Berlim`");
    }

    #[test]
    fn what_is_badly_written_is_refused() {
        assert_eq!(read("2026-11-24 10:00"), "`2026-11-24 10:00` has no `T` between date and time");
        assert_eq!(
            read("2026-11-24T10:00[Europe/Berlin"),
            "`2026-11-24T10:00[Europe/Berlin` does not end with one zone in brackets"
        );
        assert_eq!(
            read("2026-11-24T10:00Z[u-ca=hebrew]"),
            "`2026-11-24T10:00Z[u-ca=hebrew]` does not end with one zone in brackets"
        );
        assert_eq!(read("2026-11-24T10:00+1"), "`+1` is not an offset from UTC");
        assert_eq!(Instant::parse("2026-11-24T10:00").unwrap_err().message, "`2026-11-24T10:00` has no zone");
        assert_eq!(Instant::parse("2026-11-24").unwrap_err().message, "`2026-11-24` is not a date and time");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9TZ:.+\\[\\]A-Za-z/ -]{0,40}|2026-1[0-9]-[0-3][0-9]T\\PC{0,12}") {
            let _ = Moment::parse(&text);
        }
    }
}
