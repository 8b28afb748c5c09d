//! From the tokens of one statement to what it does. Knows the order of its words, not whether they are a sentence.

use super::Dialect;
use super::alter;
use super::column::{columns, declaration};
use super::cursor::Cursor;
use super::kind::StatementKind;
use super::scan::{Lexeme, Token};
use super::statement::{Name, Statement};
use crate::source::Span;

/// How many words may say the kind of a statement.
const HEAD: usize = 10;

/// `None` where no statement begins like this.
pub(super) fn statement(text: &str, tokens: &[Token], dialect: Dialect) -> Option<Statement> {
    let mut cursor = Cursor::new(text, tokens);
    let span = cursor.span();
    let (kind, length) = if cursor.sees_symbol("(") { (StatementKind::Select, 1) } else { kind_of(&cursor)? };
    let first = cursor;
    for _ in 0..length {
        cursor.bump();
    }
    let keyword = first.tokens().first().map_or(span, |token| token.span.to(cursor.last()));
    let mut statement = Statement::new(kind, keyword, span);
    mark_head(first, length, &mut statement);
    parts(cursor, dialect, &mut statement);
    Some(statement)
}

fn kind_of(cursor: &Cursor<'_>) -> Option<(StatementKind, usize)> {
    let words: Vec<&str> = (0..HEAD).map_while(|at| cursor.word_at(at)).collect();
    let (kind, length) = StatementKind::of(&words)?;
    if !cursor.sees(&["WITH"]) {
        return Some((kind, length));
    }
    // What follows the named queries says what is done.
    let mut after = *cursor;
    let place = after.find(&["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES"])?;
    let (kind, _) = StatementKind::of(&[cursor.text_of(place)])?;
    Some((kind, cursor.tokens().len() - after.tokens().len() + 1))
}

/// Words between `CREATE` and what is created.
fn mark_head(mut cursor: Cursor<'_>, length: usize, statement: &mut Statement) {
    for _ in 0..length {
        if cursor.sees_any(&["UNIQUE"]) {
            statement.marks.unique = Some(cursor.span_of_next());
        } else if cursor.sees_any(&["TEMP", "TEMPORARY"]) {
            statement.marks.temporary = Some(cursor.span_of_next());
        }
        cursor.bump();
    }
}

fn parts(mut cursor: Cursor<'_>, dialect: Dialect, statement: &mut Statement) {
    use StatementKind as Kind;
    match statement.kind {
        Kind::CreateTable => create_table(cursor, dialect, statement),
        Kind::AlterTable => {
            guards(&mut cursor, statement);
            cursor.eat(&["ONLY"]);
            statement.tables.extend(cursor.name());
            cursor.eat_symbol("*");
            statement.actions = alter::actions(cursor, dialect);
        }
        Kind::DropTable => {
            guards(&mut cursor, statement);
            statement.tables = cursor.names();
            statement.marks.cascade = cursor.find(&["CASCADE"]);
        }
        Kind::Truncate => {
            cursor.eat(&["ONLY"]);
            statement.tables = cursor.names();
            statement.marks.cascade = cursor.find(&["CASCADE"]);
        }
        Kind::RenameTable => statement.tables = cursor.names(),
        Kind::CreateIndex => create_index(cursor, statement),
        Kind::DropIndex => {
            guards(&mut cursor, statement);
            statement.name = cursor.names().into_iter().next();
            if cursor.eat(&["ON"]).is_some() {
                statement.tables.extend(cursor.name());
            } else {
                statement.marks.cascade = cursor.find(&["CASCADE"]);
            }
        }
        Kind::Update => {
            skip(&mut cursor, &["ONLY", "LOW_PRIORITY", "IGNORE"]);
            if cursor.eat(&["OR"]).is_some() {
                cursor.bump();
            }
            statement.tables.extend(cursor.name());
            statement.condition = condition(cursor);
        }
        Kind::Delete => {
            let mut from = cursor;
            if from.find(&["FROM"]).is_some() {
                from.bump();
                from.eat(&["ONLY"]);
                statement.tables.extend(from.name());
            }
            statement.condition = condition(cursor);
        }
        Kind::Insert => {
            skip(&mut cursor, &["INTO", "IGNORE", "LOW_PRIORITY", "DELAYED", "OVERWRITE", "TABLE"]);
            if cursor.eat(&["OR"]).is_some() {
                cursor.bump();
                cursor.eat(&["INTO"]);
            }
            statement.tables.extend(cursor.name());
        }
        Kind::Lock => {
            skip(&mut cursor, &["TABLE", "TABLES", "ONLY"]);
            statement.tables = cursor.names();
        }
        Kind::Vacuum => vacuum(cursor, statement),
        Kind::Cluster | Kind::Copy => {
            skip(&mut cursor, &["VERBOSE"]);
            statement.tables.extend(cursor.name());
        }
        Kind::Reindex | Kind::RefreshView => {
            cursor.brackets();
            skip(&mut cursor, &["INDEX", "TABLE", "SCHEMA", "DATABASE", "SYSTEM"]);
            statement.marks.concurrently = cursor.eat(&["CONCURRENTLY"]);
            statement.name = cursor.name();
        }
        Kind::Set => setting(cursor, statement),
        Kind::CreateView
        | Kind::DropView
        | Kind::CreateType
        | Kind::AlterType
        | Kind::DropType
        | Kind::CreateSchema
        | Kind::DropSchema
        | Kind::CreateDatabase
        | Kind::DropDatabase
        | Kind::DropRoutine => {
            guards(&mut cursor, statement);
            statement.name = cursor.name();
            statement.marks.cascade = cursor.find(&["CASCADE"]);
        }
        Kind::CreateRoutine
        | Kind::Select
        | Kind::Begin
        | Kind::Commit
        | Kind::Rollback
        | Kind::Do
        | Kind::Grant
        | Kind::Client
        | Kind::Other => {}
    }
}

