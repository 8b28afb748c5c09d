//! The last word before a text is handed out: read again, it says the same.

use super::Unsound;
use crate::source::FileId;
use crate::syntax::ast::File;
use crate::syntax::{Parse, parse};

pub(super) fn says_the_same(text: &str, before: &Parse<File>, laid_out: &str) -> Result<(), Unsound> {
    let after = parse(FileId::default(), laid_out);
    if !after.diagnostics.is_empty() {
        return Err(Unsound::Readability);
    }
    if after.tree != before.tree {
        return Err(Unsound::Meaning);
    }
    if comments(text, before) != comments(laid_out, &after) {
        return Err(Unsound::Comments);
    }
    Ok(())
}

/// Sorted: a comment may move, as from between a name and its `=`.
fn comments<'a>(text: &'a str, parse: &Parse<File>) -> Vec<&'a str> {
    let mut comments: Vec<&str> = parse.comments.iter().map(|comment| comment.span.text(text).trim_end()).collect();
    comments.sort_unstable();
    comments
}
