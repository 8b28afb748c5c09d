//! What the proofs let through, and what they say of what they do not.

use super::{PROOF_DESCRIPTORS, prove};
use crate::runbook::lower::testing::{CHECKOUT, RELEASE, plan_with, read};

const HEADINGS: [&str; 4] = ["## What it does", "## Why is this bad?", "## Example", "## Use instead"];

/// What is said of a plan, each as `id: message | underlined text | help`, related places below.
#[track_caller]
fn proven(plan: &str, policies: &[&str]) -> Vec<String> {
    let read = read(plan, policies);
    let procedure = read.lowered().unwrap();
    read.lines(&prove(&read.plan, &procedure))
}

fn fences(doc: &str) -> Vec<&str> {
    doc.split("```stopline\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect()
}

#[test]
fn the_examples_are_proven() {
    let none: [&str; 0] = [];
    assert_eq!(proven(CHECKOUT, &[RELEASE]), none);
    assert_eq!(proven(include_str!("../../../examples/quick.plan"), &[RELEASE]), none);
}

#[test]
fn the_longest_legs_of_the_path_are_named() {
    assert_eq!(
        proven(&CHECKOUT.replace("duration = 2h", "duration = 1h"), &[RELEASE]),
        [
            "plan/worst-case-exceeds-window: at worst the run takes 1h54m10s, and the window is open for 1h; the longest on its path: reading metrics 22m20s, `backup-db` 20m20s, the way back 16m40s | 1h | open the window for 1h55m or longer, or shorten what takes longest",
            "  takes up to 20m20s | backup-db",
            "  takes up to 16m40s | rollback",
        ]
    );
}

#[test]
fn the_longest_undos_are_named() {
    assert_eq!(
        proven(&CHECKOUT.replace("within = 20m", "within = 15m"), &[]),
        [
            "plan/rollback-exceeds-within: at worst the way back takes 16m40s, and `within` promises 15m; the longest on its path: `restart` 10m20s, the undo of `migrate` 5m10s, the undo of `canary` 1m10s | 15m | promise 17m or longer, or shorten the limits of what is undone",
            "  takes up to 10m20s | restart",
            "  takes up to 5m10s | migrate",
            "  takes up to 1m10s | canary",
        ]
    );
}

#[test]
fn what_fits_to_the_second_is_let_through() {
    let plan = |duration: &str| {
        plan_with("phase verify { watch stable { for = 30m } }")
            .replace("duration = 12h", &format!("duration = {duration}"))
    };
    assert_eq!(proven(&plan("30m2s"), &[]).len(), 0);
    assert_eq!(proven(&plan("30m1s"), &[]).len(), 2);
}

#[test]
fn without_a_promise_nothing_is_proven() {
    let plan = plan_with("phase verify { watch stable { for = 30w } }")
        .replace("  window { start = 2026-11-24T10:00, duration = 12h, zone = \"UTC\" }\n", "");
    assert_eq!(proven(&plan, &[]).len(), 0);
}

#[test]
fn what_a_checklist_asks_for_is_named_where_it_stands() {
    let plan =
        plan_with("checklist \"C\" { item \"All tests pass\" { run = \"t\" } }\nphase verify { watch w { for = 1s } }")
            .replace("duration = 12h", "duration = 1m");
    assert_eq!(proven(&plan, &[])[1..], ["  takes up to 10m10s | \"All tests pass\"", "  takes up to 3s | w"]);
}

#[test]
fn every_document_shows_what_its_proof_says() {
    for descriptor in PROOF_DESCRIPTORS {
        let headings: Vec<&str> = descriptor.doc.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings, HEADINGS, "{}", descriptor.id);
        let [bad, good] = fences(descriptor.doc)[..] else { panic!("{}", descriptor.id) };
        let said = proven(bad, &[]);
        assert!(said[0].starts_with(&format!("{}: ", descriptor.id)), "{said:#?}");
        assert!(said[1..].iter().all(|line| line.starts_with("  ")), "{said:#?}");
        assert_eq!(proven(good, &[]), [""; 0], "{}", descriptor.id);
    }
}

#[test]
fn what_a_step_captures_is_known_to_its_own_way_back_alone() {
    let plan = plan_with(
        r#"phase deploy {
          step image { run = "./set.sh", capture = { OLD_IMAGE = "./image.sh" }, undo = "./set.sh \"$OLD_IMAGE\"" }
          step more { run = "./more.sh", undo = "./less.sh ${OLD_IMAGE}" }
          step own { run = "./own.sh", undo = "OLD_IMAGE=x; ./own.sh \"$OLD_IMAGE\"" }
        }
        rollback { step start { run = "./start.sh $OLD_IMAGE $HOME" } }"#,
    );
    assert_eq!(
        proven(&plan, &[]),
        [
            "plan/unset-in-undo: the way back of `more` reads `OLD_IMAGE`, which is captured for `image` alone | more | take it back in the `undo` of `image`, or capture it in `more` too",
            "plan/unset-in-undo: the way back of `start` reads `OLD_IMAGE`, which is captured for `image` alone | start | take it back in the `undo` of `image`: where that has not begun, nothing was captured",
        ]
    );
}

#[test]
fn what_stands_in_the_env_of_one_step_is_given_to_no_other() {
    let plan = plan_with(
        r#"phase deploy {
          step pull { run = "./pull.sh \"$TAG\"", env = { TAG = "v1", LANG = "C" }, undo = "./drop.sh \"$TAG\"" }
          step more { run = "./more.sh", undo = "./less.sh ${TAG:-none} $LANG" }
          step other { run = "./other.sh \"$TAG\"", undo = "./less.sh \"$TAG\"" }
        }
        rollback { step start { run = "./start.sh $TAG" } }"#,
    );
    assert_eq!(
        proven(&plan, &[]),
        [
            "plan/unset-in-undo: the way back of `start` reads `TAG`, which is given to `pull` alone | start | say `env = { TAG = … }` in `start`, or what holds without it: `${TAG:-…}`",
        ]
    );
}
