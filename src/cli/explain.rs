//! `stopline explain`.

use std::fmt::Write as _;

use super::arguments::Explain;
use super::files::load_policies;
use super::output::print;
use super::status::{Failure, Status};
use crate::diagnostic::{did_you_mean, join_with_or};
use crate::session::{Explained, ExplainedProcedure, Shipped, explain_procedure, explainable, shown};
use crate::source::SourceMap;

pub(super) fn run(arguments: &Explain) -> Result<Status, Failure> {
    let procedure = arguments.rule.as_deref().and_then(Shipped::named).and_then(explain_procedure);
    if let Some(procedure) = procedure {
        print(&procedure_page(&procedure))?;
        return Ok(Status::Go);
    }
    let mut sources = SourceMap::default();
    let inputs = if arguments.policies.is_empty() {
        Vec::new()
    } else {
        load_policies(&arguments.policies, &mut sources)?.inputs
    };
    let all = explainable(&inputs, &super::disk::Disk, &mut sources);
    let Some(wanted) = &arguments.rule else {
        print(&(lines(&all.iter().collect::<Vec<_>>()) + &procedures(&all)))?;
        return Ok(Status::Go);
    };
    let Some(found) = all.iter().find(|explained| explained.id == *wanted) else {
        let own: Vec<&Explained> = all.iter().filter(|explained| group(&explained.id) == Some(wanted)).collect();
        if own.is_empty() {
            return Err(unknown(wanted, &all));
        }
        print(&lines(&own))?;
        return Ok(Status::Go);
    };
    let shown = shown(&found.id, &inputs, &mut sources);
    print(&page(found, &shown))?;
    Ok(Status::Go)
}

/// What stands before the `/` of an id: a pack or policy, or what a diagnostic is about.
fn group(id: &str) -> Option<&str> {
    id.split_once('/').map(|(group, _)| group)
}

/// What is known under another pack than the one that was named, or under almost this name.
fn unknown(wanted: &str, all: &[Explained]) -> Failure {
    let own_name = wanted.rsplit('/').next().unwrap_or(wanted);
    let namesakes =
        all.iter().filter(|explained| explained.id.split_once('/').is_some_and(|(_, name)| name == own_name));
    let namesakes: Vec<String> = namesakes.map(|explained| format!("`{}`", explained.id)).collect();
    let shipped = Shipped::all().iter().map(|shipped| shipped.name);
    let known = all.iter().map(|explained| explained.id.as_str()).chain(shipped);
    let help = if !namesakes.is_empty() {
        format!("did you mean {}?", join_with_or(&namesakes))
    } else if let Some(meant) = did_you_mean(wanted, known) {
        format!("did you mean `{meant}`?")
    } else {
        "`stopline explain --list` shows all of them".to_owned()
    };
    Failure::new(format!("there is no rule, no diagnostic and no procedure `{wanted}`")).help(help)
}

fn lines(listed: &[&Explained]) -> String {
    let width = width(listed.iter().copied());
    listed.iter().fold(String::new(), |mut text, explained| {
        let _ = writeln!(text, "{:width$}  {:7}  {}", explained.id, explained.severity, explained.summary);
        text
    })
}

fn procedures(all: &[Explained]) -> String {
    let width = width(all.iter());
    Shipped::all().iter().filter_map(explain_procedure).fold(String::new(), |mut text, procedure| {
        let _ = writeln!(text, "{:width$}  {:9}  {}", procedure.name, "procedure", procedure.title);
        text
    })
}

fn width<'e>(listed: impl Iterator<Item = &'e Explained>) -> usize {
    listed.map(|explained| explained.id.len()).max().unwrap_or_default()
}

fn procedure_page(procedure: &ExplainedProcedure) -> String {
    let mut text = format!("# {}\n\n{} (procedure)\n\n{}\n", procedure.name, procedure.title, procedure.doc);
    text.push_str("\n## Parameters\n\n");
    for parameter in &procedure.parameters {
        let default = match &parameter.default {
            Some(default) => format!("= {default}"),
            None => "must be given".to_owned(),
        };
        let _ = writeln!(text, "- `{}: {}`, {default}: {}", parameter.name, parameter.of_type, parameter.doc);
    }
    let _ = write!(text, "\n## What it is\n\n```stopline\n{}\n```\n", procedure.text);
    text
}

/// `shown` is what its tests show, if it is a rule.
fn page(explained: &Explained, shown: &str) -> String {
    let mut text = format!("# {}\n\n{} ({})\n\n", explained.id, explained.summary, explained.severity);
    if !explained.controls.is_empty() {
        let _ = writeln!(text, "Controls: {}\n", explained.controls.join(", "));
    }
    let _ = writeln!(text, "{}", explained.doc.trim());
    if !shown.is_empty() {
        let _ = write!(text, "\n{shown}");
    }
    text
}
