//! What a document says of the turns that a run takes is what that run does.

use super::of_body;

fn announced(body: &str) -> String {
    let page = of_body(body, &["--to", "markdown", "--part", "announcement"]);
    page.lines().find_map(|line| line.strip_prefix("At worst it takes ")).unwrap().to_owned()
}

fn reasons(body: &str) -> Vec<String> {
    let page = of_body(body, &["--to", "markdown", "--part", "rollback-card"]);
    let (_, rest) = page.split_once("## When\n\n").unwrap();
    rest.split("\n\n").next().unwrap().lines().map(ToOwned::to_owned).collect()
}

const FLAGS: &str = r#"
metric m { run = "echo 1" }
redflag on { stop when metric.m > 1
  then fix-forward }
redflag wait { stop when metric.m > 2
  then hold }"#;

#[test]
fn what_a_run_does_by_itself_is_announced_as_its_flags_say() {
    let step = r#"phase deploy { step a { run = "true", undo = "true", timeout = 4s } }"#;
    assert_eq!(
        announced(step),
        "28 s. It stops by itself when something fails, and everything that was begun is taken back, which takes at most 14 s."
    );
    let back =
        format!("{step}\nmetric m {{ run = \"echo 1\" }}\nredflag r {{ stop when metric.m > 1\n then rollback }}");
    assert!(announced(&back).contains(
        "It stops by itself when something fails, or a red flag is raised, and everything that was begun is taken back"
    ));
    let others = announced(&format!("{step}\n{FLAGS}"));
    assert!(
        others.contains("when something fails, and")
            && others.ends_with(
                "At some red flags it stops and waits for people. At some red flags it goes on, and what they are about is \
                 repaired afterwards."
            ),
        "{others}"
    );
    let caught = "redflag r { stop when phase.deploy.failed\n then hold }";
    assert_eq!(
        announced(&format!("{step}\n{caught}")),
        "28 s. People can have what was begun taken back, which takes at most 14 s. At some red flags it stops and waits for people."
    );
}

#[test]
fn what_cannot_be_taken_back_is_announced_as_that() {
    let announced = announced(
        r#"phase deploy {
  step b { run = "true", undo = "true", timeout = 4s }
  step a "Drop it" { run = "true", irreversible = "never", timeout = 4s }
}
redflag r { stop when step.a.failed
  then fix-forward }"#,
    );
    assert_eq!(
        announced,
        "42 s. It stops by itself when something fails that the plan does not allow for. What was begun is taken back in at most 14 s, \
         unless **Drop it** was begun: that cannot be taken back, and people take over. At some red flags it goes on, and \
         what they are about is repaired afterwards."
    );
}

#[test]
fn where_only_people_lead_back_or_nothing_can_be_taken_back_that_is_announced() {
    let announced = |undo: &str, more: &str| {
        announced(&format!("phase deploy {{ step a {{ run = \"true\", {undo}, timeout = 4s }} {more} }}\n{HOLD}"))
    };
    let kept = "irreversible = \"never\"";
    assert!(announced(kept, "").starts_with(
        "14 s. Nothing is taken back once **a** was begun: that cannot be taken back, and people take over."
    ));
    let last = "step b { run = \"true\", irreversible = \"never\" }";
    assert!(
        announced("undo = \"true\"", last)
            .contains("People can have what was begun taken back in at most 14 s, unless **b** was begun")
    );
    let hosts = "strategy rolling { hosts = [\"h1\", \"h2\"], max_fail = 1, run = \"r\", undo = \"u\" }";
    let rolling = format!("phase deploy {{ {hosts} }}");
    assert!(self::announced(&rolling).contains("when something fails that the plan does not allow for, and"));
}

const HOLD: &str = "redflag held { stop when phase.deploy.failed\n then hold }";

#[test]
fn nothing_is_announced_to_be_taken_back_where_nothing_is_changed() {
    let step = r#"phase prepare { step a { run = "true", timeout = 4s } }"#;
    assert_eq!(
        announced(step),
        "14 s. It stops by itself when something fails; there is nothing to be taken back then."
    );
}

#[test]
fn the_card_names_all_that_leads_back_and_nothing_else() {
    let all = r#"phase prepare { probe early { run = "true" } }
phase deploy {
  step a { run = "true", undo = "true", verify = "true" }
  step b { run = "true", undo = "true" }
  strategy rolling { hosts = ["h1", "h2"], batch = 2, max_fail = 1, run = "r", undo = "u" }
  probe well "It is well" { run = "true", failures = 2 }
  probe odd { run = "true" }
  hold go { by = [@ann], expires = 5m }
}
redflag held { stop when step.b.failed
  then hold }
redflag on { stop when probe.odd.failed
  then fix-forward }
redflag back "Too much" { stop when step.b.failed and step.a.failed
  then rollback }"#;
    assert_eq!(
        reasons(all),
        [
            "- **Too much** (`back`)",
            "- a step fails, its retries included, or its verification does; but not `b`, of which a red flag says more",
            "- **rolling** (`rolling`): more than 1 of 2 fail, their retries included",
            "- **It is well** (`well`) is bad 2 times in a row",
            "- somebody refuses a hold, or it expires",
            "- the lead says so",
        ]
    );
    let canary = r#"phase deploy { strategy canary { steps = [10%, 100%], shift = "s", undo = "u" } }"#;
    assert_eq!(reasons(canary), ["- **canary** (`canary`): a share fails, its retries included", "- the lead says so"]);
    let caught = r#"phase deploy { hold go { by = [@ann] }
step a { run = "true", undo = "true" } }
redflag held { stop when phase.deploy.failed
  then hold }"#;
    assert_eq!(reasons(caught), ["- the lead says so"]);
}

#[test]
fn the_card_says_where_the_runbook_hands_over() {
    let card = of_body(
        r#"phase deploy { step a { run = "true", irreversible = "never" } }"#,
        &["--to", "markdown", "--part", "rollback-card"],
    );
    assert!(card.contains("undoes what was begun, until it comes to what cannot be undone."), "{card}");
}

#[test]
fn the_card_does_not_have_people_do_what_the_runbook_would_not() {
    let card = of_body(
        r#"phase deploy { step a { run = "true", undo = "true" } }
rollback { step restart { run = "restart the release before" } }"#,
        &["--to", "markdown", "--part", "rollback-card"],
    );
    assert!(card.contains("**restart** (`restart`), only where a change was begun"), "{card}");
    assert!(card.contains("is interrupted first (Ctrl-C): that alone undoes nothing."), "{card}");
}
