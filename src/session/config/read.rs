//! From the text of `stopline.toml` to settings: every mistake is said where it stands, and the sound rest is kept.

use std::sync::Arc;

use globset::Glob;

use super::Config;
use super::settings::{AUDIT, Holds, NGINX, SETTINGS, Setting};
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};
use crate::document::{self, Document, Format, Kind, NodeId, Value};
use crate::model::located::Located;
use crate::model::read::list_names;
use crate::model::units::Version;
use crate::session::diagnostics::{UNKNOWN_SETTING, WRONG_SETTING};
use crate::session::packs::Pack;
use crate::session::policies::Override;
use crate::session::waive::pattern;
use crate::source::{FileId, Place};

/// Reads a configuration. Where anything is wrong with it, nothing it could have said may be taken for granted.
pub fn read_config(file: FileId, text: &Arc<str>, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let mut config = Config::default();
    let mut parsed = document::parse(file, text, Format::Toml);
    // A file that settles nothing yet is no download that failed.
    parsed.diagnostics.retain(|diagnostic| diagnostic.rule != document::EMPTY.id);
    let sound = parsed.diagnostics.is_empty();
    diagnostics.extend(parsed.diagnostics);
    if !sound {
        return config;
    }
    let mut reading = Reading { document: &parsed.document, diagnostics };
    for (setting, value) in reading.settings(parsed.document.root(), SETTINGS, "`stopline.toml`") {
        match setting.name {
            "packs" => config.packs = reading.packs(setting, value),
            "policies" => config.policies = reading.texts(setting, value),
            "exclude" => config.exclude = reading.patterns(setting, value),
            "baseline" => config.baseline = reading.text(setting.name, value),
            "params" => reading.parameters(value, &mut config),
            "severity" => reading.severities(value, &mut config),
            "nginx" => reading.nginx(value, &mut config),
            "audit" => reading.targets(value, &mut config),
            _ => {}
        }
    }
    config
}

