//! Marks of the languages that write YAML and JSON, such as those of Helm and Jinja: asked only where a text is neither.

use crate::source::Span;

/// What opens a mark, and what closes it.
const MARKS: [(&str, &str); 4] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<%", "%>")];

/// The first mark that opens a line or a value. Expressions of GitHub (`${{ … }}`) are text.
pub(super) fn mark(text: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some((at, length)) = in_line(line) {
            return Some(Span::of(start + at..start + at + length));
        }
        start += line.len();
    }
    None
}

/// Where a mark begins in a line, and how long it is.
fn in_line(line: &str) -> Option<(usize, usize)> {
    let said = line.trim_start_matches([' ', '\t', '-']);
    if said.starts_with('#') {
        return None;
    }
    let value = said.split_once(": ").map(|(_, value)| value.trim_start());
    let begin = [Some(said), value].into_iter().flatten();
    begin.filter_map(|rest| Some((rest, whole(rest)?))).map(|(rest, length)| (line.len() - rest.len(), length)).next()
}

fn whole(rest: &str) -> Option<usize> {
    let (open, close) = MARKS.iter().find(|(open, _)| rest.starts_with(open))?;
    Some(rest.find(close).map_or(open.len(), |closes| closes + close.len()))
}
