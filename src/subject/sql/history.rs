//! What the statements before one, and the files beside it, say about its tables. Knows statements, and no record.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::document::sql::{Action, Constraint, Direction, Name, Operation, Script, Statement, StatementKind};
use crate::source::Span;

/// What is known of the tables of a run.
#[derive(Debug, Default)]
pub(super) struct History {
    /// The columns that an index begins with, by table.
    indexes: HashMap<String, Vec<Vec<String>>>,
    /// `table.column` of which an earlier file has proven that it is never empty.
    proven: HashSet<String>,
    /// Checks of an earlier file that are not yet validated: their names to `table.column`.
    claimed: HashMap<String, String>,
    file: ThisFile,
}

/// What the statements so far have done in the file that is looked at.
#[derive(Debug, Default)]
struct ThisFile {
    tables: HashSet<String>,
    columns: HashSet<String>,
    settings: HashMap<String, Span>,
    /// Where each table is last made: created, or another renamed to its name.
    made: HashMap<String, Span>,
}

impl History {
    /// Every index that a file of the run makes, whenever it does.
    pub(super) fn of(scripts: &[Rc<Script>]) -> Self {
        let mut history = Self::default();
        for statement in scripts.iter().flat_map(|script| &script.statements) {
            if statement.direction == Direction::Up {
                history.note_indexes(statement);
            }
        }
        history
    }

    pub(super) fn begin_file(&mut self, script: &Script) {
        self.file = ThisFile::default();
        for statement in &script.statements {
            let created = (statement.kind == StatementKind::CreateTable).then(|| statement.tables.first()).flatten();
            let renamed = statement.actions.iter().filter(|action| action.operation == Operation::RenameTable);
            for name in created.into_iter().chain(renamed.filter_map(|action| action.new_name.as_ref())) {
                self.file.made.insert(key(&name.text), statement.span);
            }
        }
    }

    /// Whether a later statement of the file makes each of these tables again, as `SQLite` needs it.
    pub(super) fn comes_back(&self, statement: &Statement) -> bool {
        let later = |table: &Name| {
            self.file.made.get(&key(&table.text)).is_some_and(|place| place.start > statement.span.start)
        };
        !statement.tables.is_empty() && statement.tables.iter().all(later)
    }

    /// Takes in what a statement did, once it was looked at.
    pub(super) fn pass(&mut self, statement: &Statement, text: &str) {
        if let Some((name, value)) = &statement.setting {
            let off = matches!(value.text(text).trim_matches(['\'', '"']), "0" | "" | "0s" | "0ms");
            if !off {
                self.file.settings.insert(name.text.to_ascii_lowercase(), statement.keyword);
            }
        }
        let Some(table) = statement.tables.first() else { return };
        if statement.kind == StatementKind::CreateTable {
            self.file.tables.insert(key(&table.text));
        }
        for action in &statement.actions {
            self.pass_action(table, action, text);
        }
    }

    fn pass_action(&mut self, table: &Name, action: &Action, text: &str) {
        let of_table = |column: &str| format!("{}.{}", key(&table.text), column.to_ascii_lowercase());
        if let (Operation::AddColumn, Some(column)) = (action.operation, &action.column) {
            self.file.columns.insert(of_table(&column.text));
        }
        if let (Operation::AddConstraint, Some(check)) = (action.operation, action.check) {
            let Some(column) = never_empty(check.text(text)) else { return };
            match (&action.name, action.not_valid) {
                (_, None) => {
                    self.proven.insert(of_table(&column));
                }
                (Some(name), Some(_)) => {
                    self.claimed.insert(of_table(&name.text), of_table(&column));
                }
                (None, Some(_)) => {}
            }
        }
        if let (Operation::ValidateConstraint, Some(name)) = (action.operation, &action.name) {
            self.proven.extend(self.claimed.remove(&of_table(&name.text)));
        }
    }

    /// Whether the same file creates the table, before or by this statement.
    pub(super) fn is_new(&self, statement: &Statement) -> bool {
        if statement.kind == StatementKind::CreateTable {
            return true;
        }
        !statement.tables.is_empty()
            && statement.tables.iter().all(|table| self.file.tables.contains(&key(&table.text)))
    }

    /// Whether the same file adds the column, before or by this action.
    pub(super) fn is_new_column(&self, table: &Name, action: &Action) -> bool {
        let Some(column) = &action.column else { return false };
        action.operation == Operation::AddColumn
            || self.file.tables.contains(&key(&table.text))
            || self.file.columns.contains(&format!("{}.{}", key(&table.text), column.text.to_ascii_lowercase()))
    }

    pub(super) fn is_proven(&self, table: &Name, action: &Action) -> bool {
        let Some(column) = &action.column else { return false };
        self.proven.contains(&format!("{}.{}", key(&table.text), column.text.to_ascii_lowercase()))
    }

    /// Where a setting was changed before, in this file.
    pub(super) fn setting(&self, name: &str) -> Option<Span> {
        self.file.settings.get(name).copied()
    }

    /// Whether an index begins with these columns, in any order.
    pub(super) fn is_indexed(&self, table: &Name, columns: &[Name]) -> bool {
        let wanted: HashSet<String> = columns.iter().map(|column| column.text.to_ascii_lowercase()).collect();
        self.indexes.get(&key(&table.text)).into_iter().flatten().any(|index| {
            let begin: HashSet<String> = index.iter().take(wanted.len()).cloned().collect();
            begin == wanted
        })
    }

    fn note_indexes(&mut self, statement: &Statement) {
        let Some(table) = statement.tables.first() else { return };
        let partial = statement.condition.is_some();
        if statement.kind == StatementKind::CreateIndex && !partial {
            self.note_index(table, &statement.columns);
        }
        for action in &statement.actions {
            let keeps_index = |kind: &Constraint| matches!(kind, Constraint::PrimaryKey | Constraint::Unique);
            let constraint = action.constraints.iter().any(|(kind, _)| keeps_index(kind));
            if constraint || action.operation == Operation::AddIndex {
                let own = action.column.as_ref().map(std::slice::from_ref);
                self.note_index(table, own.unwrap_or(&action.columns));
            }
        }
    }

    fn note_index(&mut self, table: &Name, columns: &[Name]) {
        let columns = columns.iter().map(|column| column.text.to_ascii_lowercase()).collect();
        self.indexes.entry(key(&table.text)).or_default().push(columns);
    }
}

/// A table by its own name: which schema it stands in is rarely said everywhere.
fn key(table: &str) -> String {
    table.rsplit('.').next().unwrap_or(table).to_ascii_lowercase()
}

/// The column of `column IS NOT NULL`.
fn never_empty(check: &str) -> Option<String> {
    let inner = check.trim_matches(['(', ')', ' ', '\n', '\t']);
    let words: Vec<&str> = inner.split_ascii_whitespace().collect();
    let [column, is, not, null] = words.as_slice() else { return None };
    let says = [(is, "IS"), (not, "NOT"), (null, "NULL")].iter().all(|(found, word)| found.eq_ignore_ascii_case(word));
    says.then(|| column.trim_matches(['"', '`']).to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::never_empty;

    #[test]
    fn only_a_check_that_says_nothing_else_proves_that_a_column_is_never_empty() {
        assert_eq!(never_empty("(\"Email\" is not null)").as_deref(), Some("email"));
        assert_eq!(never_empty("email IS NOT NULL OR old"), None);
        assert_eq!(never_empty("email IS NULL"), None);
    }
}
