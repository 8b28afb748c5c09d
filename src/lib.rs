//! Stopline reads deployment plans and checklist policies, says GO or STOP, and compiles a plan that may go into a
//! runbook that keeps the same rules while it runs.
//!
//! The modules, in reading order; a lower one never imports an upper one (`tests/architecture.rs` says so).

pub mod source;
pub mod diagnostic;
pub mod syntax;
pub mod document;
pub mod journal;
pub mod model;
pub mod format;
pub mod check;
pub mod subject;
pub mod eval;
pub mod runbook;
pub mod emit;
pub mod import;
pub mod init;
pub mod session;
pub mod audit;
pub mod report;
pub mod lsp;
pub mod cli;
