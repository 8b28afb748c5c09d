//! What cannot be lowered is refused, each with its place.

use crate::runbook::lower::testing::{CHECKOUT, deploying, lowered, plan_with, refused};

/// Refused for this alone: `id: message | underlined text | help`.
#[track_caller]
fn said(plan: &str, expected: &[&str]) {
    assert_eq!(refused(plan, &[]), expected);
}

const METRICS: &str = r#"
  metric errors { run = "e", unit = percent }
  metric latency { run = "l", unit = duration }
  metric jobs { run = "j" }
  phase prepare { probe up { run = "true" } }
  phase deploy { step migrate { run = "m", undo = "u" } }
"#;

#[track_caller]
fn flag(clauses: &str, expected: &[&str]) {
    said(&plan_with(&format!("{METRICS}  redflag f {{ {clauses} }}")), expected);
}

#[test]
fn a_procedure_that_is_used() {
    said(
        &deploying("use restart { unit = \"x\" }"),
        &[
            "plan/unsupported-use: `use restart` cannot be compiled yet | restart | write the procedure's steps into the phase",
        ],
    );
}

#[test]
fn hosts_that_are_not_there_twice_or_no_hosts() {
    said(
        &deploying("strategy rolling { run = \"r\", undo = \"u\", batch = 1, max_fail = 0 }"),
        &[
            "plan/unsupported-strategy: `batch` counts hosts, and this strategy names none | 1 | name them in `hosts`, or leave it out and let one command exchange everything",
            "plan/unsupported-strategy: `max_fail` counts hosts, and this strategy names none | 0 | name them in `hosts`, or leave it out and let one command exchange everything",
        ],
    );
    said(
        &deploying("strategy rolling { run = \"r\", undo = \"u\", hosts = [\"a\", \"b\", \"a\"] }"),
        &["plan/unsupported-strategy: `a` stands there twice | \"a\" | name each host once"],
    );
    said(
        &deploying("strategy rolling { run = \"r\", undo = \"u\", hosts = [\"-oProxyCommand=x\"] }"),
        &[
            "plan/unsupported-name: `-oProxyCommand=x` must be a host as ssh takes it: letters, digits, `.`, `_`, `-` and `:`, a user and `@` before it if need be | \"-oProxyCommand=x\" | what else ssh needs to know stands in its configuration, under the host's name",
        ],
    );
    said(
        &deploying("strategy rolling { run = \"r\", undo = \"u\", hosts = [\"a\"], batch = 0 }"),
        &[
            "plan/unsupported-strategy: a batch of no hosts exchanges nothing | 0 | exchange at least one host at a time",
        ],
    );
}

#[test]
fn an_analysis_that_says_two_things_or_nothing() {
    said(
        &deploying("strategy canary { steps = [100%], shift = \"s\", undo = \"u\", looks = 3, analyze = 1m }"),
        &[
            "plan/unsupported-strategy: `looks` and `analyze` both say how long a share is watched | 3 | keep one of the two: the analysis lasts `looks` times `every`",
        ],
    );
    said(
        &deploying("strategy canary { steps = [100%], shift = \"s\", undo = \"u\", looks = 0 }"),
        &["plan/unsupported-strategy: an analysis without a look proves nothing | 0 | look once or more"],
    );
    said(
        &deploying("strategy canary { steps = [100%], shift = \"s\", undo = \"u\", looks = 3, failures = 3 }"),
        &[
            "plan/unsupported-strategy: each of the 3 looks may be so, and no share ever fails by it | 3 | let `failures` be fewer than the looks, or look more often",
        ],
    );
    // Two minutes, in which four looks fit.
    said(
        &deploying("strategy canary { steps = [100%], shift = \"s\", undo = \"u\", inconclusive = 4 }"),
        &[
            "plan/unsupported-strategy: each of the 4 looks may be so, and no share ever fails by it | 4 | let `inconclusive` be fewer than the looks, or look more often",
        ],
    );
    said(
        &deploying("strategy rolling { run = \"r\", irreversible = \"gone\", hosts = [\"a\", \"b\"], max_fail = 1 }"),
        &[
            "plan/unsupported-strategy: a host that fails is taken back before the others go on, and this cannot be undone | 1 | say with `undo` how a host is taken back, or leave `max_fail` out",
        ],
    );
    said(
        &deploying(
            "parallel { limit = 0\nstep a { run = \"a\", undo = \"u\" }\nstep b { run = \"b\", undo = \"u\" } }",
        ),
        &[
            "plan/unsupported-action: a group of which none may run does nothing | 0 | let at least one run at a time, or leave `limit` out",
        ],
    );
}

