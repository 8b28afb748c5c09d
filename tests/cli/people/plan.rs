//! What is told of a plan: its documents, whole and in parts.

use std::collections::HashMap;

use super::journal::{Line, TEN, told, written};
use super::{AT, compile, text_of};
use crate::compile::lint;
use crate::door::{Cli, repository};
use crate::examples::{Example, examples};

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
    for Example { name, text, at } in &examples() {
        let wanted = text
            .lines()
            .filter(|line| ["item ", "- ["].iter().any(|begins| line.trim_start().starts_with(begins)))
            .count();
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
    let pages = examples().iter().fold(pages, |pages, Example { name, at, .. }| {
        pages.file(&format!("{name}.html"), text_of(&compile(name, at, &["--to", "html"])))
    });
    lint(&pages, "html-validate", &["."]);
}

#[test]
fn every_id_of_a_page_is_its_own_and_every_link_leads_somewhere() {
    for Example { name, at, .. } in &examples() {
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
