//! `stopline fmt`.

use crate::door::{Cli, repository};

const UNTIDY: &str = "plan x{service=\"s\"   # what\n environment=staging}";
const TIDY: &str = "plan x {\n  service     = \"s\" # what\n  environment = staging\n}\n";

#[test]
fn a_file_is_laid_out_in_its_place() {
    let cli = Cli::new(&["fmt"]).file("a.plan", UNTIDY).file("b.plan", TIDY);
    cli.run().is(0, "", "laid out a.plan\n");
    assert_eq!(cli.read("a.plan"), TIDY);
    cli.run().is(0, "", "");
}

#[test]
fn check_changes_nothing() {
    let cli = Cli::new(&["fmt", "--check"]).file("a.plan", UNTIDY).file("b.plan", TIDY);
    cli.run().is(1, "a.plan\n", "");
    assert_eq!(cli.read("a.plan"), UNTIDY);
    Cli::new(&["fmt", "--check"]).file("b.plan", TIDY).run().is(0, "", "");
}

#[test]
fn standard_input_goes_to_standard_output() {
    Cli::new(&["fmt", "-"]).input(UNTIDY).run().is(0, TIDY, "");
}

#[test]
fn a_file_with_errors_is_left_as_it_is() {
    let cli = Cli::new(&["fmt"]).file("a.plan", "plan x { service == \"s\" }").file("b.plan", UNTIDY);
    let came = cli.run();
    assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
    assert!(came.error.contains("a.plan:1:18"), "{came:?}");
    assert_eq!(cli.read("a.plan"), "plan x { service == \"s\" }");
    assert_eq!(cli.read("b.plan"), TIDY);
}

#[test]
fn the_examples_of_the_design_are_laid_out_already() {
    for name in ["checkout.plan", "release.policy", "healthcare.policy"] {
        let text = repository(&format!("tests/fixtures/design/{name}"));
        Cli::new(&["fmt", "--check", name]).file(name, text).run().is(0, "", "");
    }
}

#[test]
fn nothing_to_lay_out_is_said() {
    Cli::new(&["fmt"]).run().is(2, "", "error: there is no `.plan` and no `.policy` to lay out\n");
}

#[test]
fn what_the_repository_leaves_out_is_not_laid_out() {
    let cli = Cli::new(&["fmt", "--check"])
        .file("a.plan", "plan a {\n  service = \"s\"\n}\n")
        .file("vendor/b.policy", "policy b {");
    assert_eq!(cli.run().status, 2);
    let cli = cli.file("stopline.toml", "exclude = [\"vendor/\"]\n");
    cli.run().is(0, "", "");
    assert_eq!(cli.again(&["fmt", "--check", "--no-config"]).run().status, 2);
    assert_eq!(cli.again(&["fmt", "--check", "vendor/b.policy"]).run().status, 2);
    // Settings that cannot be understood may leave out less than they were meant to; a file that is named has none.
    let cli = cli.file("stopline.toml", "exlude = [\"vendor/\"]\n").file("vendor/b.policy", "policy b {\n}\n");
    let came = cli.run();
    assert!(came.status == 2 && came.error.contains("config/unknown-setting"), "{came:?}");
    cli.again(&["fmt", "--check", "a.plan"]).run().is(0, "", "");
}
