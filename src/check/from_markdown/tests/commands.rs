//! What is run stands in backticks or in a block of code: prose is never taken for a command.

use super::{plan, sound};
use crate::syntax::ast::{Block, Entry};

#[test]
fn prose_is_no_command() {
    for (line, cut) in [
        ("Undo: not possible", "not possible"),
        ("Undo: call @tom, he knows", "call @tom, he knows"),
        ("Undo: ./back.sh", "./back.sh"),
        ("Verify: look at the cart", "look at the cart"),
        ("**Rollback**: see `docs/back.md`", "see `docs/back.md`"),
        ("Undo: `./a.sh`, then `./b.sh`", "`./a.sh`, then `./b.sh`"),
        ("Undo: `./a.sh` unless Tom is there", "`./a.sh` unless Tom is there"),
    ] {
        for text in [
            format!("## Deploy\n### Switch\n```sh\n./s.sh\n```\n{line}\n"),
            format!("## Deploy\n1. Switch: `./s.sh`\n   - {line}\n"),
        ] {
            let (plan, complaints) = plan(&text);
            let wanted = format!("plan/not-understood `{}` ", cut.trim_matches('`'));
            assert!(
                complaints.starts_with(&wanted) || complaints.contains(&format!("`{cut}`")),
                "{text}\n{complaints}"
            );
            assert_eq!(complaints.lines().count(), 1, "{complaints}");
            assert!(!plan.contains("undo =") && !plan.contains("verify ="), "{plan}");
        }
    }
    let (plan, complaints) = plan("## List\n- [ ] Lint\n  - Run: npm run lint\n");
    assert!(complaints.contains("`Run` holds no command") && !plan.contains("run ="), "{complaints}{plan}");
}

#[test]
fn what_says_nothing_is_absent() {
    for nothing in ["n/a", "N/A", "none", "None.", "-", "–", "not applicable", "no"] {
        let plan = sound(&format!("## Deploy\n1. Switch: `./s.sh`\n   - Undo: {nothing}\n   - Verify: {nothing}\n"));
        assert_eq!(plan, "phase deploy\n  step `Switch`\n    run = \"./s.sh\" `./s.sh`\n", "{nothing}");
    }
}

#[test]
fn the_title_of_a_step_is_what_stands_before_its_command() {
    for line in [
        "Dump `./d.sh`",
        "Dump: `./d.sh`",
        "**Dump** `./d.sh` (5 minutes)",
        "*Dump* - `./d.sh`",
        "Dump: `D`",
        "Dump `u`",
    ] {
        let (block, _) = super::parts(&format!("## Backup\n1. {line}\n"));
        let titles = titles(&block);
        assert_eq!(titles, ["Dump"], "{line}");
    }
    let (block, _) = super::parts("## Verify\n- Health <https://s.example/health>\n- [Cart](https://s.example/cart)\n");
    assert_eq!(titles(&block), ["Health", "https://s.example/cart"]);
}

/// Of whatever stands in the first phase.
fn titles(plan: &Block) -> Vec<String> {
    let blocks = |block: &Block| -> Vec<Block> {
        let inner =
            block.body.iter().filter_map(|entry| if let Entry::Block(inner) = entry { Some(inner) } else { None });
        inner.cloned().collect()
    };
    let actions = blocks(plan).first().map(blocks).unwrap_or_default();
    actions.into_iter().filter_map(|action| Some(action.title?.value.value)).collect()
}

