//! The declaration of a column or a table's constraint, as it stands in `CREATE TABLE` and after `ADD`.

use super::Dialect;
use super::action::{Action, Constraint, Operation};
use super::cursor::Cursor;
use super::scan::Lexeme;

/// Words that end the type of a column, or the expression before them.
const ENDS: &[&str] = &[
    "AS",
    "AUTOINCREMENT",
    "AUTO_INCREMENT",
    "CHARSET",
    "CHECK",
    "COLLATE",
    "COLUMN_FORMAT",
    "COMMENT",
    "COMPRESSION",
    "CONSTRAINT",
    "DEFAULT",
    "DEFERRABLE",
    "ENCODE",
    "FIRST",
    "AFTER",
    "GENERATED",
    "IDENTITY",
    "INITIALLY",
    "INVISIBLE",
    "KEY",
    "NOT",
    "NULL",
    "ON",
    "PERSISTED",
    "PRIMARY",
    "REFERENCES",
    "SRID",
    "STORAGE",
    "STORED",
    "UNIQUE",
    "USING",
    "VIRTUAL",
    "VISIBLE",
];

/// Reads one item of `CREATE TABLE (…)`, or what follows `ADD`. `None` for what declares neither.
pub(super) fn declaration(mut cursor: Cursor<'_>, dialect: Dialect) -> Option<Action> {
    let span = cursor.span();
    if let Some(constraint) = table_constraint(cursor) {
        return Some(constraint);
    }
    if let Some(index) = index(cursor, dialect) {
        return Some(index);
    }
    if cursor.sees(&["LIKE"]) || cursor.sees(&["PERIOD", "FOR"]) {
        return None;
    }
    let column = cursor.name()?;
    let mut action = Action::new(Operation::AddColumn, span, span);
    action.column = Some(column);
    rest_of_column(&mut cursor, &mut action);
    Some(action)
}

/// The type of a column and all that is said of it.
pub(super) fn rest_of_column(cursor: &mut Cursor<'_>, action: &mut Action) {
    action.column_type = column_type(cursor);
    if action.column_type.is_some_and(|place| says_serial(cursor.text_of(place))) {
        action.generated = action.column_type;
        action.not_null = action.column_type;
    }
    while !cursor.is_done() {
        attribute(cursor, action);
    }
}

fn says_serial(written: &str) -> bool {
    ["serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"]
        .iter()
        .any(|known| written.eq_ignore_ascii_case(known))
}

/// The words of a type: all that stands before the first word that says something else.
pub(super) fn column_type(cursor: &mut Cursor<'_>) -> Option<crate::source::Span> {
    let start = *cursor;
    let mut last = None;
    while !cursor.is_done() {
        let set = cursor.sees(&["CHARACTER", "SET"]) && last.is_some();
        if set || cursor.sees_any(ENDS) || cursor.sees_symbol(",") || cursor.sees_symbol("=") {
            break;
        }
        last = cursor.bump_group();
    }
    last.map(|last| start.tokens().first().map_or(last, |first| first.span.to(last)))
}

/// One thing that is said of a column, or one word that says nothing to us.
fn attribute(cursor: &mut Cursor<'_>, action: &mut Action) {
    if let Some(place) = cursor.eat(&["NOT", "NULL"]) {
        action.not_null = Some(place);
    } else if cursor.eat(&["DEFAULT"]).is_some() {
        action.default = expression(cursor);
    } else if let Some(place) = cursor.eat(&["PRIMARY", "KEY"]) {
        action.constraints.push((Constraint::PrimaryKey, place));
        action.not_null = action.not_null.or(Some(place));
    } else if let Some(place) = cursor.eat(&["UNIQUE"]) {
        action.constraints.push((Constraint::Unique, place));
    } else if let Some(place) = cursor.eat(&["REFERENCES"]) {
        action.references = cursor.name();
        cursor.brackets();
        action.constraints.push((Constraint::ForeignKey, place.to(cursor.last())));
        reference_actions(cursor);
    } else if let Some(place) = cursor.eat(&["CHECK"]) {
        action.check = cursor.brackets().map(|inner| inner.span());
        action.constraints.push((Constraint::Check, place.to(cursor.last())));
    } else if let Some(place) = cursor.eat_any(&["GENERATED", "AUTO_INCREMENT", "AUTOINCREMENT", "IDENTITY"]) {
        action.generated = Some(place);
    } else if cursor.sees(&["AS"]) {
        action.generated = cursor.eat(&["AS"]);
        cursor.brackets();
    } else if cursor.eat(&["CONSTRAINT"]).is_some() {
        action.name = cursor.name();
    } else if cursor.eat(&["COMMENT"]).is_some() {
        cursor.bump_group();
    } else if let Some(place) = cursor.eat(&["NOT", "VALID"]) {
        action.not_valid = Some(place);
    } else {
        cursor.bump_group();
    }
}

/// `ON DELETE SET NULL` says nothing of the column itself.
fn reference_actions(cursor: &mut Cursor<'_>) {
    loop {
        let on = cursor.eat(&["ON", "DELETE"]).or_else(|| cursor.eat(&["ON", "UPDATE"]));
        if on.is_some() {
            cursor.eat_any(&["SET", "NO"]);
            cursor.bump();
        } else if cursor.eat(&["MATCH"]).is_some() {
            cursor.bump();
        } else if cursor.eat(&["NOT", "DEFERRABLE"]).is_none() {
            return;
        }
    }
}

