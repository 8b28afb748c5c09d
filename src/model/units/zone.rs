//! Time zones by their IANA names, from the database in the program: the same answer on every machine.
//!
//! Never asks the system: not for its zone, not for its copy of the database.

use std::fmt;

use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::{Instant, UnitError, UtcOffset};
use crate::diagnostic::did_you_mean;

/// A zone of the database, or a fixed offset from UTC where a time was written with nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    name: String,
    clock: TimeZone,
}

impl Zone {
    pub fn utc() -> Self {
        Self { name: "UTC".to_owned(), clock: TimeZone::UTC }
    }

    /// `+01:00` all the year round.
    pub fn fixed(offset: UtcOffset) -> Self {
        if offset == UtcOffset::UTC {
            return Self::utc();
        }
        let clock = jiff::tz::Offset::from_seconds(offset.seconds()).map_or(TimeZone::UTC, TimeZone::fixed);
        Self { name: offset.to_string(), clock }
    }

    /// Finds `Europe/Berlin`, spelt exactly as the database spells it.
    pub fn parse(name: &str) -> Result<Self, UnitError> {
        let found = TimeZoneDatabase::bundled().get(name).ok();
        let exact = found.filter(|clock| clock.iana_name() == Some(name) && !clock.is_unknown() && name != "Factory");
        exact.map(|clock| Self { name: name.to_owned(), clock }).ok_or_else(|| unknown(name))
    }

    /// As it was written: `Europe/Berlin`, `UTC`, `+01:00`.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn offset_at(&self, instant: Instant) -> UtcOffset {
        UtcOffset::from_seconds(self.clock.to_offset(instant.timestamp()).seconds())
    }

    pub(super) const fn clock(&self) -> &TimeZone {
        &self.clock
    }
}

/// The names of all zones, in the order of the alphabet.
pub fn zone_names() -> Vec<String> {
    let refused = ["Factory", "Etc/Unknown"];
    let database = TimeZoneDatabase::bundled();
    let names = database.available().map(|name| name.as_str().to_owned());
    let mut names: Vec<String> = names.filter(|name| !refused.contains(&name.as_str())).collect();
    names.sort_unstable();
    names
}

/// Longer than any name, with room for slips: comparing costs the product of the lengths.
const LONGEST: usize = 64;

fn unknown(name: &str) -> UnitError {
    let error = UnitError::new(format!("no time zone is called `{name}`"));
    match name {
        "local" | "localtime" | "Local" | "system" => {
            return UnitError::new(format!("`{name}` is another zone on every machine"))
                .help("write the zone's name, such as `Europe/Berlin`");
        }
        "" => return error.help("write the zone's name, such as `Europe/Berlin` or `UTC`"),
        "Z" => return error.help("did you mean `UTC`?"),
        _ => {}
    }
    let numbered = name.contains(|letter: char| letter.is_ascii_digit() || letter == '+') && !name.contains('/');
    if numbered || name.contains([',', '<']) {
        return error.help(
            "a zone has a name, such as `Europe/Berlin`; an offset belongs to the time: `2026-11-24T10:00+01:00`",
        );
    }
    if name.len() > LONGEST {
        return error.help("write a name of the IANA time zone database, such as `Europe/Berlin` or `UTC`");
    }
    let names = zone_names();
    let names = names.iter().map(String::as_str);
    if let Some(same) = names.clone().find(|known| known.eq_ignore_ascii_case(name)) {
        return error.help(format!("did you mean `{same}`?"));
    }
    if name.len() <= 5 && name.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return error.help(
            "short names such as `IST` are shared by several zones: write the whole name, such as `Asia/Kolkata`",
        );
    }
    let city =
        |known: &str| known.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&name.replace(' ', "_")));
    let meant = names.clone().find(|known| city(known)).or_else(|| did_you_mean(name, names));
    match meant {
        Some(meant) => error.help(format!("did you mean `{meant}`?")),
        None => error.help("write a name of the IANA time zone database, such as `Europe/Berlin` or `UTC`"),
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(name: &str) -> String {
        Zone::parse(name).unwrap_err().help.unwrap()
    }

    #[test]
    fn names_of_the_database_are_found() {
        for name in
            ["Europe/Berlin", "UTC", "Etc/UTC", "CET", "EST", "EST5EDT", "America/Argentina/Ushuaia", "Etc/GMT+5"]
        {
            assert_eq!(Zone::parse(name).unwrap().name(), name);
        }
        assert!(zone_names().len() > 590);
        assert!(zone_names().iter().all(|name| Zone::parse(name).is_ok()));
    }

    #[test]
    fn a_misspelt_name_is_an_error_with_the_name_that_was_meant() {
        assert_eq!(Zone::parse("Europe/Berlim").unwrap_err().message, "no time zone is called `Europe/Berlim`");
        assert_eq!(help("Europe/Berlim"), "did you mean `Europe/Berlin`?");
        assert_eq!(help("europe/berlin"), "did you mean `Europe/Berlin`?");
        assert_eq!(help("Europe/Berlin "), "did you mean `Europe/Berlin`?");
        assert_eq!(help("berlin"), "did you mean `Europe/Berlin`?");
        assert_eq!(help("New York"), "did you mean `America/New_York`?");
        assert_eq!(help("utc"), "did you mean `UTC`?");
        assert_eq!(help("Z"), "did you mean `UTC`?");
    }

    #[test]
    fn what_is_no_name_is_refused() {
        assert_eq!(Zone::parse("local").unwrap_err().message, "`local` is another zone on every machine");
        for name in ["CET-1CEST,M3.5.0,M10.5.0/3", "UTC+1", "+01:00", "GMT+2x", "<+03>-3"] {
            assert!(help(name).starts_with("a zone has a name"), "{name}");
        }
        for name in ["PST", "CEST", "IST", "BST"] {
            assert!(help(name).starts_with("short names such as"), "{name}");
        }
        assert!(Zone::parse(&"Europe/Berlin".repeat(100_000)).is_err());
        for name in ["", "Factory", "Etc/Unknown", "Mars/Phobos", "posixrules", "../../etc/passwd", "Europe/Berlin\0"] {
            assert!(Zone::parse(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_fixed_offset_is_a_zone_that_never_changes() {
        let zone = Zone::fixed(UtcOffset::parse("-03:30").unwrap());
        assert_eq!(zone.name(), "-03:30");
        assert_eq!(zone.offset_at(Instant::clamped(0)).seconds(), -12_600);
        assert_eq!(Zone::fixed(UtcOffset::UTC), Zone::utc());
    }
}
