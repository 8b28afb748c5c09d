//! What a statement does, by its first words. Knows nothing of what follows them.

/// Declares the words of a closed set, in the order they are documented in.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal $doc:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = $doc] $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Each word with what it means.
            pub const WORDS: &'static [(&'static str, &'static str)] = &[$(($word, $doc)),+];

            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

pub(super) use words;

words! {
    /// What a statement does.
    StatementKind {
        CreateTable = "create-table" "a table is created",
        AlterTable = "alter-table" "a table is changed: `actions` say how",
        DropTable = "drop-table" "tables are dropped with all their rows",
        RenameTable = "rename-table" "tables get other names",
        Truncate = "truncate" "all rows of tables are removed",
        CreateIndex = "create-index" "an index is created",
        DropIndex = "drop-index" "an index is dropped",
        Reindex = "reindex" "indexes are built again",
        CreateView = "create-view" "a view is created or replaced",
        DropView = "drop-view" "a view is dropped",
        RefreshView = "refresh-view" "a materialized view is filled again",
        CreateType = "create-type" "a type or domain is created",
        AlterType = "alter-type" "a type or domain is changed",
        DropType = "drop-type" "a type or domain is dropped",
        CreateSchema = "create-schema" "a schema is created",
        DropSchema = "drop-schema" "a schema is dropped",
        CreateDatabase = "create-database" "a database is created",
        DropDatabase = "drop-database" "a whole database is dropped",
        CreateRoutine = "create-routine" "a function, procedure, trigger or event is created",
        DropRoutine = "drop-routine" "a function, procedure, trigger or event is dropped",
        Insert = "insert" "rows are added",
        Update = "update" "rows are changed",
        Delete = "delete" "rows are removed",
        Select = "select" "rows are read",
        Copy = "copy" "rows are read from or written to a file",
        Lock = "lock" "tables are locked",
        Vacuum = "vacuum" "tables are vacuumed",
        Cluster = "cluster" "a table is rewritten in the order of an index",
        Set = "set" "a setting is changed",
        Begin = "begin" "a transaction is begun",
        Commit = "commit" "a transaction is ended, and kept",
        Rollback = "rollback" "a transaction is ended, and undone",
        Do = "do" "code is run that stands in the statement as text",
        Grant = "grant" "rights are given or taken away",
        Client = "client" "a command to the client, such as `\\connect` or `DELIMITER`",
        Other = "other" "something else",
    }
}

impl StatementKind {
    /// Whether the grammar of such a statement is checked. Of the others, only the first words are read.
    pub(super) const fn is_read(self) -> bool {
        match self {
            Self::CreateTable
            | Self::AlterTable
            | Self::DropTable
            | Self::RenameTable
            | Self::Truncate
            | Self::CreateIndex
            | Self::DropIndex
            | Self::Update
            | Self::Delete => true,
            Self::Reindex
            | Self::CreateView
            | Self::DropView
            | Self::RefreshView
            | Self::CreateType
            | Self::AlterType
            | Self::DropType
            | Self::CreateSchema
            | Self::DropSchema
            | Self::CreateDatabase
            | Self::DropDatabase
            | Self::CreateRoutine
            | Self::DropRoutine
            | Self::Insert
            | Self::Select
            | Self::Copy
            | Self::Lock
            | Self::Vacuum
            | Self::Cluster
            | Self::Set
            | Self::Begin
            | Self::Commit
            | Self::Rollback
            | Self::Do
            | Self::Grant
            | Self::Client
            | Self::Other => false,
        }
    }

    /// The kind of a statement, and how many of its words say so. `None` where no statement begins like this.
    pub(super) fn of(words: &[&str]) -> Option<(Self, usize)> {
        let upper: Vec<String> = words.iter().map(|word| word.to_ascii_uppercase()).collect();
        let words: Vec<&str> = upper.iter().map(String::as_str).collect();
        let first = *words.first()?;
        if let "CREATE" | "DROP" | "ALTER" = first {
            return object(&words);
        }
        let (kind, length) = match first {
            "TRUNCATE" if words.get(1) == Some(&"TABLE") => (Self::Truncate, 2),
            "TRUNCATE" => (Self::Truncate, 1),
            "RENAME" if words.get(1) == Some(&"TABLE") => (Self::RenameTable, 2),
            "REFRESH" => (Self::RefreshView, 3),
            "REINDEX" => (Self::Reindex, 1),
            "INSERT" | "REPLACE" => (Self::Insert, 1),
            "UPDATE" => (Self::Update, 1),
            "DELETE" => (Self::Delete, 1),
            "SELECT" | "WITH" | "VALUES" | "TABLE" | "EXPLAIN" | "SHOW" | "DESCRIBE" | "DESC" => (Self::Select, 1),
            "COPY" | "LOAD" => (Self::Copy, 1),
            "LOCK" if matches!(words.get(1), Some(&("TABLE" | "TABLES"))) => (Self::Lock, 2),
            "LOCK" => (Self::Lock, 1),
            "VACUUM" | "OPTIMIZE" => (Self::Vacuum, 1),
            "CLUSTER" => (Self::Cluster, 1),
            "SET" => (Self::Set, 1),
            "BEGIN" | "START" => (Self::Begin, 1),
            "COMMIT" | "END" => (Self::Commit, 1),
            "ROLLBACK" | "ABORT" => (Self::Rollback, 1),
            "DO" => (Self::Do, 1),
            "GRANT" | "REVOKE" | "REASSIGN" => (Self::Grant, 1),
            "ANALYZE" | "ANALYSE" | "ATTACH" | "CALL" | "CHECKPOINT" | "CLOSE" | "COMMENT" | "DEALLOCATE"
            | "DECLARE" | "DETACH" | "DISCARD" | "EXEC" | "EXECUTE" | "FETCH" | "FLUSH" | "IMPORT" | "LISTEN"
            | "MERGE" | "NOTIFY" | "PRAGMA" | "PREPARE" | "RELEASE" | "RESET" | "SAVEPOINT" | "SECURITY"
            | "UNLISTEN" | "UNLOCK" | "USE" | "IF" | "PRINT" | "KILL" | "PURGE" | "CHANGE" | "STOP" | "HANDLER"
            | "SIGNAL" | "SOURCE" | "MOVE" => (Self::Other, 1),
            _ => return None,
        };
        Some((kind, length.min(words.len())))
    }
}

