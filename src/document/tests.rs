//! The promises every format keeps: spans, bounds, and no input that hurts.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::Format::{Env, Ini, Json, Jsonc, Pem, Toml, Yaml};
use super::testing::{read, walk};
use super::{Document, Format, Kind, NodeId, Value};
use crate::source::Span;

const EVERY: [Format; 7] = [Json, Jsonc, Yaml, Toml, Env, Ini, Pem];

/// A value without its places.
#[derive(Debug, Clone, PartialEq)]
enum Plain {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    Sequence(Vec<Plain>),
    Mapping(Vec<(String, Plain)>),
}

fn plain(document: &Document, node: NodeId) -> Plain {
    match document.value(node) {
        Value::Null => Plain::Null,
        Value::Bool(value) => Plain::Bool(value),
        Value::Number(text) => Plain::Number(text.to_owned()),
        Value::String(text) => Plain::String(text.to_owned()),
        Value::Sequence(items) => Plain::Sequence(items.iter().map(|item| plain(document, *item)).collect()),
        Value::Mapping(entries) => Plain::Mapping(
            entries.iter().map(|e| (document.text(e.key).unwrap().to_owned(), plain(document, e.value))).collect(),
        ),
    }
}

fn values() -> impl Strategy<Value = Plain> {
    let text = || proptest::string::string_regex("[a-z0-9 :#'\"\\\\äß☃🚀\\[\\]{},.~-]{0,8}").unwrap();
    let leaf = prop_oneof![
        Just(Plain::Null),
        any::<bool>().prop_map(Plain::Bool),
        any::<i32>().prop_map(|number| Plain::Number(number.to_string())),
        text().prop_map(Plain::String),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        let entries = proptest::collection::btree_map(text(), inner.clone(), 0..5);
        prop_oneof![
            proptest::collection::vec(inner, 0..5).prop_map(Plain::Sequence),
            entries.prop_map(|entries| Plain::Mapping(entries.into_iter().collect())),
        ]
    })
}

fn json(value: &Plain, blank: &str, out: &mut String) {
    match value {
        Plain::Null => out.push_str("null"),
        Plain::Bool(value) => write!(out, "{value}").unwrap(),
        Plain::Number(text) => out.push_str(text),
        Plain::String(text) => out.push_str(&serde_json::to_string(text).unwrap()),
        Plain::Sequence(items) => {
            write!(out, "[{blank}").unwrap();
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                out.push_str(blank);
                json(item, blank, out);
            }
            write!(out, "{blank}]").unwrap();
        }
        Plain::Mapping(entries) => {
            write!(out, "{{{blank}").unwrap();
            for (at, (key, value)) in entries.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                write!(out, "{blank}{}{blank}:{blank}", serde_json::to_string(key).unwrap()).unwrap();
                json(value, blank, out);
            }
            write!(out, "{blank}}}").unwrap();
        }
    }
}

/// Block style: keys quoted now and then, lists indented or not, a comment here and there.
fn yaml(value: &Plain, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Plain::Sequence(items) if !items.is_empty() => {
            for item in items {
                write!(out, "\n{pad}- # ☃").unwrap();
                below(item, indent + 2, out);
            }
        }
        Plain::Mapping(entries) if !entries.is_empty() => {
            for (key, value) in entries {
                write!(out, "\n{pad}{}:", serde_json::to_string(key).unwrap()).unwrap();
                below(value, indent + 1 + indent % 3, out);
            }
        }
        Plain::Null | Plain::Bool(_) | Plain::Number(_) | Plain::String(_) | Plain::Sequence(_) | Plain::Mapping(_) => {
            json(value, "", out);
        }
    }
}

fn below(value: &Plain, indent: usize, out: &mut String) {
    match value {
        Plain::Sequence(items) if !items.is_empty() => yaml(value, indent, out),
        Plain::Mapping(entries) if !entries.is_empty() => yaml(value, indent, out),
        Plain::String(text) if text.len() > 2 && text.chars().all(|found| found.is_ascii_lowercase()) => {
            let pad = " ".repeat(indent + 1);
            write!(out, "\n{pad}>-\n{pad} {text}").unwrap();
        }
        Plain::Null => out.push('\n'),
        Plain::Bool(_) | Plain::Number(_) | Plain::String(_) | Plain::Sequence(_) | Plain::Mapping(_) => {
            write!(out, "\n{}", " ".repeat(indent + 1)).unwrap();
            json(value, "", out);
            out.push_str(" # x");
        }
    }
}

