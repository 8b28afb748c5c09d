//! Scripts in; values, or why there are none, out.

use super::{Program, exported};
use crate::model::data::{Data, Value};
use crate::source::SourceMap;

fn read(text: &str) -> Result<(Value, SourceMap), Program> {
    let mut sources = SourceMap::default();
    let file = sources.add("ecosystem.config.js", text);
    exported(file, text).map(|value| (value, sources))
}

fn field(text: &str, name: &str) -> (String, String) {
    let (value, sources) = read(text).unwrap();
    let Data::Record(record) = &value.data else { panic!("{value:?}") };
    let value = record.field(name).unwrap_or_else(|| panic!("`{name}` in {text}"));
    let said = if let Data::Unresolved(why) = &value.data { format!("? {why}") } else { value.data.to_string() };
    (said, sources.slice(value.place).to_owned())
}

#[test]
fn what_stands_there_is_read_at_its_place() {
    let text = "'use strict'\n// why\nconst path = require('path')\nmodule.exports = {\n  a: 'x\\'y', \"b\": -1.5, c: `t`, 'd-e': [1, 2,], /* no */ f: true, g: 1_000,\n}\n";
    for (name, said, cut) in [
        ("a", "x'y", "'x\\'y'"),
        ("b", "-1.5", "-1.5"),
        ("c", "t", "`t`"),
        ("d-e", "1, 2", "[1, 2,]"),
        ("f", "true", "true"),
        ("g", "1000", "1_000"),
    ] {
        assert_eq!(field(text, name), (said.to_owned(), cut.to_owned()));
    }
    assert_eq!(field("export default {a: 1}", "a").0, "1");
}

#[test]
fn what_is_worked_out_is_never_guessed() {
    for (text, expression) in [
        ("{a: process.env.A || 'x', b: 1}", "process.env.A || 'x'"),
        ("{a: 'x' + y, b: 1}", "'x' + y"),
        ("{a: `x${y}`, b: 1}", "`x${y}`"),
        ("{a: f(1, {x: [2]}), b: 1}", "f(1, {x: [2]})"),
        ("{a, b: 1}", "a"),
        ("{a() { return 1 }, b: 1}", "a() { return 1 }"),
        ("{a: () => { return '}' }, b: 1}", "() => { return '}' }"),
        ("{a: [1, ...more], b: 1}", "[1, ...more]"),
        ("{a: 2 * 1024, b: 1}", "2 * 1024"),
    ] {
        let text = format!("module.exports = {text};");
        let (said, cut) = field(&text, "a");
        assert_eq!(said, format!("? `{expression}` is worked out when the script runs"), "{text}");
        assert_eq!(cut, expression);
        assert_eq!(field(&text, "b").0, "1");
    }
}

#[test]
fn a_spread_hides_what_stands_before_it_and_what_stands_nowhere() {
    let text = "module.exports = {a: 1, ...base, b: 2, b: 3}";
    assert_eq!(field(text, "a").0, "? `...base` is worked out when the script runs");
    assert_eq!(field(text, "c").0, "? `...base` is worked out when the script runs");
    assert_eq!(field(text, "b").0, "3");
    let getter = "module.exports = {a: 1, get watch() { return true }, b: 2}";
    assert!(field(getter, "watch").0.starts_with("? "));
    assert_eq!(field(getter, "b").0, "2");
}

#[test]
fn what_is_inherited_may_be_any_field_that_is_not_said() {
    for key in ["__proto__", "'__proto__'"] {
        let text = format!("module.exports = {{{key}: {{watch: true}}, a: 1}}");
        assert_eq!(field(&text, "a").0, "1");
        let expression = format!("{key}: {{watch: true}}");
        assert_eq!(field(&text, "watch"), (format!("? `{expression}` is worked out when the script runs"), expression));
    }
}

#[test]
fn a_script_that_does_more_than_export_is_not_read() {
    for text in [
        "",
        "const a = 1",
        "module.exports = {a: 1}; module.exports.a = 2",
        "if (x) { module.exports = {a: 1} }",
        "module.exports = {a: 1",
        "module.exports = {a: 'x\n'}",
        "module.exports = {a: x.replace(/'/g, '')}",
        "function f() {}\nmodule.exports = {a: 1}",
        "module.exports = {a: 1}}",
        "module.exports.apps = []",
        "/* ",
    ] {
        assert!(read(text).is_err(), "{text}: {:?}", read(text).map(|(value, _)| value));
    }
    let deep = format!("module.exports = {}", "[".repeat(100_000));
    assert!(read(&deep).is_err());
}

#[test]
fn what_is_exported_whole_may_be_worked_out() {
    let (value, _) = read("module.exports = build()").unwrap();
    assert!(matches!(value.data, Data::Unresolved(_)));
}
