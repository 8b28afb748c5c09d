//! Which words hedge a command, and which tell something else.

use super::*;

fn words_of(hedge: Option<Hedge>) -> Option<&'static str> {
    hedge.map(|hedge| hedge.words)
}

#[test]
fn a_condition_and_a_no_are_told_from_a_title() {
    for (text, words) in [
        ("Do not run ` here", "do not"),
        ("Don’t run `", "don't"),
        ("Skip ` this time", "skip"),
        ("(cancelled) `", "cancelled"),
        ("` (cancelled)", "cancelled"),
        ("` – skipped", "skipped"),
        ("` skipped", "skipped"),
        ("Instead of ` , wait", "instead"),
        ("If the cache is stale: `", "if"),
        ("Only if asked by the DBA, drop it: `", "only"),
        ("Only on Windows:", "only"),
        ("Windows only: `", "only"),
        ("The old way was: `", "the old way"),
        ("Nothing to back up (formerly ` )", "nothing to"),
        ("Backup (formerly ` )", "formerly"),
        ("Migrate (if needed)", "if"),
        ("Clear the cache, optional: `", "optional"),
        ("Should the cache be stale: `", "should the"),
        ("Or: `", "or"),
        ("When the queue is empty: `", "when"),
        ("Unless it is Friday, `", "unless"),
        ("Not needed: `", "not"),
        ("Trigger it manually: `", "manually"),
        ("Drop (was ` )", "was"),
        ("Todo: `", "todo"),
        ("Check the cart if Tom asks: `", "if"),
        ("No backup needed: `", "no"),
        ("❌ `", "❌"),
        ("Drop: ` ⛔️", "⛔"),
        ("Won’t do: `", "won't"),
        ("On failure: `", "on failure"),
        ("E.g. `", "e.g"),
        ("As soon as the DBA agrees: `", "as soon as"),
        ("After the DBA has agreed: `", "after"),
        ("Provided the DBA agrees: `", "provided"),
        ("Assuming the cache is stale: `", "assuming"),
        ("Conditional: `", "conditional"),
        ("Pending approval: `", "pending"),
        ("Commented out: `", "commented out"),
        ("If/when it hangs: `", "if"),
        ("Moved to next week: `", "next week"),
        ("For reference: `", "for reference"),
        ("Ask Tom first: `", "ask"),
        ("Either: `", "either"),
        ("Restart, but never on Fridays: `", "never"),
        ("Please do not `", "do not `"),
        ("Use this one instead: `", "instead"),
        ("Drop (not on Fridays): `", "not"),
        ("Once the DBA agrees: `", "once"),
    ] {
        assert_eq!(words_of(hedge(text)), Some(words), "{text}");
    }
    for text in [
        "Dump: `",
        "Check if the shop answers: `",
        "Nothing was lost: `",
        "Check that no row is lost when it restarts: `",
        "Make sure nothing is left: `",
        "When it is done: `",
        "Switch to read only: `",
        "Restart only the workers: `",
        "Deploy without downtime: `",
        "Drop the deprecated columns: `",
        "Remove what was skipped: `",
        "Health of the canary: https://shop.example/health",
        "No. 1: `",
        "Restart (no downtime): `",
        "Upgrade to 4.2 (or later): `",
        "Health (should be 200): https://shop.example/health",
        "Once it is done: `",
        "Run once: `",
        "Ask for something known: `",
        "Check that the schema was migrated: `",
        "` (5 minutes)",
        "Step 3: Deploy",
        "Remove columns that are no longer used: `",
        "Send traffic to green instead of blue: `",
        "Scale to 5 replicas (was 3): `",
        "Install optional dependencies: `",
        "Install optional packages: `",
        "Health (not cached): https://shop.example/health",
        "Enable emails when an order is shipped: `",
        "Delete users who have never logged in: `",
        "Delete images (not the current one): `",
        "Delete jobs that do not run: `",
        "Pending migrations: `",
        "Cancelled orders: `",
        "After the deployment: `",
    ] {
        assert_eq!(hedge(text), None, "{text}");
    }
}

#[test]
fn prose_is_taken_at_its_word_where_it_speaks_of_the_command() {
    let before = |text| words_of(hedge_in_prose(text, Prose::BeforeFirst));
    let next = |text| words_of(hedge_in_prose(text, Prose::BeforeNext));
    let behind = |text| words_of(hedge_in_prose(text, Prose::Behind));
    assert_eq!(before("If it fails, restore the database:"), Some("if"));
    assert_eq!(before("If it fails, restore the database."), Some("if"));
    assert_eq!(before("It is old. Run this only on Windows."), Some("run this only"));
    assert_eq!(before("If you are on a VPN, leave it. This takes an hour, and nobody notices when it restarts."), None);
    assert_eq!(before("If anything fails, roll back."), None);
    assert_eq!(before("Do not interrupt it."), None);
    assert_eq!(before("It does not touch the database. It takes only a minute."), None);
    assert_eq!(before("Only one replica is down at a time. The old API is deprecated."), None);
    assert_eq!(next("Restore the database if it fails."), Some("if"));
    assert_eq!(next("Then the workers. Do not interrupt them."), None);
    assert_eq!(behind("Only if the DBA asks"), Some("only if"));
    assert_eq!(behind("If the cache is stale"), Some("if"));
    assert_eq!(behind("If it hangs, call Tom. Never interrupt it."), None);
    assert_eq!(behind("This step is optional."), Some("optional"));
    for text in [
        "This takes ten minutes. If it takes longer, look at the log.",
        "Once per host.",
        "If you see 502s, that is normal.",
        "It takes only a minute.",
    ] {
        assert_eq!([before(text), next(text), behind(text)], [None; 3], "{text}");
        assert_eq!(hedge_in_prose(text, Prose::BeforeList), None, "{text}");
    }
}

#[test]
fn what_a_way_back_is_taken_for_is_no_condition_of_it() {
    assert!(is_trigger("Roll back if the error rate is above 5 %:") && is_trigger("If anything goes wrong:"));
    assert!(!is_trigger("If the DBA asks, drop it:") && !is_trigger_alone("If anything goes wrong, drop it:"));
    for text in ["Roll back if errors > 5 %: `", "Rollback immediately if:", "Roll back the release in case of errors:"]
    {
        assert!(is_trigger_alone(text), "{text}");
    }
    assert!(!is_trigger("Roll back the database if the DBA asks:"));
}
