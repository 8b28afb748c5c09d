//! The one layout, as `fmt` makes it: the lines that differ and no others, so that cursors stay where they are.

use gen_lsp_types::TextEdit;

use crate::format::{FormatError, format};
use crate::lsp::document::Document;
use crate::lsp::server::Refusal;
use crate::lsp::transport::code;
use crate::source::Span;

/// Nothing for a text with errors, which are shown already, and for notations that others lay out.
pub(in crate::lsp) fn edits(document: &Document) -> Result<Option<Vec<TextEdit>>, Refusal> {
    if !document.is_native() {
        return Ok(None);
    }
    match format(&document.text, document.parsed()) {
        Ok(laid_out) => Ok(Some(edit(document, &laid_out).into_iter().collect())),
        Err(FormatError::Unparsable(_)) => Ok(None),
        Err(internal @ FormatError::Internal(_)) => Err(Refusal::new(code::REQUEST_FAILED, internal.to_string())),
    }
}

/// From the first line that differs to the last.
fn edit(document: &Document, laid_out: &str) -> Option<TextEdit> {
    let text = &*document.text;
    if text == laid_out {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) =
        (text.split_inclusive('\n').collect(), laid_out.split_inclusive('\n').collect());
    let same_start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - same_start;
    let same_end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    let start = length(old.get(..same_start)?);
    let end = text.len() - length(old.get(old.len() - same_end..)?);
    let new_text = new.get(same_start..new.len() - same_end)?.concat();
    Some(TextEdit { range: document.range(Span::of(start..end)), new_text })
}