#[test]
fn what_belongs_to_another_strategy() {
    said(
        &deploying("strategy blue-green { run = \"r\", undo = \"u\", analyze = 5m, steps = [50%] }"),
        &[
            "plan/unsupported-strategy: `analyze` belongs to a canary, and this is `blue-green` | 5m | leave it out and put a `watch` after the strategy",
            "plan/unsupported-strategy: `steps` does not belong to `blue-green` | [50%] | leave `steps` out, or choose the strategy it belongs to",
        ],
    );
    said(
        &deploying("strategy canary { steps = [100%], shift = \"s\", undo = \"u\", flag = \"x\" }"),
        &[
            "plan/unsupported-strategy: `flag` does not belong to `canary` | \"x\" | leave `flag` out, or choose the strategy it belongs to",
        ],
    );
}

#[test]
fn a_strategy_of_two_commands_or_none() {
    said(
        &deploying("strategy recreate { run = \"r\", shift = \"s\", undo = \"u\" }"),
        &[
            "plan/unsupported-strategy: a recreate strategy has one command, `run` or `shift` | \"r\" | make the first a step before the strategy",
        ],
    );
    said(
        &deploying("strategy canary { steps = [100%], run = \"r\", undo = \"u\" }"),
        &[
            "plan/unsupported-strategy: a canary shifts traffic, it has no `run` | \"r\" | write `shift = …`: it finds the share in `STOPLINE_PERCENT`",
        ],
    );
    said(
        &deploying("strategy recreate { undo = \"u\" }"),
        &["plan/missing-attribute: `run` is missing from this strategy | recreate | add `run = …`"],
    );
    said(
        &deploying("strategy canary { shift = \"s\", undo = \"u\" }"),
        &["plan/missing-attribute: `steps` is missing from this strategy | canary | add `steps = …`"],
    );
}

#[test]
fn names_no_shell_should_read() {
    said(
        &deploying("step Migrate { run = \"m\", undo = \"u\" }"),
        &[
            "plan/unsupported-name: `Migrate` must be of lower-case letters, digits, `_` and `-`, start with a letter or digit, and be at most 64 long | Migrate | call it `migrate`",
        ],
    );
    let variable = "must be of letters, digits and `_`, start with a letter, and be none the shell or the runbook keeps for itself";
    said(
        &deploying("step m { run = \"m\", undo = \"u\", env = { BASH_ENV = \"x\" }, secrets = [STOPLINE_PLAN] }"),
        &[
            &format!(
                "plan/unsupported-name: `BASH_ENV` {variable} | {{ BASH_ENV = \"x\" }} | give the variable another name"
            ),
            &format!(
                "plan/unsupported-name: `STOPLINE_PLAN` {variable} | STOPLINE_PLAN | keep the secret under another name"
            ),
        ],
    );
}

#[test]
fn an_id_or_a_variable_that_stands_twice() {
    said(
        &plan_with("phase deploy { step a { run = \"a\", undo = \"u\" } }\nphase verify { probe a { run = \"a\" } }"),
        &[
            "plan/repeated-name: `a` stands there twice | a | give one of the two another id: the journal must know which is meant",
            "  it was named here first | a",
        ],
    );
    said(
        &deploying("step m { run = \"m\", undo = \"u\", env = { KEY = \"x\" }, secrets = [KEY] }"),
        &["plan/repeated-name: `KEY` is given twice | KEY | keep it among the `secrets` alone, once"],
    );
}

