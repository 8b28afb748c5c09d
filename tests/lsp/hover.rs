//! What is shown over a word.

use crate::client::client;
use crate::samples::{ALONE, PLAN, POLICY};

/// What is shown at the cursor, and the text it is shown for.
fn hover(name: &str, text: &str) -> (String, String) {
    let mut client = client(&[ALONE, ("rules.policy", POLICY)]);
    let position = client.open(name, text);
    // The folder is looked at first; only then everything can be told.
    client.told("textDocument/publishDiagnostics", |_| true);
    let hover = client.ask("textDocument/hover", &client.place(name, &position));
    assert!(hover.is_object(), "nothing is shown");
    (hover["contents"]["value"].as_str().unwrap().to_owned(), client.cut(name, &hover["range"]))
}

fn plan_with(old: &str, new: &str) -> String {
    assert!(PLAN.contains(old), "{old}");
    // A finding tells that the folder was looked at.
    PLAN.replacen("  service     = \"checkout\"\n", "  servce = \"x\"\n", 1).replacen(old, new, 1)
}

#[test]
fn attributes_words_and_blocks_say_what_they_mean() {
    let (text, cut) = hover("a.plan", &plan_with("environment", "environ‸ment"));
    assert_eq!(cut, "environment");
    assert!(text.starts_with("**environment**: an environment, required\n\nwhere it is deployed to\n"), "{text}");
    assert!(text.contains("- `staging`: the copy of production"), "{text}");
    let (text, cut) = hover("a.plan", &plan_with("= production", "= produc‸tion"));
    assert_eq!(
        (text.as_str(), cut.as_str()),
        ("**production** (an environment)\n\nwhat users depend on", "production")
    );
    let (text, cut) = hover("a.plan", &plan_with("watch stable", "wat‸ch stable"));
    assert_eq!(
        (text.as_str(), cut.as_str()),
        ("**watch**\n\nNobody walks away: red flags stay armed for this long.", "watch")
    );
}

#[test]
fn a_step_shows_its_command_and_how_long_it_takes_at_worst() {
    let plan = PLAN.replacen("[fetch]", "[fet‸ch]", 1) + "\nwaive x/y {}\n";
    let (text, cut) = hover("a.plan", &plan);
    assert_eq!(cut, "fetch");
    assert!(
        text.starts_with("**step** `fetch` — Fetch\n\nA command of the runbook.\n\n```sh\ngit fetch\n```"),
        "{text}"
    );
    assert!(text.contains("At worst: "), "{text}");
    let migrate = PLAN.replacen("step migrate", "step mig‸rate", 1) + "\nwaive x/y {}\n";
    let (text, _) = hover("a.plan", &migrate);
    assert!(text.ends_with("At worst: 5m10s"), "{text}");
}

#[test]
fn a_rule_shows_its_documentation_wherever_it_is_named() {
    let plan = PLAN.to_owned() + "\nwaive rules/fri‸day { plan = checkout }\n";
    let policy = POLICY.replace("policy shop", "policy rules");
    let mut client = client(&[ALONE, ("rules.policy", policy.as_str())]);
    let position = client.open("a.plan", &plan);
    client.finding("a.plan", "waiver/incomplete");
    let hover = client.ask("textDocument/hover", &client.place("a.plan", &position));
    let text = hover["contents"]["value"].as_str().unwrap();
    assert_eq!(text, "**rules/friday** (error)\n\nNo Fridays\n\n---\n\nNobody is there on Saturday.");
    assert_eq!(client.cut("a.plan", &hover["range"]), "friday");
}

#[test]
fn fields_functions_parameters_and_clauses_of_a_rule_are_explained() {
    for (old, new, wanted) in [
        (
            "plan.window overlaps",
            "plan.win‸dow overlaps",
            "**plan.window**: a window\n\nWhen the deployment may happen",
        ),
        ("w.for >=", "w.fo‸r >=", "**watch.for**: a duration such as `30m`\n\nfor how long"),
        ("    forbid plan", "    for‸bid plan", "**forbid**\n\nWhat must not be true."),
        (
            ">= watching",
            ">= wat‸ching",
            "**parameter** `watching`: duration\n\nhow long it must be watched\n\n`15m` if nothing",
        ),
        ("on plan when", "on pl‸an when", "**plan**\n\nOne deployment"),
        ("overlaps year-end", "overlaps year‸-end", "**calendar** `year-end`"),
        ("w.for >= watching", "co‸unt([w.for]) >= 1", "**count(…)**\n\nhow many elements a list has"),
        ("== production", "== prod‸uction", "**production** (an environment)"),
        ("severity = error", "severity = er‸ror", "**error** (a severity)\n\nstops the deployment"),
    ] {
        assert!(POLICY.contains(old), "{old}");
        let policy = POLICY.replacen(old, new, 1).replacen("policy shop", "policy other", 1);
        let (text, _) = hover("b.policy", &(policy + "\nwaive x/y {}\n"));
        assert!(text.starts_with(wanted), "{new}: {text}");
    }
}
