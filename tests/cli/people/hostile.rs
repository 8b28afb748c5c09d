//! A text of a plan or of a journal is never markup, wherever it stands.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::AT;
use super::journal::{TEN, told, written};
use crate::door::{Cli, repository};

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
