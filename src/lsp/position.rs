//! Positions of the protocol, lines and columns, to byte offsets and back, in whichever units the client counts.

use gen_lsp_types::{Position, Range};

use crate::source::{LineIndex, Span, Unit};

/// A text and its lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines<'t> {
    text: &'t str,
    index: &'t LineIndex,
    unit: Unit,
}

impl<'t> Lines<'t> {
    pub(super) const fn new(text: &'t str, index: &'t LineIndex, unit: Unit) -> Self {
        Self { text, index, unit }
    }

    pub(super) fn position(self, offset: u32) -> Position {
        let at = self.index.line_column_in(self.unit, self.text, offset);
        Position { line: at.line - 1, character: at.column - 1 }
    }

    pub(super) fn range(self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// Past the end of a line is its end, past the last line the end of the text, and within a character its start.
    pub(super) fn offset(self, position: Position) -> u32 {
        let line = self.index.line_range(position.line as usize, self.text);
        let content = self.text.get(line.clone()).unwrap_or_default();
        let content = content.strip_suffix('\n').map_or(content, |line| line.strip_suffix('\r').unwrap_or(line));
        let (mut column, mut bytes) = (0, 0);
        for character in content.chars() {
            column += self.unit.width(character);
            if column > position.character as usize {
                break;
            }
            bytes += character.len_utf8();
        }
        number(line.start + bytes)
    }

    pub(super) fn span(self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }
}

/// Counts in the protocol are 32 bits wide.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{feff}a🚀b\r\nü = x\n";

    fn column_of(unit: Unit, needle: &str) -> (u32, u32) {
        let index = LineIndex::new(TEXT);
        let lines = Lines::new(TEXT, &index, unit);
        let offset = number(TEXT.find(needle).unwrap());
        let position = lines.position(offset);
        assert_eq!(lines.offset(position), offset, "there and back");
        (position.line, position.character)
    }

    #[test]
    fn a_column_counts_what_was_agreed() {
        assert_eq!(column_of(Unit::Utf16, "b"), (0, 4));
        assert_eq!(column_of(Unit::Byte, "b"), (0, 8));
        assert_eq!(column_of(Unit::Scalar, "b"), (0, 3));
        assert_eq!(column_of(Unit::Utf16, "x"), (1, 4));
    }

    #[test]
    fn no_position_is_outside_the_text_or_within_a_character() {
        let index = LineIndex::new(TEXT);
        let lines = Lines::new(TEXT, &index, Unit::Utf16);
        let at = |line, character| TEXT.get(lines.offset(Position { line, character }) as usize..).unwrap();
        assert!(at(0, 3).starts_with('🚀'), "the second half of a surrogate pair");
        assert!(at(0, 99).starts_with("\r\n"), "past the end of a line");
        assert_eq!(at(7, 0), "");
    }
}