#[test]
fn needs_that_come_too_late() {
    said(
        &deploying(
            "step a { run = \"a\", undo = \"u\", needs = [b] }\nstep b { run = \"b\", undo = \"u\", needs = [b] }",
        ),
        &[
            "plan/unsupported-order: `a` needs `b`, which comes after it | b | move `b` before `a`",
            "plan/unsupported-order: `b` needs itself | b | take `b` out of `needs`",
        ],
    );
    said(
        &deploying(
            "step migrate { run = \"a\", undo = \"u\" }\nstep b { run = \"b\", undo = \"u\", needs = [migrat] }",
        ),
        &["plan/unknown-name: `b` needs `migrat`, which the plan does not have | migrat | did you mean `migrate`?"],
    );
}

#[test]
fn needs_in_a_circle() {
    let group = "parallel { step a { run = \"a\", undo = \"u\", needs = [b] }\nstep b { run = \"b\", undo = \"u\", needs = [a] } }";
    said(
        &deploying(group),
        &[
            "plan/unsupported-order: steps wait for each other: `a` needs `b` needs `a` | [b] | take one of the `needs` out of the circle",
        ],
    );
}

#[test]
fn holds_nobody_can_sign() {
    said(
        &deploying("hold h { by = [aprovers] }"),
        &["plan/unknown-name: nobody in the team is `aprovers` | aprovers | did you mean `approvers`?"],
    );
    said(
        &deploying("hold h { by = [security] }"),
        &["plan/unknown-name: nobody in the team is `security` | security | add `security = @somebody` to `team`"],
    );
    said(
        &deploying("hold h { by = [lead, @ann], needs = 2 }"),
        &["plan/unsupported-action: 2 must sign `h`, and 1 may | 2 | let more people sign, or need fewer"],
    );
    said(
        &deploying("hold h { by = [lead], needs = 0 }"),
        &[
            "plan/unsupported-action: a hold that nobody signs holds nothing | 0 | leave the hold out, or let somebody sign it",
        ],
    );
}

#[test]
fn probes_that_prove_nothing() {
    said(
        &deploying("probe p { http = \"ftp://a\" }"),
        &[
            "plan/unsupported-action: `ftp://a` is no address that can be asked | \"ftp://a\" | start it with `https://` or `http://`",
        ],
    );
    said(
        &deploying("probe p { http = \"https://a\", expect = 2000 }"),
        &["plan/unsupported-action: `2000` is no HTTP status | 2000 | write one from 100 to 599, such as 200"],
    );
    said(
        &deploying("probe p { run = \"a\", expect = 256 }"),
        &["plan/unsupported-action: `256` is no exit status | 256 | write one from 0 to 255"],
    );
    said(
        &deploying("probe p { run = \"a\", http = \"https://a\" }"),
        &["plan/unsupported-action: `p` looks at two things | \"a\" | make two probes of it"],
    );
    said(
        &deploying("probe p { every = 1s }"),
        &["plan/missing-attribute: `http` is missing from this probe | p | add `http = …`"],
    );
    said(
        &deploying("probe p { run = \"a\", failures = 0, every = 0s }"),
        &[
            "plan/unsupported-action: a probe that may fail for ever proves nothing | 0 | write `failures = 1`, or more",
            "plan/unsupported-time: `0s` is no time at all | 0s | give it some time, such as `30s`",
        ],
    );
}

#[test]
fn steps_that_contradict_themselves() {
    said(
        &deploying("step s { run = \"a\", undo = \"u\", irreversible = \"mail is sent\" }"),
        &[
            "plan/unsupported-action: this has an `undo`, and says that it cannot be undone | \"mail is sent\" | keep one of the two",
            "  how it is undone | \"u\"",
        ],
    );
    said(
        &plan_with(
            "phase deploy { step s { run = \"a\", undo = \"u\" } }\nrollback { step r { run = \"r\", undo = \"u\" } }",
        ),
        &[
            "plan/unsupported-action: nothing undoes `r`: it is itself a part of the way back | \"u\" | leave `undo` out",
        ],
    );
    said(
        &plan_with(
            "phase deploy { step s { run = \"a\", undo = \"u\" } }\nrollback { step r { run = \"r\", irreversible = \"i\" } }",
        ),
        &[
            "plan/unsupported-action: nothing undoes `r` anyway: it is itself a part of the way back | \"i\" | leave `irreversible` out",
        ],
    );
}

