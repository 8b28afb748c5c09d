//! nginx files in, directives with their places out.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{Body, Directive, Parsed, Word};
use crate::source::{FileId, LineIndex, Span};

fn read(text: &str) -> Parsed {
    super::parse(FileId::default(), text)
}

/// One directive a line: its words in backticks, as the text writes them, and what they mean where that differs.
fn outline(text: &str) -> String {
    let parsed = read(text);
    assert_eq!(complaints(text), "");
    let mut out = String::new();
    for directive in &parsed.directives {
        draw(directive, text, 0, &mut out);
    }
    out
}

fn draw(directive: &Directive, text: &str, depth: usize, out: &mut String) {
    let words: Vec<String> = words(directive).map(|word| shown(word, text)).collect();
    let indent = "  ".repeat(depth);
    match &directive.body {
        Body::None => writeln!(out, "{indent}{}", words.join(" ")).unwrap(),
        Body::Lua(span) => writeln!(out, "{indent}{} lua{:?}", words.join(" "), span.text(text)).unwrap(),
        Body::Block(inner) => {
            writeln!(out, "{indent}{} {{}}", words.join(" ")).unwrap();
            for directive in inner {
                draw(directive, text, depth + 1, out);
            }
        }
    }
}

fn shown(word: &Word, text: &str) -> String {
    let written = word.outer().text(text);
    if written == &*word.text { format!("`{written}`") } else { format!("`{written}`={:?}", word.text) }
}

fn words(directive: &Directive) -> impl Iterator<Item = &Word> {
    std::iter::once(&directive.name).chain(&directive.arguments)
}

#[test]
fn an_if_asks_what_nginx_can_take_apart() {
    for condition in [
        "($a)",
        "( $a )",
        "($a = b)",
        "($a != \"\")",
        "( $a ~* \"^x|y$\" )",
        "($a !~ b)",
        "(-f $a)",
        "(!-d $a)",
        "( -e $a )",
        "(@CONDITION@)",
        "(%%CONDITION%%)",
    ] {
        assert_eq!(complaints(&format!("if {condition} {{ }}\n")), "", "{condition}");
    }
    for (condition, wrong) in [
        ("", ""),
        ("$a", "$a"),
        ("()", "()"),
        ("( )", "("),
        ("($a", "($a"),
        ("($a =)", "($a"),
        ("($a == b)", "=="),
        ("($a = b c)", "($a"),
        ("($a ~~ b)", "~~"),
        ("(a = b)", "(a"),
        ("(-g $a)", "(-g"),
        ("(-f $a $b)", "(-f"),
    ] {
        let found = complaints(&format!("if {condition} {{ }}\n"));
        assert_eq!(found.lines().count() > 0, !wrong.is_empty(), "{condition}: {found}");
        assert!(found.contains(&format!("`{wrong}`")) || wrong.is_empty(), "{condition}: {found}");
    }
    // Where names are free, `if` is one of them, and so is an empty word.
    assert_eq!(complaints("map $a $b { if c; \"\" d; }\n"), "");
    assert!(complaints("http { \"\"; }\n").contains("no directive is called by an empty word"));
}

/// What is wrong, one finding a line: place, the text it cuts out, message, help, related places.
fn complaints(text: &str) -> String {
    let index = LineIndex::new(text);
    let show = |span: Span| {
        let at = index.line_column(text, span.start);
        format!("{}:{} `{}`", at.line, at.column, span.text(text).escape_debug())
    };
    let mut out = String::new();
    for diagnostic in read(text).diagnostics {
        writeln!(out, "{} {}: {}", show(diagnostic.place.unwrap().span), diagnostic.rule, diagnostic.message).unwrap();
        for label in diagnostic.related {
            writeln!(out, "  {}: {}", show(label.place.span), label.text).unwrap();
        }
        writeln!(out, "  help: {}", diagnostic.help.unwrap()).unwrap();
    }
    out
}

#[test]
fn words_end_where_nginx_ends_them() {
    let text = r#"
server {
    listen [::]:80;# no blank before the comment
    server_name  a}b "two words" 'x' ;  # it
    return 200 "a\"b\\c\n${x}";
    location ~* "\.(js|css){1,2}$" { set $a ${b}c; set $c \;d; }
    if ($uri = "/a") { return 204; }
    log_format main '$remote_addr
        $status';
}
"#;
    assert_eq!(
        outline(text),
        r#"`server` {}
  `listen` `[::]:80`
  `server_name` `a}b` `"two words"`="two words" `'x'`="x"
  `return` `200` `"a\"b\\c\n${x}"`="a\"b\\c\n${x}"
  `location` `~*` `"\.(js|css){1,2}$"`="\\.(js|css){1,2}$" {}
    `set` `$a` `${b}c`
    `set` `$c` `\;d`
  `if` `($uri` `=` `"/a"`="/a" `)` {}
    `return` `204`
  `log_format` `main` `'$remote_addr
        $status'`="$remote_addr\n        $status"
"#
    );
}