/// The invariant: what a span cuts out of the text is the value, whole and alone.
fn spans_cut_out_values(format: Format, text: &str) {
    let parsed = read(format, text);
    assert!(parsed.diagnostics.is_empty(), "{text}\n{:?}", parsed.diagnostics);
    let document = parsed.document;
    walk(&document, &mut |node| {
        let span = document.span(node);
        let cut = span.text(text);
        if let Some(content) = document.content_span(node) {
            assert_eq!(Some(content.text(text)), document.text(node), "{text}");
        }
        let again = if cut.is_empty() {
            Plain::Null
        } else {
            let before = Span::new(0, span.start).text(text);
            let column = before.chars().rev().take_while(|found| *found != '\n').count();
            let alone = read(format, &format!("{}{cut}", " ".repeat(column))).document;
            plain(&alone, alone.root())
        };
        assert_eq!(again, plain(&document, node), "`{cut}` in\n{text}");
    });
}

/// What holds for every text, broken or not.
fn nothing_hurts(format: Format, text: &str) {
    let parsed = read(format, text);
    let document = parsed.document;
    let mut visited = 0_u64;
    walk(&document, &mut |node| {
        visited += 1;
        assert!(text.get(document.span(node).range()).is_some(), "{text:?}");
        if let Some(content) = document.content_span(node) {
            assert_eq!(Some(content.text(text)), document.text(node), "{text:?}");
        }
    });
    // What a header or a bare name leaves unsaid is a node too.
    assert!(visited <= 2 * text.len() as u64 + 2 + Document::MAX_ALIASED_NODES, "{text:?}");
    for diagnostic in parsed.diagnostics {
        let places = diagnostic.place.into_iter().chain(diagnostic.related.iter().map(|label| label.place));
        for place in places {
            assert!(text.get(place.span.range()).is_some(), "{text:?} {}", diagnostic.message);
        }
        assert!(diagnostic.help.is_some(), "{}", diagnostic.message);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_text_a_span_cuts_out_of_json_is_the_value(value in values(), blank in "[ \t\r\n]{0,2}") {
        let mut text = String::new();
        json(&value, &blank, &mut text);
        spans_cut_out_values(Json, &text);
        let document = read(Json, &text).document;
        prop_assert_eq!(plain(&document, document.root()), value);
    }

    #[test]
    fn the_text_a_span_cuts_out_of_yaml_is_the_value(value in values()) {
        let mut text = String::new();
        yaml(&value, 0, &mut text);
        let text = format!("--- # head{}{text}\n", if text.starts_with('\n') { "" } else { "\n" });
        spans_cut_out_values(Yaml, &text);
        let document = read(Yaml, &text).document;
        prop_assert_eq!(plain(&document, document.root()), value);
    }

    #[test]
    fn json_means_the_same_read_as_yaml(value in values(), blank in "[ \n]?") {
        let mut text = String::new();
        json(&value, &blank, &mut text);
        let document = read(Yaml, &text).document;
        prop_assert_eq!(plain(&document, document.root()), value);
    }

    #[test]
    fn no_text_hurts(text in r#"[\[\]{},:\-?&*!|>'"%@` \n\r\t#/\\ab1<~.ü]{0,60}"#) {
        for format in EVERY {
            nothing_hurts(format, &text);
        }
    }

    #[test]
    fn no_lines_hurt(text in "([a-c]|[=:#;.\"'`\\[\\]{},$ \t\r\n\\\\]|export |\"\"\"|[']{3}|\u{feff}|-----BEGIN |-----END |CERTIFICATE-----|\n){0,60}") {
        for format in EVERY {
            nothing_hurts(format, &text);
        }
    }

    #[test]
    fn no_damage_to_a_good_text_hurts(value in values(), at in any::<prop::sample::Index>(), junk in "(?s).{0,3}") {
        let (mut one, mut two) = (String::new(), String::new());
        json(&value, "\n", &mut one);
        yaml(&value, 0, &mut two);
        for text in [one, two] {
            let cut = at.index(text.chars().count().max(1));
            let (before, after) = (text.chars().take(cut), text.chars().skip(cut + 1));
            let damaged: String = before.chain(junk.chars()).chain(after).collect();
            for format in EVERY {
                nothing_hurts(format, &damaged);
            }
        }
    }
}

fn only_rule(format: Format, text: &str) -> String {
    let parsed = read(format, text);
    let mut rules: Vec<_> = parsed.diagnostics.iter().map(|diagnostic| diagnostic.rule.clone()).collect();
    rules.dedup();
    rules.join(" ")
}

#[test]
fn deep_nesting_is_said_and_costs_nothing() {
    for (format, opener) in [(Json, "["), (Json, "{\"a\":"), (Yaml, "["), (Yaml, "{a: "), (Yaml, "- "), (Yaml, "? ")] {
        let text = opener.repeat(100_000);
        assert_eq!(only_rule(format, &text), "document/too-deep", "{opener}");
        nothing_hurts(format, &text);
    }
    for (front, repeated, back) in [
        ("a = ", "[", ""),
        ("a = ", "{a=", ""),
        ("", "a.", "a = 1\n"),
        ("[", "a.", "a]\nb = 1\n"),
        ("[[", "a.", "a]]\n"),
    ] {
        let text = format!("{front}{}{back}", repeated.repeat(100_000));
        assert!(only_rule(Toml, &text).contains("document/too-deep"), "{repeated}");
        nothing_hurts(Toml, &text);
    }
    let deepest = format!("{}{}", "[".repeat(Document::MAX_DEPTH), "]".repeat(Document::MAX_DEPTH));
    for format in [Json, Yaml] {
        assert_eq!(only_rule(format, &deepest), "");
        assert_eq!(only_rule(format, &format!("[{deepest}]")), "document/too-deep");
    }
}

#[test]
fn aliases_can_not_hide_depth() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..200 {
        writeln!(text, "a{level}: &a{level} [*a{}]", level - 1).unwrap();
    }
    assert_eq!(only_rule(Yaml, &text), "document/too-deep");
    nothing_hurts(Yaml, &text);
}

