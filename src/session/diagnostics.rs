//! What can be wrong with a run as a whole.

use crate::descriptors;

descriptors! {
    /// What can be wrong with a run as a whole.
    SESSION_DESCRIPTORS;
    NOTHING_TO_JUDGE = {
        id: "policy/nothing-to-judge", severity: Error, undecided: true,
        summary: "there is nothing to judge",
        doc: include_str!("docs/nothing-to-judge.md"),
    }
    NO_RULES = {
        id: "policy/no-rules", severity: Error, undecided: true,
        summary: "a policy without a rule",
        doc: include_str!("docs/no-rules.md"),
    }
    NEVER_APPLIED = {
        id: "policy/never-applied", severity: Note, undecided: false,
        summary: "a policy, a rule or a red flag that was applied to no plan of the run",
        doc: include_str!("docs/never-applied.md"),
    }
    UNUSED_ENTRY = {
        id: "waiver/unused-entry", severity: Warning, undecided: false,
        summary: "an entry of a baseline that nothing needs any more",
        doc: include_str!("docs/unused-entry.md"),
    }
    NOT_JUDGED = {
        id: "document/not-judged", severity: Note, undecided: false,
        summary: "a file that was named and that no rule speaks of",
        doc: include_str!("docs/not-judged.md"),
    }
    NOT_MENDED = {
        id: "document/not-mended", severity: Error, undecided: true,
        summary: "a file whose fixes could not be written",
        doc: include_str!("docs/not-mended.md"),
    }
    MISNAMED = {
        id: "plan/misnamed", severity: Error, undecided: true,
        summary: "a file that reads like a plan or a policy and is not called one",
        doc: include_str!("docs/misnamed.md"),
    }
    NO_SUCH_FILE = {
        id: "policy/no-such-file", severity: Note, undecided: false,
        summary: "a rule that speaks of files of which there are none",
        doc: include_str!("docs/no-such-file.md"),
    }
    UNKNOWN_PARAMETER = {
        id: "policy/unknown-parameter", severity: Error, undecided: true,
        summary: "a value for a parameter that no policy has, or that does not fit",
        doc: include_str!("docs/unknown-parameter.md"),
    }
    PARAMETER_WITHOUT_VALUE = {
        id: "policy/parameter-without-value", severity: Error, undecided: true,
        summary: "a parameter that has no default and was given no value",
        doc: include_str!("docs/parameter-without-value.md"),
    }
    DUPLICATE_POLICY = {
        id: "policy/duplicate-policy", severity: Error, undecided: true,
        summary: "two policies of one name in one run",
        doc: include_str!("docs/duplicate-policy.md"),
    }
    UNKNOWN_TEST_RULE = {
        id: "policy/unknown-test-rule", severity: Error, undecided: true,
        summary: "a test for a rule that does not exist",
        doc: include_str!("docs/unknown-test-rule.md"),
    }
    INCOMPLETE_TEST = {
        id: "policy/incomplete-test", severity: Error, undecided: true,
        summary: "a test that gives nothing or expects nothing",
        doc: include_str!("docs/incomplete-test.md"),
    }
    UNTESTED_RULE = {
        id: "policy/untested-rule", severity: Warning, undecided: false,
        summary: "a rule that no test shows to pass, or none to fail",
        doc: include_str!("docs/untested-rule.md"),
    }
    UNDECIDED_CLAUSE = {
        id: "policy/undecided-clause", severity: Note, undecided: false,
        summary: "a clause that no test decides",
        doc: include_str!("docs/undecided-clause.md"),
    }
    TEST_FAILED = {
        id: "policy/test-failed", severity: Error, undecided: false,
        summary: "a test that did not come to what it expects",
        doc: include_str!("docs/test-failed.md"),
    }
    UNKNOWN_SETTING = {
        id: "config/unknown-setting", severity: Error, undecided: true,
        summary: "a setting that does not exist",
        doc: include_str!("docs/unknown-setting.md"),
    }
    WRONG_SETTING = {
        id: "config/wrong-setting", severity: Error, undecided: true,
        summary: "a setting with a value it cannot have",
        doc: include_str!("docs/wrong-setting.md"),
    }
    UNKNOWN_RULE = {
        id: "config/unknown-rule", severity: Error, undecided: true,
        summary: "a severity for a rule that judges nothing here",
        doc: include_str!("docs/unknown-rule.md"),
    }
}
