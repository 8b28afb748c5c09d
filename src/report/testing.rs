//! Reports to render: an ordinary morning, and somebody who means harm.

use std::borrow::Cow;

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Severity, Waived};
use crate::session::Report;
use crate::source::{FileId, Place, SourceMap, Span};

const PLAN: &str = "\
plan checkout \"Checkout v1.2.3\" {
  service     = \"checkout\"
  environment = production

  window {
    start    = 2026-11-27T10:00
    duration = 2h
    zone     = \"Europe/Berlin\"
  }

  team { lead = @engineer1, on_call = @engineer2 }

  change \"New user dashboard\" { kind = feature }
  change \"Add users.preferences\" { kind = schema }
}
";
const SITE_A: &str = "{\n \"session_expiry\": \"06:00:00\",\n \"deny_multiple_sessions\": 1\n}\n";
const SITE_B: &str = "{\n\"session_expiry\": \"04:00:00\",\n\"session_expiry\": \"24:00:00\"\n}\n";
const TRAINING: &str = "{\"session_expiry\": \"24:00:00\"}\n";
const POLICY: &str = "\
policy healthcare \"Systems that hold health records\" {
  param session: duration = 4h \"The longest a clinical session may live\"
}

waive healthcare/session-expiry {
  path = \"sites/training/**\"
}
";

/// Where `needle` stands in a file.
pub(super) fn find(sources: &SourceMap, file: FileId, needle: &str) -> Place {
    let start = sources.text(file).find(needle).unwrap();
    Place::new(file, Span::of(start..start + needle.len()))
}

pub(super) fn finding(rule: &'static str, severity: Severity, place: Option<Place>, message: &str) -> Diagnostic {
    Diagnostic {
        rule: Cow::Borrowed(rule),
        severity,
        undecided: false,
        unanswered: false,
        place,
        message: message.to_owned(),
        label: None,
        help: None,
        related: Vec::new(),
        controls: Vec::new(),
        waived: None,
        fix: None,
    }
}

/// Everything a finding can carry, at least once.
pub(super) fn example() -> (Report, SourceMap) {
    let mut sources = SourceMap::default();
    let plan = sources.add("release.plan", PLAN);
    let a = sources.add("sites/a/site_config.json", SITE_A);
    let b = sources.add("sites/b/site_config.json", SITE_B);
    let training = sources.add("sites/training/site_config.json", TRAINING);
    let policy = sources.add("policies/healthcare.policy", POLICY);
    let at = |file, needle| find(&sources, file, needle);
    let friday = Diagnostic {
        label: Some("27 November 2026 is a Friday".to_owned()),
        help: Some("move it to Monday through Thursday, or give the reason it cannot wait in `urgent`".to_owned()),
        controls: vec!["SOC2 CC8.1".to_owned(), "ISO27001 A.8.32".to_owned()],
        ..finding(
            "release/friday-deploy",
            Severity::Error,
            Some(at(plan, "2026-11-27T10:00")),
            "the window 2026-11-27 10:00 to 12:00 touches a Friday in Europe/Berlin",
        )
    };
    let changes = Diagnostic {
        related: vec![Label { place: at(plan, "change \"Add users.preferences\""), text: "the other one".to_owned() }],
        ..finding(
            "release/one-change-at-a-time",
            Severity::Warning,
            Some(at(plan, "change \"New user dashboard\"")),
            "2 changes go out together",
        )
    };
    let expiry = "\"06:00:00\"";
    let sessions = Diagnostic {
        related: vec![Label { place: at(policy, "4h"), text: "the limit stands here".to_owned() }],
        controls: vec!["HIPAA 164.312(a)(2)(iii)".to_owned()],
        fix: Some(Fix {
            applicability: Applicability::Unsafe,
            title: "set `session_expiry` to \"04:00:00\"".to_owned(),
            edits: vec![Edit { place: at(a, expiry), text: "\"04:00:00\"".to_owned() }],
        }),
        ..finding(
            "healthcare/session-expiry",
            Severity::Error,
            Some(at(a, expiry)),
            "sessions live 06:00:00, longer than 4h",
        )
    };
    let second = Place::new(b, Span::new(32, 48));
    let duplicate = Diagnostic {
        undecided: true,
        label: Some("again here".to_owned()),
        help: Some("remove one of them: programs differ in which one they believe".to_owned()),
        related: vec![Label { place: at(b, "\"session_expiry\""), text: "first written here".to_owned() }],
        ..finding(
            "document/duplicate-key",
            Severity::Error,
            Some(second),
            "the key `session_expiry` stands twice in this mapping",
        )
    };
    let waived = Diagnostic {
        waived: Some(Waived {
            reason: "holds synthetic patients only".to_owned(),
            by: Some("@security-lead".to_owned()),
            until: Some("2027-01-31".to_owned()),
            ticket: Some("SEC-12".to_owned()),
            place: at(policy, "waive healthcare/session-expiry"),
        }),
        ..finding(
            "healthcare/session-expiry",
            Severity::Error,
            Some(at(training, "\"24:00:00\"")),
            "sessions live 24:00:00, longer than 4h",
        )
    };
    let report = Report::new(vec![waived, duplicate, sessions, changes, friday], &sources, 4, 12);
    (report, sources)
}

pub(super) fn hostile() -> (Report, SourceMap) {
    let mut sources = SourceMap::default();
    let file = sources.add("evil\u{1b}[2J.json", "{\"\u{1b}[31m\": \"\u{202e}abc\u{9b}\"}\n");
    let finding = Diagnostic {
        label: Some("\u{1b}[5mblink".to_owned()),
        help: Some("first\u{8}\nsecond\u{2066}".to_owned()),
        controls: vec!["\u{7}".to_owned()],
        ..finding(
            "x/y",
            Severity::Error,
            Some(Place::new(file, Span::new(10, 19))),
            "says \u{1b}]0;pwned\u{7} and\n\u{202e}sdrawkcab",
        )
    };
    (Report::new(vec![finding], &sources, 1, 1), sources)
}
