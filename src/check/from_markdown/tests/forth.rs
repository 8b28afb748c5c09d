//! On the way forth nothing is run that goes back, that waits for somebody, or that is there to be looked up.

use super::{plan, said, sound};

const SMOKE: &str = "- Smoke: `./smoke.sh`\n\n";

#[test]
fn what_goes_back_is_no_step_of_a_phase() {
    for words in [
        "For rollback:",
        "To undo it:",
        "To go back, run:",
        "To restore the old version:",
        "The following takes it back.",
        "Restore procedure:",
        "The backup can be restored with:",
    ] {
        said(&format!("## Verification\n{SMOKE}{words}\n\n```\n./back.sh\n```\n"), &[words]);
        sound(&format!("## Rollback\n- Back: `./b.sh`\n\n{words}\n\n```\n./back.sh\n```\n"));
        sound(&format!("## Verification\n{SMOKE}Undo:\n\n{words}\n\n```\n./back.sh\n```\n"));
    }
    for title in [
        "Rolling back",
        "Backout",
        "Back out",
        "Fallback",
        "Recovery",
        "Downgrade",
        "Switch back to blue",
        "Undoing the flag",
        "Roll the index back",
    ] {
        said(&format!("## Backup\n1. {title}: `./back.sh`\n"), &[&format!("{title}: `./back.sh`")]);
        let text = format!("## Verification\n{SMOKE}{title} with:\n\n```\n./back.sh\n```\n");
        said(&text, &[&format!("{title} with:")]);
    }
    sound("## Backup\n1. Switch to the back office: `./x.sh`\n2. Copy the recovery keys: `./k.sh`\n");
    for title in ["To roll back", "Restore", "How to restore", "Revert the flag", "To restore", "Then undo it"] {
        let item = format!("{title}: `./back.sh`");
        said(&format!("## Backup\n1. {item}\n"), &[&item]);
        sound(&format!("## Rollback\n1. {item}\n"));
    }
    for heading in ["Restore", "How to restore", "Then undo it"] {
        said(&format!("## Backup\n1. Dump: `./d.sh`\n### {heading}\n```\n./back.sh\n```\n"), &[heading]);
    }
    said("## Backup\n1. Restore with `./r.sh`\n", &["Restore with `./r.sh`"]);
    sound("## Backup\n1. Dump: `./d.sh`\n\nTest the restore:\n\n```\n./x.sh\n```\n");
    for quiet in ["Test the restore", "Verify that the backup can be restored", "Keep the image for the rollback"] {
        sound(&format!("## Backup\n1. {quiet}: `./x.sh`\n"));
        sound(&format!(
            "## Backup\n### {quiet}\nIt can be undone.\n```\n./x.sh\n```\n\nIt is restored within a minute.\n"
        ));
    }
}

#[test]
fn a_purpose_or_a_possibility_is_no_step() {
    for words in ["The DBA can run", "To read the log:", "In an emergency, run", "For Windows:", "How to read the log:"]
    {
        said(&format!("## Verification\n{SMOKE}{words}\n\n```\n./x.sh\n```\n"), &[words]);
    }
    sound("## Deploy\n### Switch\n\nTo switch the traffic, run:\n\n```\n./x.sh\n```\n");
    sound(&format!("## Verification\n{SMOKE}This can take ten minutes.\n\n```\n./x.sh\n```\n"));
}

#[test]
fn an_explanation_holds_no_steps() {
    for heading in ["Troubleshooting", "Emergency", "FAQ", "Notes", "Appendix B", "Troubleshooting the cart"] {
        let code = "```\n./x.sh\n```\n";
        said(&format!("## Verification\n{SMOKE}### {heading}\n{code}"), &[heading]);
        said(&format!("## Verification\n{SMOKE}### {heading}\n#### Cart\n{code}"), &[heading]);
    }
    said("## Troubleshooting steps\n1. Cart: `./x.sh`\n", &["Troubleshooting steps"]);
    sound("## Verification\n### Notes\nNobody is told.\n");
}

#[test]
fn a_step_that_waits_for_somebody_is_not_run_at_once() {
    for title in [
        "Wait for approval by the CTO, then switch the traffic",
        "Wait for Tom's go-ahead",
        "Stop here until the CTO signs off",
        "Needs approval by the CTO",
        "Get approval from @cto, then",
        "Requires sign-off from security",
        "Two (requires approval)",
        "Two (approval: @cto)",
        "Two — after sign-off by security",
        "Go/No-Go decision by @ann",
        "Todo: confirm with DBA",
        "Pause for a decision by the CTO, then",
        "Wait 30 minutes, then",
        "At 22:00 UTC",
        "SSH to web1 and run",
        "Repeat for each host",
    ] {
        let item = format!("{title}: `./two.sh`");
        said(&format!("## Deploy\n1. {item}\n"), &[&item]);
        said(&format!("## Deploy\n1. One: `./one.sh`\n\n{title}:\n\n```\n./two.sh\n```\n"), &[&format!("{title}:")]);
    }
    said("## Deploy\n### Wait for the go-ahead\n```\n./two.sh\n```\n", &["Wait for the go-ahead"]);
    said("## Deploy\n1. Two: `./two.sh` (twice)\n", &["Two: `./two.sh` (twice)"]);
    for title in [
        "Wait for the rollout",
        "Wait until the queue is empty",
        "Wait 30 seconds",
        "Get the list of orders",
        "Log in to the registry",
        "Roll out the approval service",
        "Ask for approval",
        "Check that the orders were approved",
        "Needs a minute",
        "At 10 %",
    ] {
        sound(&format!("## Deploy\n1. {title}: `./two.sh`\n\n{title}:\n\n```\n./two.sh\n```\n"));
    }
}

