//! Changes as specification: a text, a path, a value, and the text that comes of it.

use super::{Changed, Wanted};
use crate::document::Format::{self, Env, Ini, Json, Jsonc, Toml, Yaml};
use crate::document::testing::read;
use crate::document::{Document, Kind, NodeId};
use crate::source::Span;

/// The text with the changes made.
fn made(text: &str, changed: Changed) -> Result<String, &'static str> {
    let mut out = text.to_owned();
    for change in changed?.iter().rev() {
        out.replace_range(change.span.range(), &change.text);
    }
    Ok(out)
}

/// The node a path of names and numbers leads to, the key it stands under, and the name that is not there.
fn at<'p>(document: &Document, path: &'p str) -> (NodeId, Span, Option<&'p str>) {
    let (mut node, mut head) = (document.root(), Span::default());
    let mut parts = path.split('.').filter(|part| !part.is_empty()).peekable();
    while let Some(part) = parts.next() {
        let next = match document.kind(node) {
            Kind::Sequence => document.items(node).get(part.parse::<usize>().unwrap()).copied(),
            Kind::Null | Kind::Bool | Kind::Number | Kind::String | Kind::Mapping => document.get(node, part),
        };
        match next {
            Some(next) => {
                head = document.key_span(node, part).unwrap_or_default();
                node = next;
            }
            None if parts.peek().is_none() => return (node, head, Some(part)),
            None => panic!("`{path}` leads nowhere"),
        }
    }
    (node, head, None)
}

