//! The plans in `examples/` that may go, read from the folder: each says in its first lines when it does.

use std::path::PathBuf;

/// A plan and the instant it may go at.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    /// `checkout.plan`
    pub(crate) name: String,
    pub(crate) text: String,
    /// What `--at` is given.
    pub(crate) at: String,
}

/// All that may go, in the order of their names; what is there to be stopped says `STOP`. The same plan in YAML and JSON is
/// not another one.
pub(crate) fn examples() -> Vec<Example> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| [".plan", ".plan.md"].iter().any(|ending| name.ends_with(ending)))
        .collect();
    names.sort();
    let read = |name: String| {
        let text = std::fs::read_to_string(folder.join(&name)).unwrap();
        let head: Vec<&str> = text.split_whitespace().take(100).collect();
        let at = head.iter().skip_while(|word| **word != "--at").nth(1).map(|at| at.trim_end_matches(['.', '`']));
        assert!(at.is_some(), "{name} does not say with `--at` when it may go");
        let at = at.unwrap_or_default().to_owned();
        (!head.contains(&"STOP")).then_some(Example { name, text, at })
    };
    names.into_iter().filter_map(read).collect()
}
