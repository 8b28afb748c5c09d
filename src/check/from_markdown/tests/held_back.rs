//! A plan that says that it is not carried out is said to say so.

use super::{plan, said, sound};

const STEPS: &str = "## Deployment\n1. Up: `./up.sh`\n";

#[test]
fn a_plan_that_is_not_carried_out_is_not_passed_over() {
    for line in [
        "DRAFT – do not execute!",
        "**DRAFT**",
        "Superseded by the plan of 4.3.",
        "This plan is not ready.",
        "This release was called off, or is it on hold? Do not run it.",
        "Do not run this before Monday.",
        "**Approved**: no",
        "**Approved by**: TBD",
        "**Sign-off**: pending (Kim)",
        "**Decision**: open",
    ] {
        said(&format!("# Shop\n\n{line}\n\n{STEPS}"), &[line.trim_matches('*')]);
    }
    said(&format!("# DRAFT: Shop\n\n{STEPS}"), &["DRAFT: Shop"]);
    for quiet in [
        "This plan replaces the draft of Monday.",
        "It does not touch the cart.",
        "The shop (formerly `checkout`) is restarted.",
        "It may run on any day.",
    ] {
        sound(&format!("# Shop\n\n{quiet}\n\n{STEPS}"));
    }
    for quiet in ["**Approved by**: Kim", "**Decision**: go", "**Note**: no downtime"] {
        assert!(plan(&format!("# Shop\n\n{quiet}\n\n{STEPS}")).1.starts_with("plan/not-read"), "{quiet}");
    }
}