/// `CONCURRENTLY`, `IF EXISTS`, `IF NOT EXISTS`, in any order that a dialect has.
fn guards(cursor: &mut Cursor<'_>, statement: &mut Statement) {
    loop {
        if let Some(place) = cursor.eat(&["IF", "EXISTS"]) {
            statement.marks.if_exists = Some(place);
        } else if let Some(place) = cursor.eat(&["IF", "NOT", "EXISTS"]) {
            statement.marks.if_not_exists = Some(place);
        } else if let Some(place) = cursor.eat(&["CONCURRENTLY"]) {
            statement.marks.concurrently = Some(place);
        } else {
            return;
        }
    }
}

fn skip(cursor: &mut Cursor<'_>, words: &[&str]) {
    while cursor.eat_any(words).is_some() {}
}

fn create_table(mut cursor: Cursor<'_>, dialect: Dialect, statement: &mut Statement) {
    guards(&mut cursor, statement);
    statement.tables.extend(cursor.name());
    if let Some(inner) = cursor.brackets() {
        statement.actions = inner
            .split()
            .into_iter()
            .filter(|item| !item.sees(&["SELECT"]))
            .filter_map(|item| declaration(item, dialect))
            .collect();
    }
}

fn create_index(mut cursor: Cursor<'_>, statement: &mut Statement) {
    guards(&mut cursor, statement);
    if !cursor.sees(&["ON"]) {
        statement.name = cursor.name();
    }
    if cursor.find(&["ON"]).is_none() {
        return;
    }
    cursor.bump();
    cursor.eat(&["ONLY"]);
    statement.tables.extend(cursor.name());
    if cursor.eat(&["USING"]).is_some() {
        cursor.bump();
    }
    statement.columns = cursor.brackets().map(columns).unwrap_or_default();
    if cursor.find(&["WHERE"]).is_some() {
        cursor.bump();
        statement.condition = Some(cursor.span());
    }
}

/// What follows a `WHERE` that stands in no brackets.
fn condition(mut cursor: Cursor<'_>) -> Option<Span> {
    cursor.find(&["WHERE"])?;
    cursor.bump();
    let start = cursor;
    let first = cursor.tokens().first()?.span;
    let last = match cursor.find(&["RETURNING", "LIMIT", "ORDER"]) {
        Some(_) => start.tokens().len() - cursor.tokens().len(),
        None => start.tokens().len(),
    };
    let last = start.tokens().get(last.checked_sub(1)?)?.span;
    Some(first.to(last))
}

fn vacuum(mut cursor: Cursor<'_>, statement: &mut Statement) {
    if let Some(mut inner) = cursor.brackets() {
        statement.marks.full = inner.find(&["FULL"]);
    }
    while let Some(place) = cursor.eat_any(&["FULL", "FREEZE", "VERBOSE", "ANALYZE", "TABLE"]) {
        if cursor.text_of(place).eq_ignore_ascii_case("FULL") {
            statement.marks.full = Some(place);
        }
    }
    statement.tables = cursor.names();
}

fn setting(mut cursor: Cursor<'_>, statement: &mut Statement) {
    skip(&mut cursor, &["LOCAL", "SESSION", "GLOBAL", "PERSIST"]);
    let name: Option<Name> = cursor.name();
    if !cursor.eat_symbol("=") && cursor.eat(&["TO"]).is_none() {
        cursor.eat_symbol(":");
        cursor.eat_symbol("=");
    }
    statement.setting = name.map(|name| (name, cursor.span()));
}

/// The first token that cannot stand in a statement whose meaning is known.
pub(super) fn template(text: &str, tokens: &[Token]) -> Option<Span> {
    let found = tokens.iter().find(|token| match token.lexeme {
        Lexeme::Template => true,
        Lexeme::Quoted => {
            let written = token.span.text(text);
            ["{{", "${", "<%"].iter().any(|mark| written.contains(mark))
        }
        Lexeme::Word | Lexeme::Text | Lexeme::Number | Lexeme::Symbol | Lexeme::Comment | Lexeme::Unclosed => false,
    });
    found.map(|token| token.span)
}
