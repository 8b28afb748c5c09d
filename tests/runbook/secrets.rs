//! What nobody may see: wherever a command prints a secret, and however, it is not in what is shown or kept.

use stopline::runbook::*;

use crate::support::*;

/// Values as they come: with what patterns, JSON and shells take for their own; one within another; of several lines.
const SECRETS: [(&str, &str); 9] = [
    ("S1", r#"back\slash"quote'tick"#),
    ("S2", "*?[a-z]{x}(y|z)^$&/#%~!"),
    ("S3", "long-one-and-its-end"),
    ("S4", "long-one"),
    ("S5", "-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\nzQ=\n-----END KEY-----\n"),
    ("S6", "ümläut-päss-wört"),
    ("S7", "tab\tand  two blanks "),
    ("S8", "\u{1}odd\u{7f}bytes"),
    ("S9", "%s%n\\033[31m"),
];

#[test]
fn no_secret_is_shown_or_kept_wherever_a_command_prints_it() {
    let all = || SECRETS.iter().map(|(key, _)| name(key)).collect::<Vec<_>>();
    let print = r#"for key in S1 S2 S3 S4 S5 S6 S7 S8 S9; do printf 'x%sy\n' "${!key}"; printf '%s' "${!key}" >&2; done
        printf '%s' "$S3" | head -c 9; sleep 0.2; printf '%s\n' "$S3" | tail -c +10"#;
    let told = |run: &str| Command { secrets: all(), ..command(run) };
    let mut step = changing("a", "");
    step.command = told(&format!("{print}\nexit 0"));
    step.verify = Some(print.to_owned());
    step.undo = Undo::Command(format!("{print}\n[ -e cured ]"));
    let look = Probe { secrets: all(), ..probe("look", &format!("{print}\nexit 3")) };
    let notify = Notify { id: id("tell"), title: "Tell".to_owned(), command: told(&format!("{print}\nexit 1")) };
    let mut procedure =
        procedure(vec![("deploy", vec![Action::Notify(notify), Action::Step(step), Action::Probe(look)])]);
    let mut broken =
        metric("m", &format!("[ -e mended ] || [ ! -e broken ] || {{ {print}\nexit 1; }}\ntouch broken; echo 1"));
    broken.command.secrets = all();
    procedure.metrics = vec![broken];
    procedure.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), Consequence::Hold)];
    let mut lab = Lab::new(&procedure);
    for (key, value) in SECRETS {
        lab.set(key, value);
    }
    lab.run(&[]).ends(20).says("red flag f is unknown").says("***");
    std::fs::write(lab.path("mended"), "").unwrap();
    let reason = format!("because {} and {}", SECRETS[0].1, SECRETS[2].1);
    lab.run(&["resume", "--break-glass", &reason]).ends(31).says("x***y");
    std::fs::write(lab.path("cured"), "").unwrap();
    lab.run(&["rollback"]).ends(10);
    let written = lab.everything_written();
    for secret in SECRETS.iter().flat_map(|(_, value)| value.lines()).chain(["and-its-end", "long-one"]) {
        assert!(!written.contains(secret), "{secret:?} is in what was written");
    }
    assert!(written.contains("because *** and ***"));
    lab.journal();
}

/// Secrets belong to a process, and somebody who logs in anew has none.
#[test]
fn nothing_goes_on_or_back_without_its_secrets() {
    let with_secret = |step: &str| {
        let mut step = changing(step, &format!("echo {step} \"$TOKEN\" >>did"));
        step.command.secrets = vec![name("TOKEN")];
        step.undo = Undo::Command("echo undo \"$TOKEN\" >>did".to_owned());
        Action::Step(step)
    };
    let procedure = procedure(vec![("deploy", vec![with_secret("a"), with_secret("b"), Action::Step(change("c"))])]);
    let mut lab = Lab::new(&procedure);
    lab.set("TOKEN", "hunter22");
    lab.run(&["run", "--until", "b"]).ends(0);
    for value in ["", "hunter22"] {
        lab.set("TOKEN", value);
        let status = if value.is_empty() { 21 } else { 0 };
        lab.run(&["resume", "--until", "c"]).ends(status);
    }
    lab.set("TOKEN", "");
    lab.run(&["rollback"]).ends(21).says("not set in the environment, and nothing is done without: TOKEN");
    assert_eq!(lab.did(), ["a hunter22", "b hunter22"]);
    lab.run(&["resume"]).ends(21).says("without: TOKEN");
    lab.set("TOKEN", "hunter22");
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did()[2..], ["undo hunter22", "undo hunter22"]);
}

