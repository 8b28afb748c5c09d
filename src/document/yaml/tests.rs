//! YAML as specification: what is read, what is said about slips.

use super::super::testing::{complaints, outline, read};
use crate::document::Format::{Json, Yaml};

/// The outline of a text about which nothing is to be said.
#[track_caller]
fn tree(text: &str) -> String {
    assert_eq!(complaints(Yaml, text), "");
    outline(Yaml, text)
}

#[test]
fn every_value_stands_where_its_span_says() {
    let text = "\
# head
a: 1
b:
  - x
  - 'y'   # trailing
  - \"z\\n\"

c: |
  hello
  world

d: [1, {e: , f: ~}]
g:
";
    let expected = r#"a mapping `a: 1\nb:\n  - x\n  - \'y\'   # trailing\n  - \"z\\n\"\n\nc: |\n  hello\n  world\n\nd: [1, {e: , f: ~}]\ng:`
  a: a number `1`
  b: a list `- x\n  - \'y\'   # trailing\n  - \"z\\n\"`
    - a string `x`
    - a string `\'y\'`
    - a string `\"z\\n\"` = "z\n"
  c: a string `hello\n  world` = "hello\nworld\n"
  d: a list `[1, {e: , f: ~}]`
    - a number `1`
    - a mapping `{e: , f: ~}`
      e: null ``
      f: null `~`
  g: null ``
"#;
    assert_eq!(tree(text), expected);
}

#[test]
fn places_are_bytes_behind_wide_characters_byte_order_marks_and_carriage_returns() {
    assert_eq!(
        tree("\u{feff}ä: ☃ # 🚀\r\nb: 'ü'\r\n"),
        "a mapping `ä: ☃ # 🚀\\r\\nb: \\'ü\\'`\n  ä: a string `☃`\n  b: a string `\\'ü\\'`\n"
    );
}

#[test]
fn plain_scalars_follow_the_core_schema_of_yaml_1_2() {
    let kinds = [
        ("null", "~ null Null NULL"),
        ("a boolean", "true True TRUE false False FALSE"),
        ("a number", "0 -1 +12 0777 0o17 0xfF 1.5 .5 5. 1e3 -1.5E-3 .inf -.INF .nan"),
        (
            "a string",
            "on off yes no y NO tRUE nULL 0b1 0o8 0xg 1_000 1:30 12:30:00 2026-11-24 v1.2 . - 1e .infx +-1 ~~",
        ),
    ];
    for (kind, words) in kinds {
        for word in words.split(' ').filter(|word| *word != "-") {
            assert_eq!(tree(&format!("- {word}\n")), format!("a list `- {word}`\n  - {kind} `{word}`\n"));
        }
    }
    assert_eq!(
        tree("['1', \"true\", '~']"),
        "a list `[\\'1\\', \\\"true\\\", \\'~\\']`\n  - a string `\\'1\\'`\n  - a string `\\\"true\\\"`\n  - a string `\\'~\\'`\n"
    );
}

#[test]
fn tags_say_what_a_value_is() {
    assert_eq!(
        tree("a: !!str 12\nb: !!int '3'\nc: !Ref y\nd: ! 3\ne: !!str\nf: !!float 1\ng: !vault |\n  x\n")
            .lines()
            .skip(1)
            .collect::<Vec<_>>(),
        [
            "  a: a string `12`",
            "  b: a number `\\'3\\'`",
            "  c: a string `y`",
            "  d: a string `3`",
            "  e: a string ``",
            "  f: a number `1`",
            "  g: a string `x`",
        ]
    );
    assert_eq!(
        complaints(Yaml, "a: !!int x\nb: !!seq {}\nc: !!int\n"),
        "\
1:4 `!!int` document/invalid-tag: `x` is not what `!!int` says
  1:10 `x`: this value
  help: remove the tag, or write a value of its type
2:4 `!!seq` document/invalid-tag: a mapping is not what `!!seq` says
  2:10 `{`: this value
  help: remove the tag, or write a value of its type
3:4 `!!int` document/invalid-tag: the empty value is not what `!!int` says
  3:9 ``: this value
  help: remove the tag, or write a value of its type
"
    );
}

#[test]
fn an_alias_holds_what_its_anchor_holds_and_stands_where_it_is_written() {
    let text = "base: &b {k: [1]}\nuse: *b\n";
    assert_eq!(
        tree(text),
        "a mapping `base: &b {k: [1]}\\nuse: *b`\n  base: a mapping `{k: [1]}`\n    k: a list `[1]`\n      - a number `1`\n  use: a mapping `*b`\n    k: a list `[1]`\n      - a number `1`\n"
    );
    let document = read(Yaml, text).document;
    let (base, alias) = (document.get(document.root(), "base").unwrap(), document.get(document.root(), "use").unwrap());
    assert_eq!(document.resolve(alias), base);
    assert_eq!(document.get(alias, "k"), document.get(base, "k"));
}

