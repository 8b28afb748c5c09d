//! Markdown as GitHub reads it: headings, items, tasks and code, each with its exact place. Any text
//! is Markdown, so reading has no errors. Knows neither plans nor rules.

mod comments;
mod events;
mod front_matter;
mod inline;
mod look_alike;
mod reader;
mod task;
pub mod times;
mod tree;

pub use inline::{Inline, Run, RunKind};
pub use look_alike::LookAlike;
pub use reader::read;
pub use task::Task;
pub use tree::{Block, BlockId, BlockKind, Markdown, TickBox};

#[cfg(test)]
mod tests;
