//! Neovim: a client that nobody wrote for this server.

use std::path::Path;
use std::process::Stdio;

use crate::samples::{ALONE, POLICY, friday};
use crate::tools::tool;

#[test]
fn neovim_shows_findings_hover_and_definitions_and_lets_go_of_what_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let plan = friday();
    for (name, text) in [ALONE, ("shop.policy", POLICY), ("shop.plan", plan.as_str())] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp/neovim.lua");
    let output = tool("nvim")
        .args(["--headless", "--clean", "-n", "-c"])
        .arg(format!("luafile {}", script.display()))
        .current_dir(folder.path())
        .env("STOPLINE", env!("CARGO_BIN_EXE_stopline"))
        .env("HOME", folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let (said, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("fine"), "{said}{error}");
}
