//! One feature a file: what is asked about a place in a text, and the answer in the words of the protocol.

pub(super) mod actions;
pub(super) mod completion;
pub(super) mod definition;
pub(super) mod folding;
pub(super) mod formatting;
pub(super) mod highlight;
pub(super) mod hints;
pub(super) mod hover;
pub(super) mod references;
pub(super) mod rename;
pub(super) mod symbols;
pub(super) mod tokens;
