//! What stands where a plan is read and might be a part of it is read, or said: nothing of a plan is lost without a word.

use super::{plan, sound};

/// What is said about a text, of which something is not read: its rule, the place, and how the message begins.
#[track_caller]
fn said(text: &str, wanted: &[&str]) {
    let (plan, complaints) = plan(text);
    let complaints: Vec<&str> = complaints.lines().collect();
    let fits = complaints.len() == wanted.len()
        && complaints.iter().zip(wanted).all(|(line, wanted)| line.starts_with(wanted));
    assert!(fits, "{text}\nwanted {wanted:#?}\nsaid {complaints:#?}\n{plan}");
}

const STEP: &str = "## Deploy\n\n### Switch\n\n```bash\n./switch.sh\n```\n\n";

#[test]
fn the_word_behind_a_fence_is_known_however_it_is_written() {
    let expected = "phase deploy\n  step `Switch`\n    run = \"./switch.sh\" `./switch.sh`\n";
    for word in ["Bash", "SH", "shell", "bash title=\"x\"", "bash,linenos", "{.bash}", "bash{1}", "shell-script", ""] {
        assert_eq!(sound(&STEP.replace("```bash", &format!("```{word}"))), expected, "{word}");
    }
    let hold = "phase deploy\n  hold go\n    by = approvers `[approvers]`\n";
    for word in ["Stopline", "STOPLINE", "stopline,x", "{.stopline}"] {
        assert_eq!(sound(&format!("## Deploy\n```{word}\nhold go {{ by = [approvers] }}\n```\n")), hold, "{word}");
    }
}

#[test]
fn a_block_of_code_that_does_not_run_is_said_where_steps_stand() {
    for (word, message) in [
        ("console", "a block of `console` shows what was typed and what came of it"),
        ("Shell-Session", "a block of `Shell-Session` shows what was typed and what came of it"),
        ("zsh", "a block of `zsh` is not run: commands are those of bash"),
        ("powershell", "a block of `powershell` is not run: commands are those of bash"),
        ("yaml", "a block of `yaml` is not read here"),
        ("stop-line", "a block of `stop-line` is not read here"),
    ] {
        let wanted = format!("plan/not-understood ````{word}");
        let code = |above: &str, pad: &str| format!("{above}{pad}```{word}\n{pad}$ ./x.sh\n{pad}```\n");
        for text in [
            code(STEP, ""),
            code("## Rollback\n\n1. Back: `./b.sh`\n\n", ""),
            code("## Verify\n\n1. Smoke: `./b.sh`\n", "   "),
            code("## Sign-off\n\n- Security: @eve\n\n", ""),
            code("## Go-live list\n\n- [ ] Tests pass\n\n", ""),
            code("## Go-live list\n\n- [ ] Tests pass\n", "  "),
        ] {
            let (_, complaints) = plan(&text);
            assert!(complaints.starts_with(&wanted) && complaints.contains(message), "{text}\n{complaints}");
            assert_eq!(complaints.matches("plan/").count(), 1, "{text}\n{complaints}");
        }
    }
    said("## Deploy\n### Switch\n```bash\n```\n", &["plan/not-understood ````bash"]);
    // The language itself, without the word for it.
    for word in ["", "text", "hcl", "bash"] {
        let text = format!("# Shop\n## Deploy\n```{word}\nhold go {{ by = [approvers] }}\n```\n");
        let (_, complaints) = plan(&text);
        assert!(complaints.contains("this block reads like the language of Stopline"), "{word}: {complaints}");
    }
    let text = "## More\n```text\nmetric errors {\n  run = \"./e.sh\"\n}\n```\n";
    assert!(plan(text).1.contains("reads like the language of Stopline"));
}

#[test]
fn a_script_below_a_box_or_between_boxes_is_said() {
    let wanted = "plan/not-understood ````bash";
    said("## List\n- [ ] Tests\n\n```bash\n./x.sh\n```\n", &[wanted]);
    said("## List\n- [ ] Tests\n  ```bash\n  ./x.sh\n  ```\n", &[wanted]);
    said("## Sign-off\n- Security: @eve\n\n```bash\n./x.sh\n```\n", &[wanted]);
}