#[test]
fn an_alias_that_names_nothing_is_said() {
    assert_eq!(
        complaints(Yaml, "a: *x\nb: &b [*b]\n--- &c 1\n---\n*c : 2\n"),
        "\
1:4 `*x` document/unknown-alias: `*x` names no anchor that stands before it
  help: mark the value it stands for with `&x`, or quote the text if no alias is meant
2:8 `*b` document/unknown-alias: the alias stands inside the value it names
  2:7 `[`: this value
  help: a value cannot be a part of itself: write out what is meant
5:1 `*c` document/unknown-alias: `*c` names no anchor that stands before it
  help: mark the value it stands for with `&c`, or quote the text if no alias is meant
"
    );
}

#[test]
fn merges_add_what_is_not_there_and_point_at_what_was_written() {
    let text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc:\n  <<: [*a, *b]\n  x: 9\nd: {'<<': text}\n";
    assert_eq!(
        tree(text).lines().skip_while(|line| !line.starts_with("  c")).collect::<Vec<_>>(),
        [
            "  c: a mapping `<<: [*a, *b]\\n  x: 9`",
            "    x: a number `9`",
            "    y: a number `2`",
            "    z: a number `4`",
            "  d: a mapping `{\\'<<\\': text}`",
            "    '<<': a string `text`",
        ]
    );
}

#[test]
fn only_mappings_can_be_merged() {
    assert_eq!(
        complaints(Yaml, "<<: 3\nb:\n  <<: [{}, x]\n"),
        "\
1:5 `3` document/invalid-merge: `<<` merges mappings, this is a number
  help: name a mapping with an alias: `<<: *base`
3:12 `x` document/invalid-merge: `<<` merges mappings, this is a string
  help: name a mapping with an alias: `<<: *base`
"
    );
}

#[test]
fn a_key_stands_once() {
    assert_eq!(
        complaints(Yaml, "a: 1\nb: {c: 1, 'c': 2}\na: 2\n<<: {a: 3}\n"),
        "\
2:11 `\\'c\\'` document/duplicate-key: the key `c` stands twice in this mapping
  2:5 `c`: first written here
  help: remove one of them: programs differ in which one they believe
3:1 `a` document/duplicate-key: the key `a` stands twice in this mapping
  1:1 `a`: first written here
  help: remove one of them: programs differ in which one they believe
"
    );
}

#[test]
fn a_stream_holds_several_documents_and_a_broken_one_hides_no_other() {
    let text = "---\na: 1\n---\nb: [1,\n---\nc: @\n---\nd: 4\n";
    assert_eq!(
        complaints(Yaml, text),
        "\
4:4 `[` document/syntax: `[` is never closed
  help: was the file cut off? close every bracket and quote
6:4 `@` document/syntax: `@` cannot start a value
  help: put the value in quotes
"
    );
    let document = read(Yaml, text).document;
    assert_eq!(document.roots().len(), 4);
    assert_eq!(document.span(document.root()).text(text), "a: 1");
    assert_eq!(document.span(*document.roots().last().unwrap()).text(text), "d: 4");
}

#[test]
fn a_text_without_a_value_is_empty() {
    for text in ["", "\n\n", "# nothing\n", "---\n", "---\n---\n", "\u{feff}"] {
        assert!(complaints(Yaml, text).contains("document/empty: the file holds no value"), "{text:?}");
    }
    assert_eq!(complaints(Yaml, "{}"), "");
    assert_eq!(complaints(Yaml, "---\n---\na: 1\n"), "");
}

#[test]
fn slips_are_said_in_the_words_of_whoever_wrote_them() {
    for (text, expected) in [
        ("a: b: c\n", "1:5 `:` a `:` cannot stand here"),
        ("a:\n\t- b\n", "2:2 `-` a tab cannot stand here"),
        ("a: 'it's'\n", "1:8 `s` the text goes on after its closing quote"),
        ("a: \"ok\\n \\q\"\n", "1:10 `\\\\` this is no YAML escape"),
        ("a: \"x\nb: 1\n", "2:1 `b` the quoted text goes on, but this line is not indented"),
        ("\"abc", "1:1 `\\\"` the quote is never closed"),
        ("a: [1 2, 3\nb: 1", "2:2 `:` a `:` cannot stand here"),
        ("a: [1}\n", "1:4 `[` `[` is closed with `}`"),
        ("a: 1\n b\nc\n", "3:1 `c` this line has no `:` after its key"),
        ("a:\n  - b\n c: 1\n", "3:2 `c` a key is expected here"),
        ("a: !<x y\n", "1:4 `!` the tag is not understood"),
        ("x: 1\u{0}\n", "1:5 `\\0` the control character U+0000 cannot stand here"),
    ] {
        let said = complaints(Yaml, text).replace("document/syntax: ", "");
        assert_eq!(said.lines().next().unwrap(), expected, "{text:?}");
    }
}

