//! YAML 1.2 text into the arena, from the events of the parser: byte places only, nothing expanded.

mod message;
mod reader;
mod scalar;

pub(super) use reader::read;

use super::builder::Scalar;

/// Whether a bare word is a text, and no number, boolean or null.
pub(super) fn is_text(plain: &str) -> bool {
    matches!(scalar::plain(plain), Scalar::String)
}

#[cfg(test)]
mod tests;
