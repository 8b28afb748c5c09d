//! What `ALTER TABLE` does to a table, and what `CREATE TABLE` declares in one: the same words for both.

use super::kind::words;
use super::statement::Name;
use crate::source::Span;

words! {
    /// What is done to a table.
    Operation {
        AddColumn = "add-column" "a column is added, or declared in a new table",
        DropColumn = "drop-column" "a column is dropped with what it holds",
        RenameColumn = "rename-column" "a column gets another name",
        AlterType = "alter-type" "a column gets another type",
        ModifyColumn = "modify-column" "`MODIFY` or `CHANGE`: a column is declared anew",
        SetNotNull = "set-not-null" "a column may no longer be empty",
        DropNotNull = "drop-not-null" "a column may be empty from now on",
        SetDefault = "set-default" "a column gets another default",
        DropDefault = "drop-default" "a column loses its default",
        AddConstraint = "add-constraint" "a constraint is added, or declared in a new table",
        DropConstraint = "drop-constraint" "a constraint is dropped",
        ValidateConstraint = "validate-constraint" "the rows are held against a constraint that was added `NOT VALID`",
        RenameConstraint = "rename-constraint" "a constraint or index gets another name",
        AddIndex = "add-index" "an index is added by `ALTER TABLE` or declared by `CREATE TABLE`",
        DropIndex = "drop-index" "an index is dropped by `ALTER TABLE`",
        RenameTable = "rename-table" "the table gets another name",
        SetSchema = "set-schema" "the table moves to another schema",
        AttachPartition = "attach-partition" "a partition is attached",
        DetachPartition = "detach-partition" "a partition is detached",
        DropPartition = "drop-partition" "a partition is dropped with its rows",
        Rewrite = "rewrite" "the table is written anew: `SET LOGGED`, `SET TABLESPACE`, `CONVERT TO CHARACTER SET`",
        Other = "other" "something else",
    }
}

words! {
    /// The kinds of constraints.
    Constraint {
        PrimaryKey = "primary-key" "`PRIMARY KEY`",
        Unique = "unique" "`UNIQUE`",
        ForeignKey = "foreign-key" "`FOREIGN KEY` or `REFERENCES`",
        Check = "check" "`CHECK`",
        Exclude = "exclude" "`EXCLUDE`",
        NotNull = "not-null" "`NOT NULL` as a constraint of its own",
    }
}

/// One action, and where each part of it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub span: Span,
    pub operation: Operation,
    /// The words that say the operation; the declaration itself in `CREATE TABLE`.
    pub keyword: Span,
    pub column: Option<Name>,
    /// The columns of a constraint or index.
    pub columns: Vec<Name>,
    /// The name of a constraint or index.
    pub name: Option<Name>,
    pub new_name: Option<Name>,
    /// The words of the type.
    pub column_type: Option<Span>,
    /// `NOT NULL`, or what implies it.
    pub not_null: Option<Span>,
    /// The expression after `DEFAULT`.
    pub default: Option<Span>,
    /// `GENERATED …`, `AUTO_INCREMENT` and their like: the database fills the column.
    pub generated: Option<Span>,
    pub constraints: Vec<(Constraint, Span)>,
    /// The table a foreign key leads to.
    pub references: Option<Name>,
    /// The expression of a `CHECK`.
    pub check: Option<Span>,
    pub not_valid: Option<Span>,
    /// `USING INDEX`.
    pub using_index: Option<Span>,
    pub if_exists: Option<Span>,
    pub concurrently: Option<Span>,
}

impl Action {
    pub(super) const fn new(operation: Operation, keyword: Span, span: Span) -> Self {
        Self {
            span,
            operation,
            keyword,
            column: None,
            columns: Vec::new(),
            name: None,
            new_name: None,
            column_type: None,
            not_null: None,
            default: None,
            generated: None,
            constraints: Vec::new(),
            references: None,
            check: None,
            not_valid: None,
            using_index: None,
            if_exists: None,
            concurrently: None,
        }
    }

    pub fn is(&self, constraint: Constraint) -> bool {
        self.constraints.iter().any(|(kind, _)| *kind == constraint)
    }
}
