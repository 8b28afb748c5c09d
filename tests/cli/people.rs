//! `stopline compile --to markdown` and `--to html`, and what is told from the journal of a run.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use pulldown_cmark::{Event, Options, Parser, Tag};
use sha2::{Digest as _, Sha256};

use crate::compile::lint;
use crate::door::{Came, Cli, repository};

const AT: &str = "2026-11-23T09:00+01:00";
const EXAMPLES: &[(&str, &str)] = &[
    ("checkout.plan", AT),
    ("pm2.plan", "2026-11-30T09:00+01:00"),
    ("frappe.plan", "2026-12-01T09:00+01:00"),
    ("blue-green.plan", "2026-12-02T10:00Z"),
];

/// What must mean nothing, wherever it stands in a plan.
const HOSTILE: &[&str] = &[
    "# heading",
    "## heading\n\n- [x] done",
    "- item",
    "ends with #",
    "1. one",
    "1) one",
    "+ item",
    "> quote",
    "***",
    "---",
    "===",
    "    indented",
    "*em* **strong** _em_ __strong__ ~~gone~~",
    "`code` ``more`` ```\nfence\n```",
    "[link](https://evil.example.com) ![image](https://evil.example.com/x.png)",
    "[ref]: https://evil.example.com",
    "<https://evil.example.com> <a@evil.example.com>",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</code></pre></title></style></script><h1>x</h1><!-- c -->",
    "\" onmouseover=\"alert(1)' x='",
    "&amp; &#60; &lt;b&gt;",
    "a | b || c \\| d",
    "\\ \\\\ ends with \\",
    "`|` \\` ``",
    "$x$ $$y$$ @somebody #123",
    "esc\u{1b}[31m bell\u{7} \u{202e}hidden\u{200b} \u{2028}line",
    "tab\tand\rreturn\nand line",
    "emoji 🚀 “quotes” ü snake_case_word",
    "|",
    "`",
    "~~~",
    "[x] done",
];

fn compile(name: &str, at: &str, more: &[&str]) -> Cli {
    let arguments = [&["compile", name, "--pack", "release", "--at", at], more].concat();
    Cli::new(&arguments).file(name, repository(&format!("examples/{name}")))
}

fn text_of(cli: &Cli) -> String {
    let Came { status, output, error } = cli.run();
    assert_eq!((status, error.as_str()), (0, ""));
    output
}

/// The skeleton of a Markdown text, and its words.
fn read_markdown(text: &str) -> (Vec<String>, String) {
    let (mut skeleton, mut words) = (Vec::new(), String::new());
    for event in
        Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH)
    {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::Start(Tag::Paragraph | Tag::Emphasis) | Event::End(_) => {
                words.push(' ');
            }
            // What keeps an address of e-mail from becoming a link.
            Event::InlineHtml(html) if &*html == "<!-- -->" => {}
            Event::Start(Tag::Link { dest_url, .. }) => skeleton.push(format!("link {dest_url}")),
            other @ (Event::Start(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_)) => skeleton.push(format!("{other:?}")),
        }
    }
    (skeleton, words)
}

