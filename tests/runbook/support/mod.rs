//! The one door of these tests: a procedure in, what the script did out.

mod build;
pub(crate) mod lab;
mod tools;

pub(crate) use build::*;
pub(crate) use lab::{Lab, Run, sha256};
pub(crate) use tools::tool;
