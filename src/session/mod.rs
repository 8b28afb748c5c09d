//! The pure driver: loaded sources in, findings out. Knows no file system, no clock, no output format.

mod asked;
mod check;
mod compile;
mod config;
mod consequence;
pub mod diagnostics;
mod documents;
mod explain;
mod fingerprint;
mod input;
mod judge;
mod named_files;
mod one_cause;
mod packs;
mod policies;
mod procedures;
mod registry;
mod report;
mod surroundings;
mod test;
mod waive;

pub use check::{Checked, Elsewhere, Request, Selection, check};
pub use compile::{Compiled, Target, compile, explain_run};
pub use config::{Config, config_schema_text, read_config};
pub use documents::Candidates;
pub use explain::{Catalogue, Explained, explainable};
pub use fingerprint::fingerprints;
pub use input::{Input, Language, parse};
pub use judge::JudgedPlan;
pub use packs::Pack;
pub use policies::{AppliedPolicy, Override};
pub use procedures::{ExplainedParameter, ExplainedProcedure, Shipped, explain_procedure};
pub use registry::{builtin, may_be_waived};
pub use report::{FailOn, Report, Summary, Verdict};
pub use surroundings::{Nothing, Surroundings};
pub use test::{Covered, Tested, test};
