//! TOML as specification: what is read, where it stands, what is said about slips.

use super::super::testing::{complaints, outline, read};
use crate::document::Format::Toml;

/// The outline of a text about which nothing is to be said.
#[track_caller]
fn tree(text: &str) -> String {
    assert_eq!(complaints(Toml, text), "");
    outline(Toml, text)
}

#[test]
fn every_value_stands_where_its_span_says() {
    let text = "\
# head
name = \"a\" # trailing
path = 'C:\\x'
'quoted key' = \"x\\ny\"
ports = [1, 0x1F, # why
  1_000,
]
point = { x = 1.5, y.z = true }
";
    let expected = r#"a mapping `name = \"a\" # trailing\npath = \'C:\\x\'\n\'quoted key\' = \"x\\ny\"\nports = [1, 0x1F, # why\n  1_000,\n]\npoint = { x = 1.5, y.z = true }`
  name: a string `\"a\"`
  path: a string `\'C:\\x\'`
  'quoted key': a string `\"x\\ny\"` = "x\ny"
  ports: a list `[1, 0x1F, # why\n  1_000,\n]`
    - a number `1`
    - a number `0x1F`
    - a number `1_000`
  point: a mapping `{ x = 1.5, y.z = true }`
    x: a number `1.5`
    y: a mapping `z = true`
      z: a boolean `true`
"#;
    assert_eq!(tree(text), expected);
}

#[test]
fn numbers_are_worth_what_they_say() {
    for (written, worth) in [
        ("1_000", "1000"),
        ("0xdead_beef", "3735928559"),
        ("0o755", "493"),
        ("0b1101", "13"),
        ("+7", "7"),
        ("-2.50e+1", "-25"),
        ("6.02_2e2", "602.2"),
    ] {
        let document = read(Toml, &format!("n = {written}")).document;
        let node = document.get(document.root(), "n").unwrap();
        assert_eq!(
            document.decimal(node).map(|worth| worth.normalize().to_string()).as_deref(),
            Some(worth),
            "{written}"
        );
    }
    let document = read(Toml, "n = inf").document;
    assert_eq!(document.decimal(document.get(document.root(), "n").unwrap()), None);
}

#[test]
fn dates_and_times_are_text_as_written() {
    let text = "a = 1979-05-27T07:32:00Z\nb = 1979-05-27 07:32:00.5-07:00\nc = 1979-05-27\nd = 07:32:00\ne = 07:32\n";
    let expected = "  a: a string `1979-05-27T07:32:00Z`
  b: a string `1979-05-27 07:32:00.5-07:00`
  c: a string `1979-05-27`
  d: a string `07:32:00`
  e: a string `07:32`
";
    assert_eq!(tree(text).split_once('\n').unwrap().1, expected);
    assert_eq!(
        complaints(Toml, "a = 2026-02-30\nb = 25:00:00\n"),
        "\
1:5 `2026-02-30` document/syntax: `2026-02-30` is no date or time
  help: write it as `2026-11-24` or `2026-11-24T10:00:00Z`
2:5 `25:00:00` document/syntax: `25:00:00` is no date or time
  help: write it as `2026-11-24` or `2026-11-24T10:00:00Z`
"
    );
}

#[test]
fn texts_of_several_lines_lose_their_first_line_end() {
    let text = "a = \"\"\"\nx\ny\"\"\"\nb = '''z'''\nc = \"\"\"x \\\n   y\"\"\"\nd = \"\"\nf = \"\"\"\"\"\"\n";
    let document = read(Toml, text).document;
    let get = |key: &str| document.get(document.root(), key).unwrap();
    assert_eq!(document.content_span(get("a")).unwrap().text(text), "x\ny");
    assert_eq!(document.content_span(get("b")).unwrap().text(text), "z");
    assert_eq!((document.text(get("c")), document.content_span(get("c"))), (Some("x y"), None));
    assert_eq!((document.text(get("d")), document.text(get("f"))), (Some(""), Some("")));
}

