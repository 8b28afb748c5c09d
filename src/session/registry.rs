//! Every built-in diagnostic there is: what `explain`, reports and documentation are derived from.

use crate::check::analysis::ANALYSIS_DESCRIPTORS;
use crate::check::expand::PROCEDURE_DESCRIPTORS;
use crate::check::from_document::FROM_DOCUMENT_DESCRIPTORS;
use crate::check::from_markdown::FROM_MARKDOWN_DESCRIPTORS;
use crate::check::lints::LINT_DESCRIPTORS;
use crate::check::names::NAME_DESCRIPTORS;
use crate::check::waiver::WAIVER_DESCRIPTORS;
use crate::diagnostic::Descriptor;
use crate::document::DOCUMENT_DIAGNOSTICS;
use crate::journal::diagnostics::JOURNAL_DESCRIPTORS;
use crate::runbook::{LOWER_DESCRIPTORS, PROOF_DESCRIPTORS};
use crate::subject::{NGINX_DIAGNOSTICS, PM2_DIAGNOSTICS};
use crate::syntax::diagnostics::TABLE as SYNTAX_DESCRIPTORS;

use super::diagnostics::SESSION_DESCRIPTORS;

/// All of them, table by table.
pub fn builtin() -> impl Iterator<Item = &'static Descriptor> {
    reading().chain(judging())
}

/// Whether a waiver or an ignore may let it pass: what was not understood or not decided cannot be.
pub fn may_be_waived(rule: &str) -> bool {
    reading().all(|known| known.id != rule) && judging().all(|known| known.id != rule || !known.undecided)
}

/// What keeps a file from being read as it was meant.
pub(super) fn reading() -> impl Iterator<Item = &'static Descriptor> {
    let tables = [
        SYNTAX_DESCRIPTORS,
        DOCUMENT_DIAGNOSTICS,
        NAME_DESCRIPTORS,
        FROM_DOCUMENT_DESCRIPTORS,
        FROM_MARKDOWN_DESCRIPTORS,
        PROCEDURE_DESCRIPTORS,
        JOURNAL_DESCRIPTORS,
    ];
    tables.into_iter().flatten().copied()
}

/// What is made of a file that was read.
pub(super) fn judging() -> impl Iterator<Item = &'static Descriptor> {
    let tables = [
        LINT_DESCRIPTORS,
        ANALYSIS_DESCRIPTORS,
        LOWER_DESCRIPTORS,
        PROOF_DESCRIPTORS,
        NGINX_DIAGNOSTICS,
        PM2_DIAGNOSTICS,
        WAIVER_DESCRIPTORS,
        SESSION_DESCRIPTORS,
    ];
    tables.into_iter().flatten().copied()
}
