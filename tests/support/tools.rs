//! The programs of other people that tests ask or run. A test that misses one fails, and says what to do.

use std::path::PathBuf;
use std::process::Command;

/// A program that `tools/install` got.
pub(crate) fn tool(name: &str) -> Command {
    let folder = std::env::var_os("STOPLINE_TOOLS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/tools"), PathBuf::from)
        .join("bin");
    let program = folder.join(name);
    assert!(program.exists(), "`{name}` is not in {}: run tools/install; it says what it cannot get", folder.display());
    Command::new(program)
}
