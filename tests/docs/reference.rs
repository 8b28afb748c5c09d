//! The tables of the language reference, made from the tables that the program reads, types and judges by.

use std::fmt::Write as _;

use stopline::model::calendar::CalendarBlock;
use stopline::model::enums::{
    CHANGE_KIND, DATA_CLASS, ENVIRONMENT, FLAG_ACTION, LEVEL, MISSING_DATA, PLATFORM, RISK, STRATEGY_KIND, UNIT,
    WEEKDAY,
};
use stopline::model::function::{Function, Gives, Takes};
use stopline::model::plan::Plan;
use stopline::model::policy::{DocumentKind, PlanPart};
use stopline::model::read::BlockType;
use stopline::model::types::{AttributeShape, EnumShape, Shape, Type};
use stopline::source::SourceMap;

use crate::kept;

const REFERENCE: &str = "docs/language.md";

/// The closed sets of words, by what the reference calls them.
const WORDS: &[(&str, &EnumShape)] = &[
    ("environment", &ENVIRONMENT),
    ("risk", &RISK),
    ("data", &DATA_CLASS),
    ("kind of a change", &CHANGE_KIND),
    ("unit of a metric", &UNIT),
    ("strategy", &STRATEGY_KIND),
    ("platform", &PLATFORM),
    ("end of a red flag", &FLAG_ACTION),
    ("missing data", &MISSING_DATA),
    ("severity", &LEVEL),
    ("weekday", &WEEKDAY),
];

#[test]
fn the_tables_of_the_language_are_those_of_the_program() {
    kept::sections(REFERENCE, &made);
}

#[test]
fn every_block_has_its_table() {
    let text = kept::text(REFERENCE);
    let there: Vec<&str> = kept::names(&text).collect();
    for shape in shapes().iter().filter(|shape| !shape.attributes.is_empty() || !shape.derived.is_empty()) {
        let wanted = format!("block {}", shape.kind);
        assert!(there.contains(&wanted.as_str()), "{REFERENCE} has no `<!-- made: {wanted} -->`");
    }
    for wanted in ["functions", "parts", "documents", "words"] {
        assert!(there.contains(&wanted), "{REFERENCE} has no `<!-- made: {wanted} -->`");
    }
}

#[test]
fn every_type_of_a_parameter_is_named() {
    let mut sources = SourceMap::default();
    let text = "policy p {\n  param x: nothing = 1\n  rule r { on plan require true message \"no\" }\n}\n";
    let file = sources.add("p.policy", text);
    let input = stopline::session::Input { file, language: stopline::session::Language::Stopline };
    let now = stopline::model::units::Instant::parse("2026-11-23T09:00Z").unwrap();
    let tested = stopline::session::test(
        &[input],
        &stopline::session::Config::default(),
        now,
        &stopline::session::Nothing,
        &mut sources,
    );
    let help = tested.report.findings().iter().find_map(|finding| finding.help.clone()).unwrap();
    let types: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
    assert!(types.len() > 10, "{help}");
    let reference = kept::text(REFERENCE);
    for kind in stopline::check::expand::text_kinds() {
        assert!(reference.contains(&format!("| `{kind}` | ")), "{REFERENCE} does not name the kind `{kind}`");
    }
    let line = reference.lines().find(|line| line.starts_with("Types: ")).unwrap();
    for of_type in types {
        assert!(line.contains(&format!("`{of_type}`")), "{REFERENCE} does not name the type `{of_type}`");
    }
}

fn made(name: &str) -> Option<String> {
    match name {
        "functions" => Some(functions()),
        "parts" => Some(parts()),
        "documents" => Some(documents()),
        "words" => Some(words()),
        _ => {
            let kind = name.strip_prefix("block ")?;
            shapes().into_iter().find(|shape| shape.kind == kind).map(block)
        }
    }
}

/// Every kind of block, each once.
fn shapes() -> Vec<&'static Shape> {
    let mut found = vec![Plan::SHAPE, CalendarBlock::SHAPE];
    let mut next = 0;
    while let Some(shape) = found.get(next).copied() {
        for child in shape.blocks {
            if !found.contains(&child.shape) {
                found.push(child.shape);
            }
        }
        next += 1;
    }
    found
}

