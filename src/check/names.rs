//! The diagnostics of names and types, once for plans (where they stop) and once for policies (where nothing can be judged).

use crate::descriptors;
use crate::model::read::NameDiagnostics;

/// Declares the same diagnostics for two realms, since a mistake in a plan is a finding and one in a policy leaves
/// everything undecided.
macro_rules! realms {
    ($($field:ident: $plan:ident = $plan_id:literal, $policy:ident = $policy_id:literal, $summary:literal;)+) => {
        descriptors! {
            /// What can be wrong with the names and types of a plan or a policy.
            NAME_DESCRIPTORS;
            $(
                $plan = {
                    id: $plan_id, severity: Error, undecided: false,
                    summary: $summary, doc: include_str!(concat!("docs/", $plan_id, ".md")),
                }
                $policy = {
                    id: $policy_id, severity: Error, undecided: true,
                    summary: $summary, doc: include_str!(concat!("docs/", $policy_id, ".md")),
                }
            )+
        }

        pub static IN_PLANS: NameDiagnostics = NameDiagnostics { $($field: &$plan),+ };
        pub static IN_POLICIES: NameDiagnostics = NameDiagnostics { $($field: &$policy),+ };
    };
}

realms! {
    unknown: PLAN_UNKNOWN_NAME = "plan/unknown-name", POLICY_UNKNOWN_NAME = "policy/unknown-name",
    "a name that means nothing here";
    repeated: PLAN_REPEATED_NAME = "plan/repeated-name", POLICY_REPEATED_NAME = "policy/repeated-name",
    "the same name is given twice";
    missing: PLAN_MISSING_ATTRIBUTE = "plan/missing-attribute", POLICY_MISSING_ATTRIBUTE = "policy/missing-attribute",
    "something required is missing";
    wrong_type: PLAN_TYPE_MISMATCH = "plan/type-mismatch", POLICY_TYPE_MISMATCH = "policy/type-mismatch",
    "a value of another kind than is wanted here";
    impossible: PLAN_IMPOSSIBLE_VALUE = "plan/impossible-value", POLICY_IMPOSSIBLE_VALUE = "policy/impossible-value",
    "a value that cannot be";
    naming: PLAN_NAMING = "plan/naming", POLICY_NAMING = "policy/naming",
    "a block without the id or title it needs, or with one it cannot have";
    arguments: PLAN_WRONG_ARGUMENTS = "plan/wrong-arguments", POLICY_WRONG_ARGUMENTS = "policy/wrong-arguments",
    "a function is given the wrong number of arguments";
    same: PLAN_SELF_COMPARISON = "plan/self-comparison", POLICY_SELF_COMPARISON = "policy/self-comparison",
    "a comparison of something with itself";
}
