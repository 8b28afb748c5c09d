//! The evidence in every format: what stands in it, and that no text is more than text.

use pulldown_cmark::{Event, Options as Extensions, Parser, Tag};

use super::{AuditFormat, ShownAudit};
use crate::audit::{Audit, Gathered};
use crate::journal::{Digest, Scanned};
use crate::model::units::Instant;
use crate::report::{Options, Shown};
use crate::session::{Candidates, Config, Input, Language, Nothing, Request, Selection, Targets, check};
use crate::source::SourceMap;

const FORMATS: [AuditFormat; 6] = [
    AuditFormat::Human,
    AuditFormat::Json,
    AuditFormat::Markdown,
    AuditFormat::Html,
    AuditFormat::Csv,
    AuditFormat::Oscal,
];

/// A journal of these lines, each given as what stands behind its time.
fn journal(lines: &[String]) -> String {
    let mut before = "0".repeat(64);
    let line = |(index, rest): (usize, &String)| {
        let line = format!("{{\"seq\":{},\"prev\":\"{before}\",\"at\":1795510800,{rest}}}", index + 1);
        before = Digest::of(line.as_bytes()).to_string();
        line + "\n"
    };
    lines.iter().enumerate().map(line).collect()
}

/// A run in which every text that a person can write is this one.
fn hostile(text: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    let facts = "\"user\":TEXT,\"host\":TEXT,\"from\":TEXT,\"plan\":TEXT,\"policies\":TEXT,\"stopline\":TEXT";
    let lines = [
        format!("\"event\":\"open\",\"of\":\"\",{facts}"),
        "\"event\":\"glass\",\"of\":\"\",\"reason\":TEXT".to_owned(),
        "\"event\":\"approve\",\"of\":TEXT,\"who\":TEXT,\"how\":TEXT,\"user\":TEXT,\"host\":TEXT".to_owned(),
        "\"event\":\"flag\",\"of\":TEXT,\"verdict\":TEXT,\"values\":TEXT".to_owned(),
        "\"event\":\"refuse\",\"of\":TEXT,\"why\":TEXT".to_owned(),
        "\"event\":\"stop\",\"of\":TEXT,\"status\":TEXT,\"why\":TEXT".to_owned(),
        "\"event\":\"refused\",\"of\":\"\",\"why\":TEXT".to_owned(),
    ];
    journal(&lines.map(|line| line.replace("TEXT", &text)))
}

/// What comes of a journal and a policy, in every format.
fn every_output(path: &str, journal: &str, policy: &str) -> Vec<(AuditFormat, String)> {
    let mut sources = SourceMap::default();
    let file = sources.add("team.policy", policy);
    let inputs = [Input { file, language: Language::Stopline }];
    let candidates = Candidates { elsewhere: 1, ..Candidates::default() };
    let request = Request {
        inputs: &inputs,
        candidates: &candidates,
        config: &Config::default(),
        selection: Selection::default(),
        overrides: &[],
        now: Instant::parse("2026-12-05T10:00Z").unwrap(),
        surroundings: &Nothing,
    };
    let checked = check(&request, &mut sources);
    let scanned = Scanned::of(path, journal.as_bytes(), &[]);
    let more = scanned.findings(journal.as_bytes(), &mut sources);
    let found = checked.report.clone().with(more, &sources);
    let audit = Audit::of(&Gathered {
        now: request.now,
        paths: &[path.to_owned()],
        checked: &checked,
        report: &found,
        sources: &sources,
        journals: &[scanned],
        targets: &Targets::default(),
        left_out: 0,
    });
    let told = ShownAudit::of(audit, &found, &sources, Shown::of(found.clone(), &sources));
    FORMATS.map(|format| (format, told.render(format, &Options::default()))).into()
}

