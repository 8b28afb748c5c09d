//! A `use` of a shipped procedure in every coat of a plan.

use stopline::session::Verdict;

use crate::texts::Texts;

fn step(name: &str, text: &str) -> (String, String) {
    let mut texts = Texts::at("2026-11-23T09:00Z").input(name, text);
    let checked = texts.check();
    let found: Vec<&str> = checked.report.findings().iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(checked.report.verdict(stopline::session::FailOn::Error), Verdict::Go, "{name}: {found:#?}");
    let procedure = texts.procedure();
    let step = procedure.steps().find(|step| step.id.as_str() == "fly-deploy").unwrap();
    let image = step.command.env.iter().find(|variable| variable.name.as_str() == "IMAGE").unwrap();
    (image.value.clone(), procedure.provenance.procedures[0].id.to_string())
}

#[test]
fn it_is_used_alike_in_all_four() {
    let coats = [
        (
            "a.plan",
            "plan a { service = \"s\", environment = staging\n phase deploy { use fly { app = \"s\", image = \"s:2\" } } }",
        ),
        (
            "a.plan.yaml",
            "plan: a\nservice: s\nenvironment: staging\nphases:\n  - phase: deploy\n    steps:\n      - use: fly\n        app: s\n        image: s:2\n",
        ),
        (
            "a.plan.json",
            r#"{"plan":"a","service":"s","environment":"staging","phases":[{"phase":"deploy","steps":[{"use":"fly","app":"s","image":"s:2"}]}]}"#,
        ),
        (
            "a.plan.md",
            "# Deployment plan: a\n\n**Service**: s\n**Environment**: staging\n\n```stopline\nphase deploy {\n  use fly { app = \"s\", image = \"s:2\" }\n}\n```\n",
        ),
    ];
    for (name, text) in coats {
        assert_eq!(step(name, text), ("s:2".to_owned(), "fly".to_owned()), "{name}");
    }
}
