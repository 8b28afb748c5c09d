//! The layout as its users see it: text in, text out.

mod block_texts;
mod blocks;
mod comments;
mod conditions;
mod examples;
mod properties;
mod scribble;
mod whole_files;

use super::{FormatError, format};
use crate::source::FileId;
use crate::syntax::parse;

/// The laid out text; it is laid out, too.
fn laid_out(text: &str) -> String {
    let once = try_lay_out(text).unwrap_or_else(|error| panic!("{error}: {error:?}\n{text}"));
    let twice = try_lay_out(&once).unwrap_or_else(|error| panic!("{error}: {error:?}\n{once}"));
    assert_eq!(once, twice, "the second pass changes what the first one wrote\n{text}");
    once
}

fn try_lay_out(text: &str) -> Result<String, FormatError> {
    format(text, &parse(FileId::default(), text))
}
