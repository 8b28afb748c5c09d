//! INI as specification: what its lines say, and what is said about slips.

use super::super::testing::{complaints, outline, read};
use crate::document::Format::Ini;

/// The outline of a text about which nothing is to be said.
#[track_caller]
fn tree(text: &str) -> String {
    assert_eq!(complaints(Ini, text), "");
    outline(Ini, text).split_once('\n').unwrap().1.to_owned()
}

#[test]
fn every_value_stands_where_its_span_says() {
    let text = "; stopline: head\ntop = 1\n[a b] # why\nkey = some words ; note\nother: 'quoted ; text'\nempty =\nalone\n\n[c]\n";
    let expected = r"  top: a string `1`
  a b: a mapping `[a b] # why\nkey = some words ; note\nother: \'quoted ; text\'\nempty =\nalone`
    key: a string `some words`
    other: a string `\'quoted ; text\'`
    empty: a string ``
    alone: null ``
  c: a mapping `[c]`
";
    assert_eq!(tree(text), expected);
    let document = read(Ini, text).document;
    let comments: Vec<_> = document.comments().iter().map(|comment| comment.span.text(text)).collect();
    assert_eq!(comments, ["; stopline: head", "# why", "; note"]);
    let section = document.get(document.root(), "a b").unwrap();
    assert_eq!(document.text(document.get(section, "other").unwrap()), Some("quoted ; text"));
}

#[test]
fn lines_as_real_users_write_them() {
    for (line, key, value) in [
        ("a=b", "a", "b"),
        ("a = b = c", "a", "b = c"),
        ("a: b = c", "a", "b = c"),
        ("url = http://h/#x;y", "url", "http://h/#x;y"),
        ("a b = c", "a b", "c"),
        ("a = #none", "a", ""),
        ("a = \"b\"", "a", "b"),
        ("a = \"b\" \"c\"", "a", "\"b\" \"c\""),
        ("a = \"b\"c", "a", "\"b\"c"),
        ("a = 'b' ; c", "a", "b"),
        ("a = %(home)s/x", "a", "%(home)s/x"),
        ("  a = b", "a", "b"),
        ("A = b", "A", "b"),
        ("extension[] = x", "extension[]", "x"),
        ("\u{feff}a = ü", "a", "ü"),
    ] {
        assert_eq!(complaints(Ini, line), "", "{line}");
        let document = read(Ini, line).document;
        let entry = document.entries(document.root())[0];
        assert_eq!((document.text(entry.key), document.text(entry.value)), (Some(key), Some(value)), "{line}");
    }
}

#[test]
fn lines_that_are_indented_deeper_go_on_with_the_value() {
    let text = "[s]\nlist =\n    a\n    # no part of it\n    b = 1 ; note\n\n    c\n\nnext = x\n  y\n";
    let expected = r#"  s: a mapping `[s]\nlist =\n    a\n    # no part of it\n    b = 1 ; note\n\n    c\n\nnext = x\n  y`
    list: a string `a\n    # no part of it\n    b = 1 ; note\n\n    c` = "\na\nb = 1\n\nc"
    next: a string `x\n  y` = "x\ny"
"#;
    assert_eq!(tree(text), expected);
}

#[test]
fn sections_whose_keys_are_indented_are_sections() {
    let text = "[core]\n\tbare = false\n\teditor = vi\n[remote \"origin\"]\n\turl = git@h:r.git\n";
    let expected = r#"  core: a mapping `[core]\n\tbare = false\n\teditor = vi`
    bare: a string `false`
    editor: a string `vi`
  remote "origin": a mapping `[remote \"origin\"]\n\turl = git@h:r.git`
    url: a string `git@h:r.git`
"#;
    assert_eq!(tree(text), expected);
}

#[test]
fn lines_end_in_any_way() {
    let expected = "  a: a mapping `[a]·b = 1·c = 2`\n    b: a string `1`\n    c: a string `2`\n";
    for end in ["\n", "\r\n", "\r"] {
        let text = ["[a]", "b = 1", "c = 2", ""].join(end);
        assert_eq!(tree(&text).replace(&end.escape_debug().to_string(), "·"), expected, "{end:?}");
    }
}

#[test]
fn keys_and_sections_stand_once() {
    assert_eq!(
        complaints(Ini, "[a]\nx = 1\nx: 2\n[b]\n[a]\n"),
        "\
3:1 `x` document/duplicate-key: the key `x` stands twice in this mapping
  2:1 `x`: first written here
  help: remove one of them: programs differ in which one they believe
5:2 `a` document/duplicate-key: the key `a` stands twice in this mapping
  1:2 `a`: first written here
  help: remove one of them: programs differ in which one they believe
"
    );
}

#[test]
fn slips_are_said_with_their_cure() {
    assert_eq!(
        complaints(Ini, "[a\n[b] c\n= 1\nno separator here\nalone\n  goes on\nx = \u{0}\n"),
        "\
1:1 `[a` document/syntax: the section is not closed
  help: close it with `]`
2:5 `c` document/syntax: the line goes on after its section
  help: write a key on a line of its own
3:1 `=` document/syntax: a key is missing before this
  help: write `key = value`
4:1 `no separator here` document/syntax: this line is no `key = value` and no `[section]`
  help: write `key = value` or `[section]`; indent a line that goes on with the value above
6:3 `goes on` document/syntax: this line goes on with a key that has no value
  help: write `key =` above it, or indent the line as its neighbours
7:5 `\\0` document/syntax: the control character U+0000 stands here
  help: remove it; was the file saved as UTF-16?
"
    );
}

#[test]
fn a_text_without_a_value_is_empty() {
    for text in ["", "\n\r\n", "; nothing\n", "\u{feff}"] {
        assert!(complaints(Ini, text).contains("document/empty: the file holds no value"), "{text:?}");
    }
}
