//! What databases understand and the parser of statements does not: exchanged for something of the same length before
//! it is asked, so that every place stays where it is.

use super::action::{Action, Constraint, Operation};
use super::kind::StatementKind;
use super::scan::{Lexeme, Token};
use super::statement::Statement;
use crate::source::Span;

/// First words of actions that change no column: whatever follows them is the database's business.
const KNOWN: &[&str] = &[
    "ALGORITHM",
    "ALTER",
    "ATTACH",
    "AUTO_INCREMENT",
    "CHARACTER",
    "CLUSTER",
    "COLLATE",
    "COMMENT",
    "CONVERT",
    "DEFAULT",
    "DETACH",
    "DISABLE",
    "ENABLE",
    "ENGINE",
    "FORCE",
    "INHERIT",
    "KEY_BLOCK_SIZE",
    "LOCK",
    "NO",
    "NOT",
    "OF",
    "ORDER",
    "OWNER",
    "REPLICA",
    "RESET",
    "ROW_FORMAT",
    "SET",
];

/// The text of a statement as the parser is to see it.
pub(super) fn repaired(text: &str, statement: &Statement, tokens: &[Token]) -> String {
    let mut bytes = statement.span.text(text).as_bytes().to_vec();
    let mut put = |span: Span, instead: &str| {
        let from = span.start.saturating_sub(statement.span.start) as usize;
        let Some(place) = bytes.get_mut(from..from + span.len() as usize) else { return };
        if instead.len() <= place.len() {
            place.fill(b' ');
            place.iter_mut().zip(instead.bytes()).for_each(|(old, new)| *old = new);
        }
    };
    for action in &statement.actions {
        if action.operation == Operation::AddConstraint && action.is(Constraint::NotNull) {
            let added = statement.kind == StatementKind::AlterTable;
            put(action.span, if added { "ADD CHECK (1)" } else { "CHECK (1)" });
        } else if statement.kind == StatementKind::AlterTable && is_known(action, text) {
            put(action.span, "DROP a");
        }
    }
    if let (StatementKind::DropIndex, Some(place)) = (statement.kind, statement.marks.concurrently) {
        put(place, "");
    }
    for pair in tokens.windows(2) {
        // `VARCHAR(255) BINARY` of MySQL.
        let [close, word] = pair else { continue };
        if close.span.text(text) == ")" && word.span.text(text).eq_ignore_ascii_case("BINARY") {
            put(word.span, "");
        }
    }
    if statement.kind == StatementKind::AlterTable {
        for pair in tokens.windows(2) {
            let [collate, name] = pair else { continue };
            let is_name = matches!(name.lexeme, Lexeme::Word | Lexeme::Quoted);
            if is_name && collate.span.text(text).eq_ignore_ascii_case("COLLATE") && retypes(statement, collate.span) {
                put(collate.span.to(name.span), "");
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Whether a place stands in an action that changes a type.
fn retypes(statement: &Statement, place: Span) -> bool {
    let at = statement.actions.partition_point(|action| action.span.end <= place.start);
    statement
        .actions
        .get(at)
        .is_some_and(|action| action.operation == Operation::AlterType && action.span.contains(place))
}

fn says_type(keyword: &str) -> bool {
    keyword.rsplit(char::is_whitespace).next().is_some_and(|last| last.eq_ignore_ascii_case("TYPE"))
}

fn is_known(action: &Action, text: &str) -> bool {
    let first =
        action.span.text(text).split(|character: char| !(character.is_ascii_alphanumeric() || character == '_')).next();
    let known = first.is_some_and(|first| KNOWN.iter().any(|known| known.eq_ignore_ascii_case(first)));
    match action.operation {
        Operation::Other
        | Operation::Rewrite
        | Operation::SetSchema
        | Operation::AttachPartition
        | Operation::DetachPartition => known,
        Operation::DropPartition => true,
        // `ALTER COLUMN name type` of SQL Server.
        Operation::AlterType => !says_type(action.keyword.text(text)),
        Operation::AddColumn
        | Operation::DropColumn
        | Operation::RenameColumn
        | Operation::ModifyColumn
        | Operation::SetNotNull
        | Operation::DropNotNull
        | Operation::SetDefault
        | Operation::DropDefault
        | Operation::AddConstraint
        | Operation::DropConstraint
        | Operation::ValidateConstraint
        | Operation::RenameConstraint
        | Operation::AddIndex
        | Operation::DropIndex
        | Operation::RenameTable => false,
    }
}
