//! What is struck through, conditioned or taken back is not simply run.

use super::{plan, sound};

/// Each text has one complaint, which begins so.
#[track_caller]
fn said(cases: &[(&str, &str)]) {
    for (text, cut) in cases {
        let (plan, complaints) = plan(text);
        let wanted = format!("plan/not-understood `{cut}");
        assert!(complaints.starts_with(&wanted) && complaints.lines().count() == 1, "{text}\n{complaints}\n{plan}");
    }
}

const SMOKE: &str = "## Verification\n\n### Smoke\n\n```\n./smoke.sh\n```\n\n";

#[test]
fn words_before_a_further_block_of_code_may_condition_it() {
    let restore = "```\n./restore-db.sh\n```\n";
    for words in [
        "If it fails, restore the database:",
        "If it fails, restore the database.",
        "Restore the database if it fails.",
        "Only on Windows:",
        "The old way was:",
        "Otherwise:",
        "Or:",
    ] {
        let text = format!("{SMOKE}{words}\n\n{restore}");
        let (plan, complaints) = plan(&text);
        let wanted = format!("plan/not-understood `{words}` ");
        assert!(complaints.starts_with(&wanted) && complaints.lines().count() == 1, "{text}\n{complaints}");
        // It is said, and lost is it not.
        assert!(plan.contains("./restore-db.sh"), "{plan}");
    }
    said(&[
        ("## Deploy\n\nthe old way was:\n\n    ./old.sh\n", "the old way was:`"),
        ("## Deploy\n### Drop (if needed)\n```\n./drop.sh\n```\n", "Drop (if needed)`"),
        ("## Deployment (Windows only)\n1. Up: `./up.sh`\n2. Go: `./go.sh`\n", "Deployment (Windows only)`"),
        ("## Optional\n### Deployment\n1. Up: `./up.sh`\n", "Optional`"),
        ("## Deploy\n\nOnly on Windows:\n\n1. Up: `./up.sh`\n", "Only on Windows:`"),
        ("## Deploy\n\nOnly on Windows:\n\n```stopline\nwatch w { for = 1m }\n```\n", "Only on Windows:`"),
        ("## Deploy\n### Drop\n```\n./drop.sh\n```\n\nSkip this on Fridays.\n", "Skip this on Fridays.`"),
        ("## Deploy\n### Up\n```\n./up.sh\n```\nUndo:\n\nOnly if asked:\n\n```\n./down.sh\n```\n", "Only if asked:`"),
    ]);
    for quiet in
        ["Then the workers:", "Do not interrupt it.", "This restarts the workers.", "When it is done, the workers:"]
    {
        sound(&format!("{SMOKE}{quiet}\n\n```\n./workers.sh\n```\n\nIf it hangs, call Tom.\n"));
        sound(&format!(
            "## Verify\n\n### Workers\n\nIf you have questions, ask Tom. {quiet}\n\n```\n./workers.sh\n```\n"
        ));
    }
    for quiet in [
        "This takes ten minutes. If it takes longer, look at the log.",
        "Once per host.",
        "If you see 502s, that is normal.",
        "It takes only a minute.",
    ] {
        sound(&format!("{SMOKE}{quiet}\n\n```\n./workers.sh\n```\n\n{quiet}\n"));
        sound(&format!("## Deploy\n\n{quiet}\n\n1. Up: `./up.sh`\n   - {quiet}\n\n   {quiet}\n"));
    }
    sound("## Deploy\n\nIf you have questions, ask Tom.\n\n1. Up: `./up.sh`\n   - If it hangs, call Tom.\n");
}

#[test]
fn the_line_of_a_command_may_take_it_back() {
    said(&[
        ("## Deploy\n1. Do not run `./drop.sh` here\n", "Do not run `./drop.sh` here`"),
        ("## Deploy\n1. Skip `./drop.sh` this time\n", "Skip `./drop.sh` this time`"),
        ("## Deploy\n1. (cancelled) `./old2.sh`\n", "(cancelled) `./old2.sh"),
        ("## Deploy\n1. Instead of `./old3.sh`, wait\n", "Instead of `./old3.sh`, wait`"),
        ("## Deploy\n1. If the cache is stale: `./flush.sh`\n", "If the cache is stale: `./flush.sh"),
        ("## Rollback\n1. Only if asked by the DBA, drop it: `./drop.sh`\n", "Only if asked by the DBA"),
        ("## Backup\n1. Nothing to back up (formerly `./backup.sh`)\n", "Nothing to back up"),
        ("## Verify\n- If behind the CDN: https://s.example/health\n", "If behind the CDN"),
        ("## Deploy\n1. Up: `./up.sh`\n   - Undo: `./down.sh` (only if asked)\n", "Undo: `./down.sh` (only if asked)"),
        ("## Deploy\n1. Up: `./up.sh`\n   - Only if the DBA asks\n", "Only if the DBA asks`"),
        ("## Deploy\n1. Up: `./up.sh`\n   - When: the cache is stale\n", "When: the cache is stale`"),
        ("## Deploy\n1. Up: `./up.sh`\n\n   This step is optional.\n", "This step is optional.`"),
        ("## Deploy\n1. Drop it, never on a Friday\n   ```\n   ./drop.sh\n   ```\n", "Drop it, never on a Friday`"),
        ("## List\n- [ ] Do not run: `./drop.sh`\n", "Do not run: `./drop.sh"),
    ]);
    for words in [
        "As soon as the DBA agrees",
        "After the DBA has agreed",
        "Provided the DBA agrees",
        "Assuming the cache is stale",
        "Conditional",
        "Pending approval",
        "Commented out",
        "If/when it hangs",
        "Moved to next week",
        "For reference",
        "Ask Tom first",
        "Either",
        "Option B",
        "Scenario 2",
        "Tomorrow",
        "Check with the DBA, then drop it",
        "Repeat",
        "Repeat step 3",
        "Next day",
        "After 24 hours",
        "Not part of this release",
        "Already done",
        "Blocked",
        "Emergency stop",
        "Kill switch",
        "Failure",
    ] {
        said(&[
            (&format!("## Deploy\n1. {words}: `./x.sh`\n"), words),
            (&format!("## Deploy\n1. Up: `./up.sh`\n\n{words}:\n\n```\n./x.sh\n```\n"), words),
        ]);
    }
    for title in [
        "Remove columns that are no longer used",
        "Send traffic to green instead of blue",
        "Scale to 5 replicas (was 3)",
        "Install optional dependencies",
        "Install optional packages",
        "Enable emails when an order is shipped",
        "Delete users who have never logged in",
        "Delete images (not the current one)",
        "Repeat the smoke test",
        "Option parser",
        "Check with curl",
    ] {
        sound(&format!("## Deploy\n1. {title}: `./x.sh`\n"));
        sound(&format!("## Deploy\n### {title}\n```\n./x.sh\n```\n"));
    }
    sound("## Verify\n- Health (not cached): https://s.example/health\n");
    sound("## Communication\n- Before it starts: `./a.sh`\n- When it is done: `./b.sh`\n");
    sound("## List\n- [ ] Migrated, if needed\n- [ ] No known bugs\n");
}

