//! Rules that are let pass for a while: the times before the waiver's end are said, those after it are forbidden.

use std::sync::Arc;

use crate::model::units::{Instant, Interval};

/// A rule with `enforce run` that does not hold for the plan, and is let pass.
#[derive(Debug, Clone)]
pub struct WaivedRule {
    /// `pack/rule`.
    pub rule: Arc<str>,
    /// None: as long as the plan says so.
    pub until: Option<Instant>,
    /// Why it passes, until when, and who says so.
    pub words: String,
}

/// What of a stretch is let pass, and what is not.
pub(super) fn split(stretch: Interval, until: Option<Instant>) -> [Option<Interval>; 2] {
    let end = until.map_or(stretch.end, |until| until.clamp(stretch.start, stretch.end));
    [Interval::new(stretch.start, end), Interval::new(end, stretch.end)]
        .map(|part| part.filter(|part| !part.is_empty()))
}
