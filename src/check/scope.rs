//! What names mean inside one expression.

use std::sync::Arc;

use super::document_schema::Schema;
use crate::model::calendar::NamedCalendar;
use crate::model::enums::Unit;
use crate::model::expression::Variable;
use crate::model::types::Type;

/// The names an expression may use.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    pub(super) variables: Vec<(Variable, Type)>,
    pub policy: Arc<OfPolicy>,
    pub flags: Flags,
}

/// What every expression of a policy may name.
#[derive(Debug, Default)]
pub(super) struct OfPolicy {
    pub parameters: Vec<(Arc<str>, Type)>,
    pub calendars: Vec<Arc<NamedCalendar>>,
    /// By the names that rules give them; none where its own mistakes were said already.
    pub schemas: Vec<(String, Option<Schema>)>,
    /// Names of things whose own mistakes were said already.
    pub unsound: Vec<String>,
}

/// Whether metrics and failures may be spoken of, and which metrics there are.
#[derive(Debug, Clone, Default)]
pub(super) enum Flags {
    #[default]
    NotHere,
    /// In a policy: whichever metrics the plan will have.
    OfAnyPlan,
    /// In a plan: these metrics, with their units.
    OfThisPlan(Vec<(String, Unit)>),
}

impl Scope {
    /// Adds a variable in the next free slot.
    pub(super) fn declare(&mut self, name: &str, of_type: Type) -> Variable {
        let variable = Variable { name: name.into(), slot: self.variables.len() };
        self.variables.push((variable.clone(), of_type));
        variable
    }

    /// Takes the last variable away.
    pub(super) fn forget(&mut self) {
        self.variables.pop();
    }

    pub(super) fn variable(&self, name: &str) -> Option<(Variable, Type)> {
        self.variables.iter().rev().find(|(variable, _)| &*variable.name == name).cloned()
    }

    pub(super) fn parameter(&self, name: &str) -> Option<(Arc<str>, Type)> {
        self.policy.parameters.iter().find(|(known, _)| &**known == name).cloned()
    }

    pub(super) fn calendar(&self, name: &str) -> Option<&Arc<NamedCalendar>> {
        self.policy.calendars.iter().find(|calendar| calendar.head.id.value == name)
    }

    /// Every name that means something, for "did you mean".
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let flags = match self.flags {
            Flags::NotHere => [].as_slice(),
            Flags::OfAnyPlan | Flags::OfThisPlan(_) => ["metric", "probe", "step", "phase"].as_slice(),
        };
        self.variables
            .iter()
            .map(|(variable, _)| &*variable.name)
            .chain(self.policy.parameters.iter().map(|(name, _)| &**name))
            .chain(self.policy.calendars.iter().map(|calendar| calendar.head.id.value.as_str()))
            .chain(flags.iter().copied())
    }
}
