//! Text in, text out: what statements are read to be, where each part stands, and that nothing is an accident.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Dialect, Name, Script, Statement, parse};
use crate::source::{FileId, LineIndex, Span};

fn read(text: &str, dialect: Dialect) -> Script {
    parse(FileId::default(), text, dialect)
}

/// One statement a line, its actions below it; what stands in backticks is cut out of the text.
fn outline(text: &str, dialect: Dialect) -> String {
    let script = read(text, dialect);
    let mut out = String::new();
    for statement in &script.statements {
        let place = if statement.in_transaction { " in a transaction" } else { "" };
        write!(out, "{} `{}`", statement.kind.name(), statement.keyword.text(text)).unwrap();
        for table in &statement.tables {
            write!(out, " table {}", named(table, text)).unwrap();
        }
        part(&mut out, "name", statement.name.as_ref().map(|name| name.span), text);
        for column in &statement.columns {
            write!(out, " column {}", named(column, text)).unwrap();
        }
        part(&mut out, "where", statement.condition, text);
        part(&mut out, "set", statement.setting.as_ref().map(|(name, value)| name.span.to(*value)), text);
        for (word, mark) in marks(statement) {
            part(&mut out, word, mark, text);
        }
        writeln!(out, "{}{place}", if statement.direction.name() == "down" { " down" } else { "" }).unwrap();
        for action in &statement.actions {
            write!(out, "  {} `{}`", action.operation.name(), action.keyword.text(text)).unwrap();
            if let Some(column) = &action.column {
                write!(out, " column {}", named(column, text)).unwrap();
            }
            for column in &action.columns {
                write!(out, " of {}", named(column, text)).unwrap();
            }
            for (word, name) in [("name", &action.name), ("to", &action.new_name), ("references", &action.references)] {
                part(&mut out, word, name.as_ref().map(|name| name.span), text);
            }
            part(&mut out, "type", action.column_type, text);
            part(&mut out, "not-null", action.not_null, text);
            part(&mut out, "default", action.default, text);
            part(&mut out, "generated", action.generated, text);
            for (kind, place) in &action.constraints {
                part(&mut out, kind.name(), Some(*place), text);
            }
            part(&mut out, "check", action.check, text);
            part(&mut out, "not-valid", action.not_valid, text);
            part(&mut out, "using-index", action.using_index, text);
            part(&mut out, "concurrently", action.concurrently, text);
            out.push('\n');
        }
    }
    let index = LineIndex::new(text);
    for found in &script.diagnostics {
        let span = found.place.unwrap().span;
        let at = index.line_column(text, span.start);
        writeln!(out, "! {}:{} `{}` {}: {}", at.line, at.column, span.text(text), found.rule, found.message).unwrap();
    }
    out
}

fn named(name: &Name, text: &str) -> String {
    let written = name.span.text(text);
    if written == name.text { format!("`{written}`") } else { format!("`{written}` = {}", name.text) }
}

fn part(out: &mut String, word: &str, span: Option<Span>, text: &str) {
    if let Some(span) = span {
        write!(out, " {word} `{}`", span.text(text)).unwrap();
    }
}

