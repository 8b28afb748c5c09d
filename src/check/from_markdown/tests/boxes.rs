//! A box is asked before everything: where that would be too early, it is said.

use super::{said, sound};

#[test]
fn a_box_with_a_command_does_not_run_before_what_it_stands_in() {
    let line = "Restore: `./restore.sh`";
    for heading in ["Backup", "Deployment", "Confirm", "Rollback", "Communication", "Troubleshooting", "FAQ", "Notes"] {
        said(&format!("## {heading}\n- [ ] {line}\n"), &[line]);
        said(&format!("## {heading}\n### Cart\n- [x] `./restore.sh`\n"), &["./restore.sh"]);
        said(&format!("## {heading}\n- [ ] Restore\n  - Run: `./restore.sh`\n"), &["Restore"]);
        sound(&format!("## {heading}\n- [ ] Nobody is missing\n"));
    }
    said(&format!("## Verification\n### Notes\n- [ ] {line}\n"), &[line]);
    for heading in ["Deployment", "Preparation", "Verification"] {
        said(&format!("## {heading}\n1. Up: `./up.sh`\n   - [ ] {line}\n"), &[line]);
    }
    for heading in ["Preparation", "Verification", "Pre-deployment checklist", "Go-live list"] {
        sound(&format!("## {heading}\n- [ ] Lint: `./lint.sh`\n  - [ ] Types: `./types.sh`\n"));
    }
    sound("# Notes\n\n## Go-live list\n- [ ] Lint: `./lint.sh`\n");
    sound("## Deployment\n- [ ] The log in `/var/log/shop.log` is empty\n");
}
