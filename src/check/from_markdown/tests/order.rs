//! Steps run where they stand: a phase that was left does not go on, and nobody is asked between steps by a list.

use super::{plan, said, sound};

#[test]
fn a_phase_that_was_left_does_not_go_on() {
    let script = |heading: &str| format!("{heading}\n```\n./x.sh\n```\n");
    let twice = |first: &str, second: &str, third: &str| {
        format!("# Shop\n{}{}{}", script(first), script(second), script(third))
    };
    said(&twice("## Deploy the canary", "## Verify the canary", "## Deploy to everybody"), &["Deploy to everybody"]);
    said(&twice("## Deploy the canary", "## Backup", "## Deploy to everybody"), &["Deploy to everybody"]);
    let below = format!(
        "## Deployment\n{}",
        twice("### Migrate", "### Verify the migration", "### Switch").replace("# Shop\n", "")
    );
    said(&below, &["Switch"]);
    // What people look at leaves a phase as well.
    let people = "## Deployment\n### Migrate\n```\n./m.sh\n```\n### Confirm with the DBA\n- No row is lost\n### Switch\n```\n./s.sh\n```\n";
    said(people, &["Switch"]);
    let verify = format!("{}{}", twice("## Deploy", "## Verify", "## Deploy the rest"), script("## Verify the rest"));
    // One that came back explains the next.
    said(&verify, &["Deploy the rest"]);
    for quiet in [
        twice("## Deploy the canary", "## Deploy to everybody", "## Verify"),
        twice("## Backup", "## Rollback", "## Deploy"),
        twice("## Preparation", "## Deploy", "## Verify"),
        "## Deployment\n### Backup\n- Dump: `./d.sh`\n### Deploy\n- Up: `./u.sh`\n### Check the cart\n- Cart: `./c.sh`\n".to_owned(),
        "## Deploy\n- Up: `./u.sh`\n## Communication\n- When it is done: `./c.sh`\n## Deploy the rest\n- Rest: `./r.sh`\n".to_owned(),
    ] {
        sound(&quiet);
    }
}

#[test]
fn nobody_is_asked_between_steps_by_a_list() {
    for approval in ["Approval\n- CTO: @ann", "Sign-off\n- [ ] CTO approves: @cto", "Approval\nThe CTO is asked."] {
        let text =
            format!("## Deployment\n### Migrate\n```\n./m.sh\n```\n### {approval}\n### Switch\n```\n./s.sh\n```\n");
        said(&text, &[approval.split('\n').next().unwrap()]);
        let approval = approval.replace("The CTO is asked.", "- CTO: @ann");
        let text = format!("## Deploy\n- Up: `./u.sh`\n## {approval}\n## Verify\n- Smoke: `./s.sh`\n");
        said(&text, &[approval.split('\n').next().unwrap()]);
        sound(&format!("## Preparation\n- Look: `./l.sh`\n## {approval}\n## Deploy\n- Up: `./u.sh`\n"));
        sound(&format!(
            "## Deploy\n- Up: `./u.sh`\n## Verify\n- Smoke: `./s.sh`\n## {approval}\n## Rollback\n- Back: `./b.sh`\n"
        ));
    }
    // Its items are signed, and run nothing.
    said("## Deploy\n### Gate: CTO approval\n1. Two: `./two.sh`\n", &["Two: `./two.sh`"]);
}

#[test]
fn no_box_is_ticked_between_two_steps_of_the_deployment() {
    let line = "The canary looks good: @cto";
    for between in ["2. [ ] ", "\n- [ ] ", "   - [ ] ", "\n### Go/no-go meeting\n- [ ] ", "\n### Checklist\n- [x] "] {
        let text = format!("## Deployment\n1. Canary: `./c.sh`\n{between}{line}\n\n### All\n3. All: `./d.sh`\n");
        said(&text, &[line]);
        said(&text.replace("\n### All\n", ""), &[line]);
        sound(&text.replace("3. All: `./d.sh`", "").replace("### All", ""));
        sound(&text.replace("1. Canary: `./c.sh`\n   - [ ]", "- [ ]").replace("1. Canary: `./c.sh`\n", ""));
    }
}

#[test]
fn a_phase_without_steps_is_left_as_well() {
    for between in ["## Verification\nLook at it for an hour.\n", "## Verification\n- [ ] No error\n", "## Backup\n"] {
        let text = format!("## Deployment\n1. Canary: `./c.sh`\n{between}## Deployment to all\n1. All: `./d.sh`\n");
        let complaints = plan(&text).1;
        assert!(complaints.contains("plan/not-understood `Deployment to all` "), "{complaints}");
    }
    sound("## Deployment\n### Backup\n- Dump: `./d.sh`\n### Deploy\n- Up: `./u.sh`\n");
    let why = "## Deploy\n- Up: `./u.sh`\n## Why we verify\nSo.\n## Deploy the rest\n- Rest: `./r.sh`\n";
    assert!(!plan(why).1.contains("plan/not-understood"));
}
