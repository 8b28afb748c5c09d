//! `stopline import`.

use crate::door::{Cli, repository};

const LIST: &str = "# Deploy\n## Before\n- [x] Tests pass\n- [ ] Backed up\n\n```\n- [ ] a template\n```\n";

const PLAN: &str = "\
# Taken from DEPLOY.md; each item says the line it stands in there.
plan deploy \"Deploy\" {
  # Deploy > Before
  checklist \"Before\" {
    # from DEPLOY.md:3
    item \"Tests pass\" { done = true }
    # from DEPLOY.md:4
    item \"Backed up\" { done = false }
  }
}
";

const SAID: &str = "\
`DEPLOY.md` became a plan with 2 boxes, 1 ticked
note: 1 box in a block of code was left out: DEPLOY.md, line 7
  help: such boxes are templates; `--fenced` takes them, too
";

#[test]
fn a_checklist_becomes_a_plan_with_the_line_of_every_item() {
    Cli::new(&["import", "DEPLOY.md"]).file("DEPLOY.md", LIST).run().is(0, PLAN, SAID);
}

#[test]
fn what_output_names_is_written_and_laid_out() {
    let cli = Cli::new(&["import", "DEPLOY.md", "-o", "deploy.plan"]).file("DEPLOY.md", LIST);
    cli.run().is(0, "", SAID);
    assert_eq!(cli.read("deploy.plan"), PLAN);
    Cli::new(&["fmt", "--check"]).file("deploy.plan", PLAN).run().is(0, "", "");
}

#[test]
fn standard_input_has_the_name_it_is_given() {
    let came = Cli::new(&["import", "-", "--stdin-name", "DEPLOY.md"]).input(LIST).run();
    came.is(0, PLAN, SAID);
}

#[test]
fn templates_are_taken_on_demand_and_a_policy_is_made_of_an_open_list() {
    let came = Cli::new(&["import", "DEPLOY.md", "--fenced", "--to", "policy"]).file("DEPLOY.md", LIST).run();
    assert_eq!(came.status, 0, "{came:?}");
    assert_eq!(came.error, "`DEPLOY.md` became a policy with 3 boxes, 1 ticked\n");
    assert_eq!(came.output.matches("  rule ").count(), 3, "{came:?}");
    let open = Cli::new(&["import", "DEPLOY.md"]).file("DEPLOY.md", LIST.replace("[x]", "[ ]")).run();
    assert!(open.output.contains("policy deploy \"Deploy\" {"), "{open:?}");
    Cli::new(&["fmt", "--check"]).file("deploy.policy", open.output.as_str()).run().is(0, "", "");
}

/// Two policies of one name leave a run undecided, and most teams have a list that is called after what it is for.
#[test]
fn a_list_that_is_called_as_a_shipped_pack_becomes_a_policy_beside_it() {
    let list = "- [ ] Backed up\n";
    let cli = Cli::new(&["import", "release.md", "-o", "release.policy"]).file("release.md", list);
    cli.run().is(
        0,
        "",
        "`release.md` became a policy with 1 box, 0 ticked\n\
         note: `release` is a shipped pack, so the policy is called `release-list`\n  \
         help: any other name will do: it stands behind `policy`, and before the `/` of what is found\n",
    );
    assert!(cli.read("release.policy").contains("\npolicy release-list \"release\" {\n"));
    let plan = repository("examples/checkout.plan");
    let came = cli
        .file("checkout.plan", plan)
        .again(&["check", "--at", "2026-11-23T09:00+01:00", "--format", "concise"])
        .run();
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.contains("error[release-list/backed-up] nothing settles `Backed up`"), "{came:?}");
    let plan = Cli::new(&["import", "release.md", "--to", "plan"]).file("release.md", list).run();
    assert!(
        plan.status == 0 && plan.output.contains("plan release \"release\"") && !plan.error.contains("note"),
        "{plan:?}"
    );
}

#[test]
fn a_policy_that_was_made_holds_plans_to_the_list() {
    let policy = Cli::new(&["import", "DEPLOY.md", "--to", "policy"]).file("DEPLOY.md", LIST).run().output;
    let plan = "plan p {\n  service = \"s\"\n  environment = production\n  checklist \"Code\" {\n    item \"Tests pass\" { run = \"npm test\" }\n  }\n}\n";
    let came = Cli::new(&["check", "--policy", "deploy.policy", "--format", "concise", "p.plan"])
        .file("deploy.policy", policy)
        .file("p.plan", plan)
        .run();
    assert!(came.output.contains("p.plan:1:6: error[deploy/backed-up] nothing settles `Backed up`"), "{came:?}");
    assert!(!came.output.contains("deploy/tests-pass"), "{came:?}");
}

#[test]
fn a_plan_keeps_everything_and_may_go_as_before() {
    let plan = repository("examples/search.plan.md");
    let came = Cli::new(&["import", "search.plan.md"]).file("search.plan.md", plan).run();
    assert_eq!(came.status, 0, "{came:?}");
    let judged = Cli::new(&["check", "--at", "2026-11-23T09:00+01:00", "--format", "concise"])
        .file("search.plan", came.output.as_str())
        .run();
    assert_eq!((judged.status, judged.output.as_str()), (0, "GO    0 errors  (1 file)\n"), "{judged:?}");
}

#[test]
fn what_is_not_understood_is_said_and_is_2() {
    let came = Cli::new(&["import", "a.md"]).file("a.md", "**Service**: s\n**Enviroment**: production\n").run();
    assert_eq!(came.status, 2, "{came:?}");
    assert!(came.output.contains("service = \"s\""), "{came:?}");
    assert!(
        came.error.contains("error: a.md:2: a plan has no `Enviroment`\n  help: did you mean `environment`?\n"),
        "{came:?}"
    );
}

#[test]
fn what_cannot_be_imported_is_2() {
    for (name, text) in [("a.md", ""), ("a.md", " \n"), ("a.html", "<p>")] {
        let came = Cli::new(&["import", name]).file(name, text).run();
        assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
        assert!(came.error.starts_with("error: "), "{came:?}");
    }
    let binary = Cli::new(&["import", "a.md"]).file("a.md", [0xff, 0xfe]).run();
    assert_eq!(binary.status, 2, "{binary:?}");
    assert_eq!(Cli::new(&["import", "none.md"]).run().status, 2);
    assert_eq!(Cli::new(&["import"]).run().status, 2);
}

#[test]
fn where_there_is_no_box_there_is_nothing_to_import() {
    for form in [&[][..], &["--to", "plan"], &["--to", "policy"]] {
        let cli =
            Cli::new(&[&["import", "l.md", "-o", "l.plan"], form].concat()).file("l.md", "# Hello\n\nSome words.\n");
        let came = cli.run();
        came.is(
            2,
            "",
            "error: there is nothing to import in `l.md`: it has no box to tick, and says no plan\n  \
             help: write what is to be done in lines such as `- [ ] Backed up`\n",
        );
        assert!(!cli.holds("l.plan"), "{form:?}");
    }
    let cli = Cli::new(&["import", "l.md"]).file("l.md", "# Hello\n\n```\n- [ ] a template\n```\n");
    let came = cli.run();
    assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
    assert!(
        came.error.contains("help: its boxes stand in blocks of code, in line 4: `--fenced` takes them"),
        "{came:?}"
    );
    assert_eq!(cli.again(&["import", "l.md", "--fenced"]).run().status, 0);
}
