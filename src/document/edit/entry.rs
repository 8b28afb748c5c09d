//! One more entry on a line of its own: in block mappings of YAML, in tables of TOML, in dotenv and INI.

use super::Change;
use super::layout::{line_end, line_end_of};
use crate::source::Span;

/// Behind the line on which `after` stands.
pub(super) fn line_behind(text: &str, after: u32, line: &str) -> Vec<Change> {
    let at = line_end(text, after);
    vec![Change { span: Span::at(at), text: format!("{}{line}", line_end_of(text)) }]
}