#[test]
fn what_the_way_back_would_capture_and_what_is_captured_under_a_name_that_is_given() {
    said(
        &plan_with(
            "phase deploy { step s { run = \"a\", undo = \"u\" } }\nrollback { step r { run = \"r\", capture = { OLD = \"o\" } } }",
        ),
        &[
            "plan/unsupported-action: nothing undoes `r`, so nothing it captures would be gone back to | { OLD = \"o\" } | find it out in `run`; what was there before a change is noted by the step that makes it, for its own `undo`",
        ],
    );
    said(
        &deploying("step s { run = \"a\", undo = \"u\", capture = { OLD = \"o\" }, secrets = [OLD] }"),
        &["plan/repeated-name: `OLD` is given twice | { OLD = \"o\" } | keep it among `capture` alone"],
    );
}

#[test]
fn a_change_that_says_nothing_of_its_undo() {
    said(
        &deploying("step s { run = \"a\" }"),
        &[
            "plan/unrunnable: step `s` changes production, and says neither how to undo it nor why it cannot be | s | correct it: a runbook cannot be written with it",
        ],
    );
}

#[test]
fn a_plan_that_does_nothing() {
    said(
        &plan_with(""),
        &[
            "plan/unrunnable: this plan has no phase, so there is nothing to run | p | add what is to be done, in its phases: `phase deploy { step restart { run = \"…\", undo = \"…\" } }`",
        ],
    );
    said(
        &plan_with("phase deploy { }"),
        &[
            "plan/unrunnable: no phase of this plan holds anything, so there is nothing to run | p | fill a phase with what is to be done: `phase deploy { step restart { run = \"…\", undo = \"…\" } }`",
        ],
    );
}

#[test]
fn times_that_are_no_instants() {
    let window = "  window { start = 2026-11-24T10:00, duration = 12h, zone = \"UTC\" }\n";
    let followups = "phase confirm { followup a { due = T+1d }\nfollowup b { due = 2026-11-25 } }";
    let help = "give the plan a `window` with `start`, `duration` and `zone`";
    said(
        &plan_with(followups).replace(window, ""),
        &[
            &format!(
                "plan/unsupported-time: `T+1d` counts from the start of the window, and this plan has none | T+1d | {help}"
            ),
            &format!(
                "plan/unsupported-time: `2026-11-25` names no zone, and this plan has no window to take it from | 2026-11-25 | {help}"
            ),
        ],
    );
    let gap =
        plan_with("phase confirm { followup a { due = 2026-03-29T02:30 } }").replace("\"UTC\"", "\"Europe/Berlin\"");
    let said = refused(&gap, &[]).remove(0);
    assert!(said.starts_with("plan/impossible-value: 02:30 does not exist on 2026-03-29 in Europe/Berlin"), "{said}");
    assert!(said.contains(" | 2026-03-29T02:30 | "), "{said}");
}

#[test]
fn a_window_that_is_never_open() {
    let plan = deploying("step s { run = \"a\", undo = \"u\" }").replace(", zone = \"UTC\"", "");
    said(
        &plan,
        &[
            "plan/unsupported-time: this window does not say when it is open | 2026-11-24T10:00 | give it `start` with a time of day, `duration` and `zone`",
        ],
    );
}

#[test]
fn an_open_item_with_nobody_to_ask() {
    let plan =
        plan_with("checklist \"Before\" { item \"Tested\" {} }\nphase deploy { step s { run = \"a\", undo = \"u\" } }");
    assert_eq!(lowered(&plan, &[]).phases.len(), 2);
    said(
        &plan.replace("  team { lead = @ann, approvers = [@ben, @ann] }\n", ""),
        &[
            "plan/unsupported-action: `Tested` of `Before` is open, and nobody is there to say that it is done | \"Tested\" | settle it with `run`, `by`, `evidence`, `done` or `skip`, or name a `lead` in `team`",
        ],
    );
}

