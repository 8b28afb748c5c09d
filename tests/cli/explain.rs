//! `stopline explain`.

use crate::door::Cli;

#[test]
fn a_rule_is_explained() {
    let came = Cli::new(&["explain", "release/friday-deploy"]).run();
    assert_eq!((came.status, came.error.as_str()), (0, ""));
    assert!(
        came.output.starts_with("# release/friday-deploy\n\n") && came.output.contains("## Why is this bad?"),
        "{came:?}"
    );
}

#[test]
fn a_rule_shows_what_it_finds_and_what_it_lets_pass_and_a_red_flag_how_it_is_written() {
    let rule = Cli::new(&["explain", "release/friday-deploy"]).run().output;
    let (_, shown) = rule.split_once("\n## What it finds\n").unwrap();
    let (finds, passes) = shown.split_once("\n## What it lets pass\n").unwrap();
    assert!(finds.contains("```stopline\nplan p {\n") && passes.contains("```stopline\nplan p {\n"), "{rule}");
    let flag = Cli::new(&["explain", "release/error-rate"]).run().output;
    assert!(flag.contains("\n## As it is written\n```stopline in policy\nredflag error-rate "), "{flag}");
}

#[test]
fn the_rules_of_a_team_show_their_tests_too() {
    let text = crate::door::repository("src/init/files/team.policy");
    let came = Cli::new(&["explain", "team/ticket", "--policy", "team.policy"]).file("team.policy", text).run();
    assert_eq!((came.status, came.error.as_str()), (0, ""));
    assert!(came.output.contains("\n## What it finds\nWithout a ticket it stops:\n"), "{}", came.output);
}

#[test]
fn everything_can_be_explained() {
    let list = Cli::new(&["explain", "--list"]).run();
    assert_eq!((list.status, list.error.as_str()), (0, ""));
    assert!(list.output.lines().count() > 60, "{}", list.output);
    let mut once = std::collections::BTreeSet::new();
    assert!(list.output.lines().all(|line| once.insert(line)), "{}", list.output);
    for line in list.output.lines() {
        let id = line.split_whitespace().next().unwrap();
        let came = Cli::new(&["explain", id]).run();
        assert!(came.status == 0 && came.output.lines().count() > 4, "{id}: {came:?}");
    }
}

#[test]
fn a_pack_is_explained_by_the_list_of_its_rules() {
    let came = Cli::new(&["explain", "certificates"]).run();
    let list = Cli::new(&["explain", "--list"]).run();
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let own: Vec<_> = list.output.lines().filter(|line| line.starts_with("certificates/")).map(words).collect();
    assert!(own.len() > 4);
    assert_eq!((came.status, came.output.lines().map(words).collect::<Vec<_>>()), (0, own), "{came:?}");
}

#[test]
fn a_rule_that_is_named_without_its_pack_is_found() {
    Cli::new(&["explain", "not-staged"]).run().is(
        2,
        "",
        "error: there is no rule, no diagnostic and no procedure `not-staged`\n  help: did you mean `release/not-staged`?\n",
    );
}

#[test]
fn a_slip_is_met_with_the_nearest() {
    Cli::new(&["explain", "plan/missing-und"]).run().is(
        2,
        "",
        "error: there is no rule, no diagnostic and no procedure `plan/missing-und`\n  help: did you mean `plan/missing-undo`?\n",
    );
}
