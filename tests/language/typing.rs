//! Mistakes in a policy are found without any plan, each with a suggestion.

use crate::door::{findings, helps, plan, requires, rule};

/// The one finding of a mistake, with its help.
fn mistake(policy: &str) -> String {
    helps(policy, &plan("")).join("\n")
}

#[test]
fn misspelt_fields() {
    assert_eq!(
        mistake(&requires("plan.enviroment == production")),
        "a plan has no `enviroment` (did you mean `environment`?)"
    );
    assert_eq!(mistake(&requires("plan.window.zon == \"UTC\"")), "a window has no `zon` (did you mean `zone`?)");
    assert_eq!(
        mistake(&requires("every s in plan.steps: s.timeot > 1m")),
        "a step has no `timeot` (did you mean `timeout`?)"
    );
}

#[test]
fn misspelt_roles() {
    assert_eq!(mistake(&requires("plan.team[\"led\"] contains @alice")), "a team has no `led` (did you mean `lead`?)");
    assert_eq!(mistake(&requires("plan.window[\"zone\"] == \"UTC\"")), "a window has no elements (no help)");
}

#[test]
fn misspelt_words() {
    assert_eq!(
        mistake(&requires("plan.environment == prodution")),
        "`prodution` is not an environment (did you mean `production`?)"
    );
    assert_eq!(
        mistake(&requires("prodution == plan.environment")),
        "`prodution` is not an environment (did you mean `production`?)"
    );
    assert_eq!(mistake(&requires("plan.risk in [low, hihg]")), "`hihg` is not a risk (did you mean `high`?)");
    assert_eq!(mistake(&requires("plan.data contains piii")), "`piii` is not a class of data (did you mean `pii`?)");
    assert_eq!(
        mistake(&rule("on plan\n forbid plan.window overlaps frday\n message \"no\"")),
        "`frday` is not a weekday (did you mean `friday`?)"
    );
}

#[test]
fn misspelt_functions_parameters_variables_subjects() {
    assert_eq!(mistake(&requires("cuont(plan.changes) < 3")), "there is no function `cuont` (did you mean `count`?)");
    let policy = "policy p {\n param longest: duration = 1h \"…\"\n rule r { on plan require plan.window.duration <= longst message \"no\" }\n}";
    assert_eq!(mistake(policy), "`longst` means nothing here (did you mean `longest`?)");
    assert_eq!(
        mistake(&requires("every c in plan.changes: d.kind == fix")),
        "`d` means nothing here (did you mean `c`?)"
    );
    assert_eq!(
        mistake(&requires("plan.team.lead != null")),
        "`null` means nothing here (whether a value is there is asked with `exists`: `not plan.ticket exists`)"
    );
    assert_eq!(
        mistake(&rule("on plann\n require true\n message \"no\"")),
        "rules cannot speak of `plann` (did you mean `plan`?)"
    );
    let calendar = "policy p {\n calendar year-end { from = 2026-12-18, to = 2027-01-04 }\n rule r { on plan forbid plan.window overlaps year-edn message \"no\" }\n}";
    assert_eq!(
        mistake(calendar),
        "`year-edn` is not a weekday (write `monday`, `tuesday`, `wednesday`, `thursday`, `friday`, `saturday`, or `sunday`)"
    );
}

#[test]
fn units_that_do_not_compare() {
    assert_eq!(
        mistake(&requires("plan.window.duration < 5%")),
        "a duration such as `30m` cannot be compared with a percentage such as `5%` by `<` (no help)"
    );
    assert_eq!(
        mistake(&requires("plan.window.duration < 30")),
        "a duration such as `30m` cannot be compared with a number by `<` (give the number a unit, such as `30m`)"
    );
    assert_eq!(
        mistake(&requires("plan.environment == \"production\"")),
        "an environment cannot be compared with a string by `==` (write `production` without quotes)"
    );
    assert_eq!(
        mistake(&requires("plan.version > \"v1.2\"")),
        "a version such as `v1.2` cannot be compared with a string by `>` (write `version(\"v1.2\")`)"
    );
    assert_eq!(
        mistake(&requires("plan.service")),
        "a condition is true or false, but this is a string (compare it with something, or ask whether it `exists`)"
    );
    assert_eq!(
        mistake(&requires("plan.service < \"a\"")),
        "a string cannot be compared with a string by `<` (no help)"
    );
}

