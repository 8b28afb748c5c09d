//! The one door of these tests: a procedure in, what the script did out.

mod build;
pub(crate) mod lab;

pub(crate) use build::*;
pub(crate) use lab::{ALL_SIGNALS, Lab, Run, as_nobody, everybody_may_write, forge, sha256};