/// The tags of an HTML text without the attributes that hold texts of ours, and its words.
fn read_html(text: &str) -> (Vec<String>, String) {
    let body = text.split_once("<body").unwrap().1.rsplit_once("<script>").unwrap().0;
    let (mut tags, mut words) = (Vec::new(), String::new());
    for part in body.split('<').skip(1) {
        let (tag, after) = part.split_once('>').unwrap();
        tags.push(tag.to_owned());
        words.push_str(after);
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    (tags, entities.iter().fold(words, |words, (entity, letter)| words.replace(entity, letter)))
}

fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As it is shown: one line, what acts or hides spelt out.
fn shown(text: &str) -> String {
    let hides = |letter: &char| letter.is_control() || matches!(letter, '\u{200b}' | '\u{202e}' | '\u{2028}');
    let mut shown = String::new();
    for letter in text.chars() {
        match letter {
            '\n' | '\t' | '\r' => shown.push(' '),
            _ if hides(&letter) => shown.extend(letter.escape_unicode()),
            _ => shown.push(letter),
        }
    }
    one_blank(&shown)
}

/// The example with this text in every field that is a text.
fn everywhere(text: &str) -> String {
    let mut plan: serde_json::Value = serde_json::from_str(&repository("examples/checkout.plan.json")).unwrap();
    fill(&mut plan, text, &mut 0);
    // what hides is written as an escape, or the plan is stopped for it
    let hidden = ['\u{200b}', '\u{202e}', '\u{2028}'];
    let text = serde_json::to_string(&plan).unwrap();
    hidden.iter().fold(text, |text, letter| text.replace(*letter, &format!("\\u{:04x}", u32::from(*letter))))
}

fn fill(value: &mut serde_json::Value, text: &str, count: &mut usize) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                match (name.as_str(), &field) {
                    ("title" | "skip" | "flag" | "service", serde_json::Value::String(_)) => {
                        *field = serde_json::Value::String(format!("{text} x{count} {text}"));
                        *count += 1;
                    }
                    // one word of a command: what a shell would make of more is another plan
                    ("run" | "undo" | "verify", serde_json::Value::String(_)) => {
                        let word = text.replace(char::is_control, " ").replace('\'', "'\\''");
                        *field = serde_json::Value::String(format!("x 'x {word} x'"));
                    }
                    _ => fill(field, text, count),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| fill(item, text, count)),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}

