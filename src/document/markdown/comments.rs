//! `<!-- … -->` within what the reader takes for HTML.

use super::super::Comment;
use crate::source::Span;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// The comments in `span` of the text; one that never ends reaches as far as the HTML does.
pub(super) fn comments_in(text: &str, span: Span, found: &mut Vec<Comment>) {
    let html = span.text(text);
    let mut at = 0;
    while let Some(open) = html.get(at..).and_then(|rest| rest.find(OPEN)).map(|open| at + open) {
        let body = open + OPEN.len();
        let close = html.get(body..).and_then(|rest| rest.find(CLOSE));
        let end = close.map_or(html.len(), |close| body + close + CLOSE.len());
        found.push(Comment::new(text, Span::of(open..end).shifted(span.start)));
        at = end;
    }
}
