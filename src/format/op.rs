//! What a text is laid out from: a flat run of texts, groups and places where a line may end.

/// A group stands on one line, or each of its own [`Op::Line`]s ends one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op<'a> {
    /// Within one line.
    Text(&'a str),
    /// A block text of several lines, as written.
    Block(&'a str),
    /// One blank, unless the line ends here.
    Space,
    /// One blank, and in a broken group as many more as it takes to reach the column its neighbours share.
    Pad(usize),
    /// A group starts.
    Begin(Shape),
    End,
    Indent,
    Dedent,
    /// A blank, or in a broken group the end of the line.
    Line,
    /// Nothing, or in a broken group the end of the line.
    SoftLine,
    /// An empty line, where a line has just ended.
    EmptyLine,
    IfFlat(&'static str),
    IfBroken(&'static str),
    /// Whatever comes next starts on a line of its own.
    Comment {
        text: &'a str,
        stands: Stands,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// On one line if there is room.
    Flexible,
    Broken,
}

/// Where a comment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    Alone,
    /// After something, on the same line.
    Trailing,
}
