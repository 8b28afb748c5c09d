//! Tree and comments to text: one layout for everybody. Owns how files look and nothing of what they mean; it never
//! hands out a text that says something else than what it was given.
//!
//! `Builder` turns the tree into a flat run of [`op::Op`]s and puts each comment where it belongs; `layout` turns the
//! run into lines, in one pass; `verify` reads the result again.

mod block_text;
mod build;
mod clause;
mod error;
mod expression;
mod item;
mod layout;
mod op;
mod policy;
mod quoted;
mod sequence;
mod test;
mod value;
mod verify;

pub use error::{FormatError, Unsound};
pub(crate) use quoted::must_be_escaped;
pub use quoted::quoted;

use crate::syntax::Parse;
use crate::syntax::ast::File;

/// Lays out `text`, which `parse` was read from. Line ends become newlines, a byte order mark is dropped, and a text
/// with errors is not touched.
pub fn format(text: &str, parse: &Parse<File>) -> Result<String, FormatError> {
    if !parse.diagnostics.is_empty() {
        return Err(FormatError::Unparsable(parse.diagnostics.clone()));
    }
    let ops = build::file(text, parse)?;
    let laid_out = layout::lay_out(&ops);
    verify::says_the_same(text, parse, &laid_out)?;
    Ok(laid_out)
}

#[cfg(test)]
mod tests;
