//! `markdown.task`: the items with a box to tick.

use super::{Shape, Type, field, subject};

/// One task of a Markdown file.
pub static MARKDOWN_TASK: Shape = subject(
    "markdown.task",
    "An item with a box, `- [ ]` or `- [x]`, wherever GitHub shows one: what stands in a code block is none.",
    &[
        field("text", Type::Text, "Its first paragraph, without markup, on one line."),
        field("ticked", Type::Bool, "Whether its box is ticked."),
        field("heading", Type::Text, "The nearest heading above it, if there is one."),
        field("headings", Type::List(&Type::Text), "All headings above it, the highest first."),
        field("level", Type::Number, "The level of the nearest heading, from 1 to 6, if there is one."),
        field(
            "due",
            Type::Offset,
            "When it is due, if it or the nearest heading that does says so: `T-1 Week`, `T-0`.",
        ),
        field("depth", Type::Number, "How many tasks it is a part of."),
        field("parent", Type::Text, "The text of the task it is a part of, if there is one."),
        field("number", Type::Number, "Its number, if it stands in a list with numbers."),
        field("list", Type::Number, "Which list of the file it stands in, counted from 1."),
        field("links", Type::List(&Type::Text), "Where its links lead to."),
        field("line", Type::Number, "The line its box stands in, counted from 1."),
        field("path", Type::Text, "The path of its file, as reports show it."),
    ],
);
