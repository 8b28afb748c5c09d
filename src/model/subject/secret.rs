//! `secret`: what stands in a file and nobody may see.

use super::{Shape, Type, field, subject};

/// A secret. Its text is in none of its fields.
pub static SECRET: Shape = subject(
    "secret",
    "A token of a known format, a private key, a password in an address, or a value whose key says what it is. Plans of the run are searched, too.",
    &[
        field("path", Type::Text, "The path of its file."),
        field("kind", Type::Text, "What it is: `a GitHub token`, `a private key`, `a password, token or key`."),
        field(
            "masked",
            Type::Text,
            "How it begins, where that says only what it is, and how long it is: `AKIA…(20 characters)`.",
        ),
        field("length", Type::Number, "How many characters it has."),
        field("entropy", Type::Number, "How random it looks, in bits a byte."),
    ],
);
