//! Markdown as GitHub reads it, and every place exact.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{BlockKind, Inline, Markdown, RunKind, read};
use crate::source::{FileId, LineIndex};

fn markdown(text: &str) -> Markdown {
    read(FileId::default(), text)
}

/// One line a task: its line, its box, the text its span cuts out, the headings above it, and what it is a part of.
fn tasks(text: &str) -> String {
    let markdown = markdown(text);
    let lines = LineIndex::new(text);
    let mut out = String::new();
    let tasks = markdown.tasks();
    for task in &tasks {
        let line = lines.line(task.tick.span.start) + 1;
        let headings: Vec<String> = task.headings.iter().map(|heading| heading.inline.text()).collect();
        write!(out, "{line} {} `{}`", task.tick.span.text(text), task.span.text(text)).unwrap();
        if !headings.is_empty() {
            write!(out, " under {}", headings.join(" > ")).unwrap();
        }
        if let Some(parent) = task.parent.and_then(|parent| tasks.iter().find(|other| other.id == parent)) {
            write!(out, " part of `{}`", parent.text).unwrap();
        }
        out.push('\n');
    }
    out
}

#[test]
fn a_task_has_its_box_its_text_and_the_headings_above_it() {
    let text = "\
# Release
- [ ] before everything

## Before
### Code
- [x] **Tests** pass
* [X] reviewed
1. [ ] tagged
## After
- [ ] healthy
";
    let expected = "\
2 [ ] `before everything` under Release
6 [x] `**Tests** pass` under Release > Before > Code
7 [X] `reviewed` under Release > Before > Code
8 [ ] `tagged` under Release > Before > Code
10 [ ] `healthy` under Release > After
";
    assert_eq!(tasks(text), expected);
}

#[test]
fn text_is_read_without_its_markup() {
    let found = markdown("- [ ] **A** _b_ ~~c~~ `d  e` [f](https://x.example/g) &amp; \\*h\\* <br>i\n");
    let task = found.tasks().remove(0);
    assert_eq!(task.text, "A b c d  e f & *h* i");
    assert_eq!(task.links, ["https://x.example/g"]);
}

#[test]
fn items_in_items_know_what_they_are_a_part_of() {
    let text = "\
- [ ] database
  - [x] backed up
    - [ ] twice
  - plain
    1. [ ] below plain
- [ ] next
";
    let expected = "\
1 [ ] `database`
2 [x] `backed up` part of `database`
3 [ ] `twice` part of `backed up`
5 [ ] `below plain` part of `database`
6 [ ] `next`
";
    assert_eq!(tasks(text), expected);
    let found = markdown(text);
    let places: Vec<_> = found.tasks().iter().map(|task| (task.depth, task.list, task.number)).collect();
    assert_eq!(places, [(0, 1, None), (1, 2, None), (2, 3, None), (1, 4, Some(1)), (0, 1, None)]);
}

#[test]
fn what_stands_in_code_is_a_look_alike_and_no_task() {
    let text = "\
- [ ] true

```markdown
## Template
- [ ] fenced
  - [x] deeper
```

    - [ ] indented

1. step
   ~~~
   - [ ] in an item
   ~~~

````
```
- [ ] twice fenced
```
````
<!-- - [ ] commented out -->
| - [ ] cell |
|---|
| - [ ] cell |
";
    assert_eq!(tasks(text), "1 [ ] `true`\n");
    let found = markdown(text).look_alikes();
    let said: Vec<_> = found
        .iter()
        .map(|task| (task.tick.span.text(text), task.span.text(text), task.headings.join(" > "), task.parent))
        .collect();
    let none = String::new;
    assert_eq!(
        said,
        [
            ("[ ]", "fenced", "Template".to_owned(), None),
            ("[x]", "deeper", "Template".to_owned(), Some(0)),
            ("[ ]", "indented", none(), None),
            ("[ ]", "in an item", none(), None),
        ]
    );
}

#[test]
fn what_github_shows_no_box_for_is_no_task() {
    for text in
        ["- []a\n", "- [ ]a\n", "-[ ] a\n", "[ ] a\n", "- [ ]\n", "- [ ]", "- [\t] a\n", "- [y] a\n", "- a [ ] b\n"]
    {
        assert_eq!(tasks(text), "", "{text:?}");
    }
    for text in
        ["- [ ] a", "+ [x] a\n", "2) [ ] a\n", "-\t[ ] a\n", "- [ ]\ta\n", "   - [ ] a\n", "> - [ ] a\n", "a\n- [ ] b"]
    {
        assert_eq!(tasks(text).lines().count(), 1, "{text:?}");
    }
    assert_eq!(tasks("- [ ] \n"), "1 [ ] ``\n");
}

#[test]
fn places_are_bytes_behind_marks_wide_characters_and_carriage_returns() {
    let text = "\u{feff}# Änderung 🚀\r\n\r\n-\t[x] prüfen ☃\r\n  und melden\r\n- [ ] fertig\r\n";
    let expected = "3 [x] `prüfen ☃\r\n  und melden` under Änderung 🚀\n5 [ ] `fertig` under Änderung 🚀\n";
    assert_eq!(tasks(text), expected);
    assert_eq!(markdown(text).tasks().remove(0).text, "prüfen ☃ und melden");
}