#[test]
fn a_way_back_that_needs_no_secret_asks_for_none() {
    let mut secret = change("b");
    secret.command.secrets = vec![name("TOKEN")];
    let mut lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(change("a")), Action::Step(secret)])]));
    lab.set("TOKEN", "hunter22");
    lab.run(&["run", "--until", "b"]).ends(0);
    lab.set("TOKEN", "");
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did(), ["a", "undo a"]);
}

/// Who signs needs none: it is judged where the last signature is there.
#[test]
fn a_signature_needs_no_secret() {
    let mut secret = change("b");
    secret.command.secrets = vec![name("TOKEN")];
    let two = Hold { needs: 2, ..hold("go") };
    let mut lab = Lab::new(&procedure(vec![(
        "deploy",
        vec![Action::Step(change("a")), Action::Hold(two), Action::Step(secret)],
    )]));
    lab.set("TOKEN", "hunter22");
    lab.run(&["run", "--until", "go"]).ends(0);
    lab.set("TOKEN", "");
    lab.run(&["resume", "--approve", "go", "--as", "alice"]).ends(21);
    assert_eq!(lab.events("approve", "who"), ["go:alice"]);
}

/// A way back that is refused for its secrets was not begun.
#[test]
fn without_its_secrets_a_way_back_leaves_the_run_as_it_was() {
    let mut step = changing("a", &note("a"));
    step.command.secrets = vec![name("TOKEN")];
    step.undo = Undo::Command(format!("{}; [ -e cured ]", note("undo")));
    let fails = Action::Step(quiet("fails", "[ ! -e broken ]"));
    let mut lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(step), fails])]));
    lab.set("TOKEN", "hunter22");
    lab.run(&[]).ends(0);
    lab.set("TOKEN", "");
    let before = lab.journal().len();
    lab.run(&["rollback"]).ends(21).says("without: TOKEN");
    lab.run(&["run"]).ends(0).says("already confirmed");
    assert_eq!(lab.journal().len(), before);
    lab.set("TOKEN", "hunter22");
    lab.run(&["rollback"]).ends(31);
    lab.set("TOKEN", "");
    lab.run(&["rollback"]).ends(31).says("without: TOKEN").says("1. undo a (Do a):");
    lab.run(&["rollback", "--finished", "by hand"]).ends(10);
    assert_eq!(lab.did(), ["a", "undo"]);
}

/// A metric that nobody can read is no reason to take production back: somebody came who has not its secret.
#[test]
fn nobody_signs_without_what_the_flags_are_looked_at_with() {
    let mut measured = metric("m", "[ \"$TOKEN\" = hunter22 ] && cat value");
    measured.command.secrets = vec![name("TOKEN")];
    let raises = changing("a", &format!("{}; echo 9 >value", note("a")));
    let mut procedure = procedure(vec![
        ("deploy", vec![Action::Step(raises)]),
        ("verify", vec![Action::Hold(hold("go")), Action::Step(change("b"))]),
    ]);
    procedure.metrics = vec![measured];
    procedure.red_flags = vec![
        flag("f", &["deploy"], above("m", number("5")), Consequence::Hold),
        flag("g", &["deploy"], above("m", number("50")), Consequence::Rollback),
    ];
    let mut lab = Lab::new(&procedure);
    std::fs::write(lab.path("value"), "0").unwrap();
    lab.set("TOKEN", "hunter22");
    lab.run(&[]).ends(21);
    lab.set("TOKEN", "");
    lab.run(&["resume", "--approve", "go", "--as", "alice"]).ends(21).says("without: TOKEN");
    assert_eq!(lab.did(), ["a"]);
    lab.set("TOKEN", "hunter22");
    std::fs::write(lab.path("value"), "0").unwrap();
    lab.run(&["resume", "--approve", "go", "--as", "alice"]).ends(0);
    assert_eq!(lab.did(), ["a", "b"]);
}
