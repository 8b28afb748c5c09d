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
