//! Block texts: raw, without the indentation their lines share. `grammar/README.md` states the rule.

use std::ops::Range;

/// The inside of `"""…"""`.
pub(super) fn read(inside: &str) -> String {
    kept(inside).into_iter().filter_map(|range| inside.get(range)).collect()
}

/// What counts of the inside of a block text, in its order; together it is the value.
pub(in crate::syntax) fn kept(inside: &str) -> Vec<Range<usize>> {
    let lines = lines(inside);
    let Some((first, rest)) = lines.split_first() else { return Vec::new() };
    let Some((last, middle)) = rest.split_last() else {
        return std::iter::once(0..one_blank_less(inside, first.content.end)).collect();
    };

    let is_blank = |line: &Line| inside.get(line.content.clone()).is_none_or(|text| text.trim().is_empty());
    let closes_alone = is_blank(last);
    let indent = indentation(inside, middle.iter().filter(|line| !is_blank(line)).chain([last]));
    let mut kept = Vec::with_capacity(lines.len() * 2);
    if !is_blank(first) {
        kept.extend([first.content.clone(), first.end.clone()]);
    }
    for line in middle {
        if !is_blank(line) {
            kept.push(line.content.start + indent..line.content.end);
        }
        kept.push(line.end.clone());
    }
    if closes_alone {
        kept.pop();
    } else {
        kept.push(last.content.start + indent..one_blank_less(inside, last.content.end));
    }
    kept
}

/// A line without its end, and the newline of that end; both as bytes of the text.
struct Line {
    content: Range<usize>,
    end: Range<usize>,
}

fn lines(inside: &str) -> Vec<Line> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in inside.split('\n') {
        let newline = start + line.len();
        let content = line.strip_suffix('\r').filter(|_| newline < inside.len()).unwrap_or(line);
        lines.push(Line { content: start..start + content.len(), end: newline..(newline + 1).min(inside.len()) });
        start = newline + 1;
    }
    lines
}

/// How many bytes of blanks all lines start with.
fn indentation<'a>(inside: &str, lines: impl Iterator<Item = &'a Line>) -> usize {
    let mut shared: Option<&str> = None;
    for line in lines {
        let text = inside.get(line.content.clone()).unwrap_or_default();
        let blanks = text.len() - text.trim_start_matches([' ', '\t']).len();
        let blanks = text.get(..blanks).unwrap_or_default();
        shared = Some(shared.map_or(blanks, |shared| common_start(shared, blanks)));
    }
    shared.map_or(0, str::len)
}

fn common_start<'a>(left: &'a str, right: &str) -> &'a str {
    let same = left.bytes().zip(right.bytes()).take_while(|(left, right)| left == right).count();
    left.get(..same).unwrap_or_default()
}

/// A blank before the closing quotes keeps a quote apart from them, and does not count.
fn one_blank_less(inside: &str, end: usize) -> usize {
    match inside.get(..end) {
        Some(text) if text.ends_with(' ') => end - 1,
        Some(_) | None => end,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn one_line_is_kept_as_it_stands() {
        assert_eq!(read("a  b"), "a  b");
        assert_eq!(read(" ./run \"$X\" "), " ./run \"$X\"");
        assert_eq!(read(""), "");
    }

    #[test]
    fn shared_indentation_and_the_lines_of_the_quotes_do_not_count() {
        assert_eq!(read("\n    a\n      b\n\n    c\n    "), "a\n  b\n\nc");
        assert_eq!(read("\n    a\n  "), "  a");
        assert_eq!(read("\n\ta\n\tb\n\t"), "a\nb");
        assert_eq!(read("\n"), "");
    }

    #[test]
    fn text_on_the_lines_of_the_quotes_counts() {
        assert_eq!(read("a\n    b\n    c "), "a\nb\nc");
    }

    #[test]
    fn line_ends_are_newlines() {
        assert_eq!(read("\r\n  a\r\n  b\r\n  "), "a\nb");
    }
}