/// Words that may stand between `CREATE` and what is created.
const BETWEEN: &[&str] = &[
    "OR",
    "REPLACE",
    "ALTER",
    "GLOBAL",
    "LOCAL",
    "TEMP",
    "TEMPORARY",
    "UNLOGGED",
    "UNIQUE",
    "FULLTEXT",
    "SPATIAL",
    "CLUSTERED",
    "NONCLUSTERED",
    "MATERIALIZED",
    "RECURSIVE",
    "FOREIGN",
    "EXTERNAL",
    "VIRTUAL",
    "CONSTRAINT",
    "AGGREGATE",
    "TRUSTED",
    "PROCEDURAL",
    "DEFAULT",
    "ONLINE",
    "OFFLINE",
    "IGNORE",
];

/// `CREATE`, `DROP` or `ALTER` of what.
fn object(words: &[&str]) -> Option<(StatementKind, usize)> {
    use StatementKind as Kind;
    let verb = *words.first()?;
    let at = words.iter().skip(1).position(|word| !BETWEEN.contains(word)).map(|at| at + 1)?;
    let kind = match (verb, *words.get(at)?) {
        ("CREATE", "TABLE") => Kind::CreateTable,
        ("ALTER", "TABLE") => Kind::AlterTable,
        ("DROP", "TABLE") => Kind::DropTable,
        ("CREATE", "INDEX") => Kind::CreateIndex,
        ("DROP", "INDEX") => Kind::DropIndex,
        ("CREATE", "VIEW") => Kind::CreateView,
        ("DROP", "VIEW") => Kind::DropView,
        ("CREATE", "TYPE" | "DOMAIN") => Kind::CreateType,
        ("ALTER", "TYPE" | "DOMAIN") => Kind::AlterType,
        ("DROP", "TYPE" | "DOMAIN") => Kind::DropType,
        ("CREATE", "SCHEMA") => Kind::CreateSchema,
        ("DROP", "SCHEMA") => Kind::DropSchema,
        ("CREATE", "DATABASE") => Kind::CreateDatabase,
        ("DROP", "DATABASE") => Kind::DropDatabase,
        // `DEFINER = root@localhost PROCEDURE …`.
        ("CREATE", "FUNCTION" | "PROCEDURE" | "PROC" | "TRIGGER" | "EVENT" | "ROUTINE" | "PACKAGE" | "DEFINER") => {
            Kind::CreateRoutine
        }
        ("DROP", "FUNCTION" | "PROCEDURE" | "PROC" | "TRIGGER" | "EVENT" | "ROUTINE" | "PACKAGE") => Kind::DropRoutine,
        (
            _,
            "ACCESS" | "AGGREGATE" | "CAST" | "COLLATION" | "CONVERSION" | "EVENT" | "EXTENSION" | "FUNCTION" | "GROUP"
            | "INDEX" | "LANGUAGE" | "LARGE" | "LOGIN" | "OPERATOR" | "OWNED" | "PACKAGE" | "PARTITION" | "POLICY"
            | "PROCEDURE" | "PUBLICATION" | "ROLE" | "ROUTINE" | "RULE" | "SCHEMA" | "SEQUENCE" | "SERVER"
            | "STATISTICS" | "SUBSCRIPTION" | "SYNONYM" | "SYSTEM" | "TABLESPACE" | "TEXT" | "TRANSFORM" | "TRIGGER"
            | "USER" | "VIEW" | "DATABASE" | "SESSION" | "SPECIFICATION" | "CAPTURE" | "INSTANCE" | "LOGFILE"
            | "PRIMARY" | "PRIVILEGES" | "KEYSPACE",
        ) => Kind::Other,
        _ => return None,
    };
    Some((kind, at + 1))
}
