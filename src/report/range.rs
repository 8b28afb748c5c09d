//! Lines and columns, as reports for machines write them.

use serde::Serialize;

use crate::source::{FileId, Place, SourceMap, Unit};

/// Counted from 1.
#[derive(Serialize)]
pub(super) struct Position {
    pub(super) line: u32,
    pub(super) column: u32,
}

#[derive(Serialize)]
pub(super) struct Range {
    pub(super) start: Position,
    pub(super) end: Position,
}

/// The end is the first that is no part of it.
pub(super) fn range(place: Place, unit: Unit, sources: &SourceMap) -> Range {
    let at = |offset| position(place.file, offset, unit, sources);
    Range { start: at(place.span.start), end: at(place.span.end) }
}

pub(super) fn position(file: FileId, offset: u32, unit: Unit, sources: &SourceMap) -> Position {
    let at = sources.line_column_in(unit, file, offset);
    Position { line: at.line, column: at.column }
}
