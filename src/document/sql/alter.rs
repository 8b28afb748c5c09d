//! `ALTER TABLE`: one action for each part between commas.

use super::Dialect;
use super::action::{Action, Constraint, Operation};
use super::column::{column_type, columns, declaration, rest_of_column};
use super::cursor::Cursor;

/// The actions that follow the name of the table.
pub(super) fn actions(cursor: Cursor<'_>, dialect: Dialect) -> Vec<Action> {
    cursor.split().into_iter().filter(|part| !part.is_done()).flat_map(|part| action(part, dialect)).collect()
}

fn action(mut cursor: Cursor<'_>, dialect: Dialect) -> Vec<Action> {
    if cursor.eat(&["WITH", "CHECK"]).is_none() {
        cursor.eat(&["WITH", "NOCHECK"]);
    }
    let whole = cursor.span();
    let start = cursor;
    let action = if cursor.eat(&["ADD"]).is_some() {
        return add(cursor, start, dialect);
    } else if let Some(place) = cursor.eat(&["DROP"]) {
        return drop(cursor, start, place);
    } else if let Some(place) = cursor.eat(&["RENAME"]) {
        rename(cursor, start, place)
    } else if cursor.eat(&["ALTER", "COLUMN"]).is_some() || (cursor.sees(&["ALTER"]) && alters_column(cursor)) {
        cursor.eat(&["ALTER"]);
        alter_column(cursor, start)
    } else if let Some(place) = cursor.eat_any(&["MODIFY", "CHANGE"]) {
        modify(cursor, start, place)
    } else if let Some(place) = cursor.eat(&["VALIDATE", "CONSTRAINT"]) {
        let mut action = Action::new(Operation::ValidateConstraint, place, whole);
        action.name = cursor.name();
        action
    } else if let Some(place) = cursor.eat(&["ATTACH", "PARTITION"]) {
        named(Operation::AttachPartition, place, cursor, start)
    } else if let Some(place) = cursor.eat(&["DETACH", "PARTITION"]) {
        let mut action = named(Operation::DetachPartition, place, cursor, start);
        action.concurrently = cursor.find(&["CONCURRENTLY"]);
        action
    } else if let Some(place) = cursor.eat(&["SET", "SCHEMA"]) {
        let mut action = Action::new(Operation::SetSchema, place, whole);
        action.new_name = cursor.name();
        action
    } else if let Some(place) = rewrites(&mut cursor) {
        Action::new(Operation::Rewrite, place, whole)
    } else {
        let keyword = cursor.bump().map_or(whole, |token| token.span);
        Action::new(Operation::Other, keyword, whole)
    };
    vec![action]
}

/// `ALTER name …`, and not `ALTER INDEX` or `ALTER CONSTRAINT`.
fn alters_column(cursor: Cursor<'_>) -> bool {
    !matches!(cursor.word_at(1).map(str::to_ascii_uppercase).as_deref(), Some("INDEX" | "CONSTRAINT" | "CHECK"))
}

fn rewrites(cursor: &mut Cursor<'_>) -> Option<crate::source::Span> {
    let known: [&[&str]; 6] = [
        &["SET", "LOGGED"],
        &["SET", "UNLOGGED"],
        &["SET", "TABLESPACE"],
        &["SET", "ACCESS", "METHOD"],
        &["CONVERT", "TO"],
        &["ENGINE"],
    ];
    known.iter().find_map(|words| cursor.eat(words))
}

fn named(operation: Operation, keyword: crate::source::Span, mut cursor: Cursor<'_>, start: Cursor<'_>) -> Action {
    let mut action = Action::new(operation, keyword, start.span());
    action.name = cursor.name();
    action
}

fn add(mut cursor: Cursor<'_>, start: Cursor<'_>, dialect: Dialect) -> Vec<Action> {
    cursor.eat(&["COLUMN"]);
    cursor.eat(&["IF", "NOT", "EXISTS"]);
    let keyword = start.tokens().first().map_or(start.span(), |token| token.span.to(cursor.last()));
    if cursor.sees(&["PARTITION"]) || cursor.sees(&["GENERATED"]) {
        return vec![Action::new(Operation::Other, keyword, start.span())];
    }
    // `ADD (a int, b int)`.
    let several = cursor.clone().brackets();
    let items = several.map_or_else(|| vec![cursor], |inner| inner.split());
    let read = items.into_iter().filter_map(|item| declaration(item, dialect)).map(|mut action| {
        action.span = if several.is_some() { action.span } else { start.span() };
        action.keyword = if action.operation == Operation::AddColumn { keyword } else { keyword.to(action.keyword) };
        action
    });
    read.collect()
}

