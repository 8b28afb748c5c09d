//! The lists of all diagnostics and of all rules of the shipped packs, made from what `stopline explain` prints.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use stopline::diagnostic::Descriptor;
use stopline::session::{
    Explained, ExplainedProcedure, Nothing, Pack, Shipped, builtin, explain_procedure, explainable,
};
use stopline::source::SourceMap;

use crate::kept;

const DIAGNOSTICS: &str = "# Diagnostics

What Stopline says without any policy. `stopline explain plan/missing-undo` prints one of these, and
`stopline explain --list` names them all, with the rules of the [shipped packs](packs.md).

An **error** stops (exit status 1), a **warning** and a **note** do not, unless `--fail-on` says so. *Undecided* means
that something could not be judged: the exit status is 2 whatever `--fail-on` says, and no waiver covers it.
";

const PACKS: &str = "# Rules of the shipped packs

Every rule and red flag that comes with Stopline. What a pack is for, its parameters and its metrics:
[shipped packs](../policies/README.md). What is said without any policy: [diagnostics](diagnostics.md).
";

#[test]
fn the_list_of_diagnostics_is_that_of_the_program() {
    let all: BTreeMap<&str, &Descriptor> = builtin().map(|descriptor| (descriptor.id, descriptor)).collect();
    let mut text = DIAGNOSTICS.to_owned();
    for realm in ["syntax", "document", "plan", "policy", "waiver", "config"] {
        let prefix = format!("{realm}/");
        let own = || all.values().filter(|descriptor| descriptor.id.starts_with(&prefix));
        write!(text, "\n## {realm}\n\n| diagnostic | weight | what is wrong |\n|---|---|---|\n").unwrap();
        for known in own() {
            writeln!(text, "| [`{}`](#{}) | {} | {} |", known.id, anchor(known.id), weight(known), known.summary)
                .unwrap();
        }
        for known in own() {
            write!(text, "\n### {}\n\n{}: {}\n\n{}\n", known.id, weight(known), known.summary, page(known.doc))
                .unwrap();
        }
    }
    let listed = text.lines().filter(|line| line.starts_with("### ")).count();
    assert_eq!(listed, all.len(), "a diagnostic is of none of the realms");
    kept::whole("docs/diagnostics.md", &text);
}

#[test]
fn the_list_of_rules_is_that_of_the_packs() {
    let all = explainable(&[], &Nothing, &mut SourceMap::default());
    let mut text = PACKS.to_owned();
    for pack in Pack::all() {
        let prefix = format!("{}/", pack.name);
        let own: Vec<&Explained> = all.iter().filter(|explained| explained.id.starts_with(&prefix)).collect();
        assert!(!own.is_empty(), "{} has no rules", pack.name);
        write!(text, "\n## {}\n\n| rule | weight | what is wrong |\n|---|---|---|\n", pack.name).unwrap();
        for rule in &own {
            let (id, weight) = (&rule.id, rule.severity);
            writeln!(text, "| [`{id}`](#{}) | {weight} | {} |", anchor(id), rule.summary).unwrap();
        }
        for rule in own {
            write!(text, "\n### {}\n\n{}: {}\n\n", rule.id, rule.severity, rule.summary).unwrap();
            if !rule.controls.is_empty() {
                write!(text, "Controls: {}\n\n", rule.controls.join(", ")).unwrap();
            }
            writeln!(text, "{}", page(&rule.doc)).unwrap();
        }
    }
    kept::whole("docs/packs.md", &text);
}

const PROCEDURES: &str = "# Shipped procedures

What a plan may `use` without writing it. Each is a group of steps with [typed parameters](language.md#4-procedures); what
it changes it takes back to what was [captured](language.md#step-id-title---) before, or it says why that cannot be.
`stopline explain kubernetes` prints one with all its commands. The examples `pm2.plan` and `frappe.plan` use some.

A procedure in the plan's own file hides a shipped one of the same name, so a new one cannot change what a plan means.
A finding about a step of a shipped procedure stands at its `use`. A compiled runbook names those it was made with, by
their digests, and the state of a run is kept apart for each: the same plan compiled by a Stopline whose procedures say
something else is another run.
";

#[test]
fn the_list_of_procedures_is_that_of_the_program() {
    let all: Vec<ExplainedProcedure> = Shipped::all().iter().filter_map(explain_procedure).collect();
    assert_eq!(all.len(), Shipped::all().len());
    let mut text = format!("{PROCEDURES}\n| procedure | what it does |\n|---|---|\n");
    for procedure in &all {
        writeln!(text, "| [`{0}`](#{0}) | {1} |", procedure.name, procedure.title).unwrap();
    }
    for procedure in &all {
        text.push_str(&procedure_section(procedure));
    }
    kept::whole("docs/procedures.md", &text);
}

fn procedure_section(procedure: &ExplainedProcedure) -> String {
    let mut text = format!("\n## {}\n\n{}.\n\n{}\n\n", procedure.name, procedure.title, procedure.doc.trim());
    text.push_str("| parameter | type | if not given | meaning |\n|---|---|---|---|\n");
    for parameter in &procedure.parameters {
        assert!(!parameter.doc.is_empty(), "`{}` of `{}` says nothing", parameter.name, procedure.name);
        let default = parameter.default.as_ref().map_or("**required**".to_owned(), |default| format!("`{default}`"));
        let default = default.replace('|', "\\|");
        writeln!(text, "| `{}` | {} | {default} | {} |", parameter.name, parameter.of_type, parameter.doc).unwrap();
    }
    text.push('\n');
    for (number, [kind, id, title]) in procedure.actions.iter().enumerate() {
        writeln!(text, "{}. {kind} `{id}`: {title}", number + 1).unwrap();
    }
    text
}

fn weight(descriptor: &Descriptor) -> String {
    let undecided = if descriptor.undecided { ", undecided" } else { "" };
    format!("{}{undecided}", descriptor.severity)
}

/// A heading's anchor, as Markdown hosts make it.
fn anchor(id: &str) -> String {
    id.replace('/', "")
}

/// The documentation below a heading of the third level. What is wrong on purpose is no example of the language.
fn page(doc: &str) -> String {
    let mut fenced = false;
    let mut text = String::new();
    let mut after_text = false;
    for line in doc.trim().lines() {
        let heading = !fenced && line.starts_with('#');
        if after_text && heading {
            text.push('\n');
        }
        match line {
            fence if fence.starts_with("```") => {
                fenced = !fenced;
                text.push_str("```");
            }
            _ if heading => writeln!(text, "##{line}").unwrap(),
            line => text.push_str(line),
        }
        text.push('\n');
        after_text = !line.is_empty() && !heading;
    }
    let mut once = text.trim_end().to_owned();
    while once.contains("\n\n\n") {
        once = once.replace("\n\n\n", "\n\n");
    }
    once
}
