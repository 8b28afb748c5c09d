//! Byte offsets to lines and columns, in O(log lines): however long a line is, a column is counted from close by.

/// Counted from 1; the column counts Unicode scalar values, unless another unit was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    pub line: u32,
    pub column: u32,
}

impl Default for LineColumn {
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Unicode scalar values.
    Scalar,
    Utf16,
    Byte,
}

impl Unit {
    /// How much a character adds to a column.
    pub const fn width(self, character: char) -> usize {
        match self {
            Self::Scalar => 1,
            Self::Utf16 => character.len_utf16(),
            Self::Byte => character.len_utf8(),
        }
    }

    pub fn length(self, text: &str) -> usize {
        text.chars().map(|character| self.width(character)).sum()
    }
}

/// Where each line of a text starts.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// The lines that are longer than a stride, in their order.
    long: Vec<LongLine>,
}

/// No more bytes than this are counted for one column.
const STRIDE: usize = 1024;

/// A line of which nobody wants to count every character for every place that stands on it.
#[derive(Debug, Clone)]
struct LongLine {
    number: usize,
    /// How much stands before every stride of it.
    before: Vec<Counted>,
}

/// What some bytes of a text come to, wherever they are cut.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    scalars: usize,
    /// Those of them that are two units of UTF-16.
    pairs: usize,
}

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let after_newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| offset(at + 1));
        let mut index = Self { starts: std::iter::once(0).chain(after_newlines).collect(), long: Vec::new() };
        let is_long = |number: &usize| index.line_range(*number, text).len() > STRIDE;
        let long = (0..index.line_count()).filter(is_long);
        index.long = long
            .map(|number| {
                LongLine::new(number, text.as_bytes().get(index.line_range(number, text)).unwrap_or_default())
            })
            .collect();
        index
    }

    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The line an offset stands on, counted from 0.
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The bytes of a line (counted from 0), its line end included.
    pub fn line_range(&self, line: usize, text: &str) -> std::ops::Range<usize> {
        let start = self.starts.get(line).map_or(text.len(), |start| *start as usize);
        let end = self.starts.get(line + 1).map_or(text.len(), |start| *start as usize);
        start..end
    }

    pub fn line_column(&self, text: &str, at: u32) -> LineColumn {
        self.line_column_in(Unit::Scalar, text, at)
    }

    pub fn line_column_in(&self, unit: Unit, text: &str, at: u32) -> LineColumn {
        let line = self.line(at);
        let start = self.starts.get(line).copied().unwrap_or_default() as usize;
        let before = text.as_bytes().get(start..at as usize).unwrap_or_default();
        let (known, rest) = self.known(line, before.len());
        let counted = known.and(Counted::of(before.get(rest..).unwrap_or_default()));
        let column = match unit {
            Unit::Scalar => counted.scalars,
            Unit::Utf16 => counted.scalars + counted.pairs,
            Unit::Byte => before.len(),
        };
        LineColumn { line: offset(line) + 1, column: offset(column) + 1 }
    }

    /// What is known of so many bytes of a line, and from where on they are to be counted.
    fn known(&self, line: usize, bytes: usize) -> (Counted, usize) {
        let stride = bytes / STRIDE;
        let long = self.long.binary_search_by_key(&line, |long| long.number).ok().and_then(|at| self.long.get(at));
        let known = long.and_then(|long| long.before.get(stride));
        known.map_or((Counted::default(), 0), |known| (*known, stride * STRIDE))
    }
}

impl LongLine {
    fn new(number: usize, bytes: &[u8]) -> Self {
        let strides = bytes.chunks(STRIDE).scan(Counted::default(), |before, stride| {
            let so_far = *before;
            *before = so_far.and(Counted::of(stride));
            Some(so_far)
        });
        Self { number, before: strides.collect() }
    }
}

impl Counted {
    /// A character is counted where it begins.
    fn of(bytes: &[u8]) -> Self {
        let scalars = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        Self { scalars, pairs: bytes.iter().filter(|byte| **byte >= 0xF0).count() }
    }

    const fn and(self, other: Self) -> Self {
        Self { scalars: self.scalars + other.scalars, pairs: self.pairs + other.pairs }
    }
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "a\nü🚀x\n";
        let index = LineIndex::new(text);
        let x = u32::try_from(text.find('x').unwrap()).unwrap();
        assert_eq!(index.line_column(text, 0), LineColumn { line: 1, column: 1 });
        assert_eq!(index.line_column(text, x), LineColumn { line: 2, column: 3 });
        assert_eq!(index.line_column_in(Unit::Utf16, text, x), LineColumn { line: 2, column: 4 });
        assert_eq!(index.line_column_in(Unit::Byte, text, x), LineColumn { line: 2, column: 7 });
        assert_eq!(index.line_column(text, x + 2), LineColumn { line: 3, column: 1 });
        assert_eq!(index.line_range(1, text), 2..10);
    }
    #[test]
    fn columns_of_a_long_line_are_those_of_a_short_one_and_counted_from_close_by() {
        let text = format!("short\n{}\nshort\n", "aü€🚀 ".repeat(1_000));
        let index = LineIndex::new(&text);
        assert_eq!(index.long.len(), 1);
        for (at, _) in text.char_indices() {
            let start = text.get(..at).unwrap().rfind('\n').map_or(0, |end| end + 1);
            let place = u32::try_from(at).unwrap();
            for unit in [Unit::Scalar, Unit::Utf16, Unit::Byte] {
                let column = offset(unit.length(text.get(start..at).unwrap())) + 1;
                assert_eq!(index.line_column_in(unit, &text, place).column, column, "{at}, {unit:?}");
            }
            let (_, from) = index.known(index.line(place), at - start);
            assert!(at - start - from <= STRIDE, "{at} is counted from {from}");
        }
    }

    #[test]
    fn a_line_as_long_as_some_strides_has_its_end() {
        for length in [STRIDE - 1, STRIDE, STRIDE + 1, 2 * STRIDE - 1, 2 * STRIDE] {
            for end in ["", "\n"] {
                let text = "x".repeat(length) + end;
                let at = LineIndex::new(&text).line_column(&text, u32::try_from(length).unwrap());
                assert_eq!(at, LineColumn { line: 1, column: offset(length) + 1 });
            }
        }
    }
}
