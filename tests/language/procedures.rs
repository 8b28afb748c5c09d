//! Procedures: typed, expanded where they are used.

use crate::door::found;

const PROCEDURE: &str = "procedure restart(app: string, limit: duration = 1m) {
  step stop { run = \"stop $APP\", env = { APP = app }, timeout = limit, undo = \"start $APP\" }
}
";

fn using(body: &str) -> Vec<String> {
    let plan =
        format!("{PROCEDURE}plan x {{\n service = \"s\"\n environment = staging\n phase deploy {{ {body} }}\n}}");
    let policy = "policy p { rule r { on step require false at step.timeout message \"{step.id} {step.timeout} {step.phase}\" } }";
    let wanted = |line: &String| {
        line.contains("[p/r]")
            || line.contains("-name]")
            || line.contains("procedure")
            || line.contains("missing-attribute")
            || line.contains("type-mismatch")
            || line.contains("plan/impossible-value")
    };
    found(policy, &plan, "2026-11-23T09:00Z").into_iter().filter(wanted).collect()
}

#[test]
fn a_use_is_its_steps_with_its_parameters() {
    assert_eq!(using("use restart { app = \"web\", limit = 5m }"), ["error[p/r] `5m`: stop 5m deploy"]);
    assert_eq!(using("use restart { app = \"web\" }"), ["error[p/r] `1m`: stop 1m deploy"]);
}

#[test]
fn mistakes_stand_where_they_were_made() {
    let one = |body: &str| using(body).into_iter().next().unwrap_or_default();
    assert_eq!(
        one("use restrat { app = \"web\" }"),
        "error[plan/unknown-procedure] `restrat`: there is no procedure `restrat`"
    );
    assert_eq!(
        one("use restart { limit = 5m }"),
        "error[plan/missing-attribute] `restart`: `app` is missing from this use"
    );
    assert_eq!(
        one("use restart { app = \"web\", limit = 5 }"),
        "error[plan/type-mismatch] `5`: expected a duration such as `30m`, found the number `5`"
    );
    assert_eq!(
        one("use restart { ap = \"web\", app = \"web\" }"),
        "error[plan/unknown-name] `ap`: a use of this procedure has no `ap`"
    );
}

#[test]
fn a_use_holds_nothing_but_parameters() {
    assert_eq!(
        using("use restart { app = \"web\"\n step more { run = \"true\" } }"),
        ["error[plan/unknown-name] `step`: a use holds no `step`"]
    );
}

