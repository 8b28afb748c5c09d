//! No byte of a secret is in any output, whichever rule points wherever and whatever it says.

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Severity, Waived};
use crate::report::{Color, Drawing, Format, Options, render};
use crate::session::Report;
use crate::source::{Place, SourceMap, Span};

const PASSWORD: &str = "kX9+plum-42-Zebra";
const TOKEN: &str = concat!("ghp", "_", "9aB3cD4eF5gH6iJ7kL8mN9oP0qR1sT2uV3wX");

const FORMATS: [Format; 9] = [
    Format::Human,
    Format::Concise,
    Format::Json,
    Format::Sarif,
    Format::Junit,
    Format::Github,
    Format::Gitlab,
    Format::Rdjson,
    Format::Markdown,
];

fn finding(place: Place, message: String) -> Diagnostic {
    Diagnostic {
        rule: "some/rule".into(),
        severity: Severity::Error,
        undecided: false,
        unanswered: false,
        place: Some(place),
        message,
        label: None,
        help: None,
        related: Vec::new(),
        controls: Vec::new(),
        waived: None,
        fix: None,
    }
}

/// The report in every format, coloured or not, wide or narrow.
fn every_output(findings: &[Diagnostic], sources: &SourceMap) -> Vec<String> {
    let mut outputs = Vec::new();
    for format in FORMATS {
        // A new format must be named in `FORMATS`.
        match format {
            Format::Human
            | Format::Concise
            | Format::Json
            | Format::Sarif
            | Format::Junit
            | Format::Github
            | Format::Gitlab
            | Format::Rdjson
            | Format::Markdown => {}
        }
        for (color, width) in [(Color::Off, 100), (Color::On, 40)] {
            let report = Report::new(findings.to_vec(), sources, 1, 1);
            let options = Options { color, width, drawing: Drawing::Unicode, ..Options::default() };
            outputs.push(render(format, &report, sources, &options));
        }
    }
    outputs
}

#[track_caller]
fn says_nothing_of(secret: &str, findings: &[Diagnostic], sources: &SourceMap) {
    for output in every_output(findings, sources) {
        // Not the whole, and not so much of it that the rest could be guessed.
        for part in secret.as_bytes().windows(8) {
            let part = std::str::from_utf8(part).unwrap();
            assert!(!output.contains(part), "`{part}` is in\n{output}");
        }
    }
}

fn settings() -> (SourceMap, Place) {
    let mut sources = SourceMap::default();
    let text = format!("{{\n  \"debug\": 1, \"db_password\": \"{PASSWORD}\",\n  \"host\": \"db\"\n}}\n");
    let file = sources.add("site_config.json", text.as_str());
    let at = text.find("debug").unwrap();
    (sources, Place::new(file, Span::of(at..at + 5)))
}

#[test]
fn a_finding_of_any_rule_on_the_same_line_shows_it_masked() {
    let (sources, place) = settings();
    let findings = [finding(place, "debugging is on".to_owned())];
    says_nothing_of(PASSWORD, &findings, &sources);
    let human = every_output(&findings, &sources).remove(0);
    assert!(human.contains("\"db_password\": \"*****************\""), "{human}");
    assert!(human.contains("site_config.json:2:4"), "its place stays where it is\n{human}");
}

#[test]
fn a_line_beside_the_one_that_is_spoken_of_is_masked_too() {
    let (sources, place) = settings();
    let text = sources.text(place.file);
    let at = text.find("host").unwrap();
    says_nothing_of(PASSWORD, &[finding(Place::new(place.file, Span::of(at..at + 4)), "a host".to_owned())], &sources);
}

#[test]
fn whatever_a_finding_says_is_masked() {
    let (sources, place) = settings();
    let said = || format!("it is `{PASSWORD}`");
    let full = Diagnostic {
        label: Some(said()),
        help: Some(said()),
        related: vec![Label { place, text: said() }],
        controls: vec![said()],
        waived: Some(Waived { reason: said(), by: Some(said()), until: Some(said()), ticket: Some(said()), place }),
        fix: Some(Fix { title: said(), applicability: Applicability::Safe, edits: vec![Edit { place, text: said() }] }),
        ..finding(place, said())
    };
    let open = Diagnostic { waived: None, ..full.clone() };
    says_nothing_of(PASSWORD, &[full, open], &sources);
}

#[test]
fn a_finding_elsewhere_that_repeats_it_is_masked() {
    let (mut sources, _) = settings();
    let other = sources.add("main.conf", "include site_config.json;\n");
    says_nothing_of(
        PASSWORD,
        &[finding(Place::new(other, Span::new(0, 7)), format!("read {PASSWORD} there"))],
        &sources,
    );
}

#[test]
fn a_message_that_broke_off_within_it_is_masked() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.env", format!("API_TOKEN={TOKEN}\n").as_str());
    let cut = format!("`{}…` does not fit here", TOKEN.get(..30).unwrap());
    says_nothing_of(TOKEN.get(4..).unwrap(), &[finding(Place::new(file, Span::new(0, 3)), cut)], &sources);
}

#[test]
fn what_is_written_with_escapes_is_known_when_it_is_read() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.json", r#"{"password": "kX9\"plum\\42\u0021Zebra"}"#);
    let findings = [finding(Place::new(file, Span::new(2, 10)), "it is kX9\"plum\\42!Zebra".to_owned())];
    says_nothing_of("plum\\42!Zebra", &findings, &sources);
}

#[test]
fn a_line_of_a_private_key_is_no_less_secret() {
    let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    let mut sources = SourceMap::default();
    let text = format!("-----BEGIN PRIVATE KEY-----\n{line}\n{line}x\n-----END PRIVATE KEY-----\n");
    let file = sources.add("key.pem", text.as_str());
    let findings = [finding(Place::new(file, Span::new(30, 40)), format!("the second line is {line}x"))];
    says_nothing_of(line, &findings, &sources);
}

#[test]
fn a_secret_that_stands_in_no_file_is_masked_where_it_is_said() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.txt", "nothing");
    says_nothing_of(
        TOKEN.get(4..).unwrap(),
        &[finding(Place::new(file, Span::new(0, 7)), format!("got {TOKEN}"))],
        &sources,
    );
}

#[test]
fn what_is_no_secret_is_left_alone() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.yaml", "password: ${DB_PASSWORD}\n");
    let report = Report::new(vec![finding(Place::new(file, Span::new(0, 8)), "a password".to_owned())], &sources, 1, 1);
    let human = render(Format::Human, &report, &sources, &Options::default());
    assert!(human.contains("password: ${DB_PASSWORD}"), "{human}");
}
