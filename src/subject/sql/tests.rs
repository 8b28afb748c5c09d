//! What rules read of migrations, and what the files of a run know of each other.

use std::rc::Rc;

use crate::document::sql::Dialect;
use crate::model::data::{Data, Value};
use crate::model::policy::DocumentKind;
use crate::model::subject::{SQL_ACTION, SQL_SCRIPT, SQL_STATEMENT};
use crate::model::types::Shape;
use crate::subject::testing::{Lab, cut, field, said};
use crate::subject::{Scripts, SourceText};

fn statements(files: &[(&str, &str)]) -> (Lab, Vec<Value>) {
    let lab = Lab::new(files);
    let found = lab.find(DocumentKind::SqlStatement);
    assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
    (lab, found.subjects)
}

fn actions(statement: &Value) -> Vec<Value> {
    let Some(Value { data: Data::List(actions), .. }) = field(statement, "actions") else { panic!("actions") };
    actions.to_vec()
}

#[test]
fn what_two_kinds_of_subjects_are_made_of_is_read_once() {
    let lab = Lab::new(&[("1.sql", "SELECT 1;")]);
    let (file, source) = lab.sources.files().next().unwrap();
    let (scripts, text) = (Scripts::default(), source.shared_text());
    let read = || SourceText::new(file, "1.sql", text.clone()).sharing(&scripts);
    assert!(Rc::ptr_eq(&read().script(Dialect::Generic), &read().script(Dialect::Generic)));
    assert!(!Rc::ptr_eq(&read().script(Dialect::Generic), &read().script(Dialect::Mysql)));
}

#[test]
fn a_statement_says_what_it_does_at_the_words_that_say_so() {
    let (lab, found) =
        statements(&[("db/pg/1.sql", "ALTER TABLE \"Users\" ADD age int NOT NULL DEFAULT 0, DROP old;")]);
    let statement = &found[0];
    assert_eq!(said(statement, "kind"), "alter-table");
    assert_eq!(cut(&lab, field(statement, "kind").unwrap()), "ALTER TABLE");
    assert_eq!(said(statement, "table"), "Users");
    assert_eq!(cut(&lab, field(statement, "table").unwrap()), "\"Users\"");
    let [add, drop] = actions(statement).try_into().unwrap();
    assert_eq!([said(&add, "op"), said(&drop, "op")], ["add-column", "drop-column"]);
    assert_eq!(cut(&lab, field(&add, "not_null").unwrap()), "NOT NULL");
    assert_eq!(cut(&lab, field(&add, "default").unwrap()), "0");
    assert_eq!(cut(&lab, field(&drop, "column").unwrap()), "old");
    assert_eq!(said(&drop, "type"), "missing");
}

#[test]
fn nobody_uses_yet_what_the_same_file_makes() {
    let (_, found) = statements(&[
        (
            "db/1.sql",
            "CREATE TABLE a (b int); ALTER TABLE a DROP b; ALTER TABLE c ADD d int; ALTER TABLE c ALTER d SET NOT NULL;",
        ),
        ("db/2.sql", "ALTER TABLE a DROP b;"),
    ]);
    let new: Vec<String> = found.iter().map(|statement| said(statement, "table_is_new")).collect();
    assert_eq!(new, ["true", "true", "false", "false", "false"]);
    assert_eq!(said(&actions(&found[3])[0], "column_is_new"), "true");
    assert_eq!(said(&actions(&found[4])[0], "column_is_new"), "false");
}

#[test]
fn a_table_that_is_made_again_is_not_gone() {
    let text =
        "CREATE TABLE b (c int); INSERT INTO b SELECT c FROM a; DROP TABLE a; ALTER TABLE b RENAME TO a; DROP TABLE d;";
    let (_, found) = statements(&[("db/1.sql", text)]);
    let back: Vec<String> = found.iter().map(|statement| said(statement, "table_comes_back")).collect();
    assert_eq!(back, ["false", "false", "true", "false", "false"]);
}

#[test]
fn a_foreign_key_is_indexed_by_any_file_of_the_run() {
    let (_, found) = statements(&[
        (
            "db/1.sql",
            "-- sqlfluff:dialect:postgres\nALTER TABLE a ADD FOREIGN KEY (x, y) REFERENCES b; ALTER TABLE a ADD z int REFERENCES c;",
        ),
        ("db/2.sql", "CREATE INDEX ON public.a (y, x, w); CREATE INDEX ON a (w, z); CREATE INDEX ON a (z) WHERE w;"),
    ]);
    assert_eq!(said(&actions(&found[0])[0], "indexed"), "true");
    assert_eq!(said(&actions(&found[1])[0], "indexed"), "false");
}

