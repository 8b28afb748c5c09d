//! `stopline.toml`: what a repository says once for every run. Knows what it says, not where it is found.

mod read;
mod schema;
mod settings;
mod targets;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use globset::Glob;

use super::diagnostics::UNKNOWN_RULE;
use super::packs::Pack;
use super::policies::Override;

use crate::check::waiver::KnownRules;
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};
use crate::model::located::Located;
use crate::model::units::Version;
use crate::subject::Nginx;

pub use read::read_config;
pub use schema::config_schema_text;
pub use targets::Targets;

/// What a repository has settled.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The shipped packs that judge, instead of the recommended ones.
    pub packs: Option<Vec<&'static Pack>>,
    /// The files and folders of policies that judge, instead of those found.
    pub policies: Option<Vec<Located<String>>>,
    /// Which files a walk of folders passes over, as patterns seen from the file's folder.
    pub exclude: Vec<Glob>,
    /// The file that lists what `check` leaves out.
    pub baseline: Option<Located<String>>,
    pub parameters: Vec<Override>,
    /// The severity of each rule that weighs more or less here.
    pub severities: BTreeMap<String, Located<Severity>>,
    /// What an audit holds its measures against.
    pub targets: Targets,
    pub nginx_root: Option<Located<String>>,
    pub nginx_version: Option<Located<Version>>,
}

impl Config {
    pub(super) fn nginx(&self) -> Nginx {
        Nginx {
            root: self.nginx_root.as_ref().map(|root| root.value.clone()),
            version: self.nginx_version.as_ref().map(|version| version.value.clone()),
        }
    }

    /// Weighs findings as the repository does. What cannot be waived weighs what it weighs; a severity for a rule that does
    /// not judge would change nothing in silence, and is said.
    pub(super) fn weigh(&self, known: &KnownRules<'_>, findings: &mut Vec<Diagnostic>) {
        let mut unknown = Vec::new();
        for (rule, severity) in &self.severities {
            if !known.waivable.contains(&rule.as_str()) {
                unknown.push(not_weighed(rule, severity, known));
                continue;
            }
            for finding in findings.iter_mut().filter(|finding| *finding.rule == **rule && finding.may_be_let_pass()) {
                finding.severity = severity.value;
            }
        }
        findings.extend(unknown);
    }
}

fn not_weighed(rule: &str, severity: &Located<Severity>, known: &KnownRules<'_>) -> Diagnostic {
    if known.never.contains(&rule) {
        let message = format!("`{rule}` says that something was not understood, and always stops");
        return Diagnostic::new(&UNKNOWN_RULE, severity.place, message).help("repair what it finds");
    }
    let help = did_you_mean(rule, known.waivable.iter().copied()).map_or_else(
        || "name a rule of a policy or pack that judges here; `stopline explain --list` shows all".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    let message = format!("no rule `{rule}` judges here, so nothing can weigh it");
    Diagnostic::new(&UNKNOWN_RULE, severity.place, message).help(help)
}