#[test]
fn a_step_heading_without_a_command_is_said() {
    let text = |above: &str, below: &str| format!("{above}### Migrate\n\nAsk Tom.\n{below}");
    for above in ["## Deploy\n", "## Verification\n", "## Rollback plan\n", STEP] {
        for below in ["", "\n### Seed\n\n```bash\n./seed.sh\n```\n", "\n`migrate` does it all.\n"] {
            said(
                &text(above, below),
                &["plan/not-understood `Migrate` `Migrate` stands where steps stand, and has no command"],
            );
        }
    }
    said("## Deploy\n### Migrate\n`./migrate.sh up`\n", &["plan/not-understood `./migrate.sh up` this line"]);
    said("## Deploy\nMigrate: `./migrate.sh up`\n", &["plan/not-understood `Migrate: `./migrate.sh up` this line"]);
    said("## Rollback plan\n\nAsk Tom.\n", &["plan/not-read `Rollback plan` `Rollback plan`"]);
    // A heading over others, over boxes, or over an explanation.
    for quiet in [
        "## Deploy\n### First\n#### Switch\n```sh\n./x.sh\n```\n",
        "## Deploy\n### List\n- [ ] Tests\n\n### Notes\n\nNobody is told.\n### Why\n\nSo.\n",
        "## Verify\n### By hand\n- Look at the cart\n",
    ] {
        sound(quiet);
    }
}

#[test]
fn a_labelled_line_that_may_mean_something_is_said() {
    for (line, cut) in [
        ("**Hold**: go-live by approvers", "Hold"),
        ("Hold: go-live by approvers", "Hold"),
        ("**HOLD go-live**: approvers", "HOLD go-live"),
        ("**Approved by**: @ruth", "Approved by"),
        ("**Decision point**: the DBA", "Decision point"),
        ("**Precondition**: the queue is empty", "Precondition"),
        ("**Time out**: 10 minutes", "Time out"),
        ("Undoo: `./back.sh`", "Undoo"),
        ("Undoo:\n```bash\n./back.sh\n```", "Undoo"),
        ("Execute: `./x.sh`", "Execute"),
        ("Undo:", "Undo"),
        ("> **Undo**: `./back.sh`", "Undo"),
    ] {
        let wanted = format!("plan/not-understood `{cut}` ");
        let (_, complaints) = plan(&format!("{STEP}{line}\n"));
        assert!(complaints.starts_with(&wanted), "{line}\n{complaints}");
        let nested = line.replace('\n', "\n  ");
        let (_, complaints) = plan(&format!("## Rollback\n- Back: `./b.sh`\n\n  {nested}\n"));
        assert!(complaints.starts_with(&wanted), "{line}\n{complaints}");
    }
    for (text, cut) in [
        ("## Deploy\n- Switch: `./s.sh`\n  - Undoo: none\n", "Undoo"),
        ("## Deploy\n- Switch: `./s.sh`\n  Irreversible: gone\n", "Irreversible"),
        ("## Deploy\n- Switch: `./s.sh`\n  - Irreversible: gone\n    - Hold: @ruth\n", "Hold"),
        ("## Deploy\n- Switch: `./s.sh`\n- Undo: `./b.sh`\n", "Undo"),
        ("## Verify\n- Look at it\n- Hold: @ruth\n", "Hold"),
        ("## List\n- [ ] Tests\n  - By:\n", "By"),
        ("## List\n- [ ] Tests\n  - Due: T-1d\n    - Undo: `./x.sh`\n", "Undo"),
        ("## List\n- [ ] Tests\n  - Rnu: `./t.sh`\n", "Rnu"),
        ("## List\n- [ ] Tests\n  Run: `./t.sh`\n", "Run"),
        ("## List\n- [ ] Tests\n\n**Hold**: @ruth\n", "Hold"),
    ] {
        said(text, &[&format!("plan/not-understood `{cut}` ")]);
    }
}

