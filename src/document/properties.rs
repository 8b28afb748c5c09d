//! What a span cuts out is the value, in formats that are written in lines: values written in every way their format
//! knows, among blanks and comments.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::Format::{Env, Ini, Pem, Toml};
use super::testing::{read, walk};
use super::{Document, Format, Kind, NodeId, Value};

/// Read without a word said.
fn good(format: Format, text: &str) -> Document {
    let parsed = read(format, text);
    assert!(parsed.diagnostics.is_empty(), "{text}\n{:?}", parsed.diagnostics);
    parsed.document
}

/// A node as text, without its places.
fn plain(document: &Document, node: NodeId) -> String {
    match document.value(node) {
        Value::Null | Value::Bool(_) => document.text(node).unwrap().to_owned(),
        Value::Number(text) => format!("#{text}"),
        Value::String(text) => format!("{text:?}"),
        Value::Sequence(items) => {
            format!("[{}]", items.iter().map(|item| plain(document, *item) + ",").collect::<String>())
        }
        Value::Mapping(entries) => {
            let entry = |key, value| format!("{}={},", document.text(key).unwrap(), plain(document, value));
            format!("{{{}}}", entries.iter().map(|found| entry(found.key, found.value)).collect::<String>())
        }
    }
}

fn contents_are_verbatim(document: &Document, text: &str) {
    walk(document, &mut |node| {
        if let Some(content) = document.content_span(node) {
            assert_eq!(Some(content.text(text)), document.text(node), "{text}");
        }
    });
}

fn words() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-z0-9 :#;='`\"\\\\äß☃🚀\\[\\]{},.~$-]{0,10}").unwrap()
}

fn names() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-z][a-z0-9_-]{0,5}").unwrap()
}

/// A name once; the second of two is another.
fn distinct<T>(entries: Vec<(String, T)>) -> Vec<(String, T)> {
    entries.into_iter().enumerate().map(|(at, (name, value))| (format!("{name}{at}"), value)).collect()
}

/// What may stand between two lines.
fn filler() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just(""), Just("\n"), Just("# c = 'd' ☃\n"), Just("\n  # [e]\n\n")]
}

/// How a text is written in a `.env` file, where it can be.
fn env_value(value: &str, style: u8) -> String {
    let bare = !value.is_empty()
        && value.trim() == value
        && !value.contains(" #")
        && !value.starts_with(['\'', '"', '`', '#']);
    match style {
        0 if bare => value.to_owned(),
        1 if !value.contains('\'') && !value.ends_with('\\') => format!("'{value}'"),
        2 if !value.contains('`') => format!("`{value}`"),
        _ => format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$")),
    }
}

fn ini_value(value: &str, style: u8) -> Option<String> {
    let quote = if style == 1 { '"' } else { '\'' };
    if style > 0 && !value.contains(quote) {
        return Some(format!("{quote}{value}{quote}"));
    }
    let bare = value.trim() == value
        && ![" #", " ;"].iter().any(|mark| value.contains(mark))
        && !value.starts_with(['#', ';', '"', '\'']);
    bare.then(|| value.to_owned())
}

#[derive(Debug, Clone)]
enum Tree {
    Text(String, u8),
    Number(&'static str),
    Bool(bool),
    List(Vec<Tree>),
    Inline(Vec<(String, Tree)>),
}

fn trees() -> impl Strategy<Value = Tree> {
    let numbers =
        prop_oneof![Just("0"), Just("-17"), Just("1_000"), Just("0xfF"), Just("1.5e3"), Just("+0.5"), Just("inf")];
    let leaf = prop_oneof![
        (words(), 0..4_u8).prop_map(|(text, style)| Tree::Text(text, style)),
        numbers.prop_map(Tree::Number),
        any::<bool>().prop_map(Tree::Bool),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Tree::List),
            proptest::collection::vec((names(), inner), 0..4).prop_map(|entries| Tree::Inline(distinct(entries))),
        ]
    })
}

