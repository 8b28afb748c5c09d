//! What can be said of policies that cannot mean what they say.

use crate::descriptors;

descriptors! {
    /// What can be wrong with policies whose every word is right.
    ANALYSIS_DESCRIPTORS;
    UNSATISFIABLE_RULE = {
        id: "policy/unsatisfiable-rule", severity: Error, undecided: false,
        summary: "a rule that nothing it applies to can pass",
        doc: include_str!("docs/unsatisfiable-rule.md"),
    }
    CONTRADICTING_RULES = {
        id: "policy/contradicting-rules", severity: Error, undecided: false,
        summary: "two rules that nothing can pass both of",
        doc: include_str!("docs/contradicting-rules.md"),
    }
    IMPOSSIBLE_WHEN = {
        id: "policy/impossible-when", severity: Error, undecided: false,
        summary: "a `when` that is never true",
        doc: include_str!("docs/impossible-when.md"),
    }
    ALWAYS_EXCUSED = {
        id: "policy/always-excused", severity: Error, undecided: false,
        summary: "an `unless` that always holds",
        doc: include_str!("docs/always-excused.md"),
    }
    UNBREAKABLE_RULE = {
        id: "policy/unbreakable-rule", severity: Error, undecided: false,
        summary: "a rule that nothing can break",
        doc: include_str!("docs/unbreakable-rule.md"),
    }
    IMPLIED_RULE = {
        id: "policy/implied-rule", severity: Warning, undecided: false,
        summary: "a rule that stops nothing which another does not stop already",
        doc: include_str!("docs/implied-rule.md"),
    }
    UNREACHABLE_BRANCH = {
        id: "policy/unreachable-branch", severity: Warning, undecided: false,
        summary: "a branch of `if` that is never taken",
        doc: include_str!("docs/unreachable-branch.md"),
    }
    UNUSED_PARAMETER = {
        id: "policy/unused-parameter", severity: Warning, undecided: false,
        summary: "a parameter that nothing uses",
        doc: include_str!("docs/unused-parameter.md"),
    }
}