#[test]
fn a_footnote_may_take_its_line_back() {
    let step = "## Deploy\n1. Purge[^1]: `./purge.sh`\n\n## Notes\n\n";
    said(&[
        (&format!("{step}[^1]: Only if the DBA agrees.\n"), "Only if the DBA agrees.`"),
        (&format!("{step}[^1]: Needs the approval of Ann.\n"), "Needs the approval of Ann.`"),
    ]);
    assert!(!plan(&format!("{step}[^1]: It takes a minute.\n")).1.contains("not-understood"));
}

#[test]
fn when_a_way_back_is_taken_is_no_condition_of_its_steps() {
    for text in [
        "## Rollback (if needed)\n1. Back: `./back.sh`\n",
        "## Rollback\n\nRoll back if the error rate is above 5 %:\n\n```\n./back.sh\n```\n",
        "## Rollback\n\nIf anything goes wrong:\n\n1. Back: `./back.sh`\n",
        "## If something goes wrong\n### Rollback\n1. Back: `./back.sh`\n",
        "## Rollback\n\nRollback immediately if:\n- `./errors.sh`\n",
        "## Rollback\n1. Roll back if errors > 5 %: `./back.sh`\n",
    ] {
        sound(text);
    }
    said(&[
        (
            "## Rollback\n\nRoll back the database only if the DBA asks:\n\n```\n./drop.sh\n```\n",
            "Roll back the database",
        ),
        ("## Rollback\n### Roll back the database (if migrated)\n```\n./drop.sh\n```\n", "Roll back the database"),
        ("## Rollback (only on Windows)\n1. Back: `./back.sh`\n", "Rollback (only on Windows)`"),
    ]);
    sound("## Rollback\n### When to roll back\n```\n./errors.sh\n```\n");
    said(&[("## Rollback\n### If the DBA asks\n```\n./drop.sh\n```\n", "If the DBA asks`")]);
}

#[test]
fn what_is_struck_through_is_not_there() {
    said(&[
        ("## Deploy\n1. ~~Drop the old table: `./drop.sh`~~\n", "Drop the old table"),
        ("## Deploy\n1. ~~Drop the old table~~: `./drop.sh`\n", "Drop the old table"),
        ("## Deploy\n1. <del>Drop the old table: `./drop.sh`</del>\n", "Drop the old table"),
        ("## Deploy\n### ~~Drop~~\n```\n./drop.sh\n```\n", "Drop`"),
        ("## Deploy\n1. Up: `./up.sh`\n   - ~~Undo: `./down.sh`~~\n", "Undo: `./down.sh"),
        ("## Verify\n- ~~Health: https://s.example/health~~\n", "Health: https://s.example/health`"),
        ("## Verify\n- ~~Monitor for 15 minutes~~\n", "Monitor for 15 minutes`"),
        ("## List\n- [x] ~~All tests pass~~\n", "All tests pass`"),
        ("## List\n- [x] Tests\n  - ~~Evidence: https://ci.example~~\n", "Evidence: https://ci.example`"),
        ("## Team\n- Lead: ~~@ann~~ @bob\n", "@ann`"),
        ("**Urgent**: ~~the shop is down~~\n", "the shop is down`"),
        ("| Risk | low |\n|---|---|\n| Urgent | ~~the shop is down~~ |\n", "the shop is down`"),
    ]);
    sound("# Shop\nIt takes ~~5~~ 10 minutes.\n\n## Notes\n\n~~Nothing~~\n\n**Service**: shop\n");
    sound("## Deploy\n1. Up: `./up.sh`\n\nIt takes ~~5~~ 10 minutes.\n");
}
