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
    /// The zone civil times are read in: that of the plan's window.
    pub(super) zone: Option<Zone>,
    slots: Vec<Value>,
}

impl<'a> Scope<'a> {
    pub(super) const fn new(context: &'a Context<'a>, zone: Option<Zone>, slots: Vec<Value>) -> Self {
        Self { context, zone, slots }
    }

    pub(super) fn get(&self, variable: &Variable) -> Option<&Value> {
        self.slots.get(variable.slot)
    }

    /// The same scope with one more variable.
    pub(super) fn with(&self, variable: &Variable, value: Value) -> Self {
        let mut inner = self.clone();
        inner.slots.truncate(variable.slot);
        inner.slots.push(value);
        inner
    }
}
