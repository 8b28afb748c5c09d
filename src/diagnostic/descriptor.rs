//! The identity of a built-in diagnostic: its id, weight and documentation, declared beside the code that raises it.

use std::fmt;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl Severity {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A built-in diagnostic. `explain`, the documentation and the rule tables of reports are derived from it.
#[derive(Debug, PartialEq, Eq)]
pub struct Descriptor {
    /// `syntax/…`, `plan/…`, `policy/…`, `document/…`, `waiver/…`, `config/…` or `journal/…`.
    pub id: &'static str,
    pub severity: Severity,
    /// True where it means "this could not be judged" (exit status 2) rather than "this is not allowed" (1).
    pub undecided: bool,
    /// One line: what is wrong.
    pub summary: &'static str,
    /// Markdown: why it matters, what to do, an example.
    pub doc: &'static str,
}

/// Declares descriptors and the table that lists them: `descriptors! { pub(crate) TABLE; NAME = { … } … }`.
/// Declaring one is registering it.
#[macro_export]
macro_rules! descriptors {
    ($(#[$meta:meta])* $table:ident; $($name:ident = { id: $id:literal, severity: $severity:ident, undecided: $undecided:literal, summary: $summary:literal, doc: $doc:expr $(,)? })+) => {
        $(
            #[doc = $summary]
            pub static $name: $crate::diagnostic::Descriptor = $crate::diagnostic::Descriptor {
                id: $id,
                severity: $crate::diagnostic::Severity::$severity,
                undecided: $undecided,
                summary: $summary,
                doc: $doc,
            };
        )+
        $(#[$meta])*
        pub static $table: &[&$crate::diagnostic::Descriptor] = &[$(&$name),+];
    };
}
