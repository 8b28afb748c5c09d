//! Owns how a [`Procedure`](crate::runbook::Procedure) is written down: as a script, as a pipeline. Knows no plan.

pub mod bash;
mod error;
pub mod github;

pub use error::EmitError;