#[test]
fn a_table_reaches_from_its_header_to_its_last_value() {
    let text = "\
top = 1

[server] # why
host = \"a\"
[server.tls]
floor = \"1.2\" # old

[client]
retries = 3

[server.late]
x = 1
";
    let expected = r#"  top: a number `1`
  server: a mapping `[server] # why\nhost = \"a\"\n[server.tls]\nfloor = \"1.2\"`
    host: a string `\"a\"`
    tls: a mapping `[server.tls]\nfloor = \"1.2\"`
      floor: a string `\"1.2\"`
    late: a mapping `[server.late]\nx = 1`
      x: a number `1`
  client: a mapping `[client]\nretries = 3`
    retries: a number `3`
"#;
    assert_eq!(tree(text).split_once('\n').unwrap().1, expected);
}

#[test]
fn tables_that_only_a_header_below_names_stand_there() {
    assert_eq!(
        tree("[a.b]\nx = 1\n[a.c]\n[d]\n[a]\ny = 2\n").split_once('\n').unwrap().1,
        "  a: a mapping `[a]\\ny = 2`
    b: a mapping `[a.b]\\nx = 1`
      x: a number `1`
    c: a mapping `[a.c]`
    y: a number `2`
  d: a mapping `[d]`
"
    );
}

#[test]
fn lists_of_tables_hold_each_with_what_belongs_to_it() {
    let text =
        "[[job]]\nname = 'a'\n[job.env]\nX = 'y'\n[[job]]\nname = 'b'\n[[job.step]]\nrun = 1\n[[job.step]]\n[other]\n";
    let expected = r"  job: a list `[[job]]\nname = \'a\'\n[job.env]\nX = \'y\'\n[[job]]\nname = \'b\'\n[[job.step]]\nrun = 1\n[[job.step]]`
    - a mapping `[[job]]\nname = \'a\'\n[job.env]\nX = \'y\'`
      name: a string `\'a\'`
      env: a mapping `[job.env]\nX = \'y\'`
        X: a string `\'y\'`
    - a mapping `[[job]]\nname = \'b\'\n[[job.step]]\nrun = 1\n[[job.step]]`
      name: a string `\'b\'`
      step: a list `[[job.step]]\nrun = 1\n[[job.step]]`
        - a mapping `[[job.step]]\nrun = 1`
          run: a number `1`
        - a mapping `[[job.step]]`
  other: a mapping `[other]`
";
    assert_eq!(tree(text).split_once('\n').unwrap().1, expected);
}

#[test]
fn dotted_keys_are_tables_that_stand_behind_their_first_dot() {
    assert_eq!(
        tree("a.b.c = 1\na.b.d = 2\n'a'.e = 3\n[t]\nx.y = 1\nx.z = 2\n").split_once('\n').unwrap().1,
        "  a: a mapping `b.c = 1`
    b: a mapping `c = 1`
      c: a number `1`
      d: a number `2`
    e: a number `3`
  t: a mapping `[t]\\nx.y = 1\\nx.z = 2`
    x: a mapping `y = 1`
      y: a number `1`
      z: a number `2`
"
    );
}

