//! Parts of texts, each at its own place where the document writes the text as it is.

use std::ops::Range;

use crate::model::data::{Data, Value};
use crate::source::{Place, Span};

/// The bytes `range` of a text that a document holds. `source` is all of the document: only where it has the very part
/// at the very place is that the part's place, else it stands where the whole text stands.
pub(super) fn part(whole: &Value, range: Range<usize>, source: &str) -> Option<Value> {
    let Data::Text(written) = &whole.data else { return None };
    let cut = written.get(range.clone())?;
    let opening = whole.place.span.start as usize;
    let place = [opening, opening + 1]
        .into_iter()
        .map(|start| Span::of(start + range.start..start + range.end))
        .find(|span| is_verbatim(written, whole.place.span, *span, range.start, source) && span.text(source) == cut);
    let place = place.map_or(whole.place, |span| Place::new(whole.place.file, span));
    Some(Value::new(Data::text(cut), place))
}

/// Whether everything before the part stands in the source as it does in the text.
fn is_verbatim(written: &str, whole: Span, part: Span, before: usize, source: &str) -> bool {
    let start = part.start as usize - before;
    let prefix = written.get(..before).unwrap_or_default();
    whole.contains(part) && source.get(start..).is_some_and(|text| text.starts_with(prefix))
}
