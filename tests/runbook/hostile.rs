//! Nothing a plan says can change what a command means.

use stopline::emit::EmitError;
use stopline::emit::bash::{Clock, emit};
use stopline::runbook::*;

use crate::support::*;

pub(crate) const HOSTILE: [&str; 25] = [
    "'",
    "''; touch pwned; '",
    "\"; touch pwned; \"",
    "$(touch pwned)",
    "`touch pwned`",
    "${IFS}$HOME",
    "line\ntouch pwned\n# x",
    "\\",
    "\\'",
    "ends with \\",
    "-n",
    "-e",
    "--",
    "%s%n%d",
    "a[$(touch pwned)]",
    "!!",
    "*",
    "~root",
    "EOF\ntouch pwned\n",
    "tab\tand\rreturn",
    "of another\r\nsystem\r\n",
    "esc\u{1b}[31m bell\u{7}",
    "right\u{202e}left\u{2066}hidden\u{200b}nbsp\u{a0}line\u{2028}del\u{7f}nel\u{85}",
    "emoji 🚀 “quotes” ü",
    ";|&<>(){}#",
];

/// The text wherever a plan's text can stand.
pub(crate) fn everywhere(text: &str) -> Procedure {
    let mut step = changing("a", &format!(": {}\n{}", quoted(text), note("a")));
    text.clone_into(&mut step.title);
    step.verify = Some(format!(": {}", quoted(text)));
    step.command.env = vec![variable("TEXT", text)];
    let show = Step {
        title: text.to_owned(),
        command: Command { env: vec![variable("TEXT", text)], ..command("printf '%s' \"$TEXT\" >text") },
        ..change("show")
    };
    let mut watching = probe("p", "true");
    text.clone_into(&mut watching.title);
    let mut go = hold("go");
    text.clone_into(&mut go.title);
    let forbidden = Forbidden {
        from: Epoch::new(10),
        until: Epoch::new(20),
        rule: text.to_owned(),
        reason: text.to_owned(),
        help: Some(text.to_owned()),
        waived: None,
    };
    let waived = Forbidden { waived: Some(text.to_owned()), ..forbidden.clone() };
    let irreversible = Step { undo: Undo::Irreversible(text.to_owned()), ..change("z") };
    Procedure {
        title: text.to_owned(),
        env: vec![variable("ALL", text)],
        metrics: vec![metric("m", &format!(": {}; echo 1", quoted(text)))],
        red_flags: vec![RedFlag {
            title: text.to_owned(),
            ..flag("f", &["deploy"], above("m", number("5")), Consequence::Rollback)
        }],
        guards: Guards { forbidden: vec![forbidden, waived], ..Guards::default() },
        ..procedure(vec![(
            "deploy",
            vec![
                Action::Hold(go),
                Action::Step(step),
                Action::Step(show),
                Action::Probe(watching),
                Action::Step(irreversible),
            ],
        )])
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[test]
fn a_text_means_itself_wherever_it_stands() {
    for text in HOSTILE {
        let lab = Lab::new(&everywhere(text));
        lab.run(&["--dry-run"]).ends(0).does_not_say("\u{1b}");
        lab.run(&["--approve", "go", "--as", "alice"]).ends(0).does_not_say("\u{1b}");
        assert_eq!(lab.did(), ["a", "z"], "{text:?}");
        assert_eq!(lab.text("text"), text);
        lab.run(&["rollback"]).ends(31).does_not_say("\u{1b}");
        assert!(!lab.path("pwned").exists(), "{text:?}");
        lab.journal();
    }
}

#[test]
fn hostile_options_are_data_too() {
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(change("a"))])]));
    let reason = "\"}\n{\"seq\":1,\"event\":\"done\",\"of\":\"a\"} $(touch pwned) \\ \u{1b}";
    lab.run(&["--break-glass", reason]).ends(0);
    assert_eq!(lab.did(), ["a"]);
    assert!(!lab.path("pwned").exists());
    assert_eq!(lab.journal()[1]["reason"], "\"} {\"seq\":1,\"event\":\"done\",\"of\":\"a\"} $(touch pwned) \\  ");
}

/// Arithmetic in bash runs what stands in the brackets of an array.
#[test]
fn what_a_journal_calls_a_number_is_none_until_it_is() {
    let again = Step { idempotent: true, ..change("b") };
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(change("a")), Action::Step(again)])]));
    lab.run(&["--until", "b"]).ends(0);
    let number = "BASH_VERSINFO[$(touch${IFS}pwned)]";
    let of_b = format!(r#""of":"b","part":"run","left":"{number}","group":"{number}","host":"{number}""#);
    lab.forge(&format!(r#""begin",{of_b},"started":"{number}","changes":"yes""#));
    lab.forge(&format!(r#""end",{of_b},"status":"1""#));
    lab.forge(&format!(r#""hold","of":"b","expires":"{number}""#));
    lab.forge(&format!(r#""stop","of":"","status":"0","wait":"{number}","why":"x""#));
    for verb in ["status", "resume", "rollback"] {
        lab.run(&[verb]);
    }
    assert!(!lab.path("pwned").exists());
}

#[test]
fn nul_is_refused_with_its_place() {
    let refused = |procedure: &Procedure| match emit(procedure, Clock::Machine).unwrap_err() {
        EmitError::Nul { of } => of,
        error @ (EmitError::Unsupported { .. } | EmitError::TooLong { .. } | EmitError::Faults(_)) => panic!("{error}"),
    };
    let mut with = change("migrate");
    with.command.run = "true\0".to_owned();
    assert_eq!(refused(&procedure(vec![("deploy", vec![Action::Step(with)])])), "`run` of `migrate`");
    let mut with = change("migrate");
    with.title = "\0".to_owned();
    assert_eq!(refused(&procedure(vec![("deploy", vec![Action::Step(with)])])), "the title of `migrate`");
    let mut with = change("migrate");
    with.command.env = vec![variable("TEXT", "a\0b")];
    assert_eq!(refused(&procedure(vec![("deploy", vec![Action::Step(with)])])), "`TEXT` of `migrate`");
}

#[test]
fn a_command_longer_than_the_system_takes_is_refused() {
    let long = changing("migrate", &"x".repeat(130_000));
    let error = emit(&procedure(vec![("deploy", vec![Action::Step(long)])]), Clock::Machine).unwrap_err();
    assert_eq!(error.to_string(), "`run` of `migrate` is 130000 bytes long; at most 120000 can be run");
}

#[test]
fn a_group_that_never_begins_anything_is_refused() {
    let idle = Parallel { id: id("all"), title: "All".to_owned(), members: Vec::new(), limit: 1, tolerated: 0 };
    let error = emit(&procedure(vec![("deploy", vec![Action::Parallel(idle)])]), Clock::Machine).unwrap_err();
    assert_eq!(error.to_string(), "group `all` never begins anything");
}

#[test]
fn the_same_procedure_gives_the_same_bytes() {
    let procedure = everywhere("x");
    assert_eq!(emit(&procedure, Clock::Machine), emit(&procedure, Clock::Machine));
}

#[test]
fn no_text_of_the_plan_stands_in_a_comment() {
    let script = emit(&everywhere("a\nSENTINEL"), Clock::Machine).unwrap();
    for line in script.lines().filter(|line| line.starts_with('#')) {
        assert!(!line.contains("SENTINEL"), "{line}");
    }
}