#[test]
fn a_command_stands_alone_behind_its_label() {
    let expected = "\
phase deploy
  step `Switch`
    run = \"./s.sh\" `./s.sh`
    undo = \"./b.sh\" `./b.sh`
";
    for line in [
        "Undo: `./b.sh`",
        "Undo: `./b.sh` (5 minutes)",
        "Undo: `./b.sh`.",
        "Undo:\n     ```bash\n     ./b.sh\n     ```",
    ] {
        assert_eq!(sound(&format!("## Deploy\n1. Switch: `./s.sh`\n   - {line}\n")), expected, "{line}");
    }
    // What is behind a label is no command of the step itself.
    let fenced = "## Deploy\n1. Switch: `./s.sh`\n\n   Undo:\n\n   ```bash\n   ./b.sh\n   ```\n";
    assert_eq!(sound(fenced), expected);
    let both = "## Deploy\n1. Switch: `./s.sh`\n   ```bash\n   ./t.sh\n   ```\n";
    assert!(plan(both).1.contains("this step holds 2 commands"));
    let title = "## Deploy\n1. Restart `shop`\n   ```bash\n   ./t.sh\n   ```\n";
    assert_eq!(sound(title), "phase deploy\n  step `Restart `shop`\n    run = \"./t.sh\" `./t.sh`\n");
}

#[test]
fn what_stands_below_a_probe_a_watch_or_an_item_is_read() {
    let text =
        "## Verify\n- Health: https://s.example/health\n  - Every: 10 seconds\n- Look at the cart\n  - By: @kim\n";
    let plan = sound(text);
    assert!(plan.contains("every = 10s") && plan.contains("by = @kim"), "{plan}");
}

#[test]
fn a_text_that_denies_is_absent_and_one_that_says_nothing_is_handed_on() {
    for nothing in ["no", "false", "0", "nope", "None.", "n/a", "-", "Off"] {
        for field in ["**Urgent**", "**Ticket**", "Urgent"] {
            assert_eq!(sound(&format!("{field}: {nothing}\n")), "", "{field} {nothing}");
        }
        assert_eq!(sound(&format!("---\nurgent: {nothing}\n---\n# Shop\n")), "", "{nothing}");
        let step = format!("## Deploy\n1. Switch: `./s.sh`\n   - Irreversible: {nothing}\n   - Undo: {nothing}\n");
        assert_eq!(sound(&step), "phase deploy\n  step `Switch`\n    run = \"./s.sh\" `./s.sh`\n", "{nothing}");
        let list = format!("## List\n- [ ] Lint\n  - Skip: {nothing}\n  - Evidence: {nothing}\n");
        assert_eq!(sound(&list), "checklist `List`\n  item `Lint`\n    done = false `[ ]`\n", "{nothing}");
        assert_eq!(sound(&format!("**Staging evidence**: {nothing}\n")), "", "{nothing}");
        let change = format!("## Changes\n- Fix: cart\n  - Ticket: {nothing}\n");
        assert_eq!(sound(&change), "change `cart`\n  kind = fix `Fix`\n", "{nothing}");
    }
    // What is said later, or of nothing in particular, is no reason: whoever reads attributes says so.
    for later in ["TBD", "todo", "?", "yes", "true"] {
        assert_eq!(sound(&format!("**Urgent**: {later}\n")), format!("urgent = {later:?} `{later}`\n"));
        let (plan, complaints) = plan(&format!("## Deploy\n1. Switch: `./s.sh`\n   - Undo: {later}\n"));
        assert!(
            complaints.starts_with(&format!("plan/not-understood `{later}` `Undo` holds no command")),
            "{complaints}"
        );
        assert!(!plan.contains("undo"), "{plan}");
    }
}

#[test]
fn a_label_in_italics_is_one() {
    let plan = sound("## Deploy\n1. Up: `./up.sh`\n   - *Undo*: `./down.sh`\n   - _Verify_: `./look.sh`\n");
    assert!(plan.contains("undo = \"./down.sh\"") && plan.contains("verify = \"./look.sh\""), "{plan}");
}

#[test]
fn an_address_may_have_a_remark_behind_it() {
    for line in ["Health: https://s.example/health (expect 200)", "Health: https://s.example/health"] {
        let plan = sound(&format!("## Verify\n- {line}\n"));
        assert!(plan.contains("http = \"https://s.example/health\" `https://s.example/health`"), "{plan}");
    }
}
