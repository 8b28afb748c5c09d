//! Owns how a [`Procedure`](crate::runbook::Procedure) is written down: as a script, as a pipeline, as the ways it can take. Knows no plan.

pub mod ansible;
pub mod bash;
mod error;
pub mod explain;
pub mod github;
pub mod gitlab;
mod pipeline;

pub use error::EmitError;
pub use pipeline::Pipeline;
