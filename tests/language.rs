//! What the language means: policies and plans in, findings out, each drawn as the text it underlines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what cannot be set up fails the test")]

#[path = "language/absence.rs"]
mod absence;
#[path = "language/consequences.rs"]
mod consequences;
#[path = "language/door.rs"]
mod door;
#[path = "language/expressions.rs"]
mod expressions;
#[path = "language/procedures.rs"]
mod procedures;
#[path = "language/red_flags.rs"]
mod red_flags;
#[path = "support/texts.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod texts;
#[path = "language/time.rs"]
mod time;
#[path = "language/typing.rs"]
mod typing;
#[path = "language/waivers.rs"]
mod waivers;