#[test]
fn arguments_patterns_and_zones() {
    assert_eq!(
        mistake(&requires("count(plan.changes, 2) < 3")),
        "`count` takes one argument, not 2 (it gives how many elements a list has)"
    );
    assert_eq!(mistake(&requires("count(plan.service) < 3")), "`count` takes a list, not a string (no help)");
    assert!(mistake(&requires("plan.service matches /(/")).starts_with("this pattern cannot be used:"));
    assert_eq!(
        mistake(&requires("plan.window.zone == \"Europe/Berlim\"")).split(" (").nth(1),
        Some("did you mean `Europe/Berlin`?)")
    );
}

#[test]
fn what_a_rule_must_say() {
    assert_eq!(
        findings("policy p { rule r { require true message \"no\" } }", &plan("")),
        ["error[policy/missing-attribute] `r`: this rule has no `on`"]
    );
    assert_eq!(
        findings(&rule("on plan\n message \"no\""), &plan("")),
        ["error[policy/missing-attribute] `r`: this rule has no `require`"]
    );
    assert_eq!(
        findings(&rule("on plan\n require true"), &plan("")),
        ["error[policy/missing-attribute] `r`: this rule has no `message`"]
    );
    assert_eq!(findings("policy p { }", &plan("")), ["error[policy/no-rules] `p`: the policy `p` has no rule"]);
    assert_eq!(
        findings(&rule("severity = eror\n on plan\n require true\n message \"no\""), &plan("")),
        ["error[policy/impossible-value] `eror`: `eror` is not a severity"]
    );
}

#[test]
fn a_message_is_typed_like_a_condition() {
    assert_eq!(
        findings(&rule("on plan\n require true\n message \"{plan.servic}\""), &plan("")),
        ["error[policy/unknown-name] `servic`: a plan has no `servic`"]
    );
}

#[test]
fn one_mistake_is_said_once() {
    assert_eq!(
        findings(&requires("plan.enviroment == production and plan.risk == low"), &plan("")),
        ["error[policy/unknown-name] `enviroment`: a plan has no `enviroment`"]
    );
}

#[test]
fn a_value_compared_with_itself() {
    assert_eq!(
        mistake(&requires("plan.service == plan.service")),
        "both sides are `plan.service`, so this always comes to the same (compare it with something else)"
    );
    assert_eq!(
        mistake(&requires("count(plan.changes) <= count(plan.changes)")),
        "both sides are `count(plan.changes)`, so this always comes to the same (compare it with something else)"
    );
    assert_eq!(
        mistake(&rule("on plan when plan.risk == plan.risk\n require true\n message \"no\"")),
        "both sides are `plan.risk`, so this always comes to the same (compare it with something else)"
    );
    assert_eq!(mistake(&requires("every a in plan.changes: every b in plan.changes: a.id == b.id")), "");
}

#[test]
fn a_name_that_is_taken() {
    assert_eq!(
        mistake(&rule("on step as plan\n require plan.timeout exists\n message \"no\"")),
        "`plan` is already the name of the plan that the step stands in (give the step another name: `on step as …`)"
    );
    let policy = |rule: &str| {
        format!(
            "policy p {{\n param step: duration = 1h \"…\"\n calendar c {{ hours = \"09:00-17:00\" }}\n rule r {{ {rule} require true message \"no\" }}\n}}"
        )
    };
    assert_eq!(
        mistake(&policy("on step")),
        "`step` is already the name of a parameter of this policy (give the step another name: `on step as …`)"
    );
    assert_eq!(
        mistake(&policy("on item as c")),
        "`c` is already the name of a calendar of this policy (give the item another name: `on item as …`)"
    );
    assert_eq!(mistake(&rule("on plan as plan\n require true\n message \"no\"")), "");
}