/// At least one token, and all that follow until a word says something else.
fn expression(cursor: &mut Cursor<'_>) -> Option<crate::source::Span> {
    let first = cursor.bump_group()?;
    let mut last = first;
    while !cursor.is_done() && !cursor.sees_any(ENDS) {
        last = cursor.bump_group().unwrap_or(last);
    }
    Some(first.to(last))
}

/// `[CONSTRAINT name] PRIMARY KEY | UNIQUE | FOREIGN KEY | CHECK | EXCLUDE …`.
fn table_constraint(mut cursor: Cursor<'_>) -> Option<Action> {
    let span = cursor.span();
    let named = cursor.eat(&["CONSTRAINT"]);
    // `CONSTRAINT PRIMARY KEY (id)`: MySQL lets the name be left out.
    let name = if named.is_some() && kind_of(&mut cursor.clone()).is_none() { cursor.name() } else { None };
    let before = cursor;
    let (constraint, keyword) = kind_of(&mut cursor)?;
    let unnamed_column = named.is_none() && !opens_like_a_constraint(before, constraint);
    if unnamed_column {
        return None;
    }
    let mut action = Action::new(Operation::AddConstraint, named.map_or(keyword, |place| place.to(keyword)), span);
    action.name = name;
    action.constraints.push((constraint, keyword));
    if constraint == Constraint::Check {
        action.check = cursor.brackets().map(|inner| inner.span());
    } else {
        if let Some(place) = cursor.eat(&["USING", "INDEX"]) {
            action.using_index = Some(place);
            cursor.name();
        }
        // `UNIQUE KEY name (a)`, `FOREIGN KEY name (a)`, `UNIQUE NULLS NOT DISTINCT (a)`.
        while !cursor.is_done() && !cursor.sees_symbol("(") && !cursor.sees_any(&["REFERENCES", "NOT", "DEFERRABLE"]) {
            cursor.bump();
        }
        action.columns = cursor.brackets().map(columns).unwrap_or_default();
    }
    if cursor.eat(&["REFERENCES"]).is_some() {
        action.references = cursor.name();
        cursor.brackets();
    }
    while !cursor.is_done() {
        match cursor.eat(&["NOT", "VALID"]) {
            Some(place) => action.not_valid = Some(place),
            None => {
                cursor.bump_group();
            }
        }
    }
    Some(action)
}

fn kind_of(cursor: &mut Cursor<'_>) -> Option<(Constraint, crate::source::Span)> {
    let known: [(&[&str], Constraint); 6] = [
        (&["PRIMARY", "KEY"], Constraint::PrimaryKey),
        (&["FOREIGN", "KEY"], Constraint::ForeignKey),
        (&["UNIQUE"], Constraint::Unique),
        (&["CHECK"], Constraint::Check),
        (&["EXCLUDE"], Constraint::Exclude),
        (&["NOT", "NULL"], Constraint::NotNull),
    ];
    known.iter().find_map(|(words, constraint)| cursor.eat(words).map(|place| (*constraint, place)))
}

/// A column may be called `check` or `exclude`.
fn opens_like_a_constraint(mut cursor: Cursor<'_>, constraint: Constraint) -> bool {
    match constraint {
        Constraint::PrimaryKey | Constraint::ForeignKey => true,
        Constraint::NotNull => false,
        Constraint::Unique => {
            cursor.bump();
            cursor.sees_symbol("(") || cursor.sees_any(&["KEY", "INDEX", "USING", "NULLS"]) || {
                cursor.name();
                cursor.sees_symbol("(")
            }
        }
        Constraint::Check | Constraint::Exclude => {
            cursor.bump();
            cursor.sees_symbol("(") || cursor.sees_any(&["USING"])
        }
    }
}

/// `INDEX name (a)` among the columns, where it is no column of that name.
fn index(mut cursor: Cursor<'_>, dialect: Dialect) -> Option<Action> {
    let span = cursor.span();
    if matches!(dialect, Dialect::Postgres | Dialect::Sqlite) {
        return None;
    }
    let mut keyword = cursor.eat_any(&["FULLTEXT", "SPATIAL"]);
    let special = keyword.is_some();
    if let Some(place) = cursor.eat_any(&["INDEX", "KEY"]) {
        keyword = Some(keyword.map_or(place, |first| first.to(place)));
    }
    let keyword = keyword?;
    cursor.eat(&["IF", "NOT", "EXISTS"]);
    let mut action = Action::new(Operation::AddIndex, keyword, span);
    if !cursor.sees_symbol("(") {
        action.name = cursor.name();
        if cursor.eat(&["USING"]).is_some() {
            cursor.bump();
        }
    }
    let inner = cursor.brackets()?;
    let of_columns = inner
        .tokens()
        .first()
        .is_some_and(|token| matches!(token.lexeme, Lexeme::Word | Lexeme::Quoted | Lexeme::Symbol));
    (special || of_columns).then(|| {
        action.columns = columns(inner);
        action
    })
}

/// The columns of an index or constraint; what is computed is left out.
pub(super) fn columns(inner: Cursor<'_>) -> Vec<super::statement::Name> {
    inner
        .split()
        .into_iter()
        .filter_map(|mut part| {
            let name = part.name()?;
            // `lower(email)` is no column; `name(20)` is the beginning of one.
            let computed =
                part.sees_symbol("(") && !part.tokens().get(1).is_some_and(|token| token.lexeme == Lexeme::Number);
            (!computed).then_some(name)
        })
        .collect()
}
