//! What a command printed, what was typed at a prompt and what is to be filled in is not run.

use super::{plan, said, sound};

#[test]
fn output_is_no_script() {
    let smoke = "## Verification\n\n### Smoke\n\n```bash\n./smoke.sh\n```\n\n";
    let output = "```\n3 pods are ready\n```\n";
    for words in ["Expected output:", "Output:", "You should see:", "This prints:", "**Expected output:**", "Returns"] {
        for output in [output, "```bash\n3 pods are ready\n```\n"] {
            let complaints = plan(&format!("{smoke}{words}\n\n{output}")).1;
            assert!(complaints.starts_with("plan/not-understood"), "{words}\n{complaints}");
        }
    }
    said(&format!("{smoke}{output}"), &["```"]);
    sound("## Verification\n\n### Smoke\n\n```\n./smoke.sh\n```\n\n```\n./more.sh\n```\n");
    sound("## Deployment\n\n### Up\n\n```bash\n./up.sh\n```\n\nUndo:\n\n```\n./down.sh\n```\n");
}

#[test]
fn what_was_typed_at_a_prompt_is_no_script() {
    for code in ["$ ./smoke.sh\nfine", "root@web1:~# ./smoke.sh"] {
        said(&format!("## Verification\n\n### Smoke\n\n```bash\n{code}\n```\n"), &["```bash"]);
    }
    said("## Verification\n\n- Smoke: `$ ./smoke.sh`\n", &["$ ./smoke.sh"]);
}

#[test]
fn what_is_to_be_filled_in_is_not_run_as_it_stands() {
    said("## Backup\n\n- Dump: `./dump.sh <database>`\n", &["<database>"]);
    said("## Deployment\n\n1. Up: `./up.sh 2`\n   - Undo: `./up.sh {{previous}}`\n", &["{{previous}}"]);
    said("## List\n\n- [ ] Tests\n  - Run: `./test.sh <branch>`\n", &["<branch>"]);
}

#[test]
fn a_file_is_no_command() {
    said("## Deployment\n\n1. Edit `shop.yaml`\n", &["shop.yaml"]);
    sound("## Verification\n\n- Look: `look.sh`\n");
}
