//! JSON as specification: what is read, what is said about slips.

use super::super::testing::{complaints, outline, read};
use crate::document::Format::{Json, Jsonc};
use crate::source::Span;

#[test]
fn every_value_stands_where_its_span_says() {
    let text = r#"{"a": -1.50, "b": [true, null, "x\ny"], "c": {}}"#;
    let expected = r#"a mapping `{\"a\": -1.50, \"b\": [true, null, \"x\\ny\"], \"c\": {}}`
  "a": a number `-1.50`
  "b": a list `[true, null, \"x\\ny\"]`
    - a boolean `true`
    - null `null`
    - a string `\"x\\ny\"` = "x\ny"
  "c": a mapping `{}`
"#;
    assert_eq!(outline(Json, text), expected);
    assert_eq!(complaints(Json, text), "");
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_value() {
    assert_eq!(outline(Json, "\u{feff}[1]"), "a list `[1]`\n  - a number `1`\n");
    assert_eq!(complaints(Json, "\u{feff}[1]"), "");
}

#[test]
fn surrogate_pairs_are_one_character() {
    assert_eq!(outline(Json, r#""\ud83d\ude00""#), "a string `\\\"\\\\ud83d\\\\ude00\\\"` = \"😀\"\n");
}

#[test]
fn comments_and_trailing_commas_are_for_jsonc() {
    let text = "{\n  // stopline: why\n  \"a\": [1, 2,], /* b */\n}";
    assert_eq!(complaints(Jsonc, text), "");
    let parsed = read(Jsonc, text);
    let comments: Vec<_> =
        parsed.document.comments().iter().map(|comment| (comment.span.text(text), comment.own_line)).collect();
    assert_eq!(comments, [("// stopline: why", true), ("/* b */", false)]);
    assert_eq!(
        complaints(Json, text),
        "\
2:3 `// stopline: why` document/syntax: JSON has no comments
  help: remove it, or name the file `.jsonc` if its readers allow comments
3:13 `,` document/syntax: the last entry is followed by a comma
  help: remove the comma
3:15 `,` document/syntax: the last entry is followed by a comma
  help: remove the comma
"
    );
}

#[test]
fn one_text_shows_all_its_slips() {
    let text =
        "{\n  name: 'x',\n  \"on\": True\n  \"n\": 01,\n  \"e\": \"\\q\",\n  \"k\" 1,\n  \"v\":,\n  \"nb\":\u{a0}1\n}";
    assert_eq!(
        complaints(Json, text),
        r#"2:3 `name` document/syntax: `name` has no quotes
  help: JSON writes strings and keys in double quotes
2:9 `\'x\'` document/syntax: `'x'` stands in single quotes
  help: JSON writes strings and keys in double quotes
3:9 `True` document/syntax: `True` is no JSON value
  help: write `true`
4:8 `01` document/syntax: `01` is no JSON number
  help: write it with plain digits and without leading zeros, or put it in double quotes
5:9 `\\q` document/syntax: `\q` is no JSON escape
  help: a backslash is written `\\`; known are `\" \\ \/ \b \f \n \r \t` and `\u` with four hex digits
6:3 `\"k\"` document/syntax: `:` is missing after this key
  help: write `"key": value`
7:3 `\"v\"` document/syntax: the key `v` has no value
  help: write `"key": value`
8:8 `\u{a0}` document/syntax: the blank U+00A0 is not allowed in JSON
  help: replace it by an ordinary space
"#
    );
}

#[test]
fn what_is_not_closed_is_shown_where_it_was_opened() {
    assert_eq!(
        complaints(Json, "{\"a\": [1, 2"),
        "\
1:7 `[` document/syntax: `[` is never closed
  1:12 ``: the text ends here
  help: was the file cut off? close every bracket
"
    );
    assert_eq!(
        complaints(Json, "{\"a\": [1, 2}"),
        "\
1:12 `}` document/syntax: `}` does not close `[`
  1:7 `[`: opened here
  help: close what was opened last first
"
    );
    assert_eq!(
        complaints(Json, "{\"a\": \"x\n\"b\": 1}"),
        "\
1:7 `\\\"` document/syntax: the string is not closed on its line
  help: close it with `\"`; a line break inside a string is written `\\n`
"
    );
}

#[test]
fn every_truncation_is_noticed_and_keeps_what_came_before() {
    let text = r#"{"a": {"b": ["c", 1.5, true, null]}, "d": "e\"f"}"#;
    for end in 0..text.len() {
        let cut = Span::of(0..end).text(text);
        assert!(!read(Json, cut).diagnostics.is_empty(), "{cut}");
    }
    let parsed = read(Json, Span::new(0, 40).text(text));
    let b = parsed.document.get(parsed.document.root(), "a").and_then(|a| parsed.document.get(a, "b")).unwrap();
    assert_eq!(parsed.document.items(b).len(), 4);
}

#[test]
fn a_text_without_a_value_is_empty() {
    for text in ["", " \n", "\u{feff}"] {
        assert!(complaints(Json, text).contains("document/empty: the file holds no value"), "{text:?}");
    }
    assert!(complaints(Jsonc, "// nothing\n").contains("document/empty"));
}

#[test]
fn a_key_stands_once() {
    assert_eq!(
        complaints(Json, r#"{"a": 1, "b": {"a": 2}, "\u0061": 3}"#),
        "\
1:25 `\\\"\\\\u0061\\\"` document/duplicate-key: the key `a` stands twice in this mapping
  1:2 `\\\"a\\\"`: first written here
  help: remove one of them: programs differ in which one they believe
"
    );
}

#[test]
fn any_value_may_be_the_root() {
    for (text, kind) in [("3", "a number `3`\n"), ("\"x\"", "a string `\\\"x\\\"`\n"), ("null", "null `null`\n")] {
        assert_eq!(outline(Json, text), kind);
        assert_eq!(complaints(Json, text), "");
    }
    assert!(complaints(Json, "{} {}").contains("1:4 `{` document/syntax: the text goes on after its value"));
}
