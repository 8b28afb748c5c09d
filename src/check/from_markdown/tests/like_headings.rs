//! What stands over commands like a heading, and is none, says that they are something else.

use super::{plan, said, sound};

#[test]
fn a_line_in_bold_is_taken_at_its_word() {
    let steps = "## Verification\n\n1. Smoke: `./smoke.sh`\n\n";
    for line in [
        "**Rollback**",
        "*Rollback*",
        "Rollback",
        "**Rollback procedure**",
        "**Recovery**",
        "**How to roll back**",
        "**Back-out plan**",
        "**Troubleshooting**",
        "**Emergency**",
        "**Examples**",
        "**Plan B**",
        "Useful commands",
        "**Option B**",
        "<h3>Rollback</h3>",
        "<details>\n<summary>If the cache is stale</summary>",
        "<summary>Troubleshooting</summary>",
    ] {
        for commands in ["1. Drop: `./drop.sh`\n", "```bash\n./drop.sh\n```\n"] {
            let (plan, complaints) = plan(&format!("{steps}{line}\n\n{commands}"));
            let once = complaints.starts_with("plan/not-understood") && complaints.lines().count() == 1;
            assert!(once && plan.contains("./drop.sh"), "{line}\n{complaints}");
        }
    }
    for quiet in ["**Second step**", "Then the workers:", "**Warm the cache**", "<br>", "<!-- Rollback -->"] {
        sound(&format!("{steps}{quiet}\n\n```bash\n./workers.sh\n```\n"));
        sound(&format!("{steps}{quiet}\n\n- Workers: `./workers.sh`\n"));
    }
    let line = "Nothing of this is run by anybody, unless Ann asks";
    said(&format!("{steps}**{line}**\n\n- Workers: `./workers.sh`\n"), &[line]);
    sound("## Rollback\n\n**Roll back the code**\n\n1. Back: `./back.sh`\n");
}
