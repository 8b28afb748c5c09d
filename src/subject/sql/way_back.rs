//! Whether a migration can be taken back: a file beside it, or a part of it, says how.

use crate::document::sql::{Direction, Script};
use crate::subject::{Neighbours, SourceText};

/// `None` where migrations of this kind have no way back to be written.
pub(super) fn is_there(
    source: &SourceText<'_>,
    script: &Script,
    files: &[SourceText<'_>],
    neighbours: &mut dyn Neighbours,
) -> Option<bool> {
    if script.marks_down {
        return Some(true);
    }
    if script.marks_up {
        return Some(false);
    }
    if Direction::of_path(source.path) != Some(Direction::Up) {
        return None;
    }
    let (folder, name) = source.path.rsplit_once('/').unwrap_or(("", source.path));
    let (folder, back) = match folder.rsplit_once('/').unwrap_or(("", folder)) {
        // `deploy/users.sql` of sqitch is taken back by `revert/users.sql`.
        (above, "deploy") => (above, format!("revert/{name}")),
        _ => (folder, back_of(name)?),
    };
    let wanted = if folder.is_empty() { back.clone() } else { format!("{folder}/{back}") };
    let there = files.iter().any(|other| other.path == wanted);
    let pattern = if back.contains('/') { format!("../{back}") } else { back };
    Some(there || !neighbours.matching(source.path, &pattern, Some(source.path)).is_empty())
}

/// `3_users.up.sql` is taken back by `3_users.down.sql`.
fn back_of(name: &str) -> Option<String> {
    let stem = name.strip_suffix(".sql")?;
    let is_end = |rest: &str| rest.is_empty() || rest.ends_with(['.', '_', '-']);
    let is_begin = |rest: &str| rest.is_empty() || rest.starts_with(['.', '_', '-']);
    if let Some(rest) = stem.strip_suffix("up").filter(|rest| is_end(rest)) {
        return Some(format!("{rest}down.sql"));
    }
    let rest = stem.strip_prefix("up").filter(|rest| is_begin(rest))?;
    Some(format!("down{rest}.sql"))
}

#[cfg(test)]
mod tests {
    use super::back_of;

    #[test]
    fn the_way_back_is_called_like_the_way_there() {
        assert_eq!(back_of("3_users.up.sql").as_deref(), Some("3_users.down.sql"));
        assert_eq!(back_of("up.sql").as_deref(), Some("down.sql"));
        assert_eq!(back_of("up_3.sql").as_deref(), Some("down_3.sql"));
        assert_eq!(back_of("backup.sql"), None);
    }
}
