//! The dialects of SQL that are told apart, and what a text itself betrays of its own. Knows no file.

use super::kind::words;

words! {
    /// Whose SQL a text is written in.
    Dialect {
        Generic = "generic" "nobody's in particular, or nobody knows whose",
        Postgres = "postgres" "`PostgreSQL` and what speaks like it",
        Mysql = "mysql" "`MySQL` and `MariaDB`",
        Sqlite = "sqlite" "`SQLite`",
    }
}

impl Dialect {
    /// The dialect that a path speaks of: `db/postgres/001.sql`.
    pub fn of_path(path: &str) -> Option<Self> {
        let path = path.to_ascii_lowercase();
        let mut words = path.split(|character: char| !character.is_ascii_alphanumeric());
        words.find_map(|word| match word {
            "postgres" | "postgresql" | "pg" | "psql" | "pgsql" | "supabase" | "cockroach" => Some(Self::Postgres),
            "mysql" | "mariadb" => Some(Self::Mysql),
            "sqlite" | "sqlite3" | "d1" => Some(Self::Sqlite),
            "clickhouse" | "mssql" | "sqlserver" | "oracle" | "duckdb" | "snowflake" | "bigquery" => {
                Some(Self::Generic)
            }
            _ => None,
        })
    }
}

/// How often a text speaks like each dialect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accent {
    postgres: u32,
    mysql: u32,
    sqlite: u32,
}

/// Only so much of a text is listened to: what follows speaks like what went before.
const LISTENED: usize = 200_000;

impl Accent {
    pub fn of(text: &str) -> Self {
        let mut end = text.len().min(LISTENED);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text.get(..end).unwrap_or_default();
        let mut accent = Self::default();
        for word in text.split(|character: char| !(character.is_ascii_alphanumeric() || character == '_')) {
            accent.hear(word);
        }
        accent.mysql += count(text.matches('`')) / 2;
        accent.postgres += count(text.matches("::")) + count(text.matches("$$"));
        accent
    }

    /// The same for several texts that belong together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            postgres: self.postgres.saturating_add(other.postgres),
            mysql: self.mysql.saturating_add(other.mysql),
            sqlite: self.sqlite.saturating_add(other.sqlite),
        }
    }

    /// The dialect that is heard most; generic where none is, or two are as loud.
    pub fn dialect(self) -> Dialect {
        let mut heard =
            [(self.postgres, Dialect::Postgres), (self.mysql, Dialect::Mysql), (self.sqlite, Dialect::Sqlite)];
        heard.sort_unstable();
        let [_, (second, _), (first, dialect)] = heard;
        if first > second { dialect } else { Dialect::Generic }
    }

    fn hear(&mut self, word: &str) {
        let is = |known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(word));
        if word.len() < 4 {
            return;
        }
        if is(POSTGRES) {
            self.postgres += 1;
        } else if is(MYSQL) {
            self.mysql += 1;
        } else if is(SQLITE) {
            self.sqlite += 1;
        }
    }
}

const POSTGRES: &[&str] = &[
    "bigserial",
    "bytea",
    "citext",
    "concurrently",
    "gen_random_uuid",
    "jsonb",
    "lock_timeout",
    "pg_catalog",
    "plpgsql",
    "serial",
    "smallserial",
    "timestamptz",
    "tsvector",
    "uuid_generate_v4",
    "extension",
    "unlogged",
    "search_path",
    "setval",
    "nextval",
    "regclass",
    "ilike",
];
const MYSQL: &[&str] = &[
    "auto_increment",
    "delimiter",
    "engine",
    "foreign_key_checks",
    "innodb",
    "longblob",
    "longtext",
    "mediumblob",
    "mediumint",
    "mediumtext",
    "tinyint",
    "unsigned",
    "utf8mb4",
    "zerofill",
];
const SQLITE: &[&str] = &["autoincrement", "pragma", "rowid", "sqlite_master", "sqlite_sequence"];

fn count<'a>(matches: impl Iterator<Item = &'a str>) -> u32 {
    u32::try_from(matches.count()).unwrap_or(u32::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_say_whose_sql_it_is() {
        assert_eq!(Dialect::of_path("db/postgres/001.sql"), Some(Dialect::Postgres));
        assert_eq!(Dialect::of_path("store/migrations/mysql/1_users.up.sql"), Some(Dialect::Mysql));
        assert_eq!(Dialect::of_path("x.sqlite3.sql"), Some(Dialect::Sqlite));
        assert_eq!(Dialect::of_path("db/migrations/001.sql"), None);
    }

    #[test]
    fn a_text_betrays_its_dialect_or_says_nothing() {
        let heard = |text| Accent::of(text).dialect();
        assert_eq!(heard("CREATE TABLE a (id BIGSERIAL, at timestamptz)"), Dialect::Postgres);
        assert_eq!(heard("CREATE TABLE `a` (`id` int AUTO_INCREMENT) ENGINE=InnoDB"), Dialect::Mysql);
        assert_eq!(heard("CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)"), Dialect::Sqlite);
        assert_eq!(heard("ALTER TABLE a DROP COLUMN b"), Dialect::Generic);
        assert_eq!(heard("bytea AUTO_INCREMENT"), Dialect::Generic, "as loud as each other");
    }
}
