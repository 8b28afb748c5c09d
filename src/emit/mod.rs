//! Owns how a [`Procedure`](crate::runbook::Procedure) is written down: as a script, as a pipeline, as the ways it can take,
//! and as documents for people, which alone know the plan as well.

pub mod ansible;
pub mod bash;
mod error;
pub mod explain;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod markdown;
pub mod page;
pub mod people;
mod pipeline;
mod shown;

pub use error::EmitError;
pub use pipeline::Pipeline;
pub use shown::is_mail;
