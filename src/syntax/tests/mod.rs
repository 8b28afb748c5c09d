//! The syntax layer as its users see it: text in; tree, comments and diagnostics out.

#![expect(clippy::string_slice, reason = "a test that cuts a text wrongly fails, as it should")]

mod comments;
mod documented;
mod examples;
mod mutations;
mod recovery;
mod robustness;
mod slips;
mod trees;

use super::ast::File;
use super::{Parse, parse};
use crate::source::FileId;

fn read(text: &str) -> Parse<File> {
    parse(FileId::default(), text)
}

/// Each diagnostic as `id: message | underlined text | help`.
fn said(text: &str) -> Vec<String> {
    let line = |diagnostic: &crate::diagnostic::Diagnostic| {
        let underlined = diagnostic.place.map_or("nowhere", |place| place.span.text(text));
        let help = diagnostic.help.as_deref().unwrap_or("no help");
        format!("{}: {} | {underlined} | {help}", diagnostic.rule, diagnostic.message)
    };
    read(text).diagnostics.iter().map(line).collect()
}
