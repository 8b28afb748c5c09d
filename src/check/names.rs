//! The diagnostics of names and types, once for plans (where they stop) and once for policies (where nothing can be judged).

use crate::descriptors;
use crate::model::read::NameDiagnostics;

/// Declares the same diagnostics for two realms, since a mistake in a plan is a finding and one in a policy leaves
/// everything undecided.
macro_rules! realms {
    ($($field:ident: $plan:ident = $plan_id:literal, $policy:ident = $policy_id:literal, $summary:literal, $doc:literal;)+) => {
        descriptors! {
            /// What can be wrong with the names and types of a plan or a policy.
            NAME_DESCRIPTORS;
            $(
                $plan = { id: $plan_id, severity: Error, undecided: false, summary: $summary, doc: $doc }
                $policy = { id: $policy_id, severity: Error, undecided: true, summary: $summary, doc: $doc }
            )+
        }

        pub static IN_PLANS: NameDiagnostics = NameDiagnostics { $($field: &$plan),+ };
        pub static IN_POLICIES: NameDiagnostics = NameDiagnostics { $($field: &$policy),+ };
    };
}

realms! {
    unknown: PLAN_UNKNOWN_NAME = "plan/unknown-name", POLICY_UNKNOWN_NAME = "policy/unknown-name",
    "a name that means nothing here",
    "An attribute, block, field, function, parameter, metric or word that does not exist is a mistake, never \"absent\": \
what was meant by it would silently not hold.\n\n## What to do instead\nWrite the name that is suggested, or look it up in the language reference.";
    repeated: PLAN_REPEATED_NAME = "plan/repeated-name", POLICY_REPEATED_NAME = "policy/repeated-name",
    "the same name is given twice",
    "Of two values for one name only one could count, and nobody could say which.\n\n## What to do instead\nKeep one of the two, or give one of them another name.";
    missing: PLAN_MISSING_ATTRIBUTE = "plan/missing-attribute", POLICY_MISSING_ATTRIBUTE = "policy/missing-attribute",
    "something required is missing",
    "Without it the rest cannot be judged.\n\n## What to do instead\nAdd it; the message says what it means.";
    wrong_type: PLAN_TYPE_MISMATCH = "plan/type-mismatch", POLICY_TYPE_MISMATCH = "policy/type-mismatch",
    "a value of another kind than is wanted here",
    "A duration is not a number and a string is not a word: comparing them would always give the same answer, whatever was meant.\n\n## What to do instead\nWrite a value of the kind the message names.";
    impossible: PLAN_IMPOSSIBLE_VALUE = "plan/impossible-value", POLICY_IMPOSSIBLE_VALUE = "policy/impossible-value",
    "a value that cannot be",
    "A date that does not exist, a zone nobody knows, a word that is not among those allowed.\n\n## What to do instead\nWrite the value that is suggested, or one that exists.";
    naming: PLAN_NAMING = "plan/naming", POLICY_NAMING = "policy/naming",
    "a block without the id or title it needs, or with one it cannot have",
    "Findings, waivers, tests and journals name parts by their id.\n\n## What to do instead\nGive it an id (`step migrate { … }`), a title (`change \"New dashboard\" { … }`), or both.";
    arguments: PLAN_WRONG_ARGUMENTS = "plan/wrong-arguments", POLICY_WRONG_ARGUMENTS = "policy/wrong-arguments",
    "a function is given the wrong number of arguments",
    "Every function takes a fixed number of arguments.\n\n## What to do instead\nGive as many as the message names.";
    same: PLAN_SELF_COMPARISON = "plan/self-comparison", POLICY_SELF_COMPARISON = "policy/self-comparison",
    "a comparison of something with itself",
    "It comes to the same whatever happens: a red flag that is never raised, or a rule that never speaks. Most often `baseline(…)` was forgotten: `metric.latency > 1.5 * metric.latency` is never true.\n\n## What to do instead\nCompare with a limit, with the baseline of the metric, or with what was meant.";
}
