//! What the page for those who come from cfn-guard shows and says of Guard, put to Guard itself. Reads the page, writes
//! only into a folder of its own.

use std::path::Path;

use crate::fences::{fences, texts_of};
use crate::kept;
use crate::tools::tool;

/// The status of Guard and everything it said.
fn guard(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = tool("cfn-guard").args(arguments).current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), said)
}

#[test]
fn guard_finds_what_ours_finds_and_passes_where_the_page_says_it_does() {
    let text = kept::text("docs/migrating/cfn-guard.md");
    let all = fences(&text);
    let rules = &all.iter().find(|fence| fence.info == "guard").unwrap().text;
    let sites = texts_of(&all, "sites/shop/site_config.json");
    let [stopped, mended] = sites.as_slice() else { panic!("{sites:#?}") };

    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let put = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    put("site.guard", rules);
    put("typo.guard", &rules.replace("when session_expiry", "when sesion_expiry"));
    put("empty.guard", "");
    put("stopped.json", stopped);
    put("mended.json", mended);
    put("unsaid.json", r#"{ "db_name": "shop" }"#);
    std::fs::create_dir(folder.join("nothing")).unwrap();
    let validate =
        |rules: &str, site: &str| guard(folder, &["validate", "-r", rules, "-d", site, "--show-summary", "all"]);

    let (status, said) = validate("site.guard", "stopped.json");
    assert_eq!(status, Some(19), "{said}");
    assert!(said.contains("sessions live four hours at most"), "{said}");
    assert_eq!(validate("site.guard", "mended.json").0, Some(0));

    let (status, said) = validate("site.guard", "unsaid.json");
    assert_eq!(status, Some(19), "a missing `developer_mode` fails there: {said}");
    assert!(said.contains("Could not find key developer_mode"), "{said}");

    let (status, said) = validate("typo.guard", "stopped.json");
    assert_eq!(status, Some(0), "a slip in `when` passes there: {said}");
    assert!(said.contains("session_is_short     SKIP"), "{said}");
    assert_eq!(validate("site.guard", "nothing").0, Some(0), "an empty folder passes there");
    assert_eq!(validate("empty.guard", "stopped.json").0, Some(0), "an empty file of rules passes there");
}

#[test]
fn a_test_for_a_rule_that_does_not_exist_passes_in_guard() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put("site.guard", "rule no_developer_mode {\n  developer_mode == 0\n}\n");
    put(
        "tests.yaml",
        "- input: {developer_mode: 0}\n  expectations: {rules: {no_developer_mode: PASS, no_developer_mod: FAIL}}\n",
    );
    let (status, said) = guard(folder.path(), &["test", "-r", "site.guard", "-t", "tests.yaml"]);
    assert_eq!(status, Some(0), "{said}");
}
