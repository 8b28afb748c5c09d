//! YAML 1.2 text into the arena, from the events of the parser: byte places only, nothing expanded.

mod message;
mod reader;
mod scalar;

pub(super) use reader::read;

#[cfg(test)]
mod tests;