#[test]
fn two_of_one_name_are_a_mistake() {
    let plan = "procedure a() { step x { run = \"true\", undo = \"true\" } }
procedure a(n: duration, n: string) { step y { run = \"true\", undo = \"true\" } }
plan x {\n service = \"s\"\n environment = staging\n phase deploy { use a { } }\n}";
    let repeated = |line: &String| line.contains("repeated-name");
    let found: Vec<String> =
        found("policy p { rule r { on plan require true message \"no\" } }", plan, "2026-11-23T09:00Z")
            .into_iter()
            .filter(repeated)
            .collect();
    assert_eq!(
        found,
        [
            "error[plan/repeated-name] `a`: the procedure `a` is defined twice",
            "error[plan/repeated-name] `n`: the parameter `n` is defined twice",
        ]
    );
}

#[test]
fn a_text_that_a_command_would_take_for_something_else_is_refused() {
    for (name, good, bad) in [
        (
            "compose",
            "folder = \"/srv/shop\", service = \"web\", image = \"a/b:1\"",
            ["image = \"\"", "image = \"--help\"", "service = \"a\\nb\"", "folder = \"\"", "folder = \"-x\""],
        ),
        (
            "pm2",
            "root = \"/app\", version = \"v1.2.3\", app = \"shop\"",
            ["version = \"../../etc\"", "version = \"\"", "version = \"..\"", "app = \"--all\"", "root = \" \""],
        ),
        (
            "blue-green",
            "link = \"/etc/nginx/up.conf\", colour = \"green.conf\", health = \"http://127.0.0.1:81/\"",
            [
                "colour = \"../x\"",
                "colour = \"a\\nb\"",
                "health = \"-o /etc/x\"",
                "health = \"file:///etc/shadow\"",
                "link = \"\"",
            ],
        ),
    ] {
        let refused = |given: &str| {
            let said = using(&format!("use {name} {{ {given} }}"));
            said.into_iter().filter(|said| said.contains("plan/impossible-value")).collect::<Vec<_>>()
        };
        assert_eq!(refused(good), [""; 0], "{name}");
        for line in bad {
            let (parameter, value) = line.split_once(" = ").unwrap();
            let others = good.split(", ").filter(|known| !known.starts_with(&format!("{parameter} =")));
            let said = refused(&others.chain([line]).collect::<Vec<_>>().join(", "));
            assert_eq!(said.len(), 1, "{name} {line}: {said:?}");
            assert!(said[0].contains(&format!("`{value}`: `{parameter}` must be ")), "{said:?}");
        }
    }
}

#[test]
fn a_default_may_be_a_text_that_nobody_may_give() {
    let procedure =
        "procedure p(app: word = \"\") \"P\" { step a { run = \"true\", undo = \"true\", env = { APP = app } } }\n";
    for (given, count) in [("", 0), ("{ app = \"\" }", 0), ("{ app = \"a b\" }", 1)] {
        let plan = format!(
            "{procedure}plan x {{\n service = \"s\"\n environment = development\n phase deploy {{ use p {given} }}\n}}\n"
        );
        let said = found(
            "policy q { rule r \"R\" { on plan require plan.id == \"x\" message \"no\" } }",
            &plan,
            "2026-11-23T09:00Z",
        );
        let refused = said.iter().filter(|said| said.contains("plan/impossible-value")).count();
        assert_eq!(refused, count, "{given}: {said:?}");
    }
}

#[test]
fn a_shipped_procedure_needs_no_text_in_the_file() {
    let body =
        r#"use kubernetes { deployment = "shop", container = "web", image = "shop:2", context = "prod", limit = 5m }"#;
    assert_eq!(using(body), ["error[p/r] `5m`: kubernetes-image 5m deploy"]);
}

#[test]
fn what_a_shipped_procedure_says_stands_at_its_use() {
    let body = r#"use kubernetes { deployment = "shop", container = "web", image = "shop:2", context = "prod" }"#;
    assert_eq!(using(body), ["error[p/r] `kubernetes`: kubernetes-image 12m deploy"]);
}

#[test]
fn mistakes_in_the_use_of_a_shipped_procedure_stand_where_they_were_made() {
    let one = |body: &str| using(body).into_iter().next().unwrap_or_default();
    assert_eq!(
        one(r#"use kubernetes { deployment = "shop", container = "web", context = "prod" }"#),
        "error[plan/missing-attribute] `kubernetes`: `image` is missing from this use"
    );
    assert_eq!(
        one(r#"use kubernetes { deployment = "shop", container = "web", image = 5, context = "prod" }"#),
        "error[plan/type-mismatch] `5`: expected a string, found the number `5`"
    );
    assert_eq!(
        one("use kubernets { }"),
        "error[plan/unknown-procedure] `kubernets`: there is no procedure `kubernets`"
    );
}

#[test]
fn a_procedure_of_the_same_file_hides_a_shipped_one() {
    let plan = "procedure docker() { step own { run = \"true\", undo = \"true\" } }
plan x {\n service = \"s\"\n environment = staging\n phase deploy { use docker { } }\n}";
    let policy = "policy p { rule r { on step require false message \"{step.id}\" } }";
    let steps: Vec<String> =
        found(policy, plan, "2026-11-23T09:00Z").into_iter().filter(|line| line.contains("[p/r]")).collect();
    assert_eq!(steps, ["error[p/r] `own`: own"]);
}

const STEPS: &str = "procedure swap(host: string) {
  step copy { run = \"copy $HOST\", undo = \"back $HOST\", env = { HOST = host }, needs = [fetch] }
  parallel {
    step warm { run = \"warm\", undo = \"cool\" }
    step \"Tell all\" { run = \"tell\", undo = \"tell\", needs = [warm] }
  }
  hold look { by = [lead] }
}
";

/// Every step of a plan with these uses, as `id needs`, and what is said of names.
fn steps(uses: &str) -> Vec<String> {
    let plan = format!(
        "{STEPS}plan x {{\n service = \"s\"\n environment = staging\n team {{ lead = @ann }}\n phase prepare {{ step fetch {{ run = \"f\" }} }}\n phase deploy {{\n{uses}\n}}\n}}"
    );
    let policy = "policy p { rule r { on step when step.phase == \"deploy\" require false message \"{step.id} {step.needs}\" } }";
    let wanted = |line: &String| line.contains("[p/r]") || line.contains("[plan/");
    found(policy, &plan, "2026-11-23T09:00Z").into_iter().filter(wanted).collect()
}

#[test]
fn a_procedure_that_is_used_twice_gets_a_word_before_its_ids() {
    let twice = steps("use swap { host = \"a\", as = web }\nuse swap { as = \"api\", host = \"b\" }");
    let mut ids: Vec<&str> = twice.iter().filter_map(|line| line.split("`: ").nth(1)).collect();
    ids.sort_unstable();
    assert_eq!(
        ids,
        [
            "api-copy fetch",
            "api-tell-all api-warm",
            "api-warm ‹step.needs›",
            "web-copy fetch",
            "web-tell-all web-warm",
            "web-warm ‹step.needs›",
        ],
        "{twice:#?}"
    );
    assert!(twice.iter().all(|line| line.contains("[p/r]")), "{twice:#?}");
    let shipped = "use fly { app = \"a\", image = \"a:2\" }\nuse fly { app = \"b\", image = \"b:2\", as = second }";
    assert!(steps(shipped).iter().all(|line| line.contains("[p/r]")), "{:#?}", steps(shipped));
}

#[test]
fn a_strategy_of_a_procedure_gets_the_word_too_and_keeps_its_kind() {
    let plan = r#"
procedure shift(name: word) {
  strategy canary { steps = [10%, 100%], shift = "s", undo = "u" }
  strategy last-blue-green { run = "r", undo = "u" }
}
plan x {
 service = "s"
 environment = staging
 phase deploy { use shift { name = "a", as = web }
   use shift { name = "b", as = api } }
 redflag f { stop when step.web-canary.failed or step.api-last-blue-green.failed
   then hold }
}"#;
    let policy = "policy p { rule r { on strategy require false message \"{strategy.id} {strategy.kind}\" } }";
    let said = found(policy, plan, "2026-11-23T09:00Z");
    let mut ids: Vec<&str> = said.iter().filter_map(|line| line.split("[p/r]").nth(1)?.split("`: ").nth(1)).collect();
    ids.sort_unstable();
    let wanted =
        ["api-canary canary", "api-last-blue-green blue-green", "web-canary canary", "web-last-blue-green blue-green"];
    assert_eq!(ids, wanted, "{said:#?}");
    assert!(said.iter().all(|line| line.contains("[p/r]")), "{said:#?}");
}

#[test]
fn without_one_the_second_use_is_a_mistake_with_its_cure() {
    let said = |uses: &str| steps(uses).into_iter().find(|line| !line.contains("[p/r]")).unwrap_or_default();
    assert_eq!(
        said("use swap { host = \"a\" }\nuse swap { host = \"b\" }"),
        "error[plan/repeated-name] `swap`: `swap` is used twice, and the ids of its steps would be the same"
    );
    assert_eq!(
        said("use swap { host = \"a\", as = web }\nuse swap { host = \"b\", as = web }"),
        "error[plan/repeated-name] `swap`: `swap` is used twice as `web`, and the ids of its steps would be the same"
    );
    for word in ["5", "\"Web one\"", "[a]", "\"\""] {
        let said = steps(&format!("use swap {{ host = \"a\", as = {word} }}"));
        let cure = "`as` is a word that stands before every id of the procedure";
        assert!(said.iter().any(|line| line.ends_with(cure)), "{word}: {said:#?}");
    }
}
