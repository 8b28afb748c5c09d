//! The language server by what its clients see: a scripted one that speaks to the real binary, and Neovim.

#![expect(clippy::disallowed_methods, reason = "these tests lay out files and run the binary")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "what cannot be set up fails the test")]
#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "a place that is wrong fails the test")]

#[path = "lsp/actions.rs"]
mod actions;
#[path = "lsp/client.rs"]
mod client;
#[path = "lsp/completion.rs"]
mod completion;
#[path = "lsp/diagnostics.rs"]
mod diagnostics;
#[path = "lsp/hover.rs"]
mod hover;
#[path = "lsp/names.rs"]
mod names;
#[path = "lsp/neovim.rs"]
mod neovim;
#[path = "lsp/outline.rs"]
mod outline;
#[path = "lsp/protocol.rs"]
mod protocol;
#[path = "lsp/samples.rs"]
mod samples;
#[path = "support/tools.rs"]
mod tools;
