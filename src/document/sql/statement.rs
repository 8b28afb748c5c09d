//! What is known of a statement: what it does, to what, and where each of that stands.

use super::action::Action;
use super::kind::{StatementKind, words};
use crate::source::Span;

/// The statements of a text, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// From the first to the last of its words; the `;` is not part of it.
    pub span: Span,
    pub kind: StatementKind,
    /// The words that say the kind.
    pub keyword: Span,
    /// The tables it speaks of; several for `DROP TABLE a, b`.
    pub tables: Vec<Name>,
    /// What it creates or drops, where that is no table.
    pub name: Option<Name>,
    /// The columns of an index.
    pub columns: Vec<Name>,
    /// What `ALTER TABLE` does and `CREATE TABLE` declares.
    pub actions: Vec<Action>,
    /// What follows `WHERE`.
    pub condition: Option<Span>,
    /// The name of the setting that `SET` changes, and its value.
    pub setting: Option<(Name, Span)>,
    pub marks: Marks,
    /// Between `BEGIN` and `COMMIT` of the same text.
    pub in_transaction: bool,
    pub direction: Direction,
}

/// Words that change what a statement means, where they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    pub if_exists: Option<Span>,
    pub if_not_exists: Option<Span>,
    pub concurrently: Option<Span>,
    pub cascade: Option<Span>,
    pub unique: Option<Span>,
    /// `TEMPORARY`.
    pub temporary: Option<Span>,
    /// `VACUUM FULL`.
    pub full: Option<Span>,
}

/// A name as it is meant: without quotes, its parts joined by points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub span: Span,
}

words! {
    /// Whether a statement leads to the new schema or back to the old one.
    Direction {
        Up = "up" "towards the new schema",
        Down = "down" "back to the old schema",
    }
}

impl Statement {
    pub(super) fn new(kind: StatementKind, keyword: Span, span: Span) -> Self {
        Self {
            span,
            kind,
            keyword,
            tables: Vec::new(),
            name: None,
            columns: Vec::new(),
            actions: Vec::new(),
            condition: None,
            setting: None,
            marks: Marks::default(),
            in_transaction: false,
            direction: Direction::Up,
        }
    }
}

impl Name {
    /// Whether two names may name the same thing: a schema counts only where both say it.
    pub fn means(&self, other: &str) -> bool {
        let (mut mine, mut theirs) = (self.text.rsplit('.'), other.rsplit('.'));
        loop {
            match (mine.next(), theirs.next()) {
                (Some(one), Some(two)) if one.eq_ignore_ascii_case(two) => {}
                (Some(_), Some(_)) => return false,
                (None, _) | (_, None) => return true,
            }
        }
    }
}

impl Direction {
    /// What the name of a migration says: `3_users.down.sql`, `revert/users.sql`, `U3__users.sql`.
    pub fn of_path(path: &str) -> Option<Self> {
        let path = path.to_ascii_lowercase();
        let (folders, file) = path.rsplit_once(['/', '\\']).unwrap_or(("", &path));
        let stem = file.strip_suffix(".sql")?;
        let says = |words: &[&str]| {
            stem.split(['.', '_', '-']).next_back().is_some_and(|last| words.contains(&last))
                || stem.split(['.', '_', '-']).next().is_some_and(|first| words.contains(&first))
                || folders.rsplit(['/', '\\']).next().is_some_and(|folder| words.contains(&folder))
        };
        let undo = || {
            stem.strip_prefix('u').and_then(|rest| rest.split_once("__")).is_some_and(|(digits, _)| is_version(digits))
        };
        if says(&["down", "revert", "rollback", "undo"]) || undo() {
            Some(Self::Down)
        } else if says(&["up", "deploy"]) {
            Some(Self::Up)
        } else {
            None
        }
    }

    /// What a comment of a migration tool says: `-- +goose Down`, `-- migrate:down`.
    pub(super) fn of_comment(comment: &str) -> Option<Self> {
        let inner = comment
            .trim_start_matches(['-', '#', '/', '*', ' ', '\t', '+', '!', '@'])
            .trim_end_matches(['*', '/', ' ']);
        if inner.len() > 60 {
            return None;
        }
        let inner = inner.to_ascii_lowercase();
        match inner.split_ascii_whitespace().collect::<Vec<_>>().as_slice() {
            ["goose" | "migrate", "down", ..] | ["migrate:down", ..] | ["down" | "downs"] | ["down", "migration"] => {
                Some(Self::Down)
            }
            ["goose" | "migrate", "up", ..] | ["migrate:up", ..] | ["up" | "ups"] | ["up", "migration"] => {
                Some(Self::Up)
            }
            _ => None,
        }
    }
}

fn is_version(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_migration_says_where_it_leads() {
        for path in
            ["3_users.down.sql", "2026/down.sql", "revert/users.sql", "U3.1__users.sql", "x/003_users_rollback.sql"]
        {
            assert_eq!(Direction::of_path(path), Some(Direction::Down), "{path}");
        }
        for path in ["3_users.up.sql", "up.sql", "deploy/users.sql"] {
            assert_eq!(Direction::of_path(path), Some(Direction::Up), "{path}");
        }
        for path in ["V3__users.sql", "3_countdown.sql", "update_users.sql", "down/readme.md"] {
            assert_eq!(Direction::of_path(path), None, "{path}");
        }
    }

    #[test]
    fn a_comment_of_a_migration_tool_says_it_too() {
        for comment in [
            "-- +goose Down",
            "-- +migrate Down",
            "--migrate:down transaction:false",
            "# --- !Downs",
            "-- Down Migration",
        ] {
            assert_eq!(Direction::of_comment(comment), Some(Direction::Down), "{comment}");
        }
        assert_eq!(Direction::of_comment("-- +goose Up"), Some(Direction::Up));
        assert_eq!(Direction::of_comment("-- slow us down"), None);
    }

    #[test]
    fn a_schema_counts_where_both_names_say_it() {
        let name = |text: &str| Name { text: text.to_owned(), span: Span::default() };
        assert!(name("public.Users").means("users"));
        assert!(!name("public.users").means("other.users"));
        assert!(!name("users").means("user"));
    }
}
