//! Statements as the records that rules read.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::history::History;
use crate::document::sql::{Action, Constraint, Dialect, Direction, Name, Operation, Script, Statement};
use crate::model::data::{Data, Value};
use crate::model::subject::{SQL_ACTION, SQL_SCRIPT, SQL_STATEMENT};
use crate::source::{Place, Span};
use crate::subject::SourceText;
use crate::subject::fields::{Fields, path};

/// The statements of one file, in its order; what each does becomes known to those after it.
pub(super) fn statements(source: &SourceText<'_>, script: &Script, history: &mut History) -> Vec<Value> {
    history.begin_file(script);
    let whole = Direction::of_path(source.path);
    let statements = script.statements.iter().enumerate().map(|(index, statement)| {
        let reader = Reader { source, script, history, direction: whole.unwrap_or(statement.direction) };
        let value = reader.statement(index, statement);
        history.pass(statement, &source.text);
        value
    });
    statements.collect()
}

/// A file and its statements.
pub(super) fn script(
    source: &SourceText<'_>,
    script: &Script,
    statements: Vec<Value>,
    reversible: Option<bool>,
) -> Value {
    let first = script.statements.first().map_or(Span::at(0), |statement| statement.keyword);
    let place = Place::new(source.file, first);
    let mut fields = Fields::default();
    fields.set("path", path(source.path, place));
    fields.set("dialect", Value::new(Data::Word(script.dialect.name()), place));
    let direction = Direction::of_path(source.path).unwrap_or(Direction::Up);
    fields.set("direction", Value::new(Data::Word(direction.name()), place));
    fields.set_if("reversible", reversible.map(|there| Value::new(Data::Bool(there), place)));
    let whole = Place::new(source.file, Span::of(0..source.text.len()));
    fields.set("statements", Value::new(Data::List(statements.into()), whole));
    fields.into_value(&SQL_SCRIPT, place)
}

struct Reader<'a> {
    source: &'a SourceText<'a>,
    script: &'a Script,
    history: &'a History,
    direction: Direction,
}

impl Reader<'_> {
    fn statement(&self, index: usize, statement: &Statement) -> Value {
        let at = statement.keyword;
        let mut fields = Fields::default();
        fields.set("kind", self.value(Data::Word(statement.kind.name()), at));
        fields.set("path", path(self.source.path, self.place(at)));
        fields.set("dialect", self.value(Data::Word(self.script.dialect.name()), at));
        fields.set("direction", self.value(Data::Word(self.direction.name()), at));
        fields.set("index", self.value(Data::Number(Decimal::from(index)), at));
        fields.set_if("table", statement.tables.first().map(|table| self.name(table)));
        fields.set("tables", self.names(&statement.tables, at));
        fields.set("table_is_new", self.value(Data::Bool(self.history.is_new(statement)), at));
        let comes_back = self.history.comes_back(statement);
        fields.set("table_comes_back", self.value(Data::Bool(comes_back), at));
        fields.set_if("name", statement.name.as_ref().map(|name| self.name(name)));
        fields.set("columns", self.names(&statement.columns, at));
        let actions = statement.actions.iter().map(|action| self.action(statement, action));
        fields.set("actions", self.value(Data::List(actions.collect()), statement.span));
        fields.set_if("where", statement.condition.map(|span| self.written(span)));
        let marks = &statement.marks;
        for (name, mark) in [
            ("if_exists", marks.if_exists),
            ("if_not_exists", marks.if_not_exists),
            ("concurrently", marks.concurrently),
            ("cascade", marks.cascade),
            ("unique", marks.unique),
            ("temporary", marks.temporary),
            ("full", marks.full),
            ("in_transaction", statement.in_transaction.then_some(at)),
        ] {
            fields.set(name, self.flag(mark, at));
        }
        for name in ["lock_timeout", "statement_timeout"] {
            fields.set(name, self.value(Data::Bool(self.history.setting(name).is_some()), at));
        }
        if let Some((name, value)) = &statement.setting {
            fields.set("setting", self.name(name));
            fields.set("value", self.written(*value));
        }
        fields.set("text", self.written(statement.span));
        fields.into_value(&SQL_STATEMENT, self.place(at))
    }

    fn action(&self, statement: &Statement, action: &Action) -> Value {
        let at = action.keyword;
        let mut fields = Fields::default();
        fields.set("op", self.value(Data::Word(action.operation.name()), at));
        fields.set_if("column", action.column.as_ref().map(|column| self.name(column)));
        fields.set("columns", self.names(&action.columns, at));
        fields.set_if("name", action.name.as_ref().map(|name| self.name(name)));
        fields.set_if("new_name", action.new_name.as_ref().map(|name| self.name(name)));
        fields.set_if("type", action.column_type.map(|span| self.written(span)));
        fields.set_if("default", action.default.map(|span| self.written(span)));
        fields.set_if("references", action.references.as_ref().map(|table| self.name(table)));
        fields.set_if("check", action.check.map(|span| self.written(span)));
        let constraints = action.constraints.iter();
        let constraints = constraints.map(|(kind, place)| self.value(Data::Word(kind.name()), *place));
        fields.set("constraints", self.value(Data::List(constraints.collect()), at));
        for (name, mark) in [
            ("not_null", action.not_null),
            ("generated", action.generated),
            ("not_valid", action.not_valid),
            ("using_index", action.using_index),
            ("concurrently", action.concurrently),
            ("if_exists", action.if_exists),
        ] {
            fields.set(name, self.flag(mark, at));
        }
        if let Some(table) = statement.tables.first() {
            fields.set("column_is_new", self.value(Data::Bool(self.history.is_new_column(table, action)), at));
            fields.set("proven_not_null", self.value(Data::Bool(self.history.is_proven(table, action)), at));
            if action.is(Constraint::ForeignKey) {
                fields.set("indexed", self.value(Data::Bool(self.is_indexed(table, action)), at));
            }
        }
        let head = action.column.as_ref().filter(|_| action.operation == Operation::AddColumn);
        fields.into_value(&SQL_ACTION, self.place(head.map_or(at, |column| column.span)))
    }

    /// `MySQL` makes the index of a foreign key itself.
    fn is_indexed(&self, table: &Name, action: &Action) -> bool {
        let own = action.column.as_ref().map(std::slice::from_ref);
        self.script.dialect == Dialect::Mysql || self.history.is_indexed(table, own.unwrap_or(&action.columns))
    }

    fn place(&self, span: Span) -> Place {
        Place::new(self.source.file, span)
    }

    fn value(&self, data: Data, span: Span) -> Value {
        Value::new(data, self.place(span))
    }

    fn written(&self, span: Span) -> Value {
        self.value(Data::text(span.text(&self.source.text)), span)
    }

    fn name(&self, name: &Name) -> Value {
        self.value(Data::text(name.text.as_str()), name.span)
    }

    fn names(&self, names: &[Name], at: Span) -> Value {
        let span = names.first().zip(names.last()).map_or(at, |(first, last)| first.span.to(last.span));
        let names: Arc<[Value]> = names.iter().map(|name| self.name(name)).collect();
        self.value(Data::List(names), span)
    }

    fn flag(&self, mark: Option<Span>, at: Span) -> Value {
        self.value(Data::Bool(mark.is_some()), mark.unwrap_or(at))
    }
}