#[test]
fn line_ends_of_other_systems_are_blanks() {
    assert_eq!(outline("listen 80;\r\nserver_name a\r\n  b;\r\n"), "`listen` `80`\n`server_name` `a` `b`\n");
    assert_eq!(read("# c\r\nlisten 80;").comments[0].span.text("# c\r\nlisten 80;"), "# c");
}

#[test]
fn lua_is_left_to_lua() {
    let text = r#"location / { content_by_lua_block { ngx.say("}") -- }
        local t = {{1}} } set $a b; }"#;
    assert_eq!(
        outline(text),
        "`location` `/` {}\n  `content_by_lua_block` lua\" ngx.say(\\\"}\\\") -- }\\n        local t = {{1}} \"\n  `set` `$a` `b`\n"
    );
}

#[test]
fn a_directive_without_its_semicolon_is_found_where_it_ends() {
    assert_eq!(
        complaints("server {\n    listen 443 ssl\n    ssl_protocols TLSv1;\n    server_name a\n}\nuser www"),
        "\
2:16 `ssl` document/syntax: `listen` is not ended by `;`
  help: write `;` after `ssl`
4:17 `a` document/syntax: `server_name` is not ended by `;`
  help: write `;` after `a`
6:6 `www` document/syntax: `user` is not ended by `;`
  help: write `;` after `www`
"
    );
}

#[test]
fn arguments_on_lines_of_their_own_are_not_new_directives() {
    let text =
        "server {\n  listen 443\n    ssl\n    http2;\n  server_name a\n    b;\n}\nmap $a $b {\n  default\n    root;\n}";
    assert_eq!(complaints(text), "");
}

#[test]
fn a_brace_without_its_partner_is_found() {
    assert_eq!(
        complaints("http {\n    server {\n        location / {\n            root /a;\n    }\n}\n"),
        "\
3:20 `{` document/syntax: this `{` of `location` is never closed
  5:5 `}`: this `}` stands as if the block were closed before it
  help: add its `}`
"
    );
    assert_eq!(
        complaints("server { location / { }"),
        "1:8 `{` document/syntax: this `{` of `server` is never closed\n  help: add its `}`\n"
    );
    assert_eq!(
        complaints("server {\n}\n}\nevents { }"),
        "\
3:1 `}` document/syntax: this `}` closes nothing
  2:1 `}`: all blocks were closed here
  help: remove it, or add the `{` it should close
"
    );
    assert_eq!(
        complaints("server\n    listen 80;\n}\n"),
        "1:1 `server` document/syntax: `server` opens no block: its `{` is missing\n  help: write `{` after `server`\n"
    );
}

#[test]
fn slips_have_their_own_words() {
    for (text, expected) in [
        ("events {};", "1:10 `;` document/syntax: this `;` ends no directive"),
        ("http { { } }", "1:8 `{` document/syntax: this `{` opens a block that has no name"),
        ("server;", "1:1 `server` document/syntax: `server` opens no block: its `{` is missing"),
        ("server_name a\n{ }", "1:13 `a` document/syntax: `server_name` is not ended by `;`"),
        ("return 200 \"a\"b;", "1:15 `b` document/syntax: nothing may follow a closing quote"),
        ("return 200 \"a\"}", "1:12 `\\\"a\\\"` document/syntax: `return` is not ended by `;`"),
        ("return 200 'a;\nlisten 80;", "1:12 `\\'` document/syntax: this quote is never closed"),
        ("\u{feff}events { }", "1:1 `\\u{feff}` document/syntax: the file begins with a byte order mark"),
        ("location / { content_by_lua_block { ", "1:35 `{` document/syntax: this `{` of `content_by_lua_block` is"),
    ] {
        let found = complaints(text);
        assert!(found.starts_with(expected), "{text}: {found}");
    }
}

#[test]
fn a_brace_inside_a_name_is_no_directive() {
    assert_eq!(
        complaints("server {\n  listen} 443 ssl;\n}\n").lines().next().unwrap(),
        "2:3 `listen}` document/syntax: no directive is called `listen}`"
    );
    assert_eq!(complaints("map $a $b {\n  a} b;\n}\nserver {\n  ${EXTRA};\n  set $c a}b;\n}\n"), "");
}