#[test]
fn what_is_not_yaml_yet_is_a_template() {
    for (text, mark) in [
        ("a: 1\n{{- if .Values.b }}\nb: 2\n{{- end }}\nc\n", "{{- if .Values.b }}"),
        ("a:\n  {% if b %}\n  - c\n  {% endif %}\n", "{% if b %}"),
        ("group: {% raw %}${{ github.ref }}{% endraw %}\n", "{% raw %}"),
        ("- {{ range .apps }}\n- a: b: c\n", "{{ range .apps }}"),
    ] {
        let said = read(Yaml, text).diagnostics;
        assert_eq!(said.len(), 1, "{text:?}: {said:#?}");
        assert_eq!(said[0].rule, "document/template");
        assert_eq!(said[0].place.unwrap().span.text(text), mark, "{text:?}");
    }
    let json = "{\n  \"a\": {{A}},\n  \"b\": {{ b | default(1) }}\n}\n";
    assert_eq!(read(Json, json).diagnostics.len(), 1);
    assert!(complaints(Json, json).contains("2:8 `{{A}}` document/template"), "{}", complaints(Json, json));
    // YAML takes it for a mapping whose key is a mapping.
    for text in ["a: {{ b }}\nc: 1\n", "a: 1\nb:\n  - {{ b }}\n", "a: {{ b }}\nc: {{ d }}\n", "{{ b }}: 1\n"] {
        let said = read(Yaml, text).diagnostics;
        assert_eq!(said.len(), 1, "{text:?}: {said:#?}");
        assert_eq!(
            (&*said[0].rule, said[0].place.unwrap().span.text(text)),
            ("document/template", "{{ b }}"),
            "{text:?}"
        );
    }
    assert_eq!(complaints(Yaml, "? {a: b}\n: c\n? [d]\n: {e: {}}\n"), "");
    // A text that is YAML is no template, and expressions of GitHub are text.
    assert_eq!(complaints(Yaml, "a: '{{ b }}'\n"), "");
    assert!(complaints(Yaml, "a: ${{ b }}\nc\n").contains("document/syntax"));
    assert!(complaints(Yaml, "# {{ b }}\na: b: c\n").contains("document/syntax"));
}

#[test]
fn comments_are_kept_for_those_who_ignore_a_finding_inline() {
    let text = "# stopline: one\na: 1 # two\nb:\n  # three\n  - '# none'\n";
    let document = read(Yaml, text).document;
    let comments: Vec<_> =
        document.comments().iter().map(|comment| (comment.span.text(text), comment.own_line)).collect();
    assert_eq!(comments, [("# stopline: one", true), ("# two", false), ("# three", true)]);
}

#[test]
fn whether_comments_are_read_or_not_changes_no_value() {
    let texts = [
        "# C\na: # C\n  # C\n  b # C\n# C\n",
        "a:\n# C\n  - 1\n  # C\n  -\n  # C\n  - # C\n    x: y\n# C\n  -\n",
        "a: # C\nb: # C\n# C\nc:\n",
        "- [a, # C\n  b # C\n  , c # C\n  ]\n- {a: 1, # C\n   b: # C\n   2, c # C\n  }\n",
        "a: | # C\n  # text\n  b\n # C\n# C\nc: >- # C\n\n  d\n# C\n",
        "? # C\n  a\n# C\n: # C\n  b\n",
        "--- # C\na: &x # C\n  b: 1\nc: *x # C\n... # C\n# C\n---\n# C\nd: !!str # C\n  1\n",
        "\"a\": 'b' # C\n",
        "# C\n",
        "a: b\n # C\n  c: d # C\n",
        "a: [ # C\n",
        "a: b # C\n c\n",
    ];
    let shown = |text: &str| outline(Yaml, text) + &complaints(Yaml, text);
    for text in texts {
        let unread = text.replace('C', "somebody: x");
        let read = text.replace('C', "stopline: xx");
        assert_eq!(shown(&read).replace("stopline: xx", "somebody: x"), shown(&unread), "{text:?}");
    }
}

#[test]
fn a_tab_that_indents_is_said_though_some_readers_let_it_pass() {
    for text in
        ["a:\n \tb: 1\n", "a:\n\tb: 1\n", "- \ta: 1\n", "-\ta: 1\n", "- \t- 1\n", "a:\n \t- 1\n", "- a\n-\t\"b\": 1\n"]
    {
        let said = read(Yaml, text).diagnostics;
        let first = said.first().unwrap_or_else(|| panic!("{text:?} is taken"));
        assert_eq!(&*first.rule, "document/syntax", "{text:?}");
        assert!(["\t", "b", "-"].contains(&first.place.unwrap().span.text(text)), "{text:?}: {said:#?}");
    }
    for text in [
        "a:\t1\n",
        "a: 1\n\t\nb: 2\n",
        "a:\n  b: 1\n \t# c\n",
        "-\tb\n",
        "a:\n  - \tb\n",
        "a: x\n \ty\n",
        "a: |\n  \tb\n",
        "a: [1,\n\t2]\n",
        "a:\n  b:\t1\t# c\n",
    ] {
        assert_eq!(complaints(Yaml, text), "", "{text:?}");
    }
}
