//! A plan by what it says and not by its name: nothing would judge it as one, and a run over it would end with GO. Knows
//! how plans begin in each notation, and no file.

use std::sync::Arc;

use super::diagnostics::MISNAMED_PLAN;
use super::input::Language;
use crate::check::from_markdown::plan_block;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Format, Kind, markdown, parse};
use crate::source::{FileId, Place, SourceMap, Span};

/// What every plan says, and hardly anything else says both.
const SAID: [&str; 2] = ["service", "environment"];
/// What a mapping that is a plan holds besides.
const BESIDES: [&str; 4] = ["plan", "window", "phases", "checklists"];

/// Whether a file may be one: only then is its text looked at.
pub fn may_be_misnamed(path: &str) -> bool {
    Language::of(path).is_none() && notation(path).is_some()
}

/// That a file which somebody named reads like a plan, but is not called one.
pub fn misnamed_plan(path: &str, text: &str, sources: &mut SourceMap) -> Option<Diagnostic> {
    let (ending, plan_ending) = notation(path)?;
    let place = match Format::from_path(path) {
        // Most files do not even hold the words, and are not read for nothing.
        Some(format) if SAID.iter().all(|word| text.contains(word)) => {
            in_mapping(&parse(FileId::default(), &Arc::from(text), format).document)
        }
        Some(_) => None,
        None => in_prose(text),
    }?;
    let stem = path.get(..path.len() - ending.len()).unwrap_or(path);
    let message =
        format!("`{path}` reads like a plan, and is judged as none: the name of a plan ends in `{plan_ending}`");
    let help = format!("call it `{stem}{plan_ending}`; if it is no plan, name its folder instead");
    let known = sources.files().find(|(_, file)| file.path() == path).map(|(file, _)| file);
    let file = known.unwrap_or_else(|| sources.add(path, text));
    Some(Diagnostic::new(&MISNAMED_PLAN, Place::new(file, place), message).help(help))
}

/// The ending of a name, and that of a plan in the same notation.
fn notation(path: &str) -> Option<(&'static str, &'static str)> {
    let lower = path.to_ascii_lowercase();
    let endings = [
        (".md", ".plan.md"),
        (".markdown", ".plan.markdown"),
        (".yaml", ".plan.yaml"),
        (".yml", ".plan.yml"),
        (".json", ".plan.json"),
    ];
    endings.into_iter().find(|(ending, _)| lower.ends_with(ending))
}

fn in_mapping(document: &Document) -> Option<Span> {
    let root = document.root();
    let is_said = |name: &&str| document.get(root, name).is_some_and(|node| document.kind(node) == Kind::String);
    let is_plan = SAID.iter().all(is_said) && BESIDES.iter().any(|name| document.get(root, name).is_some());
    is_plan.then(|| document.entry(root, "service").map(|entry| document.span(entry.key))).flatten()
}

fn in_prose(text: &str) -> Option<Span> {
    let block = plan_block(FileId::default(), &markdown::read(FileId::default(), text), text, &mut Vec::new());
    let said = |name: &str| block.attributes().find(|attribute| attribute.name.value == name);
    let [first, _] = [said("service")?, said("environment")?];
    Some(first.value.span)
}

#[cfg(test)]
mod tests {
    use super::{may_be_misnamed, misnamed_plan};
    use crate::source::SourceMap;

    /// What is underlined, if the text is taken for a plan.
    fn found(path: &str, text: &str) -> Option<String> {
        assert!(may_be_misnamed(path), "{path}");
        let mut sources = SourceMap::default();
        let finding = misnamed_plan(path, text, &mut sources)?;
        Some(sources.slice(finding.place.unwrap()).to_owned())
    }

    #[test]
    fn a_plan_is_known_by_what_it_says_in_each_notation() {
        let yaml = "plan: x\nservice: s\nenvironment: production\n";
        assert_eq!(found("a/release.yaml", yaml).unwrap(), "service");
        assert_eq!(found("RELEASE.YML", yaml).unwrap(), "service");
        let json = r#"{"service": "s", "environment": "production", "window": {}}"#;
        assert_eq!(found("release.json", json).unwrap(), "\"service\"");
        assert_eq!(found("release.md", "# R\n**Service**: shop\n**Environment**: production\n").unwrap(), "shop");
    }

    #[test]
    fn what_only_speaks_of_services_and_environments_is_none() {
        for (path, text) in [
            ("compose.yaml", "services:\n  shop:\n    environment: {A: b}\n"),
            ("compose.yaml", "service: s\nenvironment: {A: b}\nwindow: 1\n"),
            ("serverless.yml", "service: shop\nprovider: {environment: {A: b}}\n"),
            ("values.yaml", "service: shop\nenvironment: production\nteam: web\n"),
            ("README.md", "# Shop\nThe service reads its environment.\n- Service: see below\n"),
            ("broken.json", "{\"service\": \"environment"),
            ("empty.md", ""),
        ] {
            assert_eq!(found(path, text), None, "{path}: {text}");
        }
    }

    #[test]
    fn what_is_called_a_plan_or_is_in_no_notation_of_plans_is_not_looked_at() {
        for path in ["a.plan", "a.plan.yaml", "a.plan.md", "a.toml", "md", "a.policy"] {
            assert!(!may_be_misnamed(path), "{path}");
        }
    }
}
