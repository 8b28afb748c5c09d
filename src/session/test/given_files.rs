//! What a test of a rule about files gives: a small world of its own.

use super::Bench;
use crate::diagnostic::{Diagnostic, did_you_mean, join_with_or};
use crate::eval::{Judgement, Outcome};
use crate::model::data::Value;
use crate::model::policy::DocumentKind;
use crate::model::units::Instant;
use crate::session::documents::{judge_subjects, search_given, speaks_of};
use crate::source::{FileId, SourceMap};
use crate::subject;
use crate::syntax::ast;

impl Bench<'_> {
    /// The outcome of the rule over the files given, and the subjects it found in them.
    pub(super) fn judge_files(
        &self,
        kind: DocumentKind,
        given: &[&ast::Given],
        now: Instant,
        sources: &mut SourceMap,
    ) -> Result<(Judgement, Vec<Value>), Box<Diagnostic>> {
        let mut files: Vec<(FileId, String)> = Vec::with_capacity(given.len());
        for given in given {
            self.check_format(kind, given)?;
            let path = given.path.as_ref().map_or(subject::given_path(kind), |path| &path.value.value);
            if given.path.is_some() && !speaks_of(self.rule, path) {
                let message = format!("`{}` does not look at files called `{path}`", self.rule.id);
                return Err(Box::new(self.incomplete(given.format.span, &message)));
            }
            if files.iter().any(|(_, known)| known == path) {
                let message = format!("`{path}` is given twice");
                return Err(Box::new(self.incomplete(given.format.span, &message).help("give each file its own path")));
            }
            files.push((sources.add(path, given.text.value.value.as_str()), path.to_owned()));
        }
        let ids: Vec<FileId> = files.iter().map(|(file, _)| *file).collect();
        let found = search_given(kind, &ids, sources);
        let mut judgement = judge_subjects(self.rule, &found.subjects, self.applied, now, self.surroundings, sources);
        if !found.diagnostics.is_empty() {
            judgement.outcomes.push(Outcome::Error(found.diagnostics));
        }
        Ok((judgement, found.subjects))
    }

    fn check_format(&self, kind: DocumentKind, given: &ast::Given) -> Result<(), Box<Diagnostic>> {
        let formats = subject::given_formats(kind);
        if formats.contains(&given.format.value.as_str()) {
            return Ok(());
        }
        let help = did_you_mean(&given.format.value, formats.iter().copied()).map_or_else(
            || format!("write `given {}`", join_with_or(formats)),
            |meant| format!("did you mean `{meant}`?"),
        );
        let message =
            format!("`{}` speaks of `{}`, and this gives `{}`", self.rule.id, kind.name(), given.format.value);
        Err(Box::new(self.incomplete(given.format.span, &message).help(help)))
    }
}
