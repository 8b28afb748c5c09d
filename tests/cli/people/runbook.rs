//! What the runbook and the messages for people say of each action, each limit and each end.

use super::of_body;

#[track_caller]
fn says(page: &str, all: &[&str]) {
    for said in all {
        assert!(page.contains(said), "`{said}` is not in {page}");
    }
}

#[test]
fn a_hold_says_what_silence_and_a_no_lead_to() {
    let page = of_body(
        r#"phase deploy { hold short { by = [lead, approvers], needs = 2, expires = 150s }
hold long { by = [@ann] }
step a { run = "true", undo = "true" } }"#,
        &["--to", "markdown", "--part", "runbook"],
    );
    says(
        &page,
        &[
            "2 of **@ann, @bob** must sign within 2 min 30 s of when it is first reached. Silence is no. A no takes back what was begun;",
            "`bash release.sh resume --approve short --as WHO`, once for each of them",
            "1 of **@ann** must sign, and it waits until they do. A no takes back what was begun;",
        ],
    );
}

#[test]
fn what_acts_after_a_while_acts_no_sooner_than_it_is_said() {
    let page = of_body(
        r#"phase deploy { step a { run = "true", undo = "true", retries = 1, retry_delay = 150s }
watch w { for = 150s, every = 130s } }
metric m { run = "echo 1" }
redflag r { during deploy
 stop when metric.m > 1 for 150s
 then rollback }
rollback { within = 1h130s }"#,
        &["--to", "markdown"],
    );
    says(
        &page,
        &[
            "`metric.m > 1` for 2 min 30 s, watched",
            "where it fails, tried again once, after 2 min 30 s",
            "nobody walks away for 2 min 30 s; the red flags are looked at every 2 min 10 s",
            "promises **1 h 2 min 10 s**",
        ],
    );
}

#[test]
fn what_a_group_forgives_is_what_the_runbook_forgives() {
    let rolling = "phase deploy { strategy rolling { hosts = [\"h1\", \"h2\"], batch = 2, max_fail = 1, run = \"r\", undo = \"u\" } }\n\
                   redflag f { stop when step.rolling.failed\n then hold }";
    says(
        &of_body(rolling, &["--to", "markdown", "--part", "runbook"]),
        &[
            "at most 2 at once; 1 may fail: what does is taken back by itself, and the others go on:",
            "is rolled back, unless it is one of those that may.",
        ],
    );
    let one = r#"phase deploy { parallel { limit = 1
step a { run = "true", undo = "true" }
step b { run = "true", undo = "true" } } }"#;
    says(&of_body(one, &["--to", "markdown", "--part", "runbook"]), &["One after the other:"]);
}

#[test]
fn the_looks_of_a_canary_say_what_they_forgive() {
    let page = of_body(
        r#"phase deploy { strategy canary { steps = [100%], shift = "s", undo = "u", looks = 5, failures = 1, inconclusive = 2
 missing = inconclusive, every = 150s } }
metric m { run = "echo 1" }
redflag r { stop when metric.m > 1
 then rollback }"#,
        &["--to", "markdown", "--part", "runbook"],
    );
    says(
        &page,
        &[
            "5 looks, 2 min 30 s apart: 1 may find a red flag of the plan raised, and 2 may be undecided (one more is a hold)",
            "What cannot be read counts as raised, but not in the looks of `canary`.",
        ],
    );
}

#[test]
fn the_metrics_that_must_answer_are_those_that_the_guards_read() {
    let page = of_body(
        r#"phase prepare { step p { run = "true" } }
phase deploy { step a { run = "true", undo = "true" } }
metric now { run = "echo 1" }
metric then { run = "echo 1" }
redflag r { during deploy
 stop when metric.now > baseline(metric.then)
 then rollback }"#,
        &["--to", "markdown", "--part", "runbook"],
    );
    says(&page, &["These metrics answer: `now`, `then`"]);
}

#[test]
fn no_message_and_no_status_says_more_than_the_run_knows() {
    let step = r#"phase deploy { step a { run = "true", undo = "true" } }"#;
    let on = "redflag on { stop when step.a.failed\n then fix-forward }";
    let updates = |body: &str| of_body(body, &["--to", "markdown", "--part", "updates"]);
    let plain = updates(step);
    says(&plain, &["**HH:MM** p: deploy is done.\n", "stopped before anything was changed."]);
    assert!(!plain.contains("a repair is owed"), "{plain}");
    says(&updates(&format!("{step}\n{on}")), &["## When it is confirmed, and a repair is owed"]);
    says(
        &of_body(step, &["--to", "markdown", "--part", "runbook"]),
        &[
            "verified, but for what it says is owed",
            "what only prepares one may have run",
            "an undo failed, or there is none,",
            "a journal with lines missing is for a person alone",
        ],
    );
}

#[test]
fn where_no_red_flag_is_armed_none_is_said_to_be_looked_at() {
    let flag = "metric m { run = \"echo 1\" }\nredflag r { during verify\n stop when metric.m > 1\n then hold }";
    let page = |watched: &str| {
        let body = format!(
            "phase deploy {{ strategy canary {{ steps = [100%], shift = \"s\", undo = \"u\" }}\nwatch w {{ for = 1m }} }}\n\
             phase verify {{ probe p {{ run = \"true\" }} }}\n{watched}"
        );
        of_body(&body, &["--to", "markdown", "--part", "runbook"])
    };
    let nobody = "no red flag is armed then, and only people see what goes wrong";
    says(&page(flag), &[&format!("after each, it stays so for 2 min; {nobody}"), &format!("for 1 min; {nobody}")]);
    says(
        &page(&flag.replace("during verify", "during deploy")),
        &["after each, the red flags are watched for 2 min", "for 1 min; the red flags are looked at every 30 s"],
    );
}