fn drop(mut cursor: Cursor<'_>, start: Cursor<'_>, verb: crate::source::Span) -> Vec<Action> {
    let (operation, keyword) = if let Some(place) = cursor.eat_any(&["CONSTRAINT", "CHECK"]) {
        (Operation::DropConstraint, verb.to(place))
    } else if let Some(place) = cursor.eat(&["PRIMARY", "KEY"]).or_else(|| cursor.eat(&["FOREIGN", "KEY"])) {
        (Operation::DropConstraint, verb.to(place))
    } else if let Some(place) = cursor.eat_any(&["INDEX", "KEY"]) {
        (Operation::DropIndex, verb.to(place))
    } else if let Some(place) = cursor.eat(&["PARTITION"]) {
        (Operation::DropPartition, verb.to(place))
    } else {
        let place = cursor.eat(&["COLUMN"]).unwrap_or(verb);
        (Operation::DropColumn, verb.to(place))
    };
    let mut action = Action::new(operation, keyword, start.span());
    action.if_exists = cursor.eat(&["IF", "EXISTS"]);
    if operation != Operation::DropColumn {
        action.name = if cursor.sees_any(&["CASCADE", "RESTRICT"]) { None } else { cursor.name() };
        return vec![action];
    }
    // `DROP (a, b)`.
    let dropped = cursor.brackets().map_or_else(|| cursor.name().into_iter().collect(), columns);
    let of = |column| Action { column: Some(column), ..action.clone() };
    dropped.into_iter().map(of).collect()
}

fn rename(mut cursor: Cursor<'_>, start: Cursor<'_>, verb: crate::source::Span) -> Action {
    let mut action = Action::new(Operation::RenameTable, verb, start.span());
    if let Some(place) = cursor.eat_any(&["CONSTRAINT", "INDEX", "KEY"]) {
        action.operation = Operation::RenameConstraint;
        action.keyword = verb.to(place);
        action.name = cursor.name();
    } else if let Some(place) = cursor.eat(&["COLUMN"]) {
        action.operation = Operation::RenameColumn;
        action.keyword = verb.to(place);
        action.column = cursor.name();
    } else if !cursor.sees_any(&["TO", "AS"]) {
        let name = cursor.name();
        if cursor.is_done() {
            action.new_name = name;
            return action;
        }
        action.operation = Operation::RenameColumn;
        action.column = name;
    }
    cursor.eat_any(&["TO", "AS"]);
    action.new_name = cursor.name();
    action
}

fn alter_column(mut cursor: Cursor<'_>, start: Cursor<'_>) -> Action {
    let mut action = Action::new(Operation::Other, start.span(), start.span());
    action.if_exists = cursor.eat(&["IF", "EXISTS"]);
    action.column = cursor.name();
    if let Some(place) = cursor.eat(&["SET", "NOT", "NULL"]) {
        action.operation = Operation::SetNotNull;
        action.keyword = place;
        action.not_null = Some(place);
    } else if let Some(place) = cursor.eat(&["DROP", "NOT", "NULL"]) {
        action.operation = Operation::DropNotNull;
        action.keyword = place;
    } else if let Some(place) = cursor.eat(&["SET", "DEFAULT"]) {
        action.operation = Operation::SetDefault;
        action.keyword = place;
        action.default = Some(cursor.span());
    } else if let Some(place) = cursor.eat(&["DROP", "DEFAULT"]) {
        action.operation = Operation::DropDefault;
        action.keyword = place;
    } else if let Some(place) = cursor.eat(&["SET", "DATA", "TYPE"]).or_else(|| cursor.eat(&["TYPE"])) {
        action.operation = Operation::AlterType;
        action.keyword = place;
        action.column_type = column_type(&mut cursor);
    } else if cursor.sees_any(&["SET", "ADD", "DROP", "RESET", "RESTART"]) {
        action.keyword = cursor.span();
    } else {
        // `ALTER COLUMN name type NOT NULL` of SQL Server.
        action.operation = Operation::AlterType;
        action.keyword = cursor.span();
        rest_of_column(&mut cursor, &mut action);
    }
    action
}

fn modify(mut cursor: Cursor<'_>, start: Cursor<'_>, verb: crate::source::Span) -> Action {
    let changes = cursor.text_of(verb).eq_ignore_ascii_case("CHANGE");
    let place = cursor.eat(&["COLUMN"]).unwrap_or(verb);
    let mut action = Action::new(Operation::ModifyColumn, verb.to(place), start.span());
    action.if_exists = cursor.eat(&["IF", "EXISTS"]);
    action.column = cursor.name();
    if changes {
        action.new_name = cursor.name();
        let renames = action.new_name.as_ref().map(|name| &name.text) != action.column.as_ref().map(|name| &name.text);
        if renames {
            action.operation = Operation::RenameColumn;
        }
    }
    rest_of_column(&mut cursor, &mut action);
    if action.is(Constraint::PrimaryKey) {
        action.not_null = action.not_null.or(Some(action.keyword));
    }
    action
}
