//! How a report is to look. The caller knows the terminal; renderers do not ask it.

use crate::session::FailOn;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people: the source with the place drawn under it.
    #[default]
    Human,
    /// One line a finding.
    Concise,
    /// `schemas/report.schema.json`.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Color {
    On,
    #[default]
    Off,
}

/// With which characters lines are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drawing {
    #[default]
    Unicode,
    Ascii,
}

#[derive(Debug, Clone, Copy)]
pub struct Options {
    pub fail_on: FailOn,
    pub color: Color,
    pub drawing: Drawing,
    /// Columns of the terminal.
    pub width: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { fail_on: FailOn::default(), color: Color::default(), drawing: Drawing::default(), width: 100 }
    }
}
