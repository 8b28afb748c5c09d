//! Whole reports as they look, and that nothing a user writes can spoil the terminal.

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::report::testing::{example, find, finding, hostile};
use crate::report::{Color, Drawing, Format, Options, render};
use crate::session::Report;
use crate::source::is_unseen;
use crate::source::{Place, SourceMap, Span};

#[track_caller]
fn looks(report: &Report, sources: &SourceMap, options: &Options, expected: &str) {
    let text = render(Format::Human, report, sources, options);
    assert_eq!(text, expected, "\n{text}");
}

#[test]
fn a_report_reads_from_headline_to_cure_and_ends_with_the_verdict() {
    let (report, sources) = example();
    looks(
        &report,
        &sources,
        &Options::default(),
        r#"error[release/friday-deploy]: the window 2026-11-27 10:00 to 12:00 touches a Friday in Europe/Berlin
   ╭─[release.plan:6:16]
 5 │   window {
 6 │     start    = 2026-11-27T10:00
   ·                ━━━━━━━━┯━━━━━━━
   ·                        ╰── 27 November 2026 is a Friday
 7 │     duration = 2h
   ╰────
  help: move it to Monday through Thursday, or give the reason it cannot wait in `urgent`
  controls: SOC2 CC8.1, ISO27001 A.8.32

warning[release/one-change-at-a-time]: 2 changes go out together
    ╭─[release.plan:13:3]
 12 │
 13 │   change "New user dashboard" { kind = feature }
    ·   ━━━━━━━━━━━━━━━━━━━━━━━━━━━
 14 │   change "Add users.preferences" { kind = schema }
    ·   ━━━━━━━━━━━━━━━┯━━━━━━━━━━━━━━
    ·                  ╰── the other one
 15 │ }
    ╰────

error[healthcare/session-expiry]: sessions live 06:00:00, longer than 4h
   ╭─[sites/a/site_config.json:2:20]
 1 │ {
 2 │  "session_expiry": "06:00:00",
   ·                    ━━━━━━━━━━
 3 │  "deny_multiple_sessions": 1
   ╰────
   ╭─[policies/healthcare.policy:2:29]
 1 │ policy healthcare "Systems that hold health records" {
 2 │   param session: duration = 4h "The longest a clinical session may live"
   ·                             ━┯
   ·                              ╰── the limit stands here
 3 │ }
   ╰────
   fix: set `session_expiry` to "04:00:00"
  controls: HIPAA 164.312(a)(2)(iii)

error[document/duplicate-key]: the key `session_expiry` stands twice in this mapping
   ╭─[sites/b/site_config.json:3:1]
 1 │ {
 2 │ "session_expiry": "04:00:00",
   · ━━━━━━━━┯━━━━━━━
   ·         ╰── first written here
 3 │ "session_expiry": "24:00:00"
   · ━━━━━━━━┯━━━━━━━
   ·         ╰── again here
 4 │ }
   ╰────
  help: remove one of them: programs differ in which one they believe

waived[healthcare/session-expiry]: sessions live 24:00:00, longer than 4h
  at sites/training/site_config.json:1:20
  waived by @security-lead until 2027-01-31 (SEC-12): holds synthetic patients only

1 fixable with `--fix --unsafe-fixes`

STOP  3 errors, 1 warning, 1 waived, 1 undecided  (4 files)
"#,
    );
}

/// One error at `needle` of a file.
fn one(text: &str, needle: &str) -> (Report, SourceMap) {
    let mut sources = SourceMap::default();
    let file = sources.add("a.json", text);
    let place = find(&sources, file, needle);
    (Report::new(vec![finding("x/y", Severity::Error, Some(place), "m")], &sources, 1, 1), sources)
}

#[test]
fn a_clean_run_says_go_in_one_line() {
    let sources = SourceMap::default();
    looks(&Report::new(vec![], &sources, 3, 9), &sources, &Options::default(), "GO    0 errors  (3 files)\n");
    looks(
        &Report::new(vec![], &sources, 0, 9),
        &sources,
        &Options::default(),
        "STOP  0 errors  (no file was checked)\n",
    );
    looks(
        &Report::new(vec![], &sources, 3, 0),
        &sources,
        &Options::default(),
        "STOP  0 errors  (no rule was applied)\n",
    );
}

#[test]
fn a_finding_without_a_place_is_headline_and_help() {
    let sources = SourceMap::default();
    let nothing = Diagnostic {
        help: Some("name a file or a folder".to_owned()),
        ..finding("run/empty", Severity::Note, None, "no file to check")
    };
    looks(
        &Report::new(vec![nothing], &sources, 1, 1),
        &sources,
        &Options::default(),
        "note[run/empty]: no file to check\n  help: name a file or a folder\n\nGO    0 errors, 1 note  (1 file)\n",
    );
}

#[test]
fn ascii_drawing_and_a_narrow_terminal_are_honoured() {
    let (report, sources) = one(&format!("{{\"k\": \"{}\", \"here\": 1}}\n", "x".repeat(3_000)), "\"here\"");
    looks(
        &report,
        &sources,
        &Options { drawing: Drawing::Ascii, width: 52, ..Options::default() },
        r#"error[x/y]: m
   ,-[a.json:1:3011]
 1 | ...xxxxxxxxxxx", "here": 1}
   :                  ^^^^^^
   `----

STOP  1 error  (1 file)
"#,
    );
}

#[test]
fn places_at_the_edges_of_a_file_are_drawn() {
    let at = |text: &str, start: usize, end: usize| {
        let mut sources = SourceMap::default();
        let file = sources.add("a.yaml", text);
        let place = Place::new(file, Span::of(start..end));
        let report = Report::new(vec![finding("x/y", Severity::Error, Some(place), "m")], &sources, 1, 1);
        let text = render(Format::Human, &report, &sources, &Options::default());
        text.lines().filter(|line| line.contains(['│', '·', '['])).skip(1).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(at("", 0, 0), "   ╭─[a.yaml:1:1]\n 1 │\n   · ▲");
    assert_eq!(at("a: 1\n", 5, 5), "   ╭─[a.yaml:2:1]\n 1 │ a: 1\n 2 │\n   · ▲");
    assert_eq!(at("a:", 2, 2), "   ╭─[a.yaml:1:3]\n 1 │ a:\n   ·   ▲");
    assert_eq!(at("a:\r\n\tb: ü\r\n", 5, 10), "   ╭─[a.yaml:2:2]\n 1 │ a:\n 2 │     b: ü\n   ·     ━━━━");
    assert_eq!(at("{\n1,\n2\n}\n", 0, 8), "   ╭─[a.yaml:1:1]\n 1 │ {\n   · ━\n 2 │ 1,");
    assert_eq!(at("a: 1\n", 400, 500), "   ╭─[a.yaml:2:1]\n 1 │ a: 1\n 2 │\n   · ▲");
}

#[test]
fn marks_far_apart_are_drawn_apart_and_marks_on_one_line_together() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.plan", "a = 1, b = 2\n#\n#\n#\n#\n#\nc = 3\n");
    let label = |needle: &str| Label { place: find(&sources, file, needle), text: format!("this is {needle}") };
    let apart = Diagnostic {
        related: vec![label("c"), label("b")],
        ..finding("x/y", Severity::Warning, Some(find(&sources, file, "a")), "m")
    };
    looks(
        &Report::new(vec![apart], &sources, 1, 1),
        &sources,
        &Options::default(),
        "\
warning[x/y]: m
   ╭─[a.plan:1:1]
 1 │ a = 1, b = 2
   · ━      ┯
   · │      ╰── this is b
 2 │ #
   ╰────
   ╭─[a.plan:7:1]
 6 │ #
 7 │ c = 3
   · ┯
   · ╰── this is c
   ╰────

GO    0 errors, 1 warning  (1 file)
",
    );
}

#[test]
fn only_our_own_control_characters_reach_the_terminal() {
    let (report, sources) = hostile();
    let plain = render(Format::Human, &report, &sources, &Options::default());
    assert!(!plain.contains(|character| character != '\n' && is_unseen(character)), "{plain:?}");
    let colored = render(Format::Human, &report, &sources, &Options { color: Color::On, ..Options::default() });
    let mut uncolored = String::new();
    for (at, part) in colored.split('\u{1b}').enumerate() {
        let style = part.split_once('m').filter(|(codes, _)| at > 0 && codes.starts_with('['));
        uncolored.push_str(style.map_or(part, |(_, text)| text));
    }
    assert_eq!(uncolored, plain, "colour adds colour and nothing else");
}

#[test]
fn a_rule_leads_a_terminal_to_its_page_where_there_is_a_book() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.json", "a");
    let rule = "plan/missing-undo";
    let found = finding(rule, Severity::Error, Some(find(&sources, file, "a")), "m");
    let report = Report::new(vec![found], &sources, 1, 1);
    let book = Options { book: Some("https://docs.example.com/"), ..Options::default() };
    assert!(!render(Format::Human, &report, &sources, &book).contains("https"), "without colour there are no links");
    let drawn = render(Format::Human, &report, &sources, &Options { color: Color::On, ..book });
    let page = "https://docs.example.com/diagnostics.html#planmissing-undo";
    let link = format!("\u{1b}]8;;{page}\u{1b}\\\u{1b}[1;31merror[{rule}]\u{1b}[0m\u{1b}]8;;\u{1b}\\");
    assert!(drawn.starts_with(&link), "{drawn:?}");
}

#[test]
fn no_place_can_break_the_drawing() {
    let text = "a\r\n\u{1b}ü🚀\t\u{202e}x\n\n\r\rlast";
    for start in 0..=text.len() {
        for end in start..=text.len() {
            let mut sources = SourceMap::default();
            let file = sources.add("a", text);
            let place = Place::new(file, Span::of(start..end));
            let finding = Diagnostic {
                label: Some("l".to_owned()),
                related: vec![Label { place: Place::new(file, Span::of(end..text.len())), text: "r".to_owned() }],
                ..finding("x/y", Severity::Error, Some(place), "m")
            };
            let text =
                render(Format::Human, &Report::new(vec![finding], &sources, 1, 1), &sources, &Options::default());
            assert!(text.contains("╭─[a:") && text.contains("── l") && text.contains("── r"), "{start}..{end}\n{text}");
        }
    }
}
