//! Which dialect each file of a run is written in: what its path says, else what the files of its folder speak like.

use std::collections::HashMap;

use crate::document::sql::{Accent, Dialect};
use crate::subject::SourceText;

/// Folders that hold the migrations of one database, however deep below them.
const ROOTS: &[&str] = &["migrations", "migration", "migrate", "db", "database", "sql", "schema", "prisma"];

/// The dialect of each file.
pub(super) fn dialects(files: &[SourceText<'_>]) -> Vec<Dialect> {
    let mut heard: HashMap<&str, Accent> = HashMap::new();
    for source in files.iter().filter(|source| said(source).is_none()) {
        let accent = heard.entry(family(source.path)).or_default();
        *accent = accent.and(Accent::of(&source.text));
    }
    let of_family = |source: &SourceText<'_>| heard.get(family(source.path)).copied().unwrap_or_default().dialect();
    files.iter().map(|source| said(source).unwrap_or_else(|| of_family(source))).collect()
}

/// What a file says of itself: `-- sqlfluff:dialect:postgres` in its first lines, or by its path.
fn said(source: &SourceText<'_>) -> Option<Dialect> {
    let directive = |line: &str| {
        let name = line.trim().strip_prefix("-- sqlfluff:dialect:")?.trim().to_ascii_lowercase();
        match name.as_str() {
            "postgres" => Some(Dialect::Postgres),
            "mysql" | "mariadb" => Some(Dialect::Mysql),
            "sqlite" => Some(Dialect::Sqlite),
            _ => None,
        }
    };
    source.text.lines().take(10).find_map(directive).or_else(|| Dialect::of_path(source.path))
}

/// The folder whose files belong together.
fn family(path: &str) -> &str {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut at = 0;
    for part in folder.split('/') {
        at += part.len();
        if ROOTS.contains(&part.to_ascii_lowercase().as_str()) {
            return folder.get(..at).unwrap_or(folder);
        }
        at += 1;
    }
    folder
}

#[cfg(test)]
mod tests {
    use super::family;

    #[test]
    fn files_below_one_root_belong_together() {
        assert_eq!(family("a/migrations/2026-01-01/up.sql"), "a/migrations");
        assert_eq!(family("prisma/migrations/1_init/migration.sql"), "prisma");
        assert_eq!(family("x/y.sql"), "x");
        assert_eq!(family("y.sql"), "");
    }
}
