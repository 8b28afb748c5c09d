//! Whatever a document holds and however it is written: after a change it says the same but for the one value, and every
//! byte outside the change is what it was.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::Index;

use super::{Change, Wanted};
use crate::document::Format::{self, Env, Ini, Jsonc, Toml, Yaml};
use crate::document::testing::read;
use crate::document::{Document, NodeId, Value};
use crate::source::Span;

#[derive(Debug, Clone, PartialEq)]
enum Tree {
    Scalar(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

fn tree(document: &Document, node: NodeId) -> Tree {
    match document.value(node) {
        Value::Null => Tree::Scalar("null".to_owned()),
        Value::Bool(value) => Tree::Scalar(value.to_string()),
        Value::Number(digits) => Tree::Scalar(format!("#{digits}")),
        Value::String(text) => Tree::Scalar(format!("{text:?}")),
        Value::Sequence(items) => Tree::List(items.iter().map(|item| tree(document, *item)).collect()),
        Value::Mapping(entries) => {
            let entry = |key, value| (document.text(key).unwrap().to_owned(), tree(document, value));
            let mut entries: Vec<_> = entries.iter().map(|found| entry(found.key, found.value)).collect();
            entries.sort_by(|left, right| left.0.cmp(&right.0));
            Tree::Map(entries)
        }
    }
}

fn said(wanted: Wanted<'_>, format: Format) -> String {
    match (wanted, format) {
        (Wanted::Bool(value), Env | Ini) => format!("{:?}", value.to_string()),
        (Wanted::Number(text), Env | Ini) | (Wanted::Text(text), _) => format!("{text:?}"),
        (Wanted::Null, _) => "null".to_owned(),
        (Wanted::Bool(value), _) => value.to_string(),
        (Wanted::Number(digits), _) => format!("#{digits}"),
    }
}

/// One step on the way to a node.
#[derive(Debug, Clone)]
enum Step {
    Name(String),
    At(usize),
}

/// Every node with the way to it.
fn ways(document: &Document, node: NodeId, head: Span, way: &mut Vec<Step>, out: &mut Vec<(Vec<Step>, NodeId, Span)>) {
    out.push((way.clone(), node, head));
    for (at, item) in document.items(node).iter().enumerate() {
        way.push(Step::At(at));
        ways(document, *item, Span::default(), way, out);
        way.pop();
    }
    for entry in document.entries(node) {
        way.push(Step::Name(document.text(entry.key).unwrap().to_owned()));
        ways(document, entry.value, document.span(entry.key), way, out);
        way.pop();
    }
}

fn with(tree: Tree, way: &[Step], change: &dyn Fn(Tree) -> Tree) -> Tree {
    let Some((step, rest)) = way.split_first() else { return change(tree) };
    match (tree, step) {
        (Tree::List(mut items), Step::At(at)) => {
            items[*at] = with(items[*at].clone(), rest, change);
            Tree::List(items)
        }
        (Tree::Map(entries), Step::Name(name)) => Tree::Map(
            entries
                .into_iter()
                .map(|(key, value)| if key == *name { (key, with(value, rest, change)) } else { (key, value) })
                .collect(),
        ),
        (other, _) => other,
    }
}

fn applied(text: &str, changes: &[Change]) -> String {
    let mut out = text.to_owned();
    for change in changes.iter().rev() {
        out.replace_range(change.span.range(), &change.text);
    }
    out
}

/// Sets one value of a text, chosen by `chosen`, and holds the outcome against the promise. Whether it was set.
fn holds(format: Format, text: &str, chosen: Index, wanted: Wanted<'_>) -> Result<bool, TestCaseError> {
    let parsed = read(format, text);
    prop_assert!(parsed.diagnostics.is_empty(), "{text}\n{:?}", parsed.diagnostics);
    let document = parsed.document;
    let mut every = Vec::new();
    ways(&document, document.root(), Span::default(), &mut Vec::new(), &mut every);
    let (way, node, head) = chosen.get(&every);
    let old = tree(&document, document.root());
    let (changed, expected) = if let Value::Mapping(_) = document.value(*node) {
        let added = |tree| {
            let Tree::Map(mut entries) = tree else { return tree };
            entries.push(("zz_new".to_owned(), Tree::Scalar(said(wanted, format))));
            entries.sort_by(|left, right| left.0.cmp(&right.0));
            Tree::Map(entries)
        };
        (document.insert(document.span(*node), *head, "zz_new", wanted), with(old, way, &added))
    } else {
        let set = |_| Tree::Scalar(said(wanted, format));
        (document.replace(document.span(*node), wanted), with(old, way, &set))
    };
    let Ok(edits) = changed else { return Ok(false) };
    let new = applied(text, &edits);
    let parsed = read(format, &new);
    prop_assert!(parsed.diagnostics.is_empty(), "{way:?} {wanted:?}\n{text}\n---\n{new}\n{:?}", parsed.diagnostics);
    let found = tree(&parsed.document, parsed.document.root());
    prop_assert_eq!(found, expected, "{:?} {:?}\n{}\n---\n{}", way, wanted, text, new);
    Ok(true)
}

#[derive(Debug, Clone)]
enum Written {
    Text(String, u8),
    Number(&'static str),
    Bool(bool),
    List(Vec<Written>),
    Map(Vec<(String, Written)>, u8),
}

fn words() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-z0-9 :#;='`\"\\\\äß☃🚀\\[\\]{},.~$-]{0,10}").unwrap()
}

fn names() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-z][a-z0-9_-]{0,5}").unwrap()
}

