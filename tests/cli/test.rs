//! `stopline test`.

use crate::door::{Cli, repository};

const RULE: &str = "policy p {\n  rule r {\n    on plan\n    require plan.risk != critical\n    at plan.risk\n    message \"no\"\n  }\n}\n";

fn tested(test: &str) -> crate::door::Came {
    Cli::new(&["test", "p.policy", "--format", "concise"]).file("p.policy", format!("{RULE}{test}\n")).run()
}

const GIVEN: &str =
    "given plan \"\"\"\n  plan x {\n    service = \"s\"\n    environment = staging\n    risk = critical\n  }\n  \"\"\"";

#[test]
fn the_tests_of_the_design_pass() {
    let came = Cli::new(&["test", "release.policy"])
        .file("release.policy", repository("tests/fixtures/design/release.policy"))
        .run();
    came.is(0, "3 passed, 0 failed\n", "");
}

#[test]
fn a_test_says_what_it_expected_and_what_came() {
    tested(&format!("test \"t\" for r {{ {GIVEN} expect fail at plan.risk }}")).is(0, "1 passed, 0 failed\n", "");
    let came = tested(&format!("test \"t\" for r {{ {GIVEN} expect pass }}"));
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.contains("error[policy/test-failed] `t` was expected to pass, but came to fail"), "{came:?}");
    let elsewhere = tested(&format!("test \"t\" for r {{ {GIVEN} expect fail at plan.service }}"));
    assert!(elsewhere.output.contains("`t` failed, but not at `plan.service`"), "{elsewhere:?}");
}

#[test]
fn a_test_that_asserts_nothing_is_an_error() {
    for (test, message) in [
        (format!("test \"t\" for s {{ {GIVEN} expect pass }}"), "there is no rule `s` to test"),
        (format!("test \"t\" for r {{ {GIVEN} }}"), "this test expects nothing"),
        ("test \"t\" for r { expect pass }".to_owned(), "this test gives nothing to judge"),
        (format!("test \"t\" for r {{ {GIVEN} {GIVEN} expect pass }}"), "a test of a rule about plans gives one plan"),
        (
            format!("test \"t\" for r {{ {} expect pass }}", GIVEN.replace("\n  }\n", "\n  }\n  plan y { }\n")),
            "a test judges one plan, and here are several",
        ),
        (
            format!("test \"t\" for r {{ {} expect pass }}", GIVEN.replace("risk", "rsk")),
            "has a mistake: a plan has no `rsk`",
        ),
        (
            "test \"t\" for r { given yaml \"\"\"plan: {}\"\"\" expect pass }".to_owned(),
            "`given yaml` does not say what the text is: a path is missing",
        ),
    ] {
        let came = tested(&test);
        assert!(came.status != 0 && came.output.contains(message), "{came:?}");
    }
    assert_eq!(Cli::new(&["test"]).file("p.policy", RULE).run().status, 2);
}
