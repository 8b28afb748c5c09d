//! How a command ends.

use std::process::ExitCode;

/// The exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// 0
    Go,
    /// 1
    Stop,
    /// 2: it could not be decided
    Undecided,
}

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

impl Status {
    pub(super) const fn from_code(code: u8) -> Self {
        match code {
            0 => Self::Go,
            1 => Self::Stop,
            _ => Self::Undecided,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Go => 0,
            Status::Stop => 1,
            Status::Undecided => 2,
        })
    }
}
