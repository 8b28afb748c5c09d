//! Steps below a heading that is no phase are not run, and that is more than a note.

use super::{plan, said};

#[test]
fn steps_below_a_heading_that_is_no_phase_are_said() {
    for steps in [
        "1. Do it: `./it.sh`\n   - Undo: `./undo.sh`\n",
        "- Do it: `./it.sh`\n  - Timeout: 5 minutes\n",
        "- Do it: `./it.sh`\n  - Irreversible: it is gone\n",
        "1. Do it: `./it.sh`\n2. Do more: `./more.sh`\n",
        "```\n./it.sh\n```\n\nUndo: `./undo.sh`\n",
        "```\n./it.sh\n```\n\nVerify:\n\n```\n./look.sh\n```\n",
    ] {
        for heading in ["Index migration", "Cutover", "Datenbank", "Step 1: Stop the workers"] {
            said(&format!("# Shop\n## {heading}\n{steps}"), &[heading]);
        }
        for heading in ["Troubleshooting", "Troubleshooting\n### Cart", "Notes"] {
            assert!(!plan(&format!("# Shop\n## {heading}\n{steps}")).1.contains("plan/not-understood"), "{heading}");
        }
    }
    for quiet in [
        "- Gateway\n  - Timeout: 30 s\n  - Retries: 3\n",
        "1. The log: `./log.sh`\n2. Nobody is told\n",
        "- The log: `./log.sh`\n",
        "```\n./it.sh\n```\n",
    ] {
        let complaints = plan(&format!("# Shop\n## Index migration\n{quiet}")).1;
        assert!(!complaints.contains("plan/not-understood"), "{complaints}");
    }
}
