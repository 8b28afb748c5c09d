//! One test of a policy and what came of it, as reports list it. Knows no format.

use crate::source::Place;

/// A test that was run, or could not be.
#[derive(Debug, Clone)]
pub struct Case {
    /// The rule it is for: `pack/rule`, or as it is written where there is none.
    pub rule: String,
    /// Its title, with its quotes.
    pub title: Place,
    /// All of it: what is found in there is what was wrong.
    pub extent: Place,
    pub passed: bool,
}

impl Case {
    /// Whether a place is one of the test.
    pub fn holds(&self, place: Place) -> bool {
        self.extent.file == place.file && self.extent.span.contains(place.span)
    }
}