const POLICY: &str = r#"
policy team "Team" {
  rule ticket "A ticket" {
    controls = ["SOC2 CC8.1"]
    on plan
    require plan.ticket exists
    at plan.service
    message "no ticket"
  }
}
waive team/ticket { path = "*.plan", reason = "=cmd()", by = @cto, until = 2026-12-31 }
"#;

/// Cells by RFC 4180, by hand: a reader of its own.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(letter),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !quoted);
    rows
}

const HOSTILE: &[&str] = &[
    "=HYPERLINK(\"https://evil.example.com\")",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "a\"b,c\r\nd",
    "\u{1b}[2J\u{9b}1m\u{202e}back\u{0}",
    "<script>alert(1)</script></td></main>",
    "[l](https://evil.example.com) **b** | x `y` # h",
    "",
    " ",
];

/// Whether nothing in a document leads anywhere or is HTML.
fn is_plain(markdown: &str) -> bool {
    let leads =
        |event: &Event<'_>| matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock));
    let is_html = |event: &Event<'_>| match event {
        Event::Html(html) | Event::InlineHtml(html) => &**html != "<!-- -->",
        Event::Start(_)
        | Event::End(_)
        | Event::Text(_)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::FootnoteReference(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Rule
        | Event::TaskListMarker(_) => false,
    };
    Parser::new_ext(markdown, Extensions::ENABLE_TABLES).all(|event| !leads(&event) && !is_html(&event))
}

#[test]
fn no_text_of_a_journal_is_more_than_text_in_any_format() {
    for text in HOSTILE {
        for path in ["state/journal.jsonl", text] {
            for (format, output) in every_output(path, &hostile(text), POLICY) {
                let unseen = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r');
                assert!(!output.contains(unseen), "{format:?}: {output}");
                assert!(!output.contains('\u{202e}'), "{format:?}");
                match format {
                    AuditFormat::Csv => {
                        let rows = cells(&output);
                        assert!(rows.len() > 15 && rows.iter().all(|row| row.len() == 15), "{rows:#?}");
                        let formula = |cell: &String| cell.trim_start().starts_with(['=', '+', '-', '@']);
                        assert!(!rows.iter().flatten().any(formula), "{rows:#?}");
                    }
                    AuditFormat::Html => {
                        assert_eq!(output.matches("<script").count(), 1, "{output}");
                        assert_eq!(output.matches("</main>").count(), 1);
                        assert!(!output.contains("<a href=\"https"));
                    }
                    AuditFormat::Markdown => assert!(is_plain(&output), "{output}"),
                    AuditFormat::Json | AuditFormat::Oscal => {
                        serde_json::from_str::<serde_json::Value>(&output).unwrap();
                    }
                    AuditFormat::Human => {}
                }
            }
        }
    }
}

#[test]
fn the_same_evidence_is_the_same_bytes() {
    let journal = hostile("well");
    assert_eq!(every_output("j.jsonl", &journal, POLICY), every_output("j.jsonl", &journal, POLICY));
    let other = every_output("j.jsonl", &hostile("ill"), POLICY);
    assert!(every_output("j.jsonl", &journal, POLICY).iter().zip(other).all(|(one, other)| one.1 != other.1));
}

#[test]
fn no_byte_of_a_secret_is_in_any_format() {
    let token = concat!("ghp", "_", "9aB3cD4eF5gH6iJ7kL8mN9oP0qR1sT2uV3wX");
    let policy = POLICY.replace("=cmd()", &format!("the token {token} is known"));
    for (format, output) in every_output("j.jsonl", &hostile(&format!("with {token}")), &policy) {
        assert!(!output.contains(token) && !output.contains("9aB3cD4eF5gH"), "{format:?}: {output}");
    }
}

#[test]
fn a_journal_of_rubbish_takes_no_longer_than_it_is_long() {
    let rubbish = "x\n".repeat(200_000);
    for (format, output) in every_output("j.jsonl", &rubbish, POLICY) {
        assert!(output.len() < 200_000, "{format:?}: {}", output.len());
    }
}
