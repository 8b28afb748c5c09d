//! Byte offsets to lines and columns, in O(log lines).

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
}

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let after_newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| offset(at + 1));
        Self { starts: std::iter::once(0).chain(after_newlines).collect() }
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
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = text.get(start as usize..at as usize).unwrap_or_default();
        LineColumn { line: offset(line) + 1, column: offset(unit.length(before)) + 1 }
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
}
