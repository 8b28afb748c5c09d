//! No input makes the parser panic, hang or overflow.

use proptest::prelude::*;

use super::examples::EXAMPLES;
use super::{read, said};
use crate::source::FileId;
use crate::syntax::{parse_expression, parse_value};

/// Runs on the stack that threads have on most systems.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(test).unwrap().join().unwrap();
}

#[test]
fn ten_thousand_levels_of_any_bracket_are_too_deep() {
    on_a_small_stack(|| {
        for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("a {\n", "}\n"), ("f(", ")"), ("x[", "]")] {
            for closed in [0, 10_000] {
                let (opens, closes) = (open.repeat(10_000), close.repeat(closed));
                let texts = [
                    format!("{opens}{closes}"),
                    format!("plan p {{\n a = {opens}{closes}\n}}\n"),
                    format!("plan p {{\n {opens}{closes}\n}}\n"),
                    format!("policy p {{ rule r {{ on plan require {opens}{closes} }} }}"),
                ];
                for text in texts {
                    let said = said(&text);
                    let is_told = said.iter().any(|line| line.starts_with("syntax/too-deep"));
                    assert!(is_told, "{open} {closed}: {said:?}");
                }
            }
        }
    });
}

#[test]
fn levels_without_brackets_are_counted_too() {
    on_a_small_stack(|| {
        let deep = [
            format!("{}x", "not ".repeat(10_000)),
            format!("{}x", "- ".repeat(10_000)),
            format!("{}x{}", "if a then ".repeat(10_000), " else b".repeat(10_000)),
            format!("{}x", "if a then b else ".repeat(10_000)),
            format!("{}x", "every x in xs: ".repeat(10_000)),
            format!("x{}", " + x".repeat(10_000)),
            format!("x{}", " or x".repeat(10_000)),
            format!("x{}", ".x".repeat(10_000)),
            format!("x{}", "[0]".repeat(10_000)),
            format!("x{}", " exists".repeat(10_000)),
        ];
        for expression in deep {
            let start = &expression[..20];
            let text = format!("policy p {{\n rule r {{\n on plan\n require {expression}\n message \"m\"\n }}\n}}\n");
            let parsed = said(&text);
            assert!(parsed.iter().any(|line| line.starts_with("syntax/too-deep")), "{start}: {parsed:?}");
            let alone = parse_expression(FileId::default(), &expression, 0);
            assert!(alone.diagnostics.iter().any(|said| said.rule == "syntax/too-deep"), "{start}");
        }
    });
}

#[test]
fn the_deepest_nesting_that_is_let_through_is_read() {
    on_a_small_stack(|| {
        let blocks = format!("plan p {}{}", "{\n a ".repeat(127) + "{", "}\n".repeat(128));
        let lists = format!("plan p {{ a = {}1{} }}", "[".repeat(127), "]".repeat(127));
        let groups = format!("policy p {{ rule r {{ require {}x{} }} }}", "(".repeat(63), ")".repeat(63));
        for text in [blocks, lists, groups] {
            assert_eq!(said(&text), Vec::<String>::new(), "{}", &text[..40]);
        }
    });
}

/// A grammar whose alternatives share a start takes threefold time for each level.
#[test]
fn nesting_costs_no_more_than_its_length() {
    let nested = |depth: usize| {
        let text = format!("policy p {{ rule r {{ require {}x{} }} }}", "(".repeat(depth), ")".repeat(depth));
        text.replace('x', &format!("{}1", "1 + ".repeat(50 - depth)))
    };
    let is_linear = (0..5).any(|_| timed(&nested(24)) < timed(&nested(1)) * 20);
    assert!(is_linear, "{} against {}", timed(&nested(24)), timed(&nested(1)));
}