fn toml_value(tree: &Tree) -> String {
    let escaped = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    match tree {
        Tree::Text(text, 1) if !text.contains('\'') => format!("'{text}'"),
        Tree::Text(text, 2) => format!("\"\"\"\n{}\"\"\"", escaped(text)),
        Tree::Text(text, 3) if !text.contains('\'') => format!("'''{text}'''"),
        Tree::Text(text, _) => format!("\"{}\"", escaped(text)),
        Tree::Number(text) => (*text).to_owned(),
        Tree::Bool(value) => value.to_string(),
        Tree::List(items) => {
            let items: Vec<String> = items.iter().map(toml_value).collect();
            format!("[ # ]\n {}]", items.join("\t, "))
        }
        Tree::Inline(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(name, value)| format!("{name}.'x y' = {}", toml_value(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

type Table = Vec<(String, Tree)>;

/// Tables, tables below them and lists of tables, each where people write it.
fn toml(top: &Table, sections: &[(String, Table, Table)], filler: &str) -> String {
    let mut text = String::new();
    let pairs = |text: &mut String, table: &Table| {
        for (at, (name, value)) in table.iter().enumerate() {
            let dotted = if at % 3 == 2 { format!("\"d {name}\" . ") } else { String::new() };
            writeln!(text, "{dotted}{name}\t= {} # c\n{filler}", toml_value(value)).unwrap();
        }
    };
    pairs(&mut text, top);
    for (at, (name, table, below)) in sections.iter().enumerate() {
        let (open, close) = if at % 2 == 0 { ("[", "]") } else { ("[[", "]]") };
        for _ in 0..=at % 2 {
            writeln!(text, "{open} 's {name}' {close}\n{filler}").unwrap();
            pairs(&mut text, table);
            writeln!(text, "['s {name}'.below.deep]").unwrap();
            pairs(&mut text, below);
        }
    }
    text
}

/// The value at the end of a path of keys and positions, in a text that holds nothing else.
fn toml_alone(cut: &str, path: &[String]) -> (Document, NodeId) {
    if ["[ 's", "[[ 's", "['s"].iter().any(|header| cut.starts_with(header)) {
        let document = good(Toml, cut);
        let keys = path.iter().filter(|step| step.as_str() != "0");
        let node = keys.fold(document.root(), |node, key| {
            let node = document.items(node).first().copied().unwrap_or(node);
            document.get(node, key).unwrap()
        });
        return (document, node);
    }
    let behind = read(Toml, &format!("x = {cut}"));
    if behind.diagnostics.is_empty() {
        let node = behind.document.get(behind.document.root(), "x").unwrap();
        return (behind.document, node);
    }
    let document = good(Toml, cut);
    let root = document.root();
    (document, root)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_text_a_span_cuts_out_of_an_environment_is_the_value(
        entries in proptest::collection::vec((names(), (words(), 0..4_u8, filler(), "(export )?", " {0,2}")), 1..8),
        end in "\r?\n",
    ) {
        let entries = distinct(entries);
        let mut text = String::new();
        for (name, (value, style, filler, export, blank)) in &entries {
            let written = env_value(value, *style);
            write!(text, "{filler}{export}{name}{blank}={blank}{written}{blank}{}{end}", if blank.is_empty() { "" } else { "# c" }).unwrap();
        }
        let document = good(Env, &text);
        contents_are_verbatim(&document, &text);
        for (found, (name, (value, ..))) in document.entries(document.root()).iter().zip(&entries) {
            prop_assert_eq!(document.span(found.key).text(&text), name);
            prop_assert_eq!(document.text(found.value), Some(value.as_str()), "{}", text);
            let cut = format!("A={}", document.span(found.value).text(&text));
            let alone = good(Env, &cut);
            prop_assert_eq!(alone.text(alone.get(alone.root(), "A").unwrap()), Some(value.as_str()));
        }
        let whole = document.span(document.root()).text(&text);
        let again = good(Env, whole);
        prop_assert_eq!(plain(&again, again.root()), plain(&document, document.root()));
    }

    #[test]
    fn the_text_a_span_cuts_out_of_an_ini_file_is_the_value(
        sections in proptest::collection::vec(
            (names(), proptest::collection::vec((names(), (proptest::collection::vec((words(), 0..3_u8), 1..4), filler())), 0..5)),
            1..4,
        ),
        separator in " ?[=:] ?",
    ) {
        let mut text = String::new();
        let mut expected = String::from("{");
        for (section, entries) in distinct(sections) {
            writeln!(text, "[ {section} ]").unwrap();
            write!(expected, "{section}={{").unwrap();
            for (name, (lines, filler)) in distinct(entries) {
                let quoted = lines.len() == 1;
                let written: Vec<String> = lines
                    .iter()
                    .filter_map(|(line, style)| ini_value(line, if quoted { *style } else { 0 }))
                    .filter(|line| quoted || !line.is_empty())
                    .collect();
                let Some(first) = written.first() else { continue };
                let value = if quoted { lines[0].0.clone() } else { written.join("\n") };
                let quoted = quoted && first != &value;
                write!(text, "{filler}{name}{separator}{}", written.join("\n   ")).unwrap();
                text.push_str(if quoted { " ; c\n" } else { "\n" });
                write!(expected, "{name}={value:?},").unwrap();
            }
            expected.push_str("},");
        }
        expected.push('}');
        let document = good(Ini, &text);
        contents_are_verbatim(&document, &text);
        prop_assert_eq!(plain(&document, document.root()), expected, "{}", text);
        for section in document.entries(document.root()) {
            let name = document.text(section.key).unwrap();
            let alone = good(Ini, document.span(section.value).text(&text));
            prop_assert_eq!(plain(&alone, alone.get(alone.root(), name).unwrap()), plain(&document, section.value));
            for found in document.entries(section.value) {
                let cut = format!("a = {}", document.span(found.value).text(&text));
                let alone = good(Ini, &cut);
                prop_assert_eq!(plain(&alone, alone.get(alone.root(), "a").unwrap()), plain(&document, found.value), "{}", cut);
            }
        }
    }

    #[test]
    fn the_text_a_span_cuts_out_of_toml_is_the_value(
        top in proptest::collection::vec((names(), trees()), 0..4),
        sections in proptest::collection::vec(
            (names(), (proptest::collection::vec((names(), trees()), 0..4), proptest::collection::vec((names(), trees()), 0..3))),
            0..4,
        ),
        filler in filler(),
    ) {
        let sections: Vec<(String, Table, Table)> =
            distinct(sections).into_iter().map(|(name, (table, below))| (name, distinct(table), distinct(below))).collect();
        let text = toml(&distinct(top), &sections, filler);
        if text.is_empty() {
            return Ok(());
        }
        let document = good(Toml, &text);
        contents_are_verbatim(&document, &text);
        let mut nodes = vec![(document.root(), Vec::new())];
        while let Some((node, path)) = nodes.pop() {
            let cut = document.span(node).text(&text);
            let (alone, found) = if path.is_empty() {
                let alone = good(Toml, cut);
                let root = alone.root();
                (alone, root)
            } else {
                toml_alone(cut, &path)
            };
            let wanted = plain(&document, node);
            let got = plain(&alone, found);
            prop_assert!(got == wanted || got == format!("[{wanted},]"), "{} is not {}: `{}` at {:?} in\n{}", got, wanted, cut, path, text);
            nodes.extend(document.items(node).iter().map(|item| (*item, [path.as_slice(), &["0".to_owned()]].concat())));
            nodes.extend(document.entries(node).iter().map(|entry| {
                (entry.value, [path.as_slice(), &[document.text(entry.key).unwrap().to_owned()]].concat())
            }));
        }
    }

    #[test]
    fn toml_is_read_as_its_own_crate_reads_it(
        top in proptest::collection::vec((names(), trees()), 0..4),
        sections in proptest::collection::vec(
            (names(), (proptest::collection::vec((names(), trees()), 0..4), proptest::collection::vec((names(), trees()), 0..3))),
            0..4,
        ),
        at in any::<prop::sample::Index>(),
        junk in "[a-c\\[\\]{}=.\"' \n0-9#,]{0,2}",
        damaged in any::<bool>(),
    ) {
        let mut text = toml(&top, &sections.into_iter().map(|(name, (table, below))| (name, table, below)).collect::<Vec<_>>(), "");
        if damaged {
            let cut = at.index(text.chars().count().max(1));
            let (before, after) = (text.chars().take(cut), text.chars().skip(cut + 1));
            text = before.chain(junk.chars()).chain(after).collect();
        }
        as_the_crate(&text)?;
    }

    #[test]
    fn toml_in_small_pieces_is_read_as_its_own_crate_reads_it(
        lines in proptest::collection::vec(
            "(\\[[ab](\\.[abc]\\.[abc])?\\]|\\[\\[([ab]\\.)?d\\]\\]|[abc](\\.[abc]){0,2} = (1|\\{\\}|\\[\\]|\\[\\{\\}\\]|\\{a = 1, b\\.c = 2\\}))", 0..7)
    ) {
        as_the_crate(&lines.join("\n"))?;
    }
}

/// Both read the same, or both refuse.
fn as_the_crate(text: &str) -> Result<(), TestCaseError> {
    let parsed = read(Toml, text);
    let said: Vec<_> = parsed.diagnostics.iter().filter(|found| found.rule != "document/empty").collect();
    match toml::from_str::<toml::Table>(text) {
        Ok(table) => {
            prop_assert!(said.is_empty(), "{}\n{:?}", text, said);
            let root = parsed.document.root();
            if parsed.document.kind(root) != Kind::Null {
                prop_assert!(same(&parsed.document, root, &toml::Value::Table(table)), "{}", text);
            }
        }
        Err(problem) => prop_assert!(!said.is_empty(), "{}\n{}", text, problem),
    }
    Ok(())
}

fn same(document: &Document, node: NodeId, value: &toml::Value) -> bool {
    match (document.value(node), value) {
        (Value::String(text), toml::Value::String(other)) => text == other,
        (Value::String(text), toml::Value::Datetime(other)) => {
            text.parse::<toml::value::Datetime>().is_ok_and(|date| date == *other)
        }
        (Value::Number(_), toml::Value::Integer(other)) => document.decimal(node) == Some((*other).into()),
        (Value::Number(text), toml::Value::Float(other)) => text
            .parse::<f64>()
            .is_ok_and(|number| number.to_bits() == other.to_bits() || (number.is_nan() && other.is_nan())),
        (Value::Bool(flag), toml::Value::Boolean(other)) => flag == *other,
        (Value::Sequence(items), toml::Value::Array(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(item, other)| same(document, *item, other))
        }
        (Value::Mapping(entries), toml::Value::Table(others)) => {
            entries.len() == others.len()
                && others
                    .iter()
                    .all(|(key, other)| document.get(node, key).is_some_and(|found| same(document, found, other)))
        }
        _ => false,
    }
}

#[test]
fn the_text_a_span_cuts_out_of_pem_is_the_certificate() {
    let text = include_str!("../../tests/fixtures/certificates/fullchain.pem");
    let weak = include_str!("../../tests/fixtures/certificates/weak.pem");
    let text = format!("# one\n{text}\r\n{}\n", weak.replace('\n', "\r\n"));
    let document = good(Pem, &text);
    assert_eq!(document.items(document.root()).len(), 3);
    for block in document.items(document.root()) {
        let alone = good(Pem, document.span(*block).text(&text));
        assert_eq!(plain(&alone, alone.items(alone.root())[0]), plain(&document, *block));
    }
}
