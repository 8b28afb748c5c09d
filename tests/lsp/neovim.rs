//! Neovim, where `tools/install` could put it: a client that nobody wrote for this server.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::samples::{ALONE, POLICY, friday};

/// Debian has it; a machine whose package manager does not offer it is tested by the scripted client alone.
fn neovim() -> Option<PathBuf> {
    let tools = std::env::var_os("STOPLINE_TOOLS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools"), PathBuf::from);
    Some(tools.join("bin/nvim")).filter(|path| path.exists())
}

#[test]
fn neovim_shows_findings_hover_and_definitions_and_lets_go_of_what_is_mended() {
    let Some(neovim) = neovim() else { return };
    let folder = tempfile::tempdir().unwrap();
    let plan = friday();
    for (name, text) in [ALONE, ("shop.policy", POLICY), ("shop.plan", plan.as_str())] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp/neovim.lua");
    let output = Command::new(neovim)
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
