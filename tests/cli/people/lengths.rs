//! Every time and length that a document says is one that the run can take.

use super::{AT, compile, of_body, text_of};
use crate::examples::{Example, examples};

/// The guards read `m` for 20 s at most, and so does every look at the flag.
const READ: &str = r#"
metric m { run = "sleep 8; echo 1", every = 1s, timeout = 10s }
phase deploy { step a { run = "sleep 1", undo = "true", timeout = 2s } }
phase verify { step b { run = "date", timeout = 2s } }
redflag r { during deploy
  stop when metric.m > 5 for 5s
  then rollback }"#;

#[test]
fn what_is_read_and_waited_for_is_in_every_time_that_is_said() {
    let page = of_body(READ, &["--to", "markdown"]);
    // The guards; before `a`; `a`, and what is read while it ends; the last looks, and the flag that settles.
    for said in [
        "| 40 s | a (`a`) | ≤ 32 s, changes production |",
        "### deploy, over after 1 min 59 s at worst",
        "1. **a** (`a`), at most 32 s",
        "| 1 min 59 s | b (`b`) | ≤ 12 s |",
        "### verify, over after 3 min at worst",
        "| 3 min | The way back, from the very end (`rollback`) | ≤ 12 s |",
    ] {
        assert!(page.contains(said), "`{said}` is not in {page}");
    }
    assert!(!page.contains("people take at a hold"), "{page}");
}

#[test]
fn the_last_phase_is_over_when_the_way_back_from_the_very_end_begins() {
    for Example { name, at, .. } in &examples() {
        let page = text_of(&compile(name, at, &["--to", "markdown"]));
        let over = page.lines().rev().find_map(|line| line.split_once(", over after ")?.1.strip_suffix(" at worst"));
        let back = page.lines().find(|line| line.contains("The way back, from the very end"));
        if let (Some(over), Some(back)) = (over, back) {
            assert!(back.starts_with(&format!("| {over} |")), "{name}: {over}, {back}");
        }
    }
}

#[test]
fn where_people_are_waited_for_every_worst_case_says_that_this_comes_on_top() {
    let said = "what people take at a hold comes on top";
    for part in ["announcement", "updates", "runbook"] {
        let page = text_of(&compile("checkout.plan", AT, &["--to", "markdown", "--part", part]));
        assert!(page.contains(said), "{part}: {page}");
    }
}

#[test]
fn a_flag_is_drawn_where_it_is_armed_and_not_between() {
    let page = of_body(
        r#"metric m { run = "echo 1", timeout = 10s }
phase prepare { step p { run = "true", timeout = 2s } }
phase deploy { step a { run = "true", undo = "true", timeout = 2m } }
phase verify { step v { run = "true", timeout = 2s } }
redflag r { during prepare, verify
 stop when metric.m > 5
 then rollback }"#,
        &["--to", "markdown", "--part", "runbook"],
    );
    let drawn: Vec<&str> = page.lines().filter(|line| line.ends_with("| r (`r`) | red flag, watched |")).collect();
    assert_eq!(drawn, ["| 20 s | r (`r`) | red flag, watched |", "| 4 min | r (`r`) | red flag, watched |"]);
}