#[test]
fn no_text_of_a_plan_is_markup() {
    for (form, read) in [("markdown", read_markdown as fn(&str) -> _), ("html", read_html)] {
        let told = |text: &str| {
            let arguments = ["compile", "p.plan.json", "--policy", "p.policy", "--at", AT, "--to", form];
            let policy = "policy p { rule r \"R\" { severity = note\n on plan\n require plan.service exists\n message \"no service\" } }";
            let came = Cli::new(&arguments).file("p.plan.json", everywhere(text)).file("p.policy", policy).run();
            assert_eq!(came.status, 0, "{text:?}: {came:?}");
            read(&came.output)
        };
        let (harmless, harmless_words) = told("harmless");
        let harmless_words = one_blank(&harmless_words);
        assert!(harmless_words.matches("harmless x").count() > 10, "{harmless_words}");
        for text in HOSTILE {
            let (skeleton, words) = told(text);
            let tidy = |tags: &[String]| tags.iter().map(|tag| tag.replace("&#39;", "'")).collect::<Vec<_>>();
            assert_eq!(tidy(&skeleton), tidy(&harmless), "{form}: {text:?}");
            let words = one_blank(&words);
            let fields = (0..50).filter(|field| harmless_words.contains(&format!("harmless x{field} harmless")));
            for field in fields {
                let wanted = one_blank(&format!("{} x{field} {}", shown(text), shown(text)));
                assert!(words.contains(&wanted), "{form}: {wanted:?} is not in {words}");
            }
        }
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes_and_a_committed_document_is_checked() {
    for form in ["markdown", "html"] {
        let cli = compile("checkout.plan", AT, &["--to", form]);
        assert_eq!(text_of(&cli), text_of(&cli));
        let kept = compile("checkout.plan", AT, &["--to", form, "--check", "-o", "release.txt"]);
        kept.file("release.txt", text_of(&cli)).run().is(0, "", "");
        let stale = compile("checkout.plan", AT, &["--to", form, "--check", "-o", "release.txt"]);
        let came = stale.file("release.txt", text_of(&cli) + "x").run();
        assert_eq!(came.status, 1, "{came:?}");
    }
}

#[test]
fn the_checklist_is_read_back_item_for_item() {
    for (name, at) in EXAMPLES {
        let plan = repository(&format!("examples/{name}"));
        let wanted = plan.lines().filter(|line| line.trim_start().starts_with("item ")).count();
        let checklist = text_of(&compile(name, at, &["--to", "markdown", "--part", "checklist"]));
        assert_eq!(checklist.lines().filter(|line| line.starts_with("- [")).count(), wanted, "{name}");
        if wanted > 0 {
            let import = Cli::new(&["import", "list.md", "--to", "plan"]).file("list.md", &checklist).run();
            assert_eq!(import.status, 0, "{import:?}");
            assert_eq!(import.output.matches("    item ").count(), wanted, "{}", import.output);
        }
    }
    let checklist = text_of(&compile("checkout.plan", AT, &["--to", "markdown", "--part", "checklist"]));
    assert!(checklist.contains("## Code and tests (T-1d, Mon 2026-11-23 10:00 Europe/Berlin)"), "{checklist}");
    let import = Cli::new(&["import", "list.md", "--to", "plan"]).file("list.md", &checklist).run();
    for said in ["due = T-1d", "run = \"npm run test:all\"", "by = @engineer2", "skip = \"no hot path is touched\""] {
        assert!(import.output.contains(said), "`{said}` is not in {}", import.output);
    }
}

#[test]
fn the_rollback_card_goes_from_the_last_to_the_first() {
    let card = text_of(&compile("checkout.plan", AT, &["--to", "markdown", "--part", "rollback-card"]));
    let places =
        ["./traffic.sh --green 0", "npm run migrate:down", "kubectl rollout undo"].map(|said| card.find(said).unwrap());
    assert!(places.is_sorted(), "{card}");
    assert!(card.contains("promises **20 min**") && card.contains("**Call:** @engineer1, @engineer2, @dba1"), "{card}");
}

#[test]
fn a_part_that_does_not_fit_is_refused() {
    let refused = |more: &[&str]| compile("checkout.plan", AT, more).file("j", "").run();
    let came = refused(&["--to", "bash", "--part", "runbook"]);
    assert_eq!(
        (came.status, came.error.lines().next()),
        (2, Some("error: `--part` is for `--to markdown` and `--to html`"))
    );
    let came = refused(&["--to", "html", "--part", "incident-report"]);
    assert_eq!(
        (came.status, came.error.lines().next()),
        (2, Some("error: this part is told from the journal of a run"))
    );
    let came = refused(&["--to", "html", "--part", "checklist", "--journal", "j"]);
    assert_eq!(came.status, 2, "{came:?}");
    let came = refused(&["--to", "html", "--journal", "j"]);
    assert!(came.status == 2 && came.error.contains("holds no run"), "{came:?}");
}

#[test]
fn the_validator_has_nothing_to_say_of_a_page() {
    let rules = r#"{"root": true, "extends": ["html-validate:standard", "html-validate:a11y"]}"#;
    let plan = repository("examples/checkout.plan");
    let failed = [("why", "<b>it</b> did not come up")];
    let run: &[Line<'_>] = &[(TEN, "open", "", &[("plan", "PLAN")]), (TEN + 9, "failed", "migrate", &failed)];
    let pages = Cli::new(&[])
        .file(".htmlvalidate.json", rules)
        .file("run.html", told(&written(&plan, run), &["--to", "html"]).output);
    let pages = EXAMPLES.iter().fold(pages, |pages, (name, at)| {
        pages.file(&format!("{name}.html"), text_of(&compile(name, at, &["--to", "html"])))
    });
    lint(&pages, "html-validate", &["."]);
}

/// A run of the quick example against the stand-ins, in a folder of its own; its journal.
fn journal(cli: &Cli, state: &str, arguments: &[&str]) -> (Option<i32>, Vec<u8>) {
    let path = format!("{}:{}", cli.path("bin").display(), std::env::var("PATH").unwrap());
    let done = Command::new("bash")
        .args(["release.sh", "run", "--state", state])
        .args(arguments)
        .current_dir(cli.path(""))
        .env("PATH", path)
        .env("DATABASE_URL", "postgres://demo")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let place = cli.path(state).join("checkout-staging");
    let homes = std::fs::read_dir(&place)
        .unwrap()
        .filter_map(|entry| std::fs::read(entry.unwrap().path().join("journal.jsonl")).ok());
    (done.status.code(), homes.last().unwrap())
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            std::fs::copy(entry.path(), place).unwrap();
        }
    }
}

#[test]
fn a_run_that_was_rolled_back_becomes_an_incident_report() {
    let hour = Command::new("date").args(["-u", "+%Y-%m-%dT%H:00"]).output().unwrap();
    let hour = String::from_utf8(hour.stdout).unwrap();
    let plan = repository("examples/quick.plan")
        .replace("2026-11-24T10:00", hour.trim())
        .replace("duration = 2h", "duration = 9h");
    let bash = Cli::new(&["compile", "quick.plan", "--pack", "release", "--to", "bash", "-o", "release.sh"])
        .file("quick.plan", &plan);
    bash.run().is(0, "", "");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/stubs"), &bash.path(""));
    std::fs::write(bash.path("unhealthy"), "").unwrap();
    let (status, written) = journal(&bash, "state", &["--approve", "go-live", "--as", "@pm1"]);
    assert_eq!(status, Some(10));
    let report = |journal: &[u8], form: &str| {
        Cli::new(&["compile", "quick.plan", "--pack", "release", "--to", form, "--journal", "j.jsonl"])
            .file("quick.plan", &plan)
            .file("j.jsonl", journal)
            .run()
    };
    let came = report(&written, "markdown");
    assert_eq!((came.status, came.error.as_str()), (0, ""));
    for said in [
        "## Incident report",
        "The deployment was stopped, and everything that was begun has been taken back.",
        "| **@pm1 approved** **Approve the release** (`go-live`) |",
        "### Red flags that were raised",
        "**Error rate above 5%** (`error-rate`): raised",
        "### What was undone",
        "_To be filled in: what made it happen",
        "## Post-deployment update",
    ] {
        assert!(came.output.contains(said), "`{said}` is not in {}", came.output);
    }
    // one line of evidence made a little better
    let forged =
        String::from_utf8(written.clone()).unwrap().replacen("\"verdict\":\"raised\"", "\"verdict\":\"fine\"", 1);
    for form in ["markdown", "html"] {
        let came = report(forged.as_bytes(), form);
        assert_eq!(came.status, 1, "{came:?}");
        assert!(
            came.error.contains("was changed after it was written") && came.output.contains("DO NOT TRUST THIS REPORT"),
            "{came:?}"
        );
    }
    // a crash in the middle of the last line
    let torn = report(&written[..written.len() - 7], "markdown");
    assert!(torn.status == 0 && torn.output.contains("was cut off by a crash"), "{torn:?}");
}

/// When, event, what it is about, and what else is said of it.
type Line<'a> = (i64, &'a str, &'a str, &'a [(&'a str, &'a str)]);

