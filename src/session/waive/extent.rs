//! What goes with a comment or a block that is deleted: its line, and the empty line that would be one too many. Knows
//! neither waivers nor ignores.

use crate::source::Span;

/// What stands in lines of its own with these lines, anything else with the blanks before it.
pub(super) fn extent(text: &str, span: Span) -> Span {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let kept = before.trim_end_matches([' ', '\t']);
    let rest = text.get(span.end as usize..).unwrap_or_default();
    let line_end = rest.find('\n').map_or(rest.len(), |end| end + 1);
    let is_alone = rest.get(..line_end).is_some_and(|rest| rest.trim().is_empty());
    let end = if begins_line(kept) && is_alone { line_end } else { 0 };
    Span::of(kept.len()..span.end as usize + end)
}

/// The same with one of the empty lines around it, where there is one on either side, or nothing.
pub(super) fn block_extent(text: &str, span: Span) -> Span {
    let whole = extent(text, span);
    let before = text.get(..whole.start as usize).unwrap_or_default();
    let after = text.get(whole.end as usize..).unwrap_or_default();
    let above = before.strip_suffix('\n').map(|above| above.strip_suffix('\r').unwrap_or(above));
    let ends_line = after.is_empty() || begins_line(text.get(..whole.end as usize).unwrap_or_default());
    let is_apart = above.is_none_or(begins_line) && ends_line;
    let below = after.split_inclusive('\n').next();
    match (below, above) {
        (Some(below), _) if is_apart && below.trim().is_empty() => {
            Span::of(whole.start as usize..whole.end as usize + below.len())
        }
        (None, Some(above)) if is_apart => Span::of(above.len()..whole.end as usize),
        _ => whole,
    }
}

/// Whether a line begins behind this text; the mark at the start of a file is no part of its first line.
fn begins_line(before: &str) -> bool {
    matches!(before, "" | "\u{feff}") || before.ends_with('\n')
}

#[cfg(test)]
mod tests {
    use super::{block_extent, extent};
    use crate::source::Span;

    const BLOCK: &str = "waive a/b {}";

    fn without(text: &str) -> String {
        let start = text.find(BLOCK).unwrap();
        let span = block_extent(text, Span::of(start..start + BLOCK.len()));
        let mut rest = text.to_owned();
        rest.replace_range(span.start as usize..span.end as usize, "");
        rest
    }

    #[test]
    fn a_block_goes_with_its_lines_and_one_of_the_empty_ones_around_it() {
        for (with, rest) in [
            ("one\n\nwaive a/b {}\n\ntwo\n", "one\n\ntwo\n"),
            ("one\r\n\r\nwaive a/b {}\r\n\r\ntwo\r\n", "one\r\n\r\ntwo\r\n"),
            ("one\n\nwaive a/b {}\n", "one\n"),
            ("one\n\nwaive a/b {}", "one\n"),
            ("waive a/b {}\n\ntwo\n", "two\n"),
            ("one\nwaive a/b {}\n\ntwo\n", "one\n\ntwo\n"),
            ("one\n\n  waive a/b {}  \ntwo\n", "one\n\ntwo\n"),
            ("waive a/b {}", ""),
        ] {
            assert_eq!(without(with), rest, "{with:?}");
        }
    }

    #[test]
    fn what_shares_its_line_or_explains_it_stays() {
        for (with, rest) in [
            ("# why\nwaive a/b {}\ntwo\n", "# why\ntwo\n"),
            ("one {} waive a/b {} # two\n\n", "one {} # two\n\n"),
            ("\nwaive a/b {} two\n", "\n two\n"),
        ] {
            assert_eq!(without(with), rest, "{with:?}");
        }
    }

    #[test]
    fn a_comment_behind_something_goes_with_the_blanks_before_it() {
        let text = "a: 1  # x\n# y\nb: 2\n";
        assert_eq!(extent(text, Span::of(6..9)), Span::of(4..9));
        assert_eq!(extent(text, Span::of(10..13)), Span::of(10..14));
        assert_eq!(extent("\u{feff}# x\nb: 2\n", Span::of(3..6)), Span::of(3..7));
    }
}
