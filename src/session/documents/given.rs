//! The files that a test gives: a small world of its own.

use std::collections::HashMap;

use super::together::{Around, find};
use crate::model::policy::{DocumentKind, Rule, SubjectKind};
use crate::session::surroundings::Nothing;
use crate::session::waive::glob;
use crate::source::{FileId, SourceMap};
use crate::subject::{self, Found, Nginx, Scripts};

/// Every subject of one kind in files that have no neighbours.
pub(in crate::session) fn search_given(kind: DocumentKind, files: &[FileId], sources: &mut SourceMap) -> Found {
    let (nginx, scripts, mut known) = (Nginx::default(), Scripts::default(), HashMap::new());
    let mut around = Around { surroundings: &Nothing, nginx: &nginx, scripts: &scripts, known: &mut known, sources };
    find(kind, files, &mut around)
}

/// Whether a rule speaks of files called like this.
pub(in crate::session) fn speaks_of(rule: &Rule, path: &str) -> bool {
    let SubjectKind::Document(kind) = rule.subject.kind else { return false };
    let patterns = subject::paths(kind, &rule.subject.globs);
    patterns.into_iter().any(|pattern| glob(pattern).is_ok_and(|matcher| matcher.is_match(path)))
}