fn block(shape: &Shape) -> String {
    let mut parts = Vec::new();
    if !shape.attributes.is_empty() {
        parts.push(table("attribute", shape.attributes));
    }
    if !shape.blocks.is_empty() {
        let mut held = "| holds | how many | name of all of them |\n|---|---|---|\n".to_owned();
        for child in shape.blocks {
            let count = if child.many { "any number" } else { "one" };
            writeln!(held, "| `{}` | {count} | `{}` |", child.shape.kind, child.field).unwrap();
        }
        parts.push(held);
    }
    if !shape.derived.is_empty() {
        parts.push(table("rules also read", shape.derived));
    }
    parts.join("\n")
}

fn table(head: &str, attributes: &[AttributeShape]) -> String {
    let mut table = format!("| {head} | type | meaning |\n|---|---|---|\n");
    for attribute in attributes {
        let required = if attribute.required { ", **required**" } else { "" };
        writeln!(table, "| `{}` | {}{required} | {} |", attribute.name, noun(attribute.kind), attribute.doc).unwrap();
    }
    table
}

fn functions() -> String {
    let mut table = "| function | gives | meaning |\n|---|---|---|\n".to_owned();
    for function in Function::ALL {
        let signature = function.signature();
        let takes: Vec<String> = signature.takes.iter().map(|takes| taken(*takes)).collect();
        let gives = match signature.gives {
            Gives::This(of_type) if of_type == Type::Enum(&WEEKDAY) => "a weekday".to_owned(),
            Gives::This(of_type) => noun(of_type),
            Gives::First => "what it takes".to_owned(),
            Gives::Element => "an element".to_owned(),
        };
        writeln!(table, "| `{}({})` | {gives} | {} |", signature.name, takes.join(", "), signature.doc).unwrap();
    }
    table
}

fn taken(takes: Takes) -> String {
    match takes {
        Takes::One(of_type) => noun(of_type),
        Takes::TextLike => "string".to_owned(),
        Takes::AnyList => "list".to_owned(),
        Takes::ListOrText => "list or string".to_owned(),
        Takes::Anything => "value".to_owned(),
    }
}

fn parts() -> String {
    let mut table = "| subject | each of |\n|---|---|\n| `plan` | the plans of the run |\n".to_owned();
    for part in PlanPart::ALL {
        writeln!(table, "| `{}` | `plan.{}` |", part.name(), part.list()).unwrap();
    }
    table
}

fn documents() -> String {
    let kinds: Vec<String> = DocumentKind::ALL.iter().map(|kind| format!("`{}`", kind.name())).collect();
    kinds.join(", ")
}

fn words() -> String {
    let mut table = "| set | word | meaning |\n|---|---|---|\n".to_owned();
    for (name, shape) in WORDS {
        for (index, word) in shape.values.iter().enumerate() {
            let name = if index == 0 { *name } else { "" };
            writeln!(table, "| {name} | `{}` | {} |", word.name, word.doc).unwrap();
        }
    }
    let ordered: Vec<&str> = WORDS.iter().filter(|(_, shape)| shape.ordered).map(|(name, _)| *name).collect();
    format!("{table}\nFrom the least to the greatest, so that `<` compares them: {}.", ordered.join(", "))
}

pub(crate) fn noun(of_type: Type) -> String {
    match of_type {
        Type::Any => "anything".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Text => "string".to_owned(),
        Type::Duration => "duration".to_owned(),
        Type::Percent => "percent".to_owned(),
        Type::Version => "version".to_owned(),
        Type::Moment => "time".to_owned(),
        Type::Offset => "offset".to_owned(),
        Type::Due => "offset or time".to_owned(),
        Type::Name => "word".to_owned(),
        Type::Person => "person".to_owned(),
        Type::Pattern => "pattern".to_owned(),
        Type::Zone => "time zone".to_owned(),
        Type::Calendar => "calendar".to_owned(),
        Type::Enum(words) => words.values.iter().map(|word| format!("`{}`", word.name)).collect::<Vec<_>>().join(" "),
        Type::List(&Type::Enum(words)) => format!("list of {}", noun(Type::Enum(words))),
        Type::List(element) => format!("list of {}", plural(&noun(*element))),
        Type::Map(element) => format!("map of {}", plural(&noun(*element))),
        Type::Record(shape) => shape.kind.to_owned(),
        Type::Measure => "measure".to_owned(),
    }
}

fn plural(noun: &str) -> String {
    if let Some(rest) = noun.strip_prefix("list of ") {
        return format!("lists of {rest}");
    }
    match noun.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if noun.ends_with("ch") => format!("{noun}es"),
        None => format!("{noun}s"),
    }
}
