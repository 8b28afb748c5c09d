//! Judges rules: a rule and its subjects in, outcomes out. Knows no file, no clock, no output.
//!
//! Logic is three-valued (Kleene): what cannot be known is never taken for true or false.

mod call;
mod compare;
mod condition;
mod context;
mod coverage;
mod evaluate;
mod finding;
mod judge;
mod literal;
mod operator;
mod outcome;
mod path;
mod overlap;
mod render;
mod subject;
mod unknown;

pub use context::{Context, Files, NoFiles, NoPen, Pen, Written};
pub use coverage::{Clause, ClauseKind, Coverage};
pub use finding::reason_undecided;
pub use judge::{judge_rule, judge_subject};
pub use literal::literal;
pub use outcome::{Judgement, Outcome, Skipped};
pub use path::places_of_path;
pub use subject::{Selected, selects};
