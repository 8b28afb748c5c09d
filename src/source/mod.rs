//! Owns the texts of a run and the places in them. Knows no language and touches no file.

mod line_index;
mod map;
mod span;
mod unseen;

pub use line_index::{LineColumn, LineIndex, Unit};
pub use map::{SourceFile, SourceMap};
pub use span::{FileId, Place, Span};
pub use unseen::{is_unseen, is_wide_blank};