#[expect(clippy::disallowed_methods, reason = "a test of time needs a clock")]
fn timed(text: &str) -> u128 {
    let start = std::time::Instant::now();
    let parsed = read(text);
    let time = start.elapsed().as_micros().max(1);
    drop(parsed);
    time
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    type Wide = (&'static str, fn(usize) -> String);
    let wide: [Wide; 19] = [
        ("attributes", |count| format!("plan p {{\n{}}}\n", "a = 1\n".repeat(count))),
        ("blocks", |count| format!("plan p {{\n{}}}\n", "a b {\n}\n".repeat(count))),
        ("list", |count| format!("plan p {{\n a = [{}]\n}}\n", "1, ".repeat(count))),
        ("junk lines", |count| format!("plan p {{\n{}}}\n", "a b c d\n".repeat(count))),
        ("junk signs", |count| format!("plan p {{\n{}}}\n", "; = ?\n".repeat(count))),
        ("one junk line", |count| format!("plan p {{\n{}}}\n", "; = ? ".repeat(count))),
        ("blank lines", |count| format!("plan p {{\n ;{}}}\n", "\n \n  \n".repeat(count))),
        ("comments", |count| format!("plan p {{\n ;{}}}\n", "\n # a".repeat(count))),
        ("quotes", |count| "\"\n".repeat(count * 3)),
        ("marks", |count| "\"\"\"\n a\n".repeat(count | 1)),
        ("surplus", |count| "}\n".repeat(count * 3)),
        ("open", |count| "a {\n".repeat(count)),
        ("crossed brackets", |count| format!("{}{}", "[".repeat(count), ")".repeat(count))),
        ("crossed braces", |count| format!("{}{}", "(".repeat(count), "}".repeat(count))),
        ("crossed lines", |count| format!("{}{}", "(\n".repeat(count), "}\n".repeat(count))),
        ("misspelt", |count| format!("policy p {{\n{}}}\n", "rul r {\n requre a\n}\n".repeat(count))),
        ("hidden", |count| format!("plan p {{\n{}}}\n", "\u{202E} a = \"\u{200B}\"\n".repeat(count))),
        ("clauses", |count| format!("policy p {{\n rule r {{\n{}}}\n}}\n", "require a\n".repeat(count))),
        ("braces in a message", |count| {
            format!("policy p {{\n rule r {{\n message \"{}\"\n}}\n}}\n", "{a} {".repeat(count))
        }),
    ];
    for (name, text) in wide {
        // Thirty-two times the text; a quadratic pass would take a thousand times as long. A machine with other work to
        // do may take its time once, but not each time.
        let (small, large) = (text(250), text(8_000));
        let is_linear = (0..5).any(|_| timed(&large) < timed(&small).max(500) * 256);
        assert!(is_linear, "{name}: {} against {}", timed(&large), timed(&small));
    }
}

fn is_well_formed(text: &str) {
    let parsed = read(text);
    for diagnostic in &parsed.diagnostics {
        let places = diagnostic.place.iter().chain(diagnostic.related.iter().map(|label| &label.place));
        for place in places {
            assert!(text.get(place.span.range()).is_some(), "{diagnostic:?} in {text:?}");
        }
    }
    for comment in &parsed.comments {
        assert!(comment.span.text(text).starts_with('#'), "{comment:?} in {text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        is_well_formed(&text);
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        is_well_formed(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_run_of_tokens_is_read(tokens in prop::collection::vec(prop::sample::select(TOKENS), 0..60)) {
        is_well_formed(&tokens.concat());
    }

    #[test]
    fn any_expression_and_any_value_are_read(tokens in prop::collection::vec(prop::sample::select(TOKENS), 0..12)) {
        let text = tokens.concat();
        let end = u32::try_from(text.len()).unwrap() + 7;
        let expression = parse_expression(FileId::default(), &text, 7);
        let value = parse_value(FileId::default(), &text, 7);
        for diagnostic in expression.diagnostics.iter().chain(&value.diagnostics) {
            let span = diagnostic.place.unwrap().span;
            prop_assert!(7 <= span.start && span.end <= end, "{diagnostic:?} in {text:?}");
        }
        prop_assert!(expression.tree.is_some() || !expression.diagnostics.is_empty(), "{text:?}");
        prop_assert!(value.tree.is_some() || !value.diagnostics.is_empty(), "{text:?}");
    }

    #[test]
    fn a_piece_of_an_example_is_read(which in 0..3_usize, from in 0.0..1.0_f64, to in 0.0..1.0_f64) {
        let text = EXAMPLES[which];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a small length")]
        let at = |share: f64| text.floor_char_boundary((share * text.len() as f64) as usize);
        let (from, to) = (at(from.min(to)), at(from.max(to)));
        is_well_formed(&text[from..to]);
    }
}

const TOKENS: &[&str] = &[
    "plan ",
    "policy ",
    "rule ",
    "redflag ",
    "test ",
    "waive ",
    "procedure ",
    "a",
    "b-c ",
    "on ",
    "require ",
    "forbid ",
    "message ",
    "at ",
    "for ",
    "stop when ",
    "then ",
    "given ",
    "expect ",
    "param ",
    "every ",
    "in ",
    " and ",
    " or ",
    "not ",
    "if ",
    " else ",
    " exists",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "\"\"\"",
    "'",
    "/",
    "//",
    "\\",
    "=",
    "==",
    ":",
    ",",
    ".",
    "#",
    "\n",
    "\r\n",
    " ",
    "\t",
    "5",
    "5m",
    "5%",
    "v1.2",
    "T-1d",
    "@a",
    "2026-11-24",
    "T10:00",
    "{{",
    "é",
    "🚀",
    "\u{202E}",
    "\u{FEFF}",
    "\0",
    "\"text\"",
    "\"{a}\"",
    "&&",
    "!",
    "+ ",
    "-",
    "*",
    "<",
    "??",
    "a = 1\n",
    "a {\n",
];