#[test]
fn templates_are_said_to_be_templates() {
    for (text, mark) in [
        ("server_name {{ domain }};", "{{ domain }}"),
        ("server_name a.{{ domain }};", "{{ domain }}"),
        ("{% if tls %}\nlisten 443;\n{% endif %}", "{% if tls %}"),
        ("<% if @tls %>\nlisten 443;\n<% end %>", "<% if @tls %>"),
        ("listen <%= @port %>;", "<%= @port %>"),
        ("return 200 '{{ text }}';", "{{ text }}"),
        ("{# made by hand #}\nlisten 80;", "{# made by hand #}"),
    ] {
        let parsed = read(text);
        assert_eq!(parsed.diagnostics.len(), 1, "{text}");
        assert_eq!(parsed.diagnostics[0].rule, "document/template", "{text}");
        assert!(parsed.diagnostics[0].undecided);
        assert_eq!(parsed.diagnostics[0].place.unwrap().span.text(text), mark);
        assert!(parsed.directives.is_empty());
    }
    assert_eq!(complaints("# {{ ansible_managed }}\nlog_format a '{\"b\":{\"c\":\"$d\"}}';\nserver {#x\n}"), "");
}

#[test]
fn nesting_is_bounded() {
    let text = "location / {".repeat(100_000);
    let parsed = read(&text);
    assert!(parsed.diagnostics.iter().any(|found| found.rule == "document/too-deep"), "{:?}", parsed.diagnostics);
}

#[test]
fn comments_are_kept_with_their_places() {
    let text = "# one\nlisten 80; # two\nset $a b#c;";
    let found: Vec<(&str, bool)> =
        read(text).comments.iter().map(|comment| (comment.span.text(text), comment.own_line)).collect();
    assert_eq!(found, [("# one", true), ("# two", false)]);
}

/// A directive as somebody could write it: words, quotes, blanks.
fn written() -> impl Strategy<Value = (Vec<String>, String)> {
    let plain = proptest::string::string_regex("[a-z0-9.:/*~^()=$äß🚀\\[\\]-]{1,8}").unwrap();
    let quoted = proptest::string::string_regex("[a-z0-9 ;{}#'$äß🚀\n]{0,8}").unwrap();
    // What a template is made from is another test's.
    let quoted = quoted.prop_filter("a mark of a template", |word| !word.contains("{{") && !word.contains("{#"));
    let blank = proptest::sample::select(vec![" ", "\t", "\r\n", "\n  ", " # c;{}\n"]);
    let word = prop_oneof![
        plain.prop_map(|word| (word.clone(), word)),
        quoted.prop_map(|word| (format!("\"{word}\""), word)),
    ];
    proptest::collection::vec((word, blank), 0..5).prop_map(|parts| {
        let meant = parts.iter().map(|((_, word), _)| word.clone()).collect();
        let text = parts.iter().flat_map(|((written, _), blank)| [*blank, written]).collect();
        (meant, text)
    })
}

proptest! {
    #[test]
    fn the_text_a_span_cuts_out_is_the_word(parts in proptest::collection::vec((written(), any::<bool>()), 0..8)) {
        let mut text = String::new();
        for ((_, words), block) in &parts {
            write!(text, "x_unknown{words} {}", if *block { "{ a 'b'; }" } else { ";" }).unwrap();
        }
        let parsed = read(&text);
        prop_assert_eq!(parsed.diagnostics.len(), 0, "{:?}", parsed.diagnostics);
        prop_assert_eq!(parsed.directives.len(), parts.len());
        for (directive, ((meant, _), _)) in parsed.directives.iter().zip(&parts) {
            let found: Vec<String> = directive.arguments.iter().map(|word| word.text.to_string()).collect();
            prop_assert_eq!(&found, meant);
            for word in words(directive) {
                prop_assert_eq!(word.span.text(&text), &*word.text);
            }
        }
    }

    #[test]
    fn no_text_is_an_accident(text in "([a-z ]|[{};#'\"\\\\$%<>@\n\r]|server |location |ssl_protocols |äß|🚀){0,60}") {
        let parsed = read(&text);
        for diagnostic in &parsed.diagnostics {
            let span = diagnostic.place.unwrap().span;
            prop_assert!(text.get(span.range()).is_some());
        }
    }
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    for text in ["\"", "'\\", "{", "}", "a\n", "\\\n", "# \n", "a '", "x{", "[[", "a_by_lua_block {", "{{", "$"] {
        let text = text.repeat(200_000);
        let _ = read(&text);
    }
}
