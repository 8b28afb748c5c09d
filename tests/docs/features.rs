//! The table of features holds nothing that no test holds.

use crate::kept;

#[test]
fn every_feature_names_a_test_that_is_there() {
    let text = kept::text("docs/features.md");
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ") && line.contains("](")).collect();
    assert!(rows.len() > 20);
    for row in rows {
        let tested = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let (path, name) = tested_by(tested).unwrap_or_else(|| panic!("`{row}` names no test"));
        let file = kept::text(&format!("docs/{path}").replace("docs/../", ""));
        assert!(file.contains(&format!("fn {name}(")), "`{path}` holds no test `{name}`");
    }
}

#[test]
fn every_silent_pass_names_a_test_and_every_test_is_named() {
    let page = kept::text("docs/never-silent.md");
    let tests = kept::text("tests/cli/silent_passes.rs");
    let mut named: Vec<&str> =
        page.lines().filter_map(|line| line.strip_suffix("` |")?.rsplit_once('`').map(|(_, name)| name)).collect();
    let mut held: Vec<&str> =
        tests.split("#[test]\nfn ").skip(1).filter_map(|rest| rest.split_once('(').map(|(name, _)| name)).collect();
    named.sort_unstable();
    held.sort_unstable();
    assert_eq!(named, held);
}

/// The path and the name of `[tests/x.rs](../tests/x.rs)` and a name in backticks.
fn tested_by(cell: &str) -> Option<(&str, &str)> {
    let (_, rest) = cell.split_once("](")?;
    let (path, rest) = rest.split_once(')')?;
    Some((path, rest.trim().strip_prefix('`')?.strip_suffix('`')?))
}