#[test]
fn alias_bombs_do_not_go_off() {
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    let mut merges = "m0: &m0 {k0: 1, k1: 2, k2: 3}\n".to_owned();
    for level in 1..40 {
        let last = level - 1;
        writeln!(bomb, "a{level}: &a{level} [{}]", vec![format!("*a{last}"); 9].join(", ")).unwrap();
        writeln!(merges, "m{level}: &m{level} {{<<: [{}], j{level}: 1}}", vec![format!("*m{last}"); 9].join(", "))
            .unwrap();
    }
    for text in [bomb, merges] {
        assert_eq!(only_rule(Yaml, &text), "document/too-many-aliases");
        nothing_hurts(Yaml, &text);
    }
}

#[test]
fn large_texts_do_not_hurt() {
    let long = "x".repeat(10_000_000);
    let line = "x".repeat(1_000_000);
    for (format, text) in [
        (Json, format!("\"{long}\"")),
        (Json, format!("\"{long}")),
        (Json, format!("\"\\n{long}\\q\"")),
        (Json, "1".repeat(10_000_000)),
        (Yaml, format!("a: {long}\n")),
        (Yaml, format!("a: \"{long}\n")),
        (Yaml, format!("a: |\n  {long}\n")),
        (Jsonc, "/**/".repeat(200_000)),
        (Yaml, format!("{}a: 1\n", "# c\n".repeat(100_000))),
        (Yaml, format!("a:\n{}  - 1\n", "  # c\n".repeat(100_000))),
        (Json, format!("[{}", "[],".repeat(200_000))),
        (Json, "]".repeat(200_000)),
        (Json, "'\\q".repeat(200_000)),
        (Toml, format!("a = \"{line}\"\n")),
        (Toml, format!("a = '''{line}\n")),
        (Toml, format!("a = [{}]", "[],".repeat(20_000))),
        (Toml, "[a]\n".repeat(20_000)),
        (Toml, "[[a.b]]\n".repeat(20_000)),
        (Toml, (0..10_000).fold(String::new(), |text, at| text + &format!("a{at}.b.c = {at}\n"))),
        (Toml, "]".repeat(20_000)),
        (Toml, "a = \"\n".repeat(20_000)),
        (Toml, "# c\n".repeat(20_000)),
        (Env, format!("A={line}\n")),
        (Env, format!("A=\"{line}\n")),
        (Env, "A='\\'\n".repeat(20_000)),
        (Env, "A=\"\\\"\nA=`\n".repeat(20_000)),
        (Env, "A=1 #".repeat(20_000)),
        (Ini, format!("a = {line}\n")),
        (Ini, format!("a =\n{}", " b # c\n".repeat(20_000))),
        (Ini, format!("a =\n{}", "\n".repeat(100_000))),
        (Ini, "[a]\n".repeat(20_000)),
        (Ini, "a = \" ;".repeat(20_000)),
        (Pem, "-----BEGIN CERTIFICATE-----\n".repeat(10_000)),
        (Pem, format!("-----BEGIN CERTIFICATE-----\n{line}\n-----END CERTIFICATE-----\n")),
        (Pem, "-----BEGIN A PRIVATE KEY-----\n-----END A PRIVATE KEY-----\n".repeat(10_000)),
    ] {
        nothing_hurts(format, &text);
    }
}