fn distinct<T>(entries: Vec<(String, T)>) -> Vec<(String, T)> {
    entries.into_iter().enumerate().map(|(at, (name, value))| (format!("{name}{at}"), value)).collect()
}

fn leaves() -> impl Strategy<Value = Written> {
    prop_oneof![
        (words(), 0..4_u8).prop_map(|(text, style)| Written::Text(text, style)),
        prop_oneof![Just("0"), Just("-17"), Just("1.5")].prop_map(Written::Number),
        any::<bool>().prop_map(Written::Bool),
    ]
}

fn trees() -> impl Strategy<Value = Written> {
    let inner = leaves().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Written::List),
            (proptest::collection::vec((names(), inner), 0..4), 0..3_u8)
                .prop_map(|(entries, style)| Written::Map(distinct(entries), style)),
        ]
    });
    proptest::collection::vec((names(), inner), 1..5).prop_map(|entries| Written::Map(distinct(entries), 0))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn json(tree: &Written, indent: usize, out: &mut String) {
    match tree {
        Written::Text(text, _) => out.push_str(&quoted(text)),
        Written::Number(digits) => out.push_str(digits),
        Written::Bool(value) => write!(out, "{value}").unwrap(),
        Written::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                json(item, indent, out);
            }
            out.push(']');
        }
        Written::Map(entries, style) => {
            out.push('{');
            for (at, (name, value)) in entries.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                match style {
                    0 => write!(out, "\n{}", "\t".repeat(indent + 1)).unwrap(),
                    1 => write!(out, " // c \"{at}\": ,\n{}", "  ".repeat(indent + 1)).unwrap(),
                    _ => out.push_str(if at > 0 { " " } else { "" }),
                }
                write!(out, "\"{name}\"{}", [": ", ":", " :\t"][usize::from(*style)]).unwrap();
                json(value, indent + 1, out);
            }
            match style {
                0 if entries.is_empty() => out.push('\n'),
                0 => write!(out, "\n{}", "\t".repeat(indent)).unwrap(),
                1 if !entries.is_empty() => write!(out, ", // end }}\n{}", "  ".repeat(indent)).unwrap(),
                _ => {}
            }
            out.push('}');
        }
    }
}

fn yaml_text(text: &str, style: u8) -> String {
    let is_plain = !text.is_empty() && text.chars().all(|letter| letter.is_ascii_lowercase());
    match style {
        0 if is_plain => text.to_owned(),
        1 => format!("'{}'", text.replace('\'', "''")),
        _ => quoted(text),
    }
}

fn flow(tree: &Written) -> String {
    match tree {
        Written::Text(text, style) => yaml_text(text, *style),
        Written::Number(digits) => (*digits).to_owned(),
        Written::Bool(value) => value.to_string(),
        Written::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Written::Map(entries, _) => {
            let entries: Vec<_> = entries.iter().map(|(name, value)| format!("{name}: {}", flow(value))).collect();
            format!("{{{}}}", entries.join(" , "))
        }
    }
}

/// A value behind `key:` or `-`, with its line end.
fn yaml(tree: &Written, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match tree {
        Written::Text(text, 3) if !text.trim().is_empty() && !text.starts_with(' ') => {
            writeln!(out, " |{}\n{pad}{text}\n{pad}end\n", ["", "-", "+"][text.len() % 3]).unwrap();
        }
        Written::List(items) if !items.is_empty() => {
            out.push('\n');
            for item in items {
                write!(out, "{pad}-").unwrap();
                yaml(item, indent + 2, out);
            }
        }
        Written::Map(entries, 0 | 1) if !entries.is_empty() => {
            out.push_str(" # c: {\n");
            yaml_entries(entries, indent, out);
        }
        Written::Text(..) | Written::Number(_) | Written::Bool(_) | Written::List(_) | Written::Map(..) => {
            writeln!(out, " {} # 'c\"", flow(tree)).unwrap();
        }
    }
}

fn yaml_entries(entries: &[(String, Written)], indent: usize, out: &mut String) {
    for (name, value) in entries {
        write!(out, "{}{name}:", " ".repeat(indent)).unwrap();
        yaml(value, indent + 2, out);
    }
}

