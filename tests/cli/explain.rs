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
fn a_slip_is_met_with_the_nearest() {
    Cli::new(&["explain", "plan/missing-und"]).run().is(
        2,
        "",
        "error: there is no rule, no diagnostic and no procedure `plan/missing-und`\n  help: did you mean `plan/missing-undo`?\n",
    );
}