fn marks(statement: &Statement) -> [(&'static str, Option<Span>); 7] {
    let marks = &statement.marks;
    [
        ("if-exists", marks.if_exists),
        ("if-not-exists", marks.if_not_exists),
        ("concurrently", marks.concurrently),
        ("cascade", marks.cascade),
        ("unique", marks.unique),
        ("temporary", marks.temporary),
        ("full", marks.full),
    ]
}

#[track_caller]
fn reads(dialect: Dialect, text: &str, expected: &str) {
    let found = outline(text, dialect);
    assert_eq!(found.trim_end(), expected.trim(), "\n{found}");
}

#[test]
fn an_alteration_is_one_action_for_each_part_between_commas() {
    reads(
        Dialect::Postgres,
        r#"
ALTER TABLE IF EXISTS ONLY public."Users"
  ADD COLUMN IF NOT EXISTS age integer NOT NULL DEFAULT 0,
  ADD email varchar(255) UNIQUE,
  DROP COLUMN old CASCADE,
  RENAME COLUMN a TO b,
  ALTER COLUMN c TYPE numeric(10, 2) USING c::numeric,
  ALTER d SET NOT NULL,
  ADD CONSTRAINT fk FOREIGN KEY (org_id) REFERENCES orgs (id) ON DELETE SET NULL NOT VALID,
  ADD CHECK (age > 0),
  ADD PRIMARY KEY USING INDEX users_idx,
  VALIDATE CONSTRAINT fk,
  OWNER TO app;"#,
        r#"
alter-table `ALTER TABLE` table `public."Users"` = public.Users if-exists `IF EXISTS`
  add-column `ADD COLUMN IF NOT EXISTS` column `age` type `integer` not-null `NOT NULL` default `0`
  add-column `ADD` column `email` type `varchar(255)` unique `UNIQUE`
  drop-column `DROP COLUMN` column `old`
  rename-column `RENAME COLUMN` column `a` to `b`
  alter-type `TYPE` column `c` type `numeric(10, 2)`
  set-not-null `SET NOT NULL` column `d` not-null `SET NOT NULL`
  add-constraint `ADD CONSTRAINT fk FOREIGN KEY` of `org_id` name `fk` references `orgs` foreign-key `FOREIGN KEY` not-valid `NOT VALID`
  add-constraint `ADD CHECK` check `CHECK` check `age > 0`
  add-constraint `ADD PRIMARY KEY` primary-key `PRIMARY KEY` using-index `USING INDEX`
  validate-constraint `VALIDATE CONSTRAINT` name `fk`
  other `OWNER`
"#,
    );
}

#[test]
fn a_new_table_declares_its_columns_and_constraints() {
    reads(
        Dialect::Generic,
        "CREATE TABLE IF NOT EXISTS orders (
  id bigserial PRIMARY KEY,
  user_id int REFERENCES users(id) ON DELETE CASCADE NOT NULL,
  at timestamp with time zone DEFAULT now() NOT NULL,
  note text DEFAULT NULL,
  key text,
  CONSTRAINT total CHECK (total > 0),
  UNIQUE (user_id, at)
);",
        "
create-table `CREATE TABLE` table `orders` if-not-exists `IF NOT EXISTS`
  add-column `id bigserial PRIMARY KEY` column `id` type `bigserial` not-null `bigserial` generated `bigserial` primary-key `PRIMARY KEY`
  add-column `user_id int REFERENCES users(id) ON DELETE CASCADE NOT NULL` column `user_id` references `users` type `int` not-null `NOT NULL` foreign-key `REFERENCES users(id)`
  add-column `at timestamp with time zone DEFAULT now() NOT NULL` column `at` type `timestamp with time zone` not-null `NOT NULL` default `now()`
  add-column `note text DEFAULT NULL` column `note` type `text` default `NULL`
  add-column `key text` column `key` type `text`
  add-constraint `CONSTRAINT total CHECK` name `total` check `CHECK` check `total > 0`
  add-constraint `UNIQUE` of `user_id` of `at` unique `UNIQUE`
",
    );
}