fn lines(entries: &[(String, Written)], format: Format, out: &mut String) {
    for (at, (name, value)) in entries.iter().enumerate() {
        let value = match (value, format) {
            (Written::Text(text, 0), Ini) if !text.contains('"') => format!("\"{text}\""),
            (Written::Text(text, 1), Env) if !text.contains('\'') && !text.ends_with('\\') => format!("'{text}'"),
            (Written::Text(text, 2), Env) if !text.contains('`') => format!("`{text}`"),
            (Written::Text(text, _), Env) => quoted(text).replace('$', "\\$"),
            (Written::Text(text, _), Ini) => text.replace(['"', '\'', '#', ';', ' ', '=', '['], "x"),
            (Written::Text(text, 1), Toml) if !text.contains('\'') => format!("'{text}'"),
            (Written::Text(text, 2), Toml) => {
                format!("\"\"\"\n{}\"\"\"", text.replace('\\', "\\\\").replace('"', "\\\""))
            }
            (Written::List(items), Toml) => {
                format!("[ # ]\n{}]", items.iter().map(|item| toml(item) + ",\n").collect::<String>())
            }
            (Written::List(_) | Written::Map(..), Env | Ini) => String::new(),
            (other, _) => toml(other),
        };
        let dotted = if format == Toml && at % 4 == 3 { ".d" } else { "" };
        writeln!(out, "{name}{dotted}={value}{}", [" # why", "", "\n# x = y", " # '"][at % 4]).unwrap();
    }
}

fn toml(tree: &Written) -> String {
    match tree {
        Written::Map(entries, _) if entries.is_empty() => "{}".to_owned(),
        Written::Map(entries, _) => {
            let entries: Vec<_> = entries.iter().map(|(name, value)| format!("{name} = {}", toml(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Written::List(items) => format!("[{}]", items.iter().map(toml).collect::<Vec<_>>().join(", ")),
        Written::Text(text, _) => quoted(text),
        Written::Number(_) | Written::Bool(_) => flow(tree),
    }
}

/// How lines end, what the text begins with, and whether its last line ends.
fn dressed(text: &str, dress: u8) -> String {
    let text = if dress & 1 == 1 { text.replace('\n', "\r\n") } else { text.to_owned() };
    let text = if dress & 2 == 2 { format!("\u{feff}{text}") } else { text };
    if dress & 4 == 4 { text.trim_end().to_owned() } else { text }
}

fn wanted(text: &str, kind: u8) -> Wanted<'_> {
    match kind {
        0 => Wanted::Bool(true),
        1 => Wanted::Number("-2.5"),
        _ => Wanted::Text(text),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn json_is_set_exactly(tree in trees(), chosen: Index, text in words(), kind in 0..4_u8, dress in 0..8_u8) {
        let mut written = String::new();
        json(&tree, 0, &mut written);
        prop_assert!(holds(Jsonc, &dressed(&written, dress), chosen, wanted(&text, kind))? || has_list(&tree));
    }

    #[test]
    fn yaml_is_set_exactly(tree in trees(), chosen: Index, text in words(), kind in 0..4_u8, dress in 0..8_u8) {
        let Written::Map(entries, _) = &tree else { return Ok(()) };
        let mut written = String::from("# head\n---\n");
        yaml_entries(entries, 0, &mut written);
        written.push_str("# end\n");
        prop_assert!(holds(Yaml, &dressed(&written, dress), chosen, wanted(&text, kind))? || has_list(&tree));
    }

    #[test]
    fn toml_is_set_exactly(top in trees(), below in trees(), chosen: Index, text in words(), kind in 0..4_u8, dress in 0..8_u8) {
        let (Written::Map(top, _), Written::Map(below, _)) = (&top, &below) else { return Ok(()) };
        let mut written = String::new();
        lines(top, Toml, &mut written);
        written.push_str("  [zz.a] # h\n");
        lines(below, Toml, &mut written);
        written.push_str("\n[[list]]\n[[list]]\na = 1\n");
        holds(Toml, &dressed(&written, dress), chosen, wanted(&text, kind))?;
    }

    #[test]
    fn dotenv_is_set_exactly(entries in proptest::collection::vec((names(), leaves()), 1..6), chosen: Index, text in words(), kind in 0..4_u8, dress in 0..8_u8) {
        let mut written = String::new();
        lines(&distinct(entries), Env, &mut written);
        prop_assert!(holds(Env, &dressed(&written, dress), chosen, wanted(&text, kind))?);
    }

    #[test]
    fn ini_is_set_exactly(top in proptest::collection::vec((names(), leaves()), 1..4), below in proptest::collection::vec((names(), leaves()), 0..4), chosen: Index, text in words(), kind in 0..4_u8, dress in 0..8_u8) {
        let mut written = String::new();
        lines(&distinct(top), Ini, &mut written);
        written.push_str("[zz] ; h\n");
        lines(&distinct(below), Ini, &mut written);
        let both = text.contains('"') && text.contains('\'');
        prop_assert!(holds(Ini, &dressed(&written, dress), chosen, wanted(&text, kind))? || both);
    }
}

/// A list is no single value, so it is not exchanged.
fn has_list(tree: &Written) -> bool {
    match tree {
        Written::List(_) => true,
        Written::Map(entries, _) => entries.iter().any(|(_, value)| has_list(value)),
        Written::Text(..) | Written::Number(_) | Written::Bool(_) => false,
    }
}
