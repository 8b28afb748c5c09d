//! What can be wrong with a plan because it is YAML or JSON; everything else is said as in the language.

use crate::descriptors;

descriptors! {
    /// Every diagnostic of plans written as documents.
    FROM_DOCUMENT_DESCRIPTORS;
    NOT_A_MAPPING = {
        id: "plan/not-a-mapping", severity: Error, undecided: true,
        summary: "something else stands where keys and values must stand",
        doc: include_str!("docs/not-a-mapping.md"),
    }
    NOT_A_LIST = {
        id: "plan/not-a-list", severity: Error, undecided: true,
        summary: "something else stands where a list of parts must stand",
        doc: include_str!("docs/not-a-list.md"),
    }
    NO_VALUE = {
        id: "plan/no-value", severity: Error, undecided: true,
        summary: "a key without a value",
        doc: include_str!("docs/no-value.md"),
    }
    UNCLEAR_KIND = {
        id: "plan/unclear-kind", severity: Error, undecided: true,
        summary: "an entry of a list that says not, or twice, what it is",
        doc: include_str!("docs/unclear-kind.md"),
    }
    SEVERAL_PLANS = {
        id: "plan/several-plans", severity: Error, undecided: true,
        summary: "a YAML file with more than one document",
        doc: include_str!("docs/several-plans.md"),
    }
}
