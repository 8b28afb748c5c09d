//! `sql.script` and `sql.statement`: migrations, and each statement of them.

use super::{Shape, Type, field, subject};
use crate::document::sql::{Constraint, Dialect, Direction, Operation, StatementKind};
use crate::model::types::{EnumShape, EnumValue};

/// Whose SQL a text is written in.
pub static SQL_DIALECT: EnumShape =
    EnumShape { noun: "a dialect of SQL", values: &values::<{ Dialect::WORDS.len() }>(Dialect::WORDS), ordered: false };

pub static SQL_DIRECTION: EnumShape =
    EnumShape { noun: "a direction", values: &values::<{ Direction::WORDS.len() }>(Direction::WORDS), ordered: false };

pub static SQL_KIND: EnumShape = EnumShape {
    noun: "a kind of statement",
    values: &values::<{ StatementKind::WORDS.len() }>(StatementKind::WORDS),
    ordered: false,
};

pub static SQL_OPERATION: EnumShape = EnumShape {
    noun: "an operation on a table",
    values: &values::<{ Operation::WORDS.len() }>(Operation::WORDS),
    ordered: false,
};

pub static SQL_CONSTRAINT: EnumShape = EnumShape {
    noun: "a kind of constraint",
    values: &values::<{ Constraint::WORDS.len() }>(Constraint::WORDS),
    ordered: false,
};

/// What is done to a table, or declared in a new one.
pub static SQL_ACTION: Shape = subject(
    "sql.action",
    "One thing that `ALTER TABLE` does, or that `CREATE TABLE` declares.",
    &[
        field("op", Type::Enum(&SQL_OPERATION), "What is done."),
        field("column", Type::Text, "The column it is done to, without quotes."),
        field("column_is_new", Type::Bool, "Whether the column was added before in the same file, or is added here."),
        field("columns", Type::List(&Type::Text), "The columns of a constraint or index."),
        field("name", Type::Text, "The name of the constraint, index or partition."),
        field("new_name", Type::Text, "The name that the column or table gets."),
        field("type", Type::Text, "The type of the column, as it is written."),
        field("not_null", Type::Bool, "Whether the column may not be empty: `NOT NULL`, `PRIMARY KEY`, `serial`."),
        field(
            "proven_not_null",
            Type::Bool,
            "Whether a check that was validated before says that the column is not empty.",
        ),
        field("default", Type::Text, "The expression after `DEFAULT`."),
        field(
            "generated",
            Type::Bool,
            "Whether the database fills the column: `GENERATED`, `AUTO_INCREMENT`, `serial`.",
        ),
        field("constraints", Type::List(&Type::Enum(&SQL_CONSTRAINT)), "The constraints that are declared here."),
        field("references", Type::Text, "The table that a foreign key leads to."),
        field(
            "indexed",
            Type::Bool,
            "For foreign keys: whether a file of the run makes an index that begins with their columns.",
        ),
        field("check", Type::Text, "The expression of a `CHECK`."),
        field("not_valid", Type::Bool, "Whether the rows that are there are left unchecked: `NOT VALID`."),
        field("using_index", Type::Bool, "Whether the constraint takes over an index that is there: `USING INDEX`."),
        field("concurrently", Type::Bool, "Whether a partition is detached `CONCURRENTLY`."),
        field("if_exists", Type::Bool, "`IF EXISTS`."),
    ],
);

pub static SQL_STATEMENT: Shape = subject(
    "sql.statement",
    "A statement of a file of SQL.",
    &[
        field("kind", Type::Enum(&SQL_KIND), "What it does, at the words that say so."),
        field("path", Type::Text, "The path of its file."),
        field("dialect", Type::Enum(&SQL_DIALECT), "The dialect, as far as the path and the files beside it tell."),
        field("direction", Type::Enum(&SQL_DIRECTION), "Whether it belongs to the migration or to the way back."),
        field("index", Type::Number, "How many statements stand before it in the file."),
        field("table", Type::Text, "The first table it speaks of, without quotes."),
        field("tables", Type::List(&Type::Text), "Every table it speaks of by name."),
        field(
            "table_is_new",
            Type::Bool,
            "Whether the same file creates the table, before or here: nobody uses it yet.",
        ),
        field("table_comes_back", Type::Bool, "Whether a later statement of the file makes the table again."),
        field("name", Type::Text, "What it creates or drops, where that is no table."),
        field("columns", Type::List(&Type::Text), "The columns of an index."),
        field("actions", Type::List(&Type::Record(&SQL_ACTION)), "What it does to the table, one by one."),
        field("where", Type::Text, "What stands after `WHERE`."),
        field("if_exists", Type::Bool, "`IF EXISTS`."),
        field("if_not_exists", Type::Bool, "`IF NOT EXISTS`."),
        field("concurrently", Type::Bool, "`CONCURRENTLY`."),
        field("cascade", Type::Bool, "`CASCADE`."),
        field("unique", Type::Bool, "`UNIQUE`, of an index."),
        field("temporary", Type::Bool, "`TEMPORARY`, of a table."),
        field("full", Type::Bool, "`FULL`, of `VACUUM`."),
        field("in_transaction", Type::Bool, "Whether it stands between `BEGIN` and `COMMIT` in its file."),
        field("lock_timeout", Type::Bool, "Whether a `lock_timeout` was set before it in its file."),
        field("statement_timeout", Type::Bool, "Whether a `statement_timeout` was set before it in its file."),
        field("setting", Type::Text, "What `SET` changes."),
        field("value", Type::Text, "What `SET` changes it to."),
        field("text", Type::Text, "All of it."),
    ],
);

pub static SQL_SCRIPT: Shape = subject(
    "sql.script",
    "A file of SQL as a whole.",
    &[
        field("path", Type::Text, "Its path, as reports show it."),
        field("dialect", Type::Enum(&SQL_DIALECT), "The dialect, as far as the path and the files beside it tell."),
        field("direction", Type::Enum(&SQL_DIRECTION), "Whether it is a migration or the way back from one."),
        field(
            "reversible",
            Type::Bool,
            "Whether a way back stands beside it or in it, where its kind of migration has one.",
        ),
        field("statements", Type::List(&Type::Record(&SQL_STATEMENT)), "Its statements."),
    ],
);

/// The words of a closed set as this layer names them.
#[expect(clippy::indexing_slicing, reason = "both are of one length, and this is computed while compiling")]
const fn values<const N: usize>(words: &'static [(&'static str, &'static str)]) -> [EnumValue; N] {
    let mut values = [const { EnumValue { name: "", doc: "" } }; N];
    let mut at = 0;
    while at < N {
        values[at] = EnumValue { name: words[at].0, doc: words[at].1 };
        at += 1;
    }
    values
}