#[test]
fn flags_no_runbook_can_compute() {
    let help =
        "compare metrics, baselines and constants, ask whether something `failed`, and join with `and`, `or` and `not`";
    for (condition, underlined) in [
        ("abs(metric.jobs) > 3", "abs(metric.jobs)"),
        ("metric.jobs in [1, 2]", "metric.jobs in [1, 2]"),
        ("(metric.jobs ?? 1) > 3", "metric.jobs ?? 1"),
        ("step.migrate.failed == true", "step.migrate.failed"),
    ] {
        flag(
            &format!("stop when {condition}\n then hold"),
            &[&format!(
                "plan/unsupported-red-flag: a runbook cannot compute this while it runs | {underlined} | {help}"
            )],
        );
    }
    flag(
        "stop when metric.jobs > 3 or 5 > 4\n then hold",
        &[&format!(
            "plan/unsupported-red-flag: this is always true: it would stop every run | metric.jobs > 3 or 5 > 4 | {help}"
        )],
    );
    flag(
        "stop when metric.jobs / (2 - 2) > 4\n then hold",
        &[&format!("plan/unsupported-red-flag: this divides by zero | metric.jobs / (2 - 2) | {help}")],
    );
}

#[test]
fn flags_that_could_never_be_seen() {
    flag(
        "stop when step.migrat.failed\n then hold",
        &[
            "plan/unsupported-red-flag: `f` speaks of step `migrat`, which this plan does not have | step.migrat.failed | add `step migrat { … }` to the plan, so that the flag can be seen",
        ],
    );
    flag(
        "during deply\n stop when metric.jobs > 3\n then hold",
        &["plan/unknown-name: the plan has no phase `deply` | deply | did you mean `deploy`?"],
    );
    flag(
        "during prepare\n stop when metric.jobs > baseline(metric.jobs)\n then hold",
        &[
            "plan/unsupported-red-flag: `f` is armed in `prepare`, before its baseline is read | prepare | the baseline is read at the end of `prepare`: arm the flag after it",
        ],
    );
}

#[test]
fn flags_of_a_policy_the_plan_gives_no_way_to_see() {
    let under = |clauses: &str| {
        refused(&plan_with(METRICS), &[&format!("policy p {{ redflag f {{\n on plan\n {clauses} }} }}")])
    };
    assert_eq!(
        under("stop when metric.memory > 3\n then hold"),
        [
            "plan/unsupported-red-flag: `p/f` speaks of metric `memory`, which this plan does not have | p | add `metric memory { … }` to the plan, so that the flag can be seen",
            "  the flag speaks of it here | metric.memory",
        ]
    );
    assert_eq!(
        under("during backup\n stop when metric.jobs > 3\n then hold"),
        [
            "plan/unsupported-red-flag: `p/f` is armed in `backup` alone, which this plan does not have | p | give the plan `backup`, so that the flag can be seen",
            "  armed here | backup",
        ]
    );
    assert_eq!(
        under("stop when metric.jobs > 3%\n then hold"),
        [
            "plan/unsupported-red-flag: this compares a plain number with a percentage | metric.jobs > 3% | give the metric the unit the flag speaks of: `unit = number`, `percent` or `duration`",
            "  the metric | jobs",
        ]
    );
}

#[test]
fn a_policy_whose_name_or_version_cannot_stand_in_a_runbook() {
    let under = |policy: &str| refused(&plan_with(METRICS), &[policy]);
    assert_eq!(
        under("policy Release {}"),
        [
            "plan/unsupported-name: `Release` must be of lower-case letters, digits, `_` and `-`, start with a letter or digit, and be at most 64 long | Release | call the policy `release`"
        ]
    );
    assert_eq!(
        under("policy p { version = \"1.0 beta\" }"),
        [
            "plan/unsupported-name: `1.0 beta` cannot stand in a runbook as a version | \"1.0 beta\" | write letters, digits, `.`, `+` and `-`, 64 at most, such as `\"1.0.0\"`"
        ]
    );
}

#[test]
fn all_of_them_are_said_at_once() {
    let plan =
        CHECKOUT.replace("by = [approvers]", "by = [nobody]").replace("unit = percent", "timeout = 0s, unit = percent");
    assert_eq!(refused(&plan, &[]).len(), 3, "{:#?}", refused(&plan, &[]));
}
