//! What holds of any script; `tests/cli/proofs.rs` asks bash itself.

use proptest::collection::vec;
use proptest::prelude::*;

use super::needed;

#[test]
fn only_what_the_shell_would_expand_is_read() {
    assert_eq!(
        needed(r#"a "$STOPLINE_A" ${STOPLINE_B%.*} $HOME $STOPLINE_A ${#C} ${!D} $((E + 1))"#),
        ["STOPLINE_A", "STOPLINE_B", "HOME", "C", "D", "E"]
    );
    assert!(needed("$ ${ $} \\").is_empty());
    // No bash, or none that the grammar knows.
    assert_eq!(needed("${${ $OLD"), ["OLD"]);
    assert_eq!(needed("A=1; echo ${A:$B:1} '$A'"), ["B"]);
    // Only a runbook gives these, and no file or `eval`.
    assert_eq!(needed("a ${OLD:?} ${STOPLINE_C:?} ${STOPLINE_D?none} ${STOPLINE_E:-}"), ["STOPLINE_C", "STOPLINE_D"]);
    assert_eq!(needed("${${ ${OLD:?} ${STOPLINE_C:?}"), ["STOPLINE_C"]);
}

#[test]
fn no_script_is_too_deep_or_too_long() {
    let deep = format!("{}$OLD{}", "$(".repeat(4_000), ")".repeat(4_000));
    assert_eq!(needed(&deep), ["OLD"]);
    let calls: Vec<String> = (0..64).map(|nth| format!("f{nth}() {{ f{0}; f{0}; }}\n", nth + 1)).collect();
    assert_eq!(needed(&format!("{}f0\necho $OLD", calls.concat())), ["OLD"]);
    assert_eq!(needed(&format!("{}$OLD", "`".repeat(16_000))), ["OLD"]);
    let documents: Vec<String> = (0..20_000).map(|nth| format!("<<A{nth}\n")).collect();
    assert_eq!(needed(&format!("{}$OLD", documents.concat())), ["OLD"]);
}

proptest! {
    #[test]
    fn no_script_is_an_accident(parts in vec(prop_oneof![
        Just("$"), Just("{"), Just("}"), Just("("), Just(")"), Just("((") , Just("\""), Just("'"), Just("`"), Just("\\"), Just("\n"),
        Just("<<E"), Just("E"), Just(" "), Just(";"), Just("&"), Just("|"), Just("="), Just("if"), Just("case x in"), Just("f()"),
        Just("OLD"), Just("#"), Just("["), Just("[["), Just("]"), Just(":-"), Just("local"), Just("é"), Just("\0"),
    ], 0..60)) {
        needed(&parts.concat());
    }
}