#[test]
fn tables_and_html_that_hold_commands_are_said() {
    let table = "## Deploy\n\n| Step | Command |\n|---|---|\n| Switch | `./s.sh` |\n";
    said(table, &["plan/not-understood `| Step"]);
    let html = "## Deploy\n<details>\n<summary>Switch</summary>\n```bash\n./s.sh\n```\n</details>\n";
    said(html, &["plan/not-understood `<details>"]);
    said("## Deploy\n> ```bash\n> ./s.sh\n> ```\n", &["plan/not-understood ````bash"]);
}

#[test]
fn a_heading_that_is_nearly_one_of_a_plan_is_said_where_it_holds_steps() {
    let script = "```bash\n./back.sh\n```\n";
    for (heading, meant) in [
        ("Rolback plan", "rollback"),
        ("Roll bakc", "roll back"),
        ("Rolling back", "rollback"),
        ("Deploymnet steeps", "deployment"),
        ("Verfication", "verification"),
        ("Pre-deployement", "pre deployment"),
    ] {
        for steps in
            [script, "1. Back: `./back.sh`\n", "- `./back.sh`\n", "1. Call Tom\n", "### Index\n```sh\n./b.sh\n```\n"]
        {
            let text = format!("# Shop\n## {heading}\n{steps}");
            let (_, complaints) = plan(&text);
            let wanted = format!("plan/not-understood `{heading}` `{heading}` holds steps");
            assert!(complaints.contains(&wanted), "{text}\n{complaints}\n{meant}");
        }
        sound(&format!("# Shop\n## {heading}\n\nAsk Tom.\n"));
    }
    // Below a phase its steps would be done as those of the phase.
    said(&format!("{STEP}### Rolback\n{script}"), &["plan/not-understood `Rolback` "]);
    said("## Sing-off\n- Security: @eve\n", &["plan/not-understood `Sing-off` "]);
}

#[test]
fn a_block_that_is_never_closed_is_said() {
    said(
        "## Deploy\n```stopline\nhold go { by = [approvers] }\n",
        &["plan/not-understood ````stopline` this block of code is never"],
    );
    let (_, complaints) = plan("## Deploy\n- Up: `./u.sh`\n\n## Notes\n```text\nx\n## Rollback\n1. Back: `./b.sh`\n");
    assert!(complaints.starts_with("plan/not-understood ````text` this block of code is never closed"), "{complaints}");
    sound("## Deploy\n- Up: `./u.sh`\n\n  ~~~~stopline\n  metric m { run = \"x\" }\n  ~~~~\n> ```text\n> x\n> ```\n");
}

#[test]
fn prose_links_and_sections_of_explanation_stay_quiet() {
    for text in [
        "Note: read `docs/x.md` first.\nImportant: it takes long.\nSee: [the wiki](https://w.example)\n",
        "> [!NOTE]\n> Nobody is told.\n>\n> ```text\n> 3 rows\n> ```\n",
        "<!-- Hold: ```bash -->\n<details>\n\nMore of it.\n\n</details>\n",
        "It runs `./switch.sh` and waits. Old: 4.1, new: 4.2.\n",
        "> - Undo: see [the wiki](https://w.example)\n>   - Verify: by hand\n",
        "- Look at the dashboard: see [the wiki](https://w.example)\n",
    ] {
        if text.starts_with("- ") {
            sound(&format!("## Verify\n\n{text}"));
        } else {
            sound(&format!("{STEP}{text}"));
        }
    }
    let details = "# Shop\n## Deployment details\n\n**Service**: shop\n";
    assert_eq!(sound(details), "service = \"shop\" `shop`\n");
    sound("# Shop\n## Background\n\nHold: on. Undo: nothing.\n\n**Service**: shop\n");
    assert!(plan("# Shop\n## Configuration\n```bash\n./c.sh\n```\n").1.starts_with("plan/not-read"));
    assert!(plan("# Shop\n## Compilation\n```bash\n./c.sh\n```\n").1.starts_with("plan/not-read"));
}