/// Lines of a journal of the example, chained as the runbook chains them.
fn written(plan: &str, events: &[Line<'_>]) -> String {
    let digest =
        |text: &str| Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let (mut before, mut text, of_plan) = ("0".repeat(64), String::new(), digest(plan));
    for (index, (at, event, of, facts)) in events.iter().enumerate() {
        let mut line =
            format!("{{\"seq\":{},\"prev\":\"{before}\",\"at\":{at},\"event\":\"{event}\",\"of\":\"{of}\"", index + 1);
        for (name, fact) in *facts {
            let fact = fact.replace("PLAN", &of_plan);
            line = format!("{line},\"{name}\":{}", serde_json::to_string(&fact).unwrap());
        }
        line.push('}');
        before = digest(&line);
        text += &line;
        text.push('\n');
    }
    text
}

const TEN: i64 = 1_795_510_800;

fn told(journal: &str, more: &[&str]) -> Came {
    let arguments = [&["compile", "checkout.plan", "--pack", "release", "--journal", "j.jsonl"], more].concat();
    Cli::new(&arguments).file("checkout.plan", repository("examples/checkout.plan")).file("j.jsonl", journal).run()
}

#[test]
fn a_journal_of_another_plan_is_refused() {
    let other = written("another plan", &[(TEN, "open", "", &[("plan", "PLAN")])]);
    let came = told(&other, &["--to", "markdown"]);
    assert_eq!((came.status, came.output.as_str()), (2, ""));
    assert!(came.error.starts_with("error: the journal is that of another plan: line 1 names `"), "{came:?}");
}

#[test]
fn a_run_is_told_in_the_zone_of_the_plan_as_of_when_it_began() {
    let plan = repository("examples/checkout.plan");
    let journal = written(
        &plan,
        &[
            (TEN, "open", "", &[("plan", "PLAN"), ("user", "eve"), ("host", "runner")]),
            (TEN + 5, "begin", "migrate", &[("part", "run")]),
            (TEN + 257, "end", "migrate", &[("part", "run"), ("status", "0"), ("seconds", "252")]),
            (TEN + 258, "followup", "metrics-review", &[("due", "1795597200"), ("by", "engineer2")]),
            (TEN + 300, "confirmed", "", &[]),
        ],
    );
    let came = told(&journal, &["--to", "markdown", "--part", "incident-report"]);
    assert_eq!((came.status, came.error.as_str()), (0, ""), "{came:?}");
    for said in [
        "# Deployment report",
        "## Timeline, Tue 2026-11-24 Europe/Berlin",
        "| 10:04:17 | **Run database migrations** (`migrate`): done after 4 min 12 s |",
        "- [ ] **Review the metrics** (`metrics-review`): @engineer2, until Wed 2026-11-25 10:00 Europe/Berlin",
        "The journal has 5 lines",
    ] {
        assert!(came.output.contains(said), "`{said}` is not in {}", came.output);
    }
    let update = told(&journal, &["--to", "markdown", "--part", "post-update"]);
    assert!(
        update
            .output
            .contains("From Tue 2026-11-24 10:00 Europe/Berlin until Tue 2026-11-24 10:05 Europe/Berlin, 5 min."),
        "{update:?}"
    );
}

#[test]
fn no_text_of_a_journal_is_markup() {
    let plan = repository("examples/checkout.plan");
    for (form, read) in [("markdown", read_markdown as fn(&str) -> _), ("html", read_html)] {
        let told = |text: &str| {
            let text = text.replace(|letter: char| letter.is_ascii_control(), " ");
            let journal = written(
                &plan,
                &[
                    (TEN, "open", "", &[("plan", "PLAN"), ("user", &text), ("host", &text)]),
                    (TEN + 1, "glass", "", &[("reason", &text)]),
                    (TEN + 2, "approve", "go-live", &[("who", &text), ("from", &text)]),
                    (TEN + 3, "failed", "migrate", &[("why", &text)]),
                    (TEN + 4, "stop", "", &[("status", "21"), ("wait", "flag"), ("why", &text)]),
                ],
            );
            let came = told(&journal, &["--to", form]);
            assert_eq!(came.status, 0, "{text:?}: {came:?}");
            read(&came.output)
        };
        let (harmless, _) = told("harmless");
        for text in HOSTILE {
            assert_eq!(told(text).0, harmless, "{form}: {text:?}");
        }
    }
}

#[test]
fn every_id_of_a_page_is_its_own_and_every_link_leads_somewhere() {
    for (name, at) in EXAMPLES {
        let page = text_of(&compile(name, at, &["--to", "html"]));
        let mut ids: HashMap<&str, usize> = HashMap::new();
        for id in page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            *ids.entry(id).or_default() += 1;
        }
        assert!(ids.values().all(|count| *count == 1), "{name}: {ids:?}");
        for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains_key(target), "{name}: #{target}");
        }
        assert!(!page.contains("src=") && !page.contains("@import") && !page.contains("style=\""), "{name}");
    }
}
