//! Rules whose clauses were read when Stopline was built, and are decoded and typed when somebody asks. Knows nothing of
//! how they are stored.

use super::clauses::Clauses;
use super::rule::CLAUSES;
use crate::check::expression::Typer;
use crate::check::names::IN_POLICIES;
use crate::check::scope::Scope;
use crate::source::FileId;
use crate::syntax::ast::Clause;

/// What a rule leaves out until it is needed.
#[derive(Debug, Clone, Copy)]
pub struct StoredRule {
    pub decides: StoredClauses,
    pub says: StoredClauses,
}

/// Clauses, and how they are read.
#[derive(Debug, Clone, Copy)]
pub struct StoredClauses {
    pub bytes: &'static [u8],
    pub decode: fn(&'static [u8]) -> Vec<Clause>,
}

/// What names mean where the clauses stand.
#[derive(Debug, Clone)]
pub(super) struct Later {
    pub(super) file: FileId,
    pub(super) scope: Scope,
}

impl Later {
    /// Nothing can be wrong with the clauses of a shipped pack: its tests see to it. So nobody is told.
    pub(super) fn read<T>(
        &self,
        stored: StoredClauses,
        check: impl FnOnce(&Clauses<'_>, &mut Typer<'_>) -> Option<T>,
    ) -> Option<T> {
        let clauses = (stored.decode)(stored.bytes);
        let mut unheard = Vec::new();
        let scope = self.scope.clone();
        let mut typer = Typer { file: self.file, ids: &IN_POLICIES, scope, diagnostics: &mut unheard };
        let clauses = Clauses::of("rule", &clauses, CLAUSES, &mut typer);
        check(&clauses, &mut typer)
    }
}