#[test]
fn a_key_stands_once_and_nobody_adds_to_what_is_closed() {
    for (text, again) in [
        ("a = 1\n'a' = 2\n", "2:1 `\\'a\\'`"),
        ("[a]\n[b]\n[a]\n", "3:2 `a`"),
        ("a = 1\n[a.b]\n", "2:2 `a`"),
        ("a = {}\n[a.b]\n", "2:2 `a`"),
        ("a = {}\na.b = 1\n", "2:1 `a`"),
        ("a = [{}]\n[[a]]\n", "2:3 `a`"),
        ("[[a]]\n[a]\n", "2:2 `a`"),
        ("[a]\n[[a]]\n", "2:3 `a`"),
        ("[f]\na.c = 1\n[f.a]\n", "3:4 `a`"),
        ("[a.b.c]\nz = 9\n[a]\nb.c.t = 1\n", "4:3 `c`"),
        ("a = {x = 1, x = 2}\n", "1:13 `x`"),
        ("a.b = 1\na.b.c = 2\n", "2:3 `b`"),
    ] {
        let said = complaints(Toml, text);
        let expected = format!("{again} document/duplicate-key: ");
        assert!(said.starts_with(&expected) && said.matches("document/").count() == 1, "{text}\n{said}");
    }
    assert_eq!(complaints(Toml, "[f]\na.c = 1\n[f.a.t]\nx = 1\n"), "", "a table below a dotted key is a new one");
    assert_eq!(complaints(Toml, "[a.b.c]\n[a]\nb.d = 1\n"), "", "nobody has written `[a.b]`");
}

#[test]
fn slips_are_said_in_the_words_of_whoever_wrote_them() {
    for (text, expected) in [
        ("a = on\n", "1:5 `on` `on` has no quotes"),
        ("a = True\n", "1:5 `True` `True` is no TOML value"),
        ("a\n", "1:1 `a` the key `a` has no value"),
        ("a =\n", "1:4 `` a value is missing behind `=`"),
        ("= 1\n", "1:1 `=` this is no key"),
        ("[a\nb = 1\n", "1:3 `` the header is not closed"),
        ("a = ['b' 'c']\n", "1:10 `\\'` `,` is missing before this"),
        ("a = [1,\n", "1:8 `` `[` is never closed"),
        ("a = {x = 1\n", "1:11 `` `{` is never closed"),
        ("a = \"x\nb = 1\n", "1:7 `` the text is not closed on its line, or holds what it may not"),
        ("a = 'x\n", "1:7 `` the text is not closed on its line, or holds what it may not"),
        ("a = \"\"\"x\n", "2:1 `` the text is never closed, or holds what it may not"),
        ("a = \"\\q\"\n", "1:7 `q` this is no TOML escape"),
        ("a = 012\n", "1:5 `0` `012` starts with a zero"),
        ("a = 1_a\n", "1:5 `1_a` `1_a` is no number"),
        ("a = 'b' b = 2\n", "1:9 `b` the line goes on after its value"),
        ("a = 1\rb = 2\n", "1:7 `b` a carriage return stands alone"),
        ("a = \"\u{0}\"\n", "1:6 `\\0` the text is not closed on its line, or holds what it may not"),
        ("a: 1\n", "1:1 `a:` the key `a:` has no value"),
        ("{\"a\": 1}\n", "1:1 `{` this is no `key = value` and no `[table]`"),
    ] {
        let said = complaints(Toml, text).replace("document/syntax: ", "");
        assert_eq!(said.lines().next(), Some(expected), "{text:?}\n{said}");
    }
}

#[test]
fn a_text_without_a_value_is_empty() {
    for text in ["", "\n\n", "# nothing\n", "\u{feff}"] {
        assert!(complaints(Toml, text).contains("document/empty: the file holds no value"), "{text:?}");
    }
}

#[test]
fn comments_are_kept_for_those_who_ignore_a_finding_inline() {
    let text = "# stopline: one\na = 1 # two\nb = [ # three\n  '# none',\n]\n";
    let document = read(Toml, text).document;
    let comments: Vec<_> =
        document.comments().iter().map(|comment| (comment.span.text(text), comment.own_line)).collect();
    assert_eq!(comments, [("# stopline: one", true), ("# two", false), ("# three", false)]);
}

#[test]
fn places_are_bytes_behind_wide_characters_byte_order_marks_and_carriage_returns() {
    assert_eq!(
        tree("\u{feff}a = '☃' # 🚀\r\nb = 'ü'\r\n"),
        "a mapping `a = \\'☃\\' # 🚀\\r\\nb = \\'ü\\'`\n  a: a string `\\'☃\\'`\n  b: a string `\\'ü\\'`\n"
    );
}
