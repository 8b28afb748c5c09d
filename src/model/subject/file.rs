//! `file`: any file, by its name and text.

use super::{Shape, Type, field, subject};

/// A file as a whole.
pub static FILE: Shape = subject(
    "file",
    "A file of the run, whatever it holds.",
    &[
        field("path", Type::Text, "Its path, as reports show it."),
        field("name", Type::Text, "The last part of its path."),
        field("text", Type::Text, "All of its text."),
        field("size", Type::Number, "How many bytes its text has."),
        field("lines", Type::List(&Type::Text), "Its lines, without line ends, each at its place."),
    ],
);
