//! How a report is to look. The caller knows the terminal; renderers do not ask it.

use std::time::Duration;

use crate::session::{Case, Catalogue, FailOn};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people: the source with the place drawn under it.
    #[default]
    Human,
    /// One line a finding.
    Concise,
    /// `schemas/report.schema.json`.
    Json,
    /// SARIF 2.1.0, as code scanning reads it.
    Sarif,
    /// `JUnit` XML, as test reporters read it.
    Junit,
    /// Annotations of GitHub Actions.
    Github,
    /// GitLab Code Quality.
    Gitlab,
    /// Reviewdog's diagnostic format.
    Rdjson,
    /// A summary in Markdown, for a pull request or the page of a run.
    Markdown,
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
pub struct Options<'a> {
    pub fail_on: FailOn,
    pub color: Color,
    pub drawing: Drawing,
    /// Columns of the terminal.
    pub width: usize,
    /// How long the run took, for whoever waited for it; what is kept says nothing of it.
    pub elapsed: Option<Duration>,
    /// How many findings were mended before what is reported.
    pub fixed: usize,
    /// What the rules of the report mean.
    pub catalogue: Catalogue<'a>,
    /// Where the book stands that says what the rules mean.
    pub book: Option<&'a str>,
    /// The tests that were run, where the report is one of tests.
    pub cases: Option<&'a [Case]>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            fail_on: FailOn::default(),
            color: Color::default(),
            drawing: Drawing::default(),
            width: 100,
            elapsed: None,
            fixed: 0,
            catalogue: Catalogue::default(),
            book: None,
            cases: None,
        }
    }
}