#[test]
fn long_mappings_are_found_in_quickly_and_duplicates_are_counted_once() {
    let mut text = "{".to_owned();
    for key in 0..100_000 {
        write!(text, "\"k{key}\": {key}, ").unwrap();
    }
    text.push_str("\"k7\": 0}");
    let parsed = read(Json, &text);
    assert_eq!(parsed.diagnostics.len(), 1);
    let document = parsed.document;
    for key in 0..100_000 {
        let found = document.get(document.root(), &format!("k{key}")).unwrap();
        assert_eq!(document.text(found), Some(key.to_string().as_str()), "the first of two counts");
    }
    assert_eq!(document.get(document.root(), "k"), None);
    let same = format!("{{{}\"a\": 1}}", "\"a\": 1, ".repeat(100_000));
    assert_eq!(read(Json, &same).diagnostics.len(), 100);
}

#[test]
fn what_is_too_large_is_said_and_not_read() {
    let text = format!("a = 1\n{}", " ".repeat(Document::MAX_BYTES));
    for format in EVERY {
        let parsed = read(format, &text);
        assert_eq!(only_rule(format, &text), "document/too-large");
        let said = &parsed.diagnostics[0];
        assert_eq!(said.message, "the file is larger than 32 MiB");
        assert_eq!(said.place.unwrap().span, Span::default());
        assert_eq!(parsed.document.kind(parsed.document.root()), Kind::Null);
    }
    assert_eq!(only_rule(Toml, text.get(..Document::MAX_BYTES).unwrap()), "");
}

#[test]
fn lines_that_end_in_a_carriage_return_alone_are_lines_or_said() {
    for (format, text) in [(Json, "{\r\"a\":\r1}\r"), (Yaml, "a: 1\rb: 2\r"), (Env, "a=1\rb=2\r"), (Ini, "a=1\rb=2\r")]
    {
        assert_eq!(only_rule(format, text), "", "{}", format.name());
        let document = read(format, text).document;
        assert_eq!(document.text(document.get(document.root(), "a").unwrap()), Some("1"), "{}", format.name());
    }
    assert_eq!(only_rule(Toml, "a = 1\rb = 2\r"), "document/syntax");
}

#[test]
fn a_zero_byte_is_no_text() {
    for (format, text) in [
        (Json, "{\"a\": \"\0\"}"),
        (Json, "{\0}"),
        (Yaml, "a: \0\n"),
        (Toml, "a = '\0'\n"),
        (Toml, "# \0\n"),
        (Env, "A=\0"),
        (Ini, "a=\0"),
    ] {
        assert_eq!(only_rule(format, text), "document/syntax", "{} {text:?}", format.name());
    }
}

#[test]
fn reading_asks_and_never_demands() {
    let document = read(Json, r#"{"a": [1, "x"], "b": {"c": 2.50}}"#).document;
    let root = document.root();
    let list = document.get(root, "a").unwrap();
    let number = document.get(document.get(root, "b").unwrap(), "c").unwrap();
    assert_eq!(document.kind(list), Kind::Sequence);
    assert_eq!(document.decimal(number).unwrap().to_string(), "2.50");
    assert_eq!(document.decimal(list), None);
    assert_eq!(document.text(list), None);
    assert_eq!(document.get(list, "a"), None);
    assert_eq!(document.items(root), []);
    assert_eq!(document.entries(list), []);
    let text = r#"{"a": [1, "x"], "b": {"c": 2.50}}"#;
    assert_eq!(document.key_span(root, "b").unwrap().text(text), "\"b\"");
    assert_eq!(document.content_span(document.items(list)[1]).unwrap().text(text), "x");
}
