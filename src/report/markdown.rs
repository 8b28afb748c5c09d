//! A summary in Markdown: the verdict as a heading, the findings as a table. Nothing that a user wrote becomes markup.

use std::fmt::Write as _;

use super::{Options, printable, verdict};
use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::is_mail;
use crate::session::Report;
use crate::source::SourceMap;

/// A comment on GitHub holds 65,536 characters, and other text may stand beside ours.
const ROOM: usize = 60_000;

pub(super) fn render(report: &Report, sources: &SourceMap, options: &Options<'_>) -> String {
    let verdict = verdict::line(report, &Options { color: super::Color::Off, ..*options });
    let mut out = format!("## {}\n", escaped(&verdict.split_whitespace().collect::<Vec<_>>().join(" ")));
    let (waived, open): (Vec<_>, Vec<_>) = report.findings().iter().partition(|finding| finding.waived.is_some());
    let mut findings = open;
    findings.sort_by_key(|finding| std::cmp::Reverse((finding.undecided, finding.severity)));
    table(&mut out, "| | where | what | rule |\n|---|---|---|---|\n", &findings, |finding| row(finding, sources));
    if !waived.is_empty() {
        let _ = write!(out, "\n### Waived\n");
        let head = "| where | what | rule | why, by whom, until |\n|---|---|---|---|\n";
        table(&mut out, head, &waived, |finding| waived_row(finding, sources));
    }
    out
}

/// As many rows as there is room for, and how many there was none for.
fn table(out: &mut String, head: &str, findings: &[&Diagnostic], row: impl Fn(&Diagnostic) -> String) {
    if findings.is_empty() {
        return;
    }
    let _ = write!(out, "\n{head}");
    for (written, finding) in findings.iter().enumerate() {
        let row = row(finding);
        if out.len() + row.len() > ROOM {
            let _ = write!(out, "\n{} more are left out here: `stopline check` shows all\n", findings.len() - written);
            return;
        }
        out.push_str(&row);
    }
}

fn row(finding: &Diagnostic, sources: &SourceMap) -> String {
    let weight = match finding.severity {
        _ if finding.undecided => "❓ undecided",
        Severity::Error => "🛑 error",
        Severity::Warning => "⚠️ warning",
        Severity::Note => "ℹ️ note",
    };
    let mut what = escaped(&finding.message);
    if let Some(help) = &finding.help {
        let _ = write!(what, "<br>→ {}", escaped(help));
    }
    format!("| {weight} | {} | {what} | {} |\n", place(finding, sources), code(&finding.rule))
}

fn waived_row(finding: &Diagnostic, sources: &SourceMap) -> String {
    let terms = finding.waived.iter().map(|waived| {
        let mut terms = escaped(&waived.reason);
        for (word, value) in [("by", &waived.by), ("until", &waived.until), ("see", &waived.ticket)] {
            if let Some(value) = value {
                let _ = write!(terms, ", {word} {}", escaped(value));
            }
        }
        terms
    });
    let terms: String = terms.collect();
    format!("| {} | {} | {} | {terms} |\n", place(finding, sources), escaped(&finding.message), code(&finding.rule))
}

fn place(finding: &Diagnostic, sources: &SourceMap) -> String {
    finding.place.map_or_else(String::new, |place| {
        let at = sources.line_column(place.file, place.span.start);
        code(&format!("{}:{}:{}", sources.path(place.file), at.line, at.column))
    })
}

/// Text in a cell: every character of markup is spelt as a reference.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = printable::line(text).into_owned();
    // What the message quotes is shown as code, as on a terminal.
    while let Some((before, quoted, after)) = quoted(&rest) {
        out.push_str(&plain(before));
        out.push_str(&code(quoted));
        rest = after.to_owned();
    }
    out.push_str(&plain(&rest));
    out
}

fn quoted(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (quoted, after) = rest.split_once('`')?;
    (!quoted.trim().is_empty()).then_some((before, quoted, after))
}

