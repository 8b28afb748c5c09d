//! What can be wrong with a run as a whole.

use crate::descriptors;

descriptors! {
    /// What can be wrong with a run as a whole.
    SESSION_DESCRIPTORS;
    NOTHING_TO_JUDGE = {
        id: "policy/nothing-to-judge", severity: Error, undecided: true,
        summary: "there is nothing to judge",
        doc: "A run that judged nothing has not said GO. A wrong path, a pattern that matches nothing and a folder that was moved all look like this.\n\n## What to do instead\nName a plan or a folder that holds one: `stopline check deploy/`.",
    }
    NO_RULES = {
        id: "policy/no-rules", severity: Error, undecided: true,
        summary: "a policy without a rule",
        doc: "A policy that holds neither rule nor red flag lets everything pass, whatever its name promises.\n\n## What to do instead\nAdd a rule, or stop selecting the policy.",
    }
    NEVER_APPLIED = {
        id: "policy/never-applied", severity: Note, undecided: false,
        summary: "a policy, a rule or a red flag that was applied to no plan of the run",
        doc: "A rule whose `when` holds nowhere lets everything pass. That may be right, since the plans it is meant for are not in this run. It may also be a slip: a plan that forgot to say something, or a misspelt name in `when`, which would switch the rule off in silence.\n\nIt is said of a rule whose `when` asks for something that stands in no plan; of a rule or a red flag whose `when` compares what plans say with a text (`plan.service == \"chekout\"`) and was true for none of them; and of a policy of which nothing was applied.\n\n## What to do instead\nCorrect what `when` says; let the plan say what is asked for (`risk = high`), or let the rule ask whether it `exists`; or judge the plans that the rule is meant for.",
    }
    UNUSED_ENTRY = {
        id: "waiver/unused-entry", severity: Warning, undecided: false,
        summary: "an entry of a baseline that nothing needs any more",
        doc: "What it lists is mended, or was changed. Left in place it would let the same mistake pass again.\n\n## What to do instead\nDelete the entry, or write the baseline again with `stopline check --write-baseline FILE`.",
    }
    NOT_JUDGED = {
        id: "document/not-judged", severity: Note, undecided: false,
        summary: "a file that was named and that no rule speaks of",
        doc: "The file was named on the command line, and no rule that judges this run looks at files called like it: nothing was found in it because nobody looked.\n\n## What to do instead\nSelect the policy or pack that speaks of such files, or do not name it.",
    }
    NO_SUCH_FILE = {
        id: "policy/no-such-file", severity: Note, undecided: false,
        summary: "a rule that speaks of files of which there are none",
        doc: "The run searched folders, and none of the files found is called as the rule's `in \"…\"` says. That may be right, and it may be a pattern with a typo that lets everything pass.\n\n## What to do instead\nCompare the pattern with the paths as reports show them, seen from the folder the run started in: `**/site_config.json` finds the file at any depth.",
    }
    UNKNOWN_PARAMETER = {
        id: "policy/unknown-parameter", severity: Error, undecided: true,
        summary: "a value for a parameter that no policy has, or that does not fit",
        doc: "A misspelt parameter would leave the default in force in silence.\n\n## What to do instead\nName it as `pack.name=value`; `stopline explain` shows what a policy's rules use.",
    }
    PARAMETER_WITHOUT_VALUE = {
        id: "policy/parameter-without-value", severity: Error, undecided: true,
        summary: "a parameter that has no default and was given no value",
        doc: "Rules that use it cannot be decided.\n\n## What to do instead\nGive it: `--param pack.name=value`.",
    }
    DUPLICATE_POLICY = {
        id: "policy/duplicate-policy", severity: Error, undecided: true,
        summary: "two policies of one name in one run",
        doc: "Findings, waivers, parameters and tests name rules as `pack/rule`: with two packs of one name nobody could say which is meant.\n\n## What to do instead\nGive one of them another id, or select only one.",
    }
    UNKNOWN_TEST_RULE = {
        id: "policy/unknown-test-rule", severity: Error, undecided: true,
        summary: "a test for a rule that does not exist",
        doc: "A test that names no rule asserts nothing and would pass for ever.\n\n## What to do instead\nName a rule of the policies in the same file or folder.",
    }
    INCOMPLETE_TEST = {
        id: "policy/incomplete-test", severity: Error, undecided: true,
        summary: "a test that gives nothing or expects nothing",
        doc: "A test says what is given and what is expected; without either it asserts nothing.\n\n## What to do instead\nWrite `given plan \"\"\"…\"\"\"` and `expect pass`, `expect fail at …`, `expect skip` or `expect error`.",
    }
    UNTESTED_RULE = {
        id: "policy/untested-rule", severity: Warning, undecided: false,
        summary: "a rule that no test shows to pass, or none to fail",
        doc: "`stopline test` says it of every rule of the policies it reads. A rule that was never seen to fail may let everything pass, and one that was never seen to pass may stop everybody. With `--coverage` it is an error.\n\n## What to do instead\nWrite a test for each: what the rule is there to stop, and its nearest relative that may go.\n\n```stopline\ntest \"a ticket is enough\" for no-ticket {\n  given plan \"\"\"\n    plan p {\n      service     = \"checkout\"\n      environment = production\n      ticket      = \"REL-1\"\n    }\n    \"\"\"\n  expect pass\n}\n```",
    }
    UNDECIDED_CLAUSE = {
        id: "policy/undecided-clause", severity: Note, undecided: false,
        summary: "a clause that no test decides",
        doc: "`stopline test --coverage` says it of every `when`, `require`, `forbid` and `unless`, every operand of `and` and `or`, every condition over elements that no test made true or none made false, and every branch of `if` that no test takes. Nobody would notice if it said something else. What is missing is neither true nor false, and past the `false` of an `and` or the `true` of an `or` nothing is looked at.\n\n## What to do instead\nAdd a test that differs from another in this alone.",
    }
    TEST_FAILED = {
        id: "policy/test-failed", severity: Error, undecided: false,
        summary: "a test that did not come to what it expects",
        doc: "The rule says something else about the given plan than the test expects. Either the rule or the test is wrong.\n\n## What to do instead\nThe message says what was expected and what came of it, each at its place.",
    }
    UNKNOWN_SETTING = {
        id: "config/unknown-setting", severity: Error, undecided: true,
        summary: "a setting that does not exist",
        doc: "A misspelt setting would leave what it means to change as it is, in silence.\n\n## What to do instead\nWrite the name that is suggested. The settings are listed in the reference of the command line, and by `stopline schema config`.",
    }
    WRONG_SETTING = {
        id: "config/wrong-setting", severity: Error, undecided: true,
        summary: "a setting with a value it cannot have",
        doc: "The setting would have no effect, or another one than was meant.\n\n## What to do instead\nWrite a value of the kind the message names.",
    }
    UNKNOWN_RULE = {
        id: "config/unknown-rule", severity: Error, undecided: true,
        summary: "a severity for a rule that judges nothing here",
        doc: "A severity for a rule that was renamed, or whose pack is not selected, changes nothing: the rule weighs what its policy says.\n\n## What to do instead\nName a rule that judges, as `pack/rule`. A rule that should let something pass is waived, with a reason and an end.",
    }
}
