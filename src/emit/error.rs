//! Why a procedure is not written down.

use std::fmt;

use crate::runbook::Fault;

/// A procedure is emitted whole, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmitError {
    /// What this form cannot do, and does not pretend to.
    Unsupported {
        /// Whose: "parallel `migrate-all`".
        of: String,
        /// "is not run at the same time by a bash runbook".
        why: String,
        help: String,
    },
    /// A text no shell can hold: "`run` of step `migrate`" has a NUL in it.
    Nul { of: String },
    /// A text longer than the system lets a command be.
    TooLong { of: String, bytes: usize, most: usize },
    /// The procedure itself is not sound.
    Faults(Vec<Fault>),
}

impl EmitError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Unsupported { help, .. } => help.clone(),
            Self::Nul { .. } => "take the NUL character out: every shell cuts the text there or drops it".to_owned(),
            Self::TooLong { .. } => "put the commands into a script of their own and call that".to_owned(),
            Self::Faults(_) => "`stopline check` says where in the plan".to_owned(),
        }
    }
}

impl fmt::Display for EmitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported { of, why, .. } => write!(out, "{of} {why}"),
            Self::Nul { of } => write!(out, "{of} has a NUL character in it"),
            Self::TooLong { of, bytes, most } => write!(out, "{of} is {bytes} bytes long; at most {most} can be run"),
            Self::Faults(faults) => {
                let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
                out.write_str(&faults.join("; "))
            }
        }
    }
}

impl std::error::Error for EmitError {}
