//! What the runbook calls the folder of a run: `<plan>-<key>`.

/// The plan, where a folder is called as that of a run.
pub fn plan_of_home(folder: &str) -> Option<&str> {
    let (plan, key) = folder.rsplit_once('-')?;
    let is_key = key.len() == 16 && key.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_key.then_some(plan)
}