struct Reading<'a> {
    document: &'a Document,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reading<'_> {
    /// The entries of a table that are settings; the others are said.
    fn settings(&mut self, table: NodeId, known: &'static [Setting], of: &str) -> Vec<(&'static Setting, NodeId)> {
        let mut found = Vec::new();
        for (name, key, value) in self.entries(table) {
            if let Some(setting) = known.iter().find(|setting| setting.name == name) {
                found.push((setting, value));
                continue;
            }
            let names = || known.iter().map(|setting| setting.name);
            let help = did_you_mean(&name, names())
                .map_or_else(|| format!("it has {}", list_names(names())), |meant| format!("did you mean `{meant}`?"));
            let message = format!("{of} has no setting `{name}`");
            self.diagnostics.push(Diagnostic::new(&UNKNOWN_SETTING, key, message).help(help));
        }
        found
    }

    fn nginx(&mut self, table: NodeId, config: &mut Config) {
        if !self.is_table("nginx", table) {
            return;
        }
        for (setting, value) in self.settings(table, NGINX, "`[nginx]`") {
            let Some(text) = self.text(setting.name, value) else { continue };
            match setting.name {
                "root" => config.nginx_root = Some(text),
                _ => match Version::parse(&text.value) {
                    Ok(version) => config.nginx_version = Some(Located::new(version, text.place)),
                    Err(problem) => self.wrong(text.place, problem.message, problem.help),
                },
            }
        }
    }

    fn targets(&mut self, table: NodeId, config: &mut Config) {
        if !self.is_table("audit", table) {
            return;
        }
        for (setting, value) in self.settings(table, AUDIT, "`[audit]`") {
            let Some(text) = self.text(setting.name, value) else { continue };
            if let Err((message, help)) = config.targets.set(setting.name, &text.value) {
                self.wrong(text.place, message, help);
            }
        }
    }

    fn parameters(&mut self, packs: NodeId, config: &mut Config) {
        if !self.is_table("params", packs) {
            return;
        }
        for (pack, _, table) in self.entries(packs) {
            if !self.is_table(&format!("params.{pack}"), table) {
                continue;
            }
            for (name, _, value) in self.entries(table) {
                let place = self.document.place(value);
                let Some(text) = self.document.text(value) else {
                    let help = "write it as on the command line, in quotes: `sign-offs = '[\"lead\"]'`".to_owned();
                    self.wrong(place, format!("`{name}` is {}", self.document.kind(value).name()), Some(help));
                    continue;
                };
                let (pack, value) = (pack.clone(), text.to_owned());
                config.parameters.push(Override { pack, name, value, place: Some(place) });
            }
        }
    }

    fn severities(&mut self, table: NodeId, config: &mut Config) {
        if !self.is_table("severity", table) {
            return;
        }
        for (rule, _, value) in self.entries(table) {
            let Some(text) = self.text(&rule, value) else { continue };
            let severities = [Severity::Error, Severity::Warning, Severity::Note];
            let Some(severity) = severities.into_iter().find(|severity| severity.name() == text.value) else {
                let help = "write \"error\", \"warning\" or \"note\"; what should let something pass is waived, with a \
                            reason and an end";
                self.wrong(text.place, format!("`{}` is no severity", text.value), Some(help.to_owned()));
                continue;
            };
            config.severities.insert(rule, Located::new(severity, text.place));
        }
    }

    fn texts(&mut self, setting: &Setting, value: NodeId) -> Option<Vec<Located<String>>> {
        debug_assert_eq!(setting.holds, Holds::Texts, "only lists are read as lists");
        if self.document.kind(value) != Kind::Sequence {
            let found = self.document.kind(value).name();
            let help = format!("write a list of strings: `{} = [\"…\"]`", setting.name);
            self.wrong(self.document.place(value), format!("`{}` is {found}", setting.name), Some(help));
            return None;
        }
        let items = self.document.items(value).to_vec();
        items.into_iter().map(|item| self.text(setting.name, item)).collect()
    }

    /// The packs that are shipped; a name that none has is said.
    fn packs(&mut self, setting: &Setting, value: NodeId) -> Option<Vec<&'static Pack>> {
        let named = self.texts(setting, value)?;
        let mut packs = Vec::with_capacity(named.len());
        for name in named {
            match Pack::find(&name.value) {
                Ok(pack) => packs.push(pack),
                Err(unknown) => self.wrong(name.place, unknown.message, Some(unknown.help)),
            }
        }
        Some(packs)
    }

    /// The patterns that can be read; the others are said. `vendor/` and `vendor` mean the folder.
    fn patterns(&mut self, setting: &Setting, value: NodeId) -> Vec<Glob> {
        let written = self.texts(setting, value).unwrap_or_default();
        let mut patterns = Vec::with_capacity(written.len());
        for text in written {
            match pattern(text.value.trim_end_matches('/')) {
                Ok(glob) => patterns.push(glob),
                Err(problem) => {
                    self.wrong(text.place, format!("`{}` is no pattern for paths: {problem}", text.value), None);
                }
            }
        }
        patterns
    }

    fn text(&mut self, name: &str, value: NodeId) -> Option<Located<String>> {
        let place = self.document.place(value);
        if let Value::String(text) = self.document.value(value) {
            return Some(Located::new(text.to_owned(), place));
        }
        let found = self.document.kind(value).name();
        self.wrong(place, format!("`{name}` is {found}, not a string"), Some("write it in quotes".to_owned()));
        None
    }

    fn is_table(&mut self, name: &str, value: NodeId) -> bool {
        let kind = self.document.kind(value);
        if kind == Kind::Mapping {
            return true;
        }
        let help = format!("write a table: `[{name}]`");
        self.wrong(self.document.place(value), format!("`{name}` is {}", kind.name()), Some(help));
        false
    }

    /// Each key with its place and its value.
    fn entries(&self, table: NodeId) -> Vec<(String, Place, NodeId)> {
        let entries = self.document.entries(table).iter();
        let key = |key: NodeId| self.document.text(key).unwrap_or_default().to_owned();
        entries.map(|entry| (key(entry.key), self.document.place(entry.key), entry.value)).collect()
    }

    fn wrong(&mut self, place: Place, message: String, help: Option<String>) {
        self.diagnostics.push(Diagnostic::new(&WRONG_SETTING, place, message).maybe_help(help));
    }
}