fn set(format: Format, text: &str, path: &str, wanted: Wanted<'_>) -> Result<String, &'static str> {
    let parsed = read(format, text);
    assert!(parsed.diagnostics.is_empty(), "{text}\n{:?}", parsed.diagnostics);
    let document = parsed.document;
    let changed = match at(&document, path) {
        (node, _, None) => document.replace(document.span(node), wanted),
        (holder, head, Some(name)) => document.insert(document.span(holder), head, name, wanted),
    };
    let new = made(text, changed)?;
    let parsed = read(format, &new);
    assert!(parsed.diagnostics.is_empty(), "{new}\n{:?}", parsed.diagnostics);
    Ok(new)
}

#[track_caller]
fn is(format: Format, text: &str, path: &str, wanted: Wanted<'_>, expected: &str) {
    assert_eq!(set(format, text, path, wanted).as_deref(), Ok(expected));
}

const FOUR: Wanted<'_> = Wanted::Text("04:00:00");
const ONE: Wanted<'_> = Wanted::Number("1");

#[test]
fn a_value_of_json_is_exchanged_and_nothing_else() {
    is(Json, "{\"a\" :\t\"06:00:00\"  }", "a", FOUR, "{\"a\" :\t\"04:00:00\"  }");
    is(Json, "\u{feff}{\r\n  \"🚀\": {\"a\": null}\r\n}", "🚀.a", ONE, "\u{feff}{\r\n  \"🚀\": {\"a\": 1}\r\n}");
    is(Jsonc, "{\"a\": 0 /* why */, // b\n}", "a", Wanted::Bool(true), "{\"a\": true /* why */, // b\n}");
    is(Json, "[1, [2, 3]]", "1.0", Wanted::Text("a\"\\\n\u{1}"), "[1, [\"a\\\"\\\\\\n\\u0001\", 3]]");
}

#[test]
fn a_new_member_of_json_is_written_as_its_neighbours_are() {
    is(Json, "{\n  \"a\": 1\n}\n", "b", ONE, "{\n  \"a\": 1,\n  \"b\": 1\n}\n");
    is(Json, "{\r\n\t\"a\":1\r\n}", "b", ONE, "{\r\n\t\"a\":1,\r\n\t\"b\":1\r\n}");
    is(Json, "{\"a\": 1, \"b\": 2}", "c", ONE, "{\"a\": 1, \"b\": 2, \"c\": 1}");
    is(Json, "{\"a\":1,\"b\":2}", "c", ONE, "{\"a\":1,\"b\":2,\"c\":1}");
    is(Json, "{ \"a\": 1 }", "c", ONE, "{ \"a\": 1, \"c\": 1 }");
    is(Json, "{}", "a", ONE, "{\"a\": 1}");
    is(Json, "{\n    \"a\": {\n    }\n}", "a.b", ONE, "{\n    \"a\": {\n        \"b\": 1\n    }\n}");
    is(Jsonc, "{\n  \"a\": 1, // why\n}\n", "b", ONE, "{\n  \"a\": 1, // why\n  \"b\": 1,\n}\n");
    is(Jsonc, "{\n  \"a\": 1 // why\n}\n", "b", ONE, "{\n  \"a\": 1, // why\n  \"b\": 1\n}\n");
    is(Jsonc, "{\n  // none yet\n}\n", "b", ONE, "{\n  \"b\": 1\n  // none yet\n}\n");
}

#[test]
fn a_scalar_of_yaml_keeps_its_quotes() {
    is(Yaml, "a: '06:00:00' # why\n", "a", FOUR, "a: '04:00:00' # why\n");
    is(Yaml, "a: \"x\"\nb: 2\n", "a", FOUR, "a: \"04:00:00\"\nb: 2\n");
    is(Yaml, "a: always\n", "a", Wanted::Text("unless-stopped"), "a: unless-stopped\n");
    is(Yaml, "a: x\n", "a", FOUR, "a: \"04:00:00\"\n");
    is(Yaml, "a: x\n", "a", Wanted::Text("no"), "a: \"no\"\n");
    is(Yaml, "a: {b: x}\n", "a.b", Wanted::Text("y, z"), "a: {b: \"y, z\"}\n");
    is(Yaml, "a: |\n  x\n  y\n# c\nb: 2\n", "a", ONE, "a: 1\n# c\nb: 2\n");
    is(Yaml, "a:\nb: # why\n", "a", ONE, "a: 1\nb: # why\n");
    is(Yaml, "a:\nb: # why\n", "b", ONE, "a:\nb: 1 # why\n");
    is(Yaml, "a: &x 1\nb: 2\n", "a", Wanted::Number("3"), "a: &x 3\nb: 2\n");
    is(Yaml, "a: &x 1\nb: *x\n", "b", Wanted::Number("3"), "a: &x 1\nb: 3\n");
}

#[test]
fn a_new_entry_of_yaml_is_written_as_its_neighbours_are() {
    is(Yaml, "a: 1 # why\n# end\n", "b", ONE, "a: 1 # why\nb: 1\n# end\n");
    is(Yaml, "a: 1", "b", ONE, "a: 1\nb: 1");
    is(Yaml, "a:\r\n    b: 1\r\nc: 2\r\n", "a.d", ONE, "a:\r\n    b: 1\r\n    d: 1\r\nc: 2\r\n");
    is(Yaml, "l:\n- a: 1\n  b:\n    - 2\n- c\n", "l.0.d", ONE, "l:\n- a: 1\n  b:\n    - 2\n  d: 1\n- c\n");
    is(Yaml, "a: {b: 1}\n", "a.c", Wanted::Text("x"), "a: {b: 1, c: x}\n");
    is(Yaml, "a: {}\n", "a.c", ONE, "a: {c: 1}\n");
    is(Yaml, "a:\n  b: |+\n    x\n\n", "a.c", ONE, "a:\n  c: 1\n  b: |+\n    x\n\n");
    is(
        Yaml,
        "base: &b\n  x: 1\na:\n  <<: *b\n  y: 2\n",
        "a.z",
        ONE,
        "base: &b\n  x: 1\na:\n  <<: *b\n  y: 2\n  z: 1\n",
    );
}

#[test]
fn what_others_share_is_left_alone() {
    let shared = Err("an alias stands for it elsewhere, and would change with it");
    assert_eq!(set(Yaml, "a: &x 1\nb: *x\n", "a", ONE), shared);
    assert_eq!(set(Yaml, "a: &x {p: 1}\nb: *x\n", "b.p", ONE), shared);
    assert_eq!(set(Yaml, "a: &x {p: 1}\nb: {<<: *x}\n", "b.p", ONE), shared);
    assert_eq!(set(Yaml, "a: &x {p: 1}\nb: *x\n", "a.q", ONE), shared);
}

#[test]
fn what_has_no_exact_change_is_refused_with_its_reason() {
    assert_eq!(set(Yaml, "a: !!str 1\n", "a", ONE), Err("a tag before it says what it is"));
    assert_eq!(set(Json, "{\"a\": []}", "a", ONE), Err("a list or a mapping stands there"));
    assert_eq!(set(Toml, "a = 1\n", "a", Wanted::Null), Err("the format cannot hold such a value there"));
    assert_eq!(set(Ini, "a = b\n  c\n", "a", ONE), Err("its value goes over several lines"));
    let alone = Err("nothing stands beside it that says how entries are written there");
    assert_eq!(set(Yaml, "? a\n: b\n", "c", ONE), alone);
    assert_eq!(set(Toml, "a.b = 1\n", "a.c", ONE), alone);
    assert_eq!(set(Toml, "[a.b]\nc = 1\n", "a.d", ONE), alone);
}

#[test]
fn toml_dotenv_and_ini_keep_their_own_ways() {
    is(Toml, "a = '06:00:00' # why\r\n", "a", FOUR, "a = '04:00:00' # why\r\n");
    is(Toml, "a = 1_000\n[b]\n", "a", ONE, "a = 1\n[b]\n");
    is(
        Toml,
        "[a]\n  b = 1 # why\n\n[a.c]\nd = 1\n",
        "a.e",
        FOUR,
        "[a]\n  b = 1 # why\n  e = \"04:00:00\"\n\n[a.c]\nd = 1\n",
    );
    is(Toml, "[a]\n[b]\nc = 1\n", "a.d", ONE, "[a]\nd = 1\n[b]\nc = 1\n");
    is(Toml, "a = { b = 1 }\n", "a.c", ONE, "a = { b = 1, c = 1 }\n");
    is(Toml, "a = {}\n", "a.c", ONE, "a = { c = 1 }\n");
    is(Env, "export A='x' # why\nB=2", "A", Wanted::Text("y z"), "export A='y z' # why\nB=2");
    is(Env, "A=x\n", "A", Wanted::Text("a$b c"), "A=\"a\\$b c\"\n");
    is(Env, "A=\nB\n", "B", ONE, "A=\nB=1\n");
    is(Env, "A= # why\n", "A", ONE, "A=1 # why\n");
    is(Env, "export A=x # why\r\n", "B", ONE, "export A=x # why\r\nexport B=1\r\n");
    is(Ini, "[a]\nb = 'x' ; why\n", "a.b", Wanted::Text("y ; z"), "[a]\nb = 'y ; z' ; why\n");
    is(Ini, "[a]\nb: x\n[c]\n", "a.d", ONE, "[a]\nb: x\nd: 1\n[c]\n");
    is(Ini, "[a]\n[c]\n", "a.d", ONE, "[a]\nd = 1\n[c]\n");
    is(Ini, "a\nb =\n", "a", ONE, "a = 1\nb =\n");
    is(Ini, "a\nb =\n", "b", ONE, "a\nb = 1\n");
}

#[test]
fn a_place_within_the_quotes_is_the_value_too() {
    for (format, text, expected) in
        [(Json, "{\"a\": \"low\"}", "{\"a\": \"high\"}"), (Yaml, "a: 'low'\n", "a: 'high'\n")]
    {
        let document = read(format, text).document;
        let start = text.find("low").unwrap();
        let changed = document.replace(Span::of(start..start + 3), Wanted::Text("high"));
        assert_eq!(made(text, changed).as_deref(), Ok(expected));
    }
}