#[test]
fn a_fix_sets_what_a_plan_can_say() {
    let fixing = |fix: &str| mistake(&rule(&format!("on plan\n require true\n message \"no\"\n fix set {fix}")));
    for sound in [
        "plan.risk = high",
        "plan.window.duration = 30m",
        "plan.window.start = plan.window.start + 1d",
        "plan.team.lead = @ann",
    ] {
        assert_eq!(fixing(sound), "", "{sound}");
    }
    assert_eq!(
        fixing("plan.window.duration = 30"),
        "`plan.window.duration` is a duration such as `30m`, and cannot be set to a number (give the number a unit, such as `30m`)"
    );
    assert_eq!(fixing("plan.service = high"), "`high` means nothing here (a string is written `\"high\"`)");
    assert_eq!(
        fixing("plan.risk = \"high\""),
        "`plan.risk` is a risk, and cannot be set to a string (write `high` without quotes)"
    );
    assert_eq!(
        fixing("plan.id = \"x\""),
        "`plan.id` is not what somebody wrote, so nothing can set it (set an attribute of the plan, or a field of a file that stands there as it is)"
    );
    assert_eq!(
        fixing("plan.window.end = plan.window.start"),
        "`plan.window.end` is not what somebody wrote, so nothing can set it (set an attribute of the plan, or a field of a file that stands there as it is)"
    );
    assert_eq!(fixing("plan.data = [pii]"), "a fix can set a single value, not a list of values (no help)");
}

#[test]
fn a_fix_sets_what_stands_in_a_file() {
    let fixing =
        |on: &str, fix: &str| mistake(&rule(&format!("on {on}\n require true\n message \"no\"\n fix set {fix}")));
    for (on, sound) in [
        ("workflow.job", "job.timeout-minutes = 15"),
        ("workflow.job", "job.concurrency.cancel-in-progress = false"),
        ("kubernetes.container", "container.replicas = 2"),
        ("kubernetes.container", "container.securityContext.privileged = false"),
        ("compose.service", "service.restart = \"unless-stopped\""),
        ("doctype", "doctype.track_changes = 1"),
    ] {
        assert_eq!(fixing(on, sound), "", "{sound}");
    }
    assert_eq!(
        fixing("workflow.job", "job.timeout-minutes = 15m"),
        "`job.timeout-minutes` is a number, and cannot be set to a duration such as `30m` (give the number a unit, such as `30m`)"
    );
    let not_written = "is not what somebody wrote, so nothing can set it (set an attribute of the plan, or a field of a file that stands there as it is)";
    for (on, path, value) in [
        ("workflow.job", "job.path", "\"a\""),
        ("workflow.job", "job.deploys", "false"),
        ("compose.service", "service.image-tag", "\"1\""),
        ("nginx.server", "server.listens_tls", "true"),
        ("markdown.task", "task.ticked", "true"),
    ] {
        assert_eq!(fixing(on, &format!("{path} = {value}")), format!("`{path}` {not_written}"));
    }
}

#[test]
fn a_calendar_takes_no_parameters() {
    let policy = "policy p {\n param days: list(weekday) = [saturday] \"…\"\n calendar closed { weekdays = days }\n rule r { on plan forbid plan.window overlaps closed message \"no\" }\n}";
    assert_eq!(
        findings(policy, &plan("")),
        ["error[policy/type-mismatch] `days`: `days` is a parameter, and a calendar takes none"]
    );
}

#[test]
fn a_schema_is_for_documents_without_fields_of_their_own() {
    assert_eq!(
        findings(&rule("schema = \"site_config\"\n on plan\n require true\n message \"no\""), &plan("")),
        [
            "error[policy/impossible-value] `\"site_config\"`: a schema types documents that say themselves what they hold: `json`, `yaml` and `toml`"
        ]
    );
}

#[test]
fn two_rules_of_one_name() {
    let policy =
        "policy p {\n rule r { on plan require true message \"a\" }\n rule r { on plan require true message \"b\" }\n}";
    assert_eq!(findings(policy, &plan("")), ["error[policy/repeated-name] `r`: `p/r` is defined twice"]);
}

#[test]
fn an_element_is_named_by_its_number() {
    assert_eq!(
        findings(&requires("plan.changes[\"a\"].kind == fix"), &plan("")),
        ["error[policy/type-mismatch] `\"a\"`: an element is named by its number, not by a string"]
    );
}

#[test]
fn a_red_flag_has_no_severity() {
    let policy = "policy p { redflag f {\n severity = note\n on plan stop when step.a.failed then hold\n } }";
    assert_eq!(findings(policy, &plan("")), ["error[policy/unknown-name] `severity`: a red flag has no `severity`"]);
}
