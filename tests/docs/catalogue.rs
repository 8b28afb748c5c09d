//! The lists of all diagnostics and of all rules of the shipped packs, made from what `stopline explain` prints.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use stopline::diagnostic::Descriptor;
use stopline::session::{
    Explained, ExplainedProcedure, Nothing, Pack, Shipped, builtin, explain_procedure, explainable, shown,
};
use stopline::source::SourceMap;

use crate::fences::{fences, prose};
use crate::kept;

const DIAGNOSTICS: &str = "# Diagnostics

What Stopline says without any policy. `stopline explain plan/missing-undo` prints one of these, and
`stopline explain --list` names them all, with the rules of the [shipped packs](packs.md).

An **error** stops (exit status 1), a **warning** and a **note** do not, unless `--fail-on` says so. *Undecided* means
that something could not be judged: the exit status is 2 whatever `--fail-on` says, and no waiver covers it.
";

const PACKS: &str = "# Rules of the shipped packs

Every rule and red flag that comes with Stopline; behind each stands why, what to do, and what it finds and lets pass. What a
pack is for, its parameters and its metrics: [shipped packs](shipped-packs.md). What is said without any policy:
[diagnostics](diagnostics.md).
";

#[test]
fn the_list_of_diagnostics_is_that_of_the_program() {
    let all: BTreeMap<&str, &Descriptor> = builtin().map(|descriptor| (descriptor.id, descriptor)).collect();
    let mut text = DIAGNOSTICS.to_owned();
    for realm in ["syntax", "document", "plan", "policy", "waiver", "config", "journal"] {
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
            let (id, weight, page) = (&rule.id, rule.severity, pack.name);
            writeln!(text, "| [`{id}`](packs/{page}.md#{}) | {weight} | {} |", anchor(id), rule.summary).unwrap();
        }
        kept::whole(&format!("docs/packs/{}.md", pack.name), &pack_page(pack, &own));
    }
    kept::whole("docs/packs.md", &text);
}

fn pack_page(pack: &Pack, rules: &[&Explained]) -> String {
    let recommended =
        if pack.recommended { "It is recommended: it judges where nobody chose policies.\n\n" } else { "" };
    let mut text = format!(
        "# The pack {}\n\n{recommended}What it is for, its parameters and its metrics: [shipped packs](../shipped-packs.md).\n\
         The examples are those of the tests beside the rules; `stopline explain {}` prints one of these.\n",
        pack.name,
        rules.first().unwrap().id,
    );
    for rule in rules {
        write!(text, "\n## {}\n\n{}: {}\n\n", rule.id, rule.severity, rule.summary).unwrap();
        if !rule.controls.is_empty() {
            write!(text, "Controls: {}\n\n", rule.controls.join(", ")).unwrap();
        }
        let example = shown(&rule.id, &[], &mut SourceMap::default());
        assert!(!example.is_empty(), "nothing shows `{}`", rule.id);
        writeln!(text, "{}\n\n{}", lowered(&rule.doc, 1), lowered(&example, 1)).unwrap();
    }
    text
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
    let text = lowered(doc, 2);
    let opening: Vec<usize> = fences(&text).iter().map(|fence| fence.line).collect();
    let plain = |(number, line): (usize, &str)| {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if opening.contains(&number) { "`".repeat(ticks) } else { line.to_owned() }
    };
    text.lines().enumerate().map(plain).collect::<Vec<_>>().join("\n")
}

/// With each heading so many levels lower, and room around it and around fences.
fn lowered(doc: &str, levels: usize) -> String {
    let doc = doc.trim();
    let heading: Vec<usize> =
        prose(doc).into_iter().filter(|(_, line)| line.starts_with('#')).map(|(line, _)| line).collect();
    let mut text = String::new();
    for (number, line) in doc.lines().enumerate() {
        if heading.contains(&number) {
            let above = if text.is_empty() || text.ends_with("\n\n") { "" } else { "\n" };
            write!(text, "{above}{}{line}\n\n", "#".repeat(levels)).unwrap();
        } else if !(line.is_empty() && text.ends_with("\n\n")) {
            writeln!(text, "{line}").unwrap();
        }
    }
    text.trim_end().to_owned()
}
