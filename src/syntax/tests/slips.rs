//! What people write by mistake, and what they are told: `slips.txt` holds each slip, within a plan, a rule or a file of
//! its own, and below it the message, the text it underlines, and the cure.

use super::read;
use crate::syntax::Parse;
use crate::syntax::ast::File;

/// The file that a slip is shown without.
fn whole(home: &str, slip: &str) -> String {
    let indented = |by: &str| slip.lines().map(|line| [by, line, "\n"].concat()).collect::<String>();
    match home {
        "[plan]" => format!("plan p {{\n{}}}\n", indented("  ")),
        "[rule]" => format!("policy p {{\n  rule r {{\n{}  }}\n}}\n", indented("    ")),
        "[file]" => format!("{slip}\n"),
        other => panic!("unknown home {other}"),
    }
}

fn told(text: &str, parsed: &Parse<File>) -> String {
    let one = |diagnostic: &crate::diagnostic::Diagnostic| {
        let underlined = match diagnostic.place.expect("a place").span.text(text) {
            "" => "nothing",
            underlined => underlined,
        };
        let help = diagnostic.help.as_deref().unwrap_or("no help");
        format!("> {}: {}\n> at {underlined}\n> {help}", diagnostic.rule, diagnostic.message)
    };
    parsed.diagnostics.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_slip_is_told_as_written() {
    let mut count = 0;
    for case in include_str!("slips.txt").split("\n\n").filter(|case| !case.starts_with('#') && !case.is_empty()) {
        let (home, rest) = case.split_once('\n').expect("a home");
        let (slip, expected) = rest.split_once("\n>").expect("what is told");
        let text = whole(home, slip);
        assert_eq!(told(&text, &read(&text)), format!(">{}", expected.trim_end()), "{text}");
        count += 1;
    }
    assert!(count > 100, "{count}");
}

#[test]
fn characters_that_do_not_belong_are_named() {
    let table = [
        (
            "risk = low\u{202E}",
            "syntax/hidden-character: the hidden character U+202E (right-to-left override) stands here",
        ),
        (
            "service = \"a\u{200B}b\"",
            "syntax/hidden-character: the hidden character U+200B (zero-width space) stands here",
        ),
        ("risk = \u{A0}low", "syntax/hidden-character: the hidden character U+00A0 (no-break space) stands here"),
        (
            "risk = low # fine\r  urgent = \"no\"",
            "syntax/hidden-character: the hidden character U+000D (carriage return without a line feed) stands here",
        ),
        ("ri\0sk = low", "syntax/hidden-character: the hidden character U+0000 (NUL) stands here"),
        ("risk = lów", "syntax/unexpected: `lów` is not a name"),
        ("a = `x`", "syntax/unexpected: expected a value, found a backtick"),
        ("a = -4h", "syntax/unexpected: expected a value, found `-`"),
        ("env = { \"A B\" = \"x\" }", "syntax/unexpected: the map after this `=` cannot be read"),
        ("change \u{430} { kind = fix }", "syntax/unexpected: expected `{`, found `\u{430}`"),
    ];
    for (slip, expected) in table {
        let text = whole("[plan]", slip);
        let told = told(&text, &read(&text));
        assert_eq!(told.lines().next(), Some(format!("> {expected}").as_str()), "{slip:?}");
    }
}