#[test]
fn front_matter_stands_at_the_very_beginning_only() {
    let text = "---\ntitle: x\ntags:\n  - a\n---\n# H\n- [ ] a\n---\nb: - [ ] c\n- [ ] d\n---\n";
    let found = markdown(text);
    assert_eq!(found.front_matter().map(|span| span.text(text)), Some("title: x\ntags:\n  - a\n"));
    assert_eq!(tasks(text), "7 [ ] `a` under H\n10 [ ] `d` under H\n");
    for text in ["---\n- [ ] a\n---\n", "---\n\n- [ ] a\n", "---\ntitle: x\n- [ ] a\n"] {
        assert_eq!(markdown(text).front_matter(), None, "{text:?}");
        assert_eq!(tasks(text).lines().count(), 1, "{text:?}");
    }
}

#[test]
fn a_heading_within_a_quote_or_an_item_divides_nothing() {
    assert_eq!(tasks("# A\n> ## B\n\n- # C\n- [ ] d\n"), "5 [ ] `d` under A\n");
}

#[test]
fn comments_are_kept_aside() {
    let text = "a <!-- one --> b\n\n<!-- two\nlines -->\n- [ ] c <!-- three -->\n";
    let found: Vec<_> = markdown(text).comments().iter().map(|comment| comment.span.text(text).to_owned()).collect();
    assert_eq!(found, ["<!-- one -->", "<!-- two\nlines -->", "<!-- three -->"]);
}

#[test]
fn cells_and_code_keep_their_places() {
    let text = "| Role | Who |\n|---|---|\n| **Lead** | @ann |\n\n```bash\nnpm ci\nnpm run build\n```\n";
    let found = markdown(text);
    let cells: Vec<_> = found
        .blocks()
        .filter(|(_, block)| block.kind == BlockKind::Cell)
        .map(|(_, block)| block.inline.span.text(text))
        .collect();
    assert_eq!(cells, ["Role", "Who", "**Lead**", "@ann"]);
    let mut code = found.blocks().filter_map(|(_, block)| {
        let BlockKind::Code { info } = &block.kind else { return None };
        Some((info.clone(), block.inline.verbatim()))
    });
    assert_eq!(code.next(), Some((Some("bash".to_owned()), "npm ci\nnpm run build\n".to_owned())));
}

#[test]
fn hostile_texts_take_no_longer_than_others() {
    let deep = |part: &str, rest: &str| format!("{}{rest}", part.repeat(20_000));
    for text in [
        deep("> ", "- [ ] a\n"),
        deep("- ", "[ ] a\n"),
        deep("[", "\n- [ ] a\n"),
        deep("*a **b ", "\n- [ ] a\n"),
        deep("<!--", "-->\n\n- [ ] a\n"),
        deep("# a\n", "- [ ] a\n"),
        deep("```\n```\n", "- [ ] a\n"),
    ] {
        assert_eq!(markdown(&text).tasks().len(), 1, "{}", text.get(..20).unwrap());
    }
}

/// Whether every run's span cuts its text out of the source.
fn exact(inline: &Inline, source: &str) -> bool {
    inline.runs.iter().filter(|run| run.kind != RunKind::Break).all(|run| {
        let written = run.span.text(source);
        // An entity stands for something else than what is written, and a line end within code for a blank.
        let decoded = written.starts_with('&') || run.kind == RunKind::Code && written.contains(['\n', '\r']);
        inline.span.contains(run.span) && (written == run.text || decoded)
    })
}

proptest! {
    #[test]
    fn the_text_a_span_cuts_out_is_the_value(
        parts in proptest::collection::vec((0..14_usize, "[a-z ä☃*`_\\[\\]()&;<>!|#0-9.-]{0,12}"), 0..20),
        crlf in any::<bool>(),
    ) {
        let openings = ["- [ ] ", "- [x] ", "  - [ ] ", "1. [X] ", "> - [ ] ", "# ", "## ", "", "  ", "```\n", "---\n", "- ", "\n", "    "];
        let mut text = String::new();
        for (opening, rest) in &parts {
            writeln!(text, "{}{rest}", openings[*opening]).unwrap();
        }
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        let found = markdown(&text);
        for (_, block) in found.blocks() {
            if !matches!(block.kind, BlockKind::Code { .. }) {
                prop_assert!(exact(&block.inline, &text), "{:?} in {:?}", block.inline, text);
            }
        }
        for task in found.tasks() {
            prop_assert!(matches!(task.tick.span.text(&text), "[ ]" | "[x]" | "[X]"));
            prop_assert_eq!(task.tick.ticked, task.tick.span.text(&text) != "[ ]");
            let written = task.span.text(&text);
            if !written.contains('\n') && !task.text.is_empty() {
                let again = format!("- [ ] {written}\n");
                prop_assert_eq!(&markdown(&again).tasks().remove(0).text, &task.text, "{:?}", text);
            }
        }
        for look_alike in found.look_alikes() {
            prop_assert!(matches!(look_alike.tick.span.text(&text), "[ ]" | "[x]" | "[X]"), "{:?}", text);
        }
    }
}