#[test]
fn a_check_that_was_validated_proves_that_a_column_is_never_empty() {
    let (_, found) = statements(&[
        (
            "db/1.sql",
            "ALTER TABLE a ADD CONSTRAINT k CHECK (b IS NOT NULL) NOT VALID; ALTER TABLE a ALTER b SET NOT NULL;",
        ),
        ("db/2.sql", "ALTER TABLE a VALIDATE CONSTRAINT k; ALTER TABLE a ALTER b SET NOT NULL;"),
    ]);
    assert_eq!(said(&actions(&found[1])[0], "proven_not_null"), "false");
    assert_eq!(said(&actions(&found[3])[0], "proven_not_null"), "true");
}

#[test]
fn a_timeout_holds_for_the_statements_after_it() {
    let (_, found) =
        statements(&[("db/1.sql", "SET lock_timeout = 0; SELECT 1; SET LOCAL lock_timeout TO '2s'; SELECT 2;")]);
    let held: Vec<String> = found.iter().map(|statement| said(statement, "lock_timeout")).collect();
    assert_eq!(held, ["false", "false", "false", "true"]);
    assert_eq!([said(&found[2], "setting"), said(&found[2], "value")], ["lock_timeout", "'2s'"]);
}

#[test]
fn the_files_of_a_folder_speak_one_dialect() {
    let (_, found) = statements(&[
        ("a/migrations/1/up.sql", "CREATE TABLE a (id bigserial)"),
        ("a/migrations/2/up.sql", "DROP TABLE a"),
        ("b/1.sql", "DROP TABLE a"),
        ("c/mysql/1.sql", "DROP TABLE a"),
    ]);
    let dialects: Vec<String> = found.iter().map(|statement| said(statement, "dialect")).collect();
    assert_eq!(dialects, ["postgres", "postgres", "generic", "mysql"]);
}

#[test]
fn a_script_knows_whether_there_is_a_way_back() {
    let lab = Lab::new(&[
        ("m/1.down.sql", "DROP TABLE a"),
        ("m/1.up.sql", "CREATE TABLE a (b int)"),
        ("m/2.up.sql", "DROP TABLE a"),
        ("m/3.sql", "-- +goose Up\nDROP TABLE a;\n-- +goose Down\nDROP TABLE b;"),
        ("m/4.sql", "-- migrate:up\nDROP TABLE a;"),
        ("m/5.sql", "DROP TABLE a;"),
        ("s/deploy/x.sql", "DROP TABLE a;"),
        ("s/revert/x.sql", "DROP TABLE a;"),
    ]);
    let found = lab.find(DocumentKind::SqlScript).subjects;
    let reversible: Vec<String> = found.iter().map(|script| said(script, "reversible")).collect();
    assert_eq!(reversible, ["missing", "true", "false", "true", "false", "missing", "true", "missing"]);
    assert_eq!([said(&found[0], "direction"), said(&found[1], "direction")], ["down", "up"]);
    let Some(Value { data: Data::List(statements), .. }) = field(&found[3], "statements") else { panic!("statements") };
    assert_eq!(said(&statements[1], "direction"), "down");
}

#[test]
fn what_was_not_understood_is_said_and_the_rest_is_there() {
    let lab = Lab::new(&[("db/1.sql", "DROP TABEL a; DROP TABLE b;")]);
    let found = lab.find(DocumentKind::SqlStatement);
    assert_eq!(found.subjects.len(), 1);
    assert_eq!(found.diagnostics.len(), 1);
    assert!(found.diagnostics[0].undecided);
}

/// Rules may ask for every field that records carry, and for no other.
#[test]
fn every_field_is_documented() {
    fn holds(value: &Value, shape: &'static Shape) {
        let Data::Record(record) = &value.data else { panic!("a record") };
        for (name, _) in &record.fields {
            assert!(shape.field_type(name).is_some(), "{}.{name}", shape.kind);
        }
    }
    let text = "SET a = 1; CREATE INDEX i ON a (b) WHERE c; ALTER TABLE a ADD CONSTRAINT k FOREIGN KEY (b) REFERENCES c, \
                ADD d int DEFAULT 1 CHECK (d > 0), RENAME e TO f";
    let lab = Lab::new(&[("db/1.up.sql", text)]);
    for script in lab.find(DocumentKind::SqlScript).subjects {
        holds(&script, &SQL_SCRIPT);
    }
    for statement in lab.find(DocumentKind::SqlStatement).subjects {
        holds(&statement, &SQL_STATEMENT);
        for action in actions(&statement) {
            holds(&action, &SQL_ACTION);
        }
    }
}
