//! Environments as specification: what the lines of a `.env` file say, and what is not guessed at.

use super::super::testing::{complaints, outline, read};
use crate::document::Format::Env;

/// Names and values of a text about which nothing is to be said.
#[track_caller]
fn values(text: &str) -> Vec<(String, Option<String>)> {
    assert_eq!(complaints(Env, text), "");
    let document = read(Env, text).document;
    let value =
        |node| (document.kind(node) == crate::document::Kind::String).then(|| document.text(node).unwrap().to_owned());
    document
        .entries(document.root())
        .iter()
        .map(|entry| (document.text(entry.key).unwrap().to_owned(), value(entry.value)))
        .collect()
}

#[track_caller]
fn value(line: &str) -> String {
    let (name, value) = values(line).pop().unwrap();
    assert_eq!(name, "A", "{line}");
    value.unwrap_or_else(|| "null".to_owned())
}

#[test]
fn every_value_stands_where_its_span_says() {
    let text = "# stopline: head\n\nexport A=1 # one\nB = 'x y'\nC=\"a\\nb\"\nD=\nE\nF=`{\"k\": 1}`\n";
    let expected = r#"a mapping `export A=1 # one\nB = \'x y\'\nC=\"a\\nb\"\nD=\nE\nF=`{\"k\": 1}``
  A: a string `1`
  B: a string `\'x y\'`
  C: a string `\"a\\nb\"` = "a\nb"
  D: a string ``
  E: null ``
  F: a string ``{\"k\": 1}``
"#;
    assert_eq!(outline(Env, text), expected);
    let comments: Vec<_> =
        read(Env, text).document.comments().iter().map(|comment| comment.span.text(text).to_owned()).collect();
    assert_eq!(comments, ["# stopline: head", "# one"]);
}

#[test]
fn lines_as_real_users_write_them() {
    for (line, expected) in [
        ("A=b", "b"),
        ("A=", ""),
        ("A=   ", ""),
        ("A= # nothing", ""),
        ("A=#b", "#b"),
        ("A=b#c", "b#c"),
        ("A=b #c", "b"),
        ("A=b\t# c # d", "b"),
        ("A = b c  ", "b c"),
        ("A=\"b # c\" # d", "b # c"),
        ("A='b'#c", "b"),
        ("A='${B}' ", "${B}"),
        ("A=${B}/c", "${B}/c"),
        ("A=$B", "$B"),
        ("A='b\\n'", "b\\n"),
        (r#"A="b\t\"c\"\\d\$e\x""#, "b\t\"c\"\\d$e\\x"),
        ("A=\"it's\"", "it's"),
        ("A=`it's \"b\"`", "it's \"b\""),
        ("A=b'c'", "b'c'"),
        ("A: b", "b"),
        ("export   A=b", "b"),
        ("\texport A = b", "b"),
        ("A=a=b==", "a=b=="),
        ("A=postgres://u:p@h/d?x=1&y=%20", "postgres://u:p@h/d?x=1&y=%20"),
        ("A={\"k\": [1]}", "{\"k\": [1]}"),
        ("A=\"b\r\nc\"\r\n", "b\nc"),
        ("A='b\nc'", "b\nc"),
        ("A=\"-----BEGIN\n#no comment\n-----END\"\n", "-----BEGIN\n#no comment\n-----END"),
        ("A", "null"),
        ("A # why", "null"),
        ("export A", "null"),
        ("\u{feff}A=b", "b"),
        ("A=ü☃", "ü☃"),
    ] {
        assert_eq!(value(line), expected, "{line:?}");
    }
}

#[test]
fn lines_end_in_any_way() {
    let expected = [("A".to_owned(), Some("1".to_owned())), ("B".to_owned(), Some("2".to_owned()))];
    for text in ["A=1\nB=2\n", "A=1\r\nB=2", "A=1\rB=2\r", "A=1 \r\n\r\n\tB=2 # x\r\n"] {
        assert_eq!(values(text), expected, "{text:?}");
    }
}

#[test]
fn names_may_hold_dots_and_dashes_and_even_be_export() {
    let names: Vec<String> = values("a.b-c=1\n_X=2\nexport = 3\n9A=1\n").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a.b-c", "_X", "export", "9A"]);
}

#[test]
fn a_name_stands_once() {
    assert_eq!(
        complaints(Env, "A=1\nB=2\nexport A=3\n"),
        "\
3:8 `A` document/duplicate-key: the key `A` stands twice in this mapping
  1:1 `A`: first written here
  help: remove one of them: programs differ in which one they believe
"
    );
}

#[test]
fn what_programs_read_differently_is_not_guessed_at() {
    assert_eq!(
        complaints(Env, "A='it\\'s'\nB=\"x\" y # z\n"),
        r#"1:6 `\\\'` document/syntax: programs differ in what a backslash before `'` means
  help: put the value in double quotes
2:7 `y # z` document/syntax: the text goes on after its closing quote
  help: put the whole value into one pair of quotes; in double quotes `\"` stands for a quote
"#
    );
    for line in ["A B=1", "<<<<<<< HEAD", "=x", "E:x", "{\"json\": 1}", "-----BEGIN KEY-----", "ü=1", "A=1\nexport A B"]
    {
        let said = complaints(Env, line);
        assert!(said.contains("document/syntax: this line is no `NAME=value`"), "{line}\n{said}");
    }
    assert!(complaints(Env, "A=\"x\nB=1\n").starts_with("1:3 `\\\"` document/syntax: the quote `\"` is never closed"));
    assert!(
        complaints(Env, "A=`x\nB=1\n").starts_with("1:3 ``` document/syntax: the quote of backticks is never closed")
    );
    assert!(
        complaints(Env, "A=x\u{0}\n")
            .starts_with("1:4 `\\0` document/syntax: the control character U+0000 stands here")
    );
}

#[test]
fn a_text_without_a_value_is_empty() {
    for text in ["", "\n\r\n", "# nothing\n", "\u{feff}"] {
        assert!(complaints(Env, text).contains("document/empty: the file holds no value"), "{text:?}");
    }
}