#[test]
fn mysql_has_words_of_its_own() {
    reads(
        Dialect::Mysql,
        "ALTER TABLE `a` MODIFY COLUMN `b` int unsigned NOT NULL, CHANGE c d varchar(20) NOT NULL, ADD INDEX i (b, c(10)), \
         DROP INDEX j, DROP FOREIGN KEY k, DROP PRIMARY KEY, RENAME TO z, CONVERT TO CHARACTER SET utf8mb4, ALGORITHM=INPLACE;
CREATE TABLE b (id int AUTO_INCREMENT, name varchar(9) CHARACTER SET utf8 COMMENT 'it\\'s; fine', KEY n (name)) ENGINE=InnoDB;
/*!40000 ALTER TABLE `b` DISABLE KEYS */;
# a comment
RENAME TABLE a TO b;",
        "
alter-table `ALTER TABLE` table ``a`` = a
  modify-column `MODIFY COLUMN` column ``b`` = b type `int unsigned` not-null `NOT NULL`
  rename-column `CHANGE` column `c` to `d` type `varchar(20)` not-null `NOT NULL`
  add-index `ADD INDEX` of `b` of `c` name `i`
  drop-index `DROP INDEX` name `j`
  drop-constraint `DROP FOREIGN KEY` name `k`
  drop-constraint `DROP PRIMARY KEY`
  rename-table `RENAME` to `z`
  rewrite `CONVERT TO`
  other `ALGORITHM`
create-table `CREATE TABLE` table `b`
  add-column `id int AUTO_INCREMENT` column `id` type `int` generated `AUTO_INCREMENT`
  add-column `name varchar(9) CHARACTER SET utf8 COMMENT 'it\\'s; fine'` column `name` type `varchar(9)`
  add-index `KEY` of `name` name `n`
alter-table `ALTER TABLE` table ``b`` = b
  other `DISABLE`
rename-table `RENAME TABLE` table `a`
",
    );
}

#[test]
fn the_words_that_change_a_meaning_are_marked() {
    reads(
        Dialect::Postgres,
        "BEGIN;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t USING btree (a, lower(b)) WHERE c;
DROP INDEX CONCURRENTLY i;
COMMIT;
DROP TABLE IF EXISTS a, b CASCADE;
UPDATE a SET b = (SELECT 1 FROM c WHERE d) RETURNING *;
DELETE FROM ONLY a USING b WHERE a.id = b.id;
WITH x AS (SELECT 1 WHERE true) DELETE FROM y;
TRUNCATE TABLE a, b;
VACUUM (FULL, ANALYZE) t;
SET LOCAL lock_timeout = '2s';
LOCK TABLE t IN ACCESS EXCLUSIVE MODE",
        "
begin `BEGIN`
create-index `CREATE UNIQUE INDEX` table `t` name `i` column `a` where `c` if-not-exists `IF NOT EXISTS` concurrently `CONCURRENTLY` unique `UNIQUE` in a transaction
drop-index `DROP INDEX` name `i` concurrently `CONCURRENTLY` in a transaction
commit `COMMIT`
drop-table `DROP TABLE` table `a` table `b` if-exists `IF EXISTS` cascade `CASCADE`
update `UPDATE` table `a`
delete `DELETE` table `a` where `a.id = b.id`
delete `WITH x AS (SELECT 1 WHERE true) DELETE` table `y`
truncate `TRUNCATE TABLE` table `a` table `b`
vacuum `VACUUM` table `t` full `FULL`
set `SET` set `lock_timeout = '2s'`
lock `LOCK TABLE` table `t`
",
    );
}

#[test]
fn a_semicolon_ends_a_statement_only_where_it_is_one() {
    reads(
        Dialect::Postgres,
        "SELECT ';', \"a;b\", E'\\';', $$;$$, $tag$ ; $$ ; $tag$ /* ; /* ; */ */ -- ;
;
CREATE FUNCTION f() RETURNS int AS $$ BEGIN RETURN 1; END; $$ LANGUAGE plpgsql;
COPY t (a) FROM stdin;
1;2
DROP TABLE x;
\\.
\\connect other
DROP TABLE y;",
        "
select `SELECT`
create-routine `CREATE FUNCTION`
copy `COPY` table `t`
client `\\connect`
drop-table `DROP TABLE` table `y`
",
    );
    reads(
        Dialect::Mysql,
        "DELIMITER //
CREATE PROCEDURE p() BEGIN DELETE FROM a; END //
DELIMITER ;
DROP TABLE b;",
        "
client `DELIMITER`
create-routine `CREATE PROCEDURE`
client `DELIMITER`
drop-table `DROP TABLE` table `b`
",
    );
    reads(
        Dialect::Sqlite,
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN d THEN 1 ELSE 2 END; DELETE FROM e; END;
DROP TABLE f;",
        "
create-routine `CREATE TRIGGER`
drop-table `DROP TABLE` table `f`
",
    );
}

#[test]
fn the_way_back_is_told_from_the_way_there() {
    reads(
        Dialect::Generic,
        "-- +goose Up\nDROP TABLE a;\n-- +goose Down\n-- creates it\nDROP TABLE b;",
        "drop-table `DROP TABLE` table `a`\ndrop-table `DROP TABLE` table `b` down",
    );
}

#[test]
fn a_statement_that_nobody_understands_is_said_and_the_rest_is_read() {
    reads(
        Dialect::Postgres,
        "ALTER TABL a DROP COLUMN b;\nALTER TABLE a DROP COLUM b c;\nCREATE TABLE x (id int,;\nDROP TABLE y;\nALTER TABLE z ADD COLUMN c int DEFAULT ;\n",
        "
drop-table `DROP TABLE` table `y`
! 1:1 `ALTER TABL` document/syntax: no statement of SQL begins with `ALTER TABL`
! 2:26 `b` document/syntax: `b` does not fit here in any dialect of SQL that is known
! 3:23 `,` document/syntax: this statement breaks off after `,`
! 5:32 `DEFAULT` document/syntax: this statement breaks off after `DEFAULT`
",
    );
}

#[test]
fn what_is_never_closed_ends_the_reading_and_says_where_it_began() {
    reads(
        Dialect::Postgres,
        "DROP TABLE a;\nINSERT INTO b VALUES ('it''s);\nDROP TABLE c;",
        "
drop-table `DROP TABLE` table `a`
! 2:23 `'it''s);` document/unclosed: this string is never closed, so nothing after it was read
",
    );
    reads(
        Dialect::Generic,
        "/* a",
        "! 1:1 `/* a` document/unclosed: this comment is never closed, so nothing after it was read",
    );
    reads(
        Dialect::Postgres,
        "DO $x$ a",
        "! 1:4 `$x$ a` document/unclosed: this string is never closed, so nothing after it was read",
    );
    reads(Dialect::Generic, r"INSERT INTO a VALUES ('it\'s');", "insert `INSERT` table `a`");
}

#[test]
fn a_template_is_not_guessed_at() {
    reads(
        Dialect::Generic,
        "DROP TABLE {{ schema }}.users;\nDROP TABLE \"${x}\";\nALTER TABLE a ADD b text DEFAULT '{{ fine }}';",
        "
alter-table `ALTER TABLE` table `a`
  add-column `ADD` column `b` type `text` default `'{{ fine }}'`
! 1:12 `{{ schema }}` document/template: what `{{ schema }}` will stand for is not known, so this statement cannot be judged
! 2:12 `\"${x}\"` document/template: what `\"${x}\"` will stand for is not known, so this statement cannot be judged
",
    );
}

#[test]
fn what_databases_know_and_few_parsers_do_is_understood() {
    for text in [
        "ALTER TABLE a ALTER CONSTRAINT b INITIALLY DEFERRED",
        "ALTER TABLE a ADD CONSTRAINT b NOT NULL c",
        "ALTER TABLE a ALTER COLUMN b TYPE text COLLATE \"C\"",
        "ALTER TABLE a ALTER COLUMN b SET STATISTICS 100, CLUSTER ON c",
        "CREATE TABLE a (b int, CONSTRAINT c NOT NULL b)",
        "ALTER TABLE a MODIFY COLUMN b VARCHAR(255) BINARY",
        "ALTER TABLE a SET (fillfactor = 70)",
    ] {
        let script = read(text, Dialect::Generic);
        assert!(script.diagnostics.is_empty(), "{text}: {:?}", script.diagnostics);
        assert_eq!(script.statements.len(), 1, "{text}");
    }
}

/// Texts that once made, or could make, a reader of SQL run long or deep.
fn hostile() -> Vec<String> {
    let nest = |open: &str, close: &str, depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
    let mut texts = Vec::new();
    for depth in [10, 14, 15, 16, 20, 200, 10_000] {
        for (open, close) in [
            ("(", ")"),
            ("[", "]"),
            ("CASE WHEN ", " THEN 1 END"),
            ("NOT ", ""),
            ("- ", ""),
            ("f(", ")"),
            ("CAST(", " AS int)"),
            ("(SELECT ", ")"),
            ("EXISTS (SELECT ", ")"),
            ("ARRAY[", "]"),
            ("INTERVAL ", ""),
            ("x AND (", ")"),
            ("{a: ", "}"),
            ("(a, (", "))"),
            ("STRUCT(", ")"),
            ("1 + ", ""),
            ("a.", ""),
            ("x IN (", ")"),
            ("PRIOR ", ""),
            ("x BETWEEN ", " AND 1"),
            ("/* ", " */"),
        ] {
            texts.push(format!("UPDATE t SET a = {}", nest(open, close, depth)));
            texts.push(format!("CREATE TABLE t (a int CHECK ({}))", nest(open, close, depth)));
        }
        texts.push(format!("CREATE TABLE t (a {}int{})", "ARRAY<".repeat(depth), ">".repeat(depth)));
        texts.push(format!("CREATE TABLE t (a {}int{})", "Nested(b ".repeat(depth), ")".repeat(depth)));
        texts.push(format!("DELETE FROM {}t{} WHERE a", "(".repeat(depth), ")".repeat(depth)));
        texts.push(format!("DELETE FROM t WHERE a IN {}SELECT 1{}", "(".repeat(depth), ")".repeat(depth)));
        texts.push(format!("CREATE TABLE t AS {}SELECT 1{}", "(".repeat(depth), ")".repeat(depth)));
        texts.push(format!("UPDATE t SET a = 1 FROM {}x{}", "(".repeat(depth), ")".repeat(depth)));
    }
    texts.push(format!("UPDATE t SET a = 1{}", " + 1".repeat(200_000)));
    texts.push(format!("DELETE FROM t WHERE {}1", "a OR ".repeat(200_000)));
    texts.push(format!("DELETE FROM t WHERE a{}", " IS NULL".repeat(200_000)));
    texts.push(format!("CREATE TABLE t ({}a int)", "a int, ".repeat(50_000)));
    texts.push(format!("ALTER TABLE t {}DROP a", "DROP a, ".repeat(50_000)));
    texts.push("$".repeat(200_000));
    texts.push("$a".repeat(100_000));
    texts.push("'".repeat(200_001));
    texts.push("/*".repeat(200_000));
    texts.push("{{".repeat(200_000));
    texts.push("(".repeat(200_000));
    texts.push("ALTER TABLE ".repeat(50_000));
    texts.push("DELIMITER x\n".repeat(20_000));
    texts.push("\\\n".repeat(50_000));
    texts.push("CREATE TRIGGER a BEGIN ".repeat(20_000));
    texts
}

#[expect(clippy::disallowed_methods, reason = "this test measures")]
#[test]
fn no_text_runs_long_or_deep_on_a_small_stack() {
    let small = std::thread::Builder::new().stack_size(2 << 20);
    let worker = small.spawn(|| {
        for text in hostile() {
            let began = Instant::now();
            drop(read(&text, Dialect::Generic));
            let shown: String = text.chars().take(60).collect();
            assert!(began.elapsed() < Duration::from_secs(10), "{shown}… of {} bytes", text.len());
        }
    });
    worker.unwrap().join().unwrap();
}

#[test]
fn a_file_of_more_statements_than_anybody_writes_is_said_to_be_one() {
    let script = read(&"SELECT 1;\n".repeat(100_001), Dialect::Generic);
    assert_eq!(script.statements.len(), 100_000);
    assert_eq!(script.diagnostics.len(), 1);
    assert_eq!(script.diagnostics[0].rule, "document/too-many-statements");
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "ALTER",
        "TABLE",
        "CREATE",
        "DROP",
        "COLUMN",
        "ADD",
        "INDEX",
        "ON",
        "users",
        "\"Ü b\"",
        "`c`",
        "public.t",
        "int",
        "NOT",
        "NULL",
        "DEFAULT",
        "'a;''b'",
        "$$;$$",
        "(",
        ")",
        ",",
        ";",
        "CONSTRAINT",
        "FOREIGN",
        "KEY",
        "REFERENCES",
        "UPDATE",
        "SET",
        "WHERE",
        "DELETE",
        "FROM",
        "=",
        "1",
        "-- c\n",
        "/* d */",
        "\n",
        "é",
        "CHECK",
        "UNIQUE",
        "TYPE",
        "RENAME",
        "TO",
        "BEGIN",
        "COMMIT",
        "{{ x }}",
        "CASE",
        "END",
        "'",
        "/*!50100",
        "*/",
        "\\c",
        "DELIMITER //\n",
        "//",
        "WITH",
        "AS",
        "CONCURRENTLY",
        "[",
        "]",
        "COLLATE",
        "E'\\''",
        "GO\n",
        "COPY",
        "stdin",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// The text a span cuts out is the value, and every place stands in its statement.
    #[test]
    fn a_span_cuts_out_what_it_speaks_of(text in words(), dialect in prop::sample::select(Dialect::ALL.to_vec())) {
        let script = read(&text, dialect);
        let mut before = 0;
        for statement in &script.statements {
            prop_assert!(before <= statement.span.start && statement.span.end as usize <= text.len());
            before = statement.span.end;
            prop_assert!(text.get(statement.span.range()).is_some());
            let mut names: Vec<&Name> = statement.tables.iter().chain(&statement.name).chain(&statement.columns).collect();
            names.extend(statement.setting.iter().map(|(name, _)| name));
            let mut spans: Vec<Span> = marks(statement).into_iter().filter_map(|(_, mark)| mark).collect();
            spans.extend([statement.keyword]);
            spans.extend(statement.condition);
            for action in &statement.actions {
                prop_assert!(statement.span.contains(action.span));
                names.extend(action.column.iter().chain(&action.columns).chain(&action.name).chain(&action.new_name).chain(&action.references));
                spans.extend([action.keyword]);
                spans.extend([action.column_type, action.not_null, action.default, action.generated, action.check, action.not_valid].into_iter().flatten());
                spans.extend(action.constraints.iter().map(|(_, place)| *place));
            }
            for name in names {
                prop_assert!(statement.span.contains(name.span));
                let written: String = name.span.text(&text).chars().filter(|character| !"\"`[] \n".contains(*character)).collect();
                let meant: String = name.text.chars().filter(|character| !"\"`[] \n".contains(*character)).collect();
                if !written.contains("--") && !written.contains("/*") {
                    prop_assert_eq!(written, meant);
                }
            }
            for span in spans {
                prop_assert!(statement.span.contains(span), "{:?} in {:?}", span, statement);
                let cut = text.get(span.range()).unwrap();
                prop_assert_eq!(cut.trim(), cut);
                prop_assert!(!cut.is_empty());
            }
        }
        for found in &script.diagnostics {
            prop_assert!(text.get(found.place.unwrap().span.range()).is_some());
        }
    }

    #[test]
    fn arbitrary_text_is_no_accident(text in "\\PC{0,200}", dialect in prop::sample::select(Dialect::ALL.to_vec())) {
        read(&text, dialect);
    }
}
