//! The names of directives, for telling where one was not ended. A name that is not here may well be a directive.

use std::collections::HashSet;
use std::sync::OnceLock;

/// Directives that end with `;`, those of common modules included.
static SIMPLE: &str = include_str!("directives.txt");

/// Directives that always open a block.
const BLOCKS: &[&str] = &[
    "charset_map",
    "events",
    "geo",
    "http",
    "if",
    "limit_except",
    "location",
    "mail",
    "map",
    "match",
    "split_clients",
    "stream",
    "types",
    "upstream",
];

/// Blocks whose entries may be called anything.
const FREE: &[&str] = &["charset_map", "geo", "map", "match", "split_clients", "types"];

/// Names that arguments have as well.
const ALSO_ARGUMENTS: &[&str] = &["http2", "http3", "index", "internal", "mirror", "ssl", "state", "status"];

/// Whether the name opens a block, and nothing else.
pub(super) fn opens_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether the name ends with `;`, and nothing else.
pub(super) fn ends_with_semicolon(name: &str) -> bool {
    name != "server" && simple().contains(name)
}

/// Whether a word that opens a line begins a directive, and cannot be an argument of the one before.
pub(super) fn begins_directive(word: &str) -> bool {
    (opens_block(word) || simple().contains(word)) && !ALSO_ARGUMENTS.contains(&word)
}

pub(super) fn holds_free_names(block: &str) -> bool {
    FREE.contains(&block)
}

fn simple() -> &'static HashSet<&'static str> {
    static NAMES: OnceLock<HashSet<&str>> = OnceLock::new();
    NAMES.get_or_init(|| SIMPLE.split_ascii_whitespace().collect())
}
