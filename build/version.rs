//! Which version a binary is, and of which commit: whoever reports a mistake can say what they ran. Knows git, Cargo and
//! the environment, not what is built.

use std::path::Path;
use std::process::Command;

/// The version and, where a release is built from something that knows it, the commit: `0.1.0 (1a2b3c4d5)`.
pub(crate) fn version(root: &Path) -> String {
    let version = std::env::var("CARGO_PKG_VERSION").expect("cargo knows the version");
    // Who works on Stopline commits often, and would build everything again each time.
    let is_release = std::env::var("PROFILE").as_deref() == Ok("release");
    match if is_release { commit(root) } else { None } {
        Some(commit) => format!("{version} ({})", commit.get(..9).unwrap_or(&commit)),
        None => version,
    }
}

/// What was said by whoever builds a package, what Cargo wrote into a published one, or what git knows.
fn commit(root: &Path) -> Option<String> {
    println!("cargo::rerun-if-env-changed=STOPLINE_COMMIT");
    let said = std::env::var("STOPLINE_COMMIT").ok();
    let commit = said.or_else(|| published(root)).or_else(|| checked_out(root))?;
    let is_digest = commit.len() >= 9 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_digest.then_some(commit)
}

/// `.cargo_vcs_info.json` is small and always written alike: `"sha1": "…"`.
fn published(root: &Path) -> Option<String> {
    let about = std::fs::read_to_string(root.join(".cargo_vcs_info.json")).ok()?;
    about.split("\"sha1\": \"").nth(1)?.split('"').next().map(str::to_owned)
}

/// Only of a repository of Stopline: one that merely holds these sources somewhere has commits of its own.
fn checked_out(root: &Path) -> Option<String> {
    if !root.join(".git").exists() {
        return None;
    }
    let git = |arguments: &[&str]| {
        let told = Command::new("git").arg("-C").arg(root).args(arguments).output().ok()?;
        told.status.success().then(|| String::from_utf8_lossy(&told.stdout).trim().to_owned())
    };
    let log = git(&["rev-parse", "--path-format=absolute", "--git-path", "logs/HEAD"])?;
    println!("cargo::rerun-if-changed={log}");
    git(&["rev-parse", "HEAD"])
}
