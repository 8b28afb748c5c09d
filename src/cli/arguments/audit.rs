//! What can be said to `stopline audit`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ColorChoice, Judging, Level, Settings};

#[derive(Debug, Args)]
pub(in crate::cli) struct Audit {
    /// Files and folders; the folder one stands in if none is given. Journals are found in folders whatever is ignored
    #[arg(value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) judging: Judging,
    #[command(flatten)]
    pub(in crate::cli) settings: Settings,
    /// How the evidence is written, or its findings alone
    #[arg(long, value_enum, default_value_t = AuditFormat::Human)]
    pub(in crate::cli) format: AuditFormat,
    /// Whether colours are used
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    pub(in crate::cli) color: ColorChoice,
    /// Say on standard error what is applied, and what is passed over
    #[arg(long, short)]
    pub(in crate::cli) verbose: bool,
    /// The level from which a finding stops
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Level::Error)]
    pub(in crate::cli) fail_on: Level,
    /// Leave out what this file lists, and count it; nothing that is found in a journal is left out
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// The digest of the last line of a journal, as it was kept; a journal without that line was cut off or changed
    #[arg(long = "head", value_name = "DIGEST")]
    pub(in crate::cli) heads: Vec<String>,
    /// What standard input is called: its ending says how it is read
    #[arg(long, value_name = "NAME", default_value = "stdin.plan")]
    pub(in crate::cli) stdin_name: String,
    /// Write the report here, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AuditFormat {
    /// The evidence for people, then the findings with the source
    Human,
    /// One object, as schemas/audit.schema.json says
    Json,
    /// A document to be pasted
    Markdown,
    /// The same as one file to open or print
    Html,
    /// One table, for spreadsheets
    Csv,
    /// Assessment results of OSCAL 1.1.2, in JSON
    Oscal,
    /// The findings alone, one line each
    Concise,
    /// The findings alone: SARIF 2.1.0, for code scanning
    Sarif,
    #[value(help = "The findings alone: JUnit XML, for test reporters")]
    Junit,
    /// The findings alone: annotations of GitHub Actions
    Github,
    /// The findings alone: GitLab Code Quality
    Gitlab,
    /// The findings alone: Reviewdog's diagnostic format
    Rdjson,
}