/// A reference is text wherever it stands: no mention, link, tag or row can begin with one.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = None;
    while let Some(character) = rest.next() {
        let begins_markup = match character {
            '\\' | '`' | '*' | '_' | '{' | '[' | ']' | '<' | '>' | '#' | '!' | '|' | '~' | '&' | '@' | '$' => true,
            // What has a scheme, and what begins with `www.`, becomes a link by itself.
            ':' => rest.peek() == Some(&'/'),
            '.' => out.ends_with("www") || out.ends_with("WWW"),
            _ => false,
        };
        if begins_markup {
            // Writing to a string cannot fail.
            let _ = write!(out, "&#{};", u32::from(character));
            // Addresses of e-mail are looked for in what references stand for: a comment keeps them from being found.
            if character == '@' && is_mail(before, rest.clone()) {
                out.push_str("<!-- -->");
            }
        } else {
            out.push(character);
        }
        before = Some(character);
    }
    out
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", plain(&printable::line(text)))
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options as Extensions, Parser, Tag};

    use crate::diagnostic::Severity;
    use crate::report::testing::{example, find, finding};
    use crate::report::{Format, Options, render};
    use crate::session::Report;
    use crate::source::{Place, SourceMap, Span};

    fn rendered((report, sources): &(Report, SourceMap)) -> String {
        render(Format::Markdown, report, sources, &Options::default())
    }

    #[test]
    fn the_heaviest_stand_first_and_what_is_waived_stands_apart() {
        assert_eq!(
            rendered(&example()),
            "\
## STOP 3 errors, 1 warning, 1 waived, 1 undecided (4 files)

| | where | what | rule |
|---|---|---|---|
| ❓ undecided | <code>sites/b/site&#95;config.json:3:1</code> | the key <code>session&#95;expiry</code> stands twice in this mapping<br>→ remove one of them: programs differ in which one they believe | <code>document/duplicate-key</code> |
| 🛑 error | <code>release.plan:6:16</code> | the window 2026-11-27 10:00 to 12:00 touches a Friday in Europe/Berlin<br>→ move it to Monday through Thursday, or give the reason it cannot wait in <code>urgent</code> | <code>release/friday-deploy</code> |
| 🛑 error | <code>sites/a/site&#95;config.json:2:20</code> | sessions live 06:00:00, longer than 4h | <code>healthcare/session-expiry</code> |
| ⚠️ warning | <code>release.plan:13:3</code> | 2 changes go out together | <code>release/one-change-at-a-time</code> |

### Waived

| where | what | rule | why, by whom, until |
|---|---|---|---|
| <code>sites/training/site&#95;config.json:1:20</code> | sessions live 24:00:00, longer than 4h | <code>healthcare/session-expiry</code> | holds synthetic patients only, by &#64;security-lead, until 2027-01-31, see SEC-12 |
"
        );
    }

    #[test]
    fn a_text_means_itself_wherever_it_stands() {
        let mut sources = SourceMap::default();
        let file = sources.add("a|b`c.plan", "x\n");
        let hostile = "a | b\n\n# c <script>x</script> [l](https://example.com) **d** @team `e|f` &amp; ![i](j) ~~k~~ https://example.com me@example.com";
        let findings = vec![finding("x/y", Severity::Error, Some(find(&sources, file, "x")), hostile)];
        let text = rendered(&(Report::new(findings, &sources, 1, 1), sources));
        let (mut shown, mut rows) = (String::new(), 0);
        for event in Parser::new_ext(&text, Extensions::ENABLE_TABLES | Extensions::ENABLE_STRIKETHROUGH) {
            if let Event::Text(piece) = &event {
                shown.push_str(piece);
            } else if let Event::InlineHtml(html) = &event {
                assert!(["<code>", "</code>", "<br>", "<!-- -->"].contains(&&**html), "{html}");
            } else if matches!(event, Event::Start(Tag::TableRow)) {
                rows += 1;
            }
            let markup = Event::Start(Tag::Strong) == event || Event::Start(Tag::Strikethrough) == event;
            let link = matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. }));
            assert!(!markup && !link, "{text}");
        }
        assert_eq!(rows, 1, "{text}");
        assert!(text.contains("me&#64;<!-- -->example.com"), "{text}");
        assert!(
            shown.contains("a | b # c <script>x</script> [l](https://example.com) **d** @team e|f &amp;"),
            "{shown}"
        );
    }

    #[test]
    fn what_there_is_no_room_for_is_counted() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.plan", "x\n".repeat(2000));
        let at = |number: u32| {
            let place = Place::new(file, Span::new(number * 2, number * 2 + 1));
            finding("x/y", Severity::Error, Some(place), "a message of some length, as messages are")
        };
        let report = Report::new((0..2000).map(at).collect(), &sources, 1, 1);
        let text = rendered(&(report, sources));
        assert!(text.len() < 61_000, "{}", text.len());
        let rows = text.matches("error |").count();
        assert!(text.contains(&format!("\n{} more are left out here", 2000 - rows)), "{text}");
    }
}
