//! What a rule is judged with: the instant, the parameters, the variables.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::Edit;
use crate::model::data::{Data, Value};
use crate::model::expression::Variable;
use crate::model::units::{Instant, Zone};

/// What every rule of a policy is judged with.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The instant of the run.
    pub now: Instant,
    /// The values of the policy's parameters.
    pub parameters: &'a HashMap<Arc<str>, Value>,
    /// The files that are there, for `file_exists`: paths as rules write them.
    pub files: &'a dyn Files,
    /// Writes what fixes set.
    pub pen: &'a dyn Pen,
}

/// Writes into the texts that values were read from; the caller has them, and knows their notation.
pub trait Pen: std::fmt::Debug {
    /// Another value in place of one.
    fn replace(&self, current: &Value, wanted: &Data) -> Written;

    /// A field that a record does not have.
    fn insert(&self, holder: &Value, name: &str, wanted: &Data) -> Written;
}

/// Edits, or why there are none, as the rest of a sentence; nothing where nobody asks for any.
pub type Written = Result<Vec<Edit>, Option<&'static str>>;

/// Nothing is written: nobody looks at fixes.
#[derive(Debug, Clone, Copy)]
pub struct NoPen;

impl Pen for NoPen {
    fn replace(&self, _: &Value, _: &Data) -> Written {
        Err(None)
    }

    fn insert(&self, _: &Value, _: &str, _: &Data) -> Written {
        Err(None)
    }
}

/// Answers whether a file exists; the caller knows where the plan stands.
pub trait Files: std::fmt::Debug {
    fn exists(&self, path: &str) -> bool;
}

/// Nothing exists.
#[derive(Debug, Clone, Copy)]
pub struct NoFiles;

impl Files for NoFiles {
    fn exists(&self, _: &str) -> bool {
        false
    }
}

/// The variables of one judgement.
#[derive(Debug, Clone)]
pub(super) struct Scope<'a> {
    pub(super) context: &'a Context<'a>,
    variables: Variables<'a>,
}

#[derive(Debug, Clone)]
enum Variables<'a> {
    /// What the rule speaks of, and the plan it is a part of.
    Subject { value: &'a Value, plan: Option<&'a Value>, zone: Option<Zone> },
    /// One more, in this slot.
    Within { outer: &'a Scope<'a>, slot: usize, value: &'a Value },
}

impl<'a> Scope<'a> {
    /// Of something out of a file.
    pub(super) const fn of(value: &'a Value, context: &'a Context<'a>) -> Self {
        Self { context, variables: Variables::Subject { value, plan: None, zone: None } }
    }

    /// Of a plan whose civil times are read in `zone`.
    pub(super) const fn of_plan(plan: &'a Value, zone: Option<Zone>, context: &'a Context<'a>) -> Self {
        Self { context, variables: Variables::Subject { value: plan, plan: None, zone } }
    }

    /// Of a part of a plan whose civil times are read in `zone`.
    pub(super) const fn of_part(
        value: &'a Value,
        plan: &'a Value,
        zone: Option<Zone>,
        context: &'a Context<'a>,
    ) -> Self {
        Self { context, variables: Variables::Subject { value, plan: Some(plan), zone } }
    }

    pub(super) fn get(&self, variable: &Variable) -> Option<&'a Value> {
        match (&self.variables, variable.slot) {
            (Variables::Subject { value, .. }, 0) => Some(value),
            (Variables::Subject { plan, .. }, 1) => *plan,
            (Variables::Subject { .. }, _) => None,
            (Variables::Within { slot, value, .. }, asked) if *slot == asked => Some(value),
            (Variables::Within { outer, .. }, _) => outer.get(variable),
        }
    }

    /// The zone civil times are read in: that of the plan's window.
    pub(super) fn zone(&self) -> Option<&Zone> {
        match &self.variables {
            Variables::Subject { zone, .. } => zone.as_ref(),
            Variables::Within { outer, .. } => outer.zone(),
        }
    }

    /// The same scope with one more variable.
    pub(super) const fn with<'b>(&'b self, variable: &Variable, value: &'b Value) -> Scope<'b> {
        Scope { context: self.context, variables: Variables::Within { outer: self, slot: variable.slot, value } }
    }
}
