//! What a path of a rule leads to, as far as it can be known while the rule is being written. Says nothing of mistakes:
//! `check` does.

use crate::check::policy::subject_type;
use crate::model::function::{Function, Gives};
use crate::model::plan::Plan;
use crate::model::policy::SubjectKind;
use crate::model::read::BlockType as _;
use crate::model::types::{Shape, Type};
use crate::source::FileId;
use crate::syntax::ast::{Clause, ClauseKind, Expression, ExpressionKind, Subject};
use crate::syntax::parse_expression;

/// The variables of a rule and what they hold, the innermost last.
#[derive(Debug, Clone, Default)]
pub(super) struct Variables(pub(super) Vec<(String, Type)>);

impl Variables {
    /// Those that the clauses of a rule declare, wherever in the rule one stands.
    pub(super) fn of(clauses: &[Clause]) -> Self {
        let mut variables = Self::default();
        for clause in clauses {
            match &clause.kind {
                ClauseKind::On(subject) => variables.subject(subject),
                ClauseKind::Require(condition) | ClauseKind::Forbid(condition) | ClauseKind::Unless(condition) => {
                    variables.quantified(condition);
                }
                ClauseKind::Attribute(_)
                | ClauseKind::At(_)
                | ClauseKind::Message(_)
                | ClauseKind::Help(_)
                | ClauseKind::Fix { .. }
                | ClauseKind::Enforce(_)
                | ClauseKind::During(_)
                | ClauseKind::Stop { .. }
                | ClauseKind::Then(_) => {}
            }
        }
        variables
    }

    /// The same of the text of a rule that is not finished: its `on`, and each `every x in path:`.
    pub(super) fn read(text: &str) -> Self {
        let mut variables = Self::default();
        let words: Vec<&str> = text.split_whitespace().collect();
        for (at, word) in words.iter().enumerate() {
            let next = |distance: usize| words.get(at + distance).copied();
            match (*word, next(1), next(2), next(3)) {
                ("on", Some(kind), behind, alias) => {
                    let Some(kind) = SubjectKind::named(kind) else { continue };
                    let alias = alias.filter(|_| behind == Some("as"));
                    variables.subject_of(kind, alias.unwrap_or(kind.variable()));
                }
                ("every" | "some" | "no", Some(variable), Some("in"), Some(path)) => {
                    let path = parse_expression(FileId::default(), path.trim_end_matches(':'), 0).tree;
                    if let Some(element) = path.and_then(|path| variables.type_of(&path)).and_then(element) {
                        variables.0.push((variable.to_owned(), element));
                    }
                }
                _ => {}
            }
        }
        variables
    }

    /// Of a test's `at`: the plan.
    pub(super) fn plan() -> Self {
        Self(vec![("plan".to_owned(), Type::Record(Plan::SHAPE))])
    }

    fn subject(&mut self, subject: &Subject) {
        let Some(kind) = SubjectKind::named(&subject.kind.value) else { return };
        self.subject_of(kind, subject.alias.as_ref().map_or(kind.variable(), |alias| &alias.value));
        if let Some(condition) = &subject.when {
            self.quantified(condition);
        }
    }

    fn subject_of(&mut self, kind: SubjectKind, name: &str) {
        if let SubjectKind::PlanPart(_) = kind {
            self.0.extend(Self::plan().0);
        }
        self.0.push((name.to_owned(), subject_type(kind)));
    }

    /// The variables of every `every`, `some` and `no` in a condition.
    fn quantified(&mut self, expression: &Expression) {
        match &expression.value {
            ExpressionKind::Quantified { variable, over, body, .. } => {
                if let Some(element) = self.type_of(over).and_then(element) {
                    self.0.push((variable.value.clone(), element));
                }
                self.quantified(body);
            }
            ExpressionKind::Binary { left, right, .. } => {
                self.quantified(left);
                self.quantified(right);
            }
            ExpressionKind::Not(of) | ExpressionKind::Group(of) | ExpressionKind::Exists(of) => self.quantified(of),
            ExpressionKind::If { condition, yes, no } => {
                for part in [condition, yes, no] {
                    self.quantified(part);
                }
            }
            ExpressionKind::Literal(_)
            | ExpressionKind::Name(_)
            | ExpressionKind::Member { .. }
            | ExpressionKind::Index { .. }
            | ExpressionKind::Call { .. }
            | ExpressionKind::List(_)
            | ExpressionKind::Negate(_) => {}
        }
    }

    pub(super) fn variable(&self, name: &str) -> Option<Type> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, of_type)| *of_type)
    }

    /// What an expression comes to; `None` where that is not known, or where it is a plain value.
    pub(super) fn type_of(&self, expression: &Expression) -> Option<Type> {
        match &expression.value {
            ExpressionKind::Name(name) => self.variable(name),
            ExpressionKind::Member { of, name } => record(self.type_of(of)?)?.field_type(&name.value),
            ExpressionKind::Index { of, .. } => element(self.type_of(of)?),
            ExpressionKind::Group(of) => self.type_of(of),
            ExpressionKind::Call { function, arguments } => match Function::named(&function.value)?.signature().gives {
                Gives::This(of_type) => Some(of_type),
                Gives::Element => element(self.type_of(arguments.first()?)?),
                Gives::First => self.type_of(arguments.first()?),
            },
            ExpressionKind::Literal(_)
            | ExpressionKind::List(_)
            | ExpressionKind::Not(_)
            | ExpressionKind::Negate(_)
            | ExpressionKind::Exists(_)
            | ExpressionKind::Binary { .. }
            | ExpressionKind::Quantified { .. }
            | ExpressionKind::If { .. } => None,
        }
    }
}

/// What the elements of a list are.
pub(super) const fn element(of_type: Type) -> Option<Type> {
    if let Type::List(element) = of_type { Some(*element) } else { None }
}

/// The fields of a record.
pub(super) const fn record(of_type: Type) -> Option<&'static Shape> {
    if let Type::Record(shape) = of_type { Some(shape) } else { None }
}