#[test]
fn prose_that_tells_people_to_wait_is_not_passed_over() {
    for words in [
        "Needs approval of the CTO",
        "Must be approved by @cto first",
        "Wait for the go of @cto first",
        "Ask @cto before you start.",
        "Wait for the CTO to approve before going on.",
        "Approval required from @cto before the next step",
        "Hold 30 minutes before this",
        "Do this only once @cto has agreed.",
        "Wait until all pods are there.",
        "Do not continue until the DBA gives the OK.",
        "Proceed only after CAB approval.",
        "Proceed only if the canary is healthy.",
        "This step needs approval by the DBA.",
        "The DBA must approve this step.",
        "Before the next step, QA must confirm.",
        "Ask @ruth for the go-ahead.",
        "Get confirmation from the product owner.",
        "Not before the DBA has answered.",
        "Step 2 is optional.",
        "Step 2 must not run before 22:00.",
        "Pause here.",
    ] {
        said(&format!("## Deploy\n1. Two: `./two.sh`\n   - {words}\n"), &[words]);
        said(&format!("## Deploy\n1. Two: `./two.sh`\n\n   {words}\n"), &[words]);
        said(&format!("## Deploy\n1. One: `./one.sh`\n\n**{words}**\n\n2. Two: `./two.sh`\n"), &[words]);
        said(&format!("## Deploy\n### One\n```\n./one.sh\n```\n\n{words}\n"), &[words]);
        sound(&format!("## Notes\n\n{words}\n"));
    }
    said(
        "## Deploy\n1. One: `./one.sh`\n\nSTOP: CTO must confirm.\n\n2. Two: `./two.sh`\n",
        &["STOP: CTO must confirm."],
    );
    said("**Hold**: until @cto says so\n", &["Hold"]);
    said("## Deploy\n1. Two: `./two.sh`\n   - Time: 22:00\n", &["Time: 22:00"]);
    for quiet in ["Ask @cto if you are in doubt.", "Time: 5 minutes", "Owner: @bob", "If it hangs, wait for Tom."] {
        sound(&format!("## Deploy\n1. Two: `./two.sh`\n   - {quiet}\n"));
    }
    sound("## Deploy\n### Up\n```\n./up.sh\n```\n\nWait for it to finish.\n\n```\n./wait.sh\n```\n");
}

#[test]
fn a_command_in_prose_is_said() {
    for line in [
        "Then restart the workers with `./workers.sh`.",
        "Run `./restart.sh` on web1.",
        "Then `systemctl restart workers`.",
        "Note: restart with `npm restart` afterwards",
        "Start `/opt/shop/warm` now.",
        "Run `./switch.sh` again.",
    ] {
        for text in ["## Deploy\n1. Switch: `./switch.sh`\n", "## Rollback\n1. Switch: `./switch.sh`\n"] {
            said(&format!("{text}\n{line}\n"), &[line]);
        }
        sound(&format!("## Notes\n\n{line}\n"));
    }
    for quiet in ["It runs `./switch.sh` and waits.", "The log is in `/var/log/shop.log`.", "It stops `shop-worker`."] {
        sound(&format!("## Deploy\n1. Switch: `./switch.sh`\n\n{quiet}\n"));
    }
}

#[test]
fn a_message_is_sent_before_or_after_and_not_meanwhile() {
    for title in [
        "Failure",
        "Rollback",
        "Rolled back",
        "Rollback started",
        "Incident",
        "Delay",
        "During the deployment",
        "Tell support while it runs",
        "T-1h",
        "T+1h",
    ] {
        let (plan, complaints) = plan(&format!("## Communication\n- {title}: `./say.sh`\n"));
        let once = complaints.starts_with("plan/not-understood") && complaints.lines().count() == 1;
        assert!(once && plan.contains("./say.sh"), "{title}\n{complaints}");
    }
    for (title, phase) in [("Kick-off", "prepare"), ("Before it starts", "prepare"), ("Success", "confirm")] {
        assert!(sound(&format!("## Communication\n- {title}: `./say.sh`\n")).contains(phase), "{title}");
    }
}

#[test]
fn a_heading_that_is_about_another_deployment_holds_no_steps() {
    for heading in [
        "Emergency deployment procedure",
        "Old deployment steps",
        "Deployment troubleshooting",
        "Deployment FAQ",
        "What to do when the deployment fails",
        "Steps for the next release",
        "Next steps",
        "Disaster recovery procedure",
        "Abort procedure",
        "Legacy deployment",
    ] {
        let (plan, complaints) = plan(&format!("## {heading}\n1. Drop: `./drop.sh`\n"));
        let once = complaints.starts_with("plan/not-understood") && complaints.lines().count() == 1;
        assert!(once && plan.contains("./drop.sh"), "{heading}\n{complaints}");
    }
    for heading in ["Deployment of the new shop", "Deployment steps", "Smoke tests of the old API"] {
        sound(&format!("## {heading}\n1. Look: `./look.sh`\n"));
    }
}
