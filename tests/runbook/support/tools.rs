//! The linters these tests ask. They are never skipped: without them the tests fail and say what to do.

use std::path::PathBuf;
use std::process::Command;

pub(crate) fn tool(name: &str) -> Command {
    let folder = std::env::var_os("STOPLINE_TOOLS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/tools"), PathBuf::from);
    let path = folder.join("bin").join(name);
    assert!(
        path.exists(),
        "`{name}` is not in {}: put the linters there, or name their folder in STOPLINE_TOOLS",
        folder.join("bin").display()
    );
    Command::new(path)
}
