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

#[test]
fn wherever_it_stands() {
    for text in [
        "# [CANCELLED] Release 4.2\n",
        "# Release 4.2 (superseded)\n",
        "# DO NOT RUN – Release 4.2\n",
        "# Shop\n\nStatus: draft, do not run\n",
        "# Shop\n\n**Status**: 🔴 Blocked\n",
        "# Shop\n\n**Status**: Not approved yet\n",
        "# Shop\n\n**Plan status**: draft\n",
        "# Shop\n\n**Not before**: 2026-12-24\n",
        "# Shop\n\n**Earliest start**: Monday\n",
        "# Shop\n\n**Change freeze**: until Monday\n",
        "# Shop\n\n**CAB decision**: pending\n",
        "---\nstatus: draft\n---\n# Shop\n",
        "# Shop\n## Team\n- Lead: @ann\n\n**Status**: draft\n",
        "# Shop\n## Team\n- Lead: @ann\n\n**Hold**: until @ruth signs\n",
        "# Shop\n## Changes\n- Fix: cart\n\n**Do not deploy before**: Monday\n",
    ] {
        let complaints = plan(&format!("{text}\n{STEPS}")).1;
        let errors = complaints.matches("plan/not-understood").count();
        assert_eq!(errors, 1, "{text}\n{complaints}");
    }
    for quiet in ["**Change freeze**: none", "**Status**: 🟢 approved", "Status: approved"] {
        assert!(!plan(&format!("# Shop\n\n{quiet}\n\n{STEPS}")).1.contains("not-understood"), "{quiet}");
    }
}

#[test]
fn an_approval_that_asks_nobody_is_said() {
    for text in ["The CAB has to approve this first.", "| Role | Name | Signature |\n|---|---|---|\n| CAB | Ann | |"] {
        said(&format!("## Approvals\n\n{text}\n"), &["Approvals"]);
    }
    sound("## Approvals\n\n- CAB: @ann\n");
    sound("## Approvals\n\n- [ ] CAB: @ann\n");
}
