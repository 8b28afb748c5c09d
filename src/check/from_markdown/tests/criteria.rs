//! What a way back is taken for is told from what it does.

use super::plan;

#[test]
fn criteria_are_no_steps() {
    let steps = "\n### Steps\n1. Back: `./back.sh`\n";
    for intro in [
        "Roll back when any of these is true:",
        "Rollback immediately if:",
        "Rollback criteria:",
        "### Criteria",
        "### When to roll back",
    ] {
        let (plan, complaints) = plan(&format!("## Rollback\n\n{intro}\n\n- More than 5 % fail\n- p99 > 2 s\n{steps}"));
        let notes = complaints.lines().filter(|line| line.starts_with("plan/not-read `"));
        assert!(notes.count() == 2 && complaints.lines().count() == 2, "{intro}\n{complaints}");
        assert!(plan.contains("./back.sh") && plan.matches("step").count() == 1, "{plan}");
    }
    for intro in ["If anything goes wrong:", "Roll back:"] {
        let (plan, _) = plan(&format!("## Rollback\n\n{intro}\n\n1. Call Kim\n{steps}"));
        assert!(plan.contains("Call Kim"), "{intro}\n{plan}");
    }
}
