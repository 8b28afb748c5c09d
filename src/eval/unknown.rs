//! Why something could not be known.

use crate::model::data::{Data, Value};
use crate::source::Place;

/// The third truth value, with its reason.
#[derive(Debug, Clone)]
pub(super) enum Unknown {
    /// A path leads nowhere.
    Missing {
        /// The last name of the path: what is not there.
        name: String,
        /// What should hold it.
        holder: Place,
    },
    /// A value is there, but nothing can be made of it.
    Unusable { message: String, place: Place },
    /// What is needed could not be read: whoever has it could judge.
    Unresolved { message: String, place: Place },
}

/// The value itself, unless it stands for something that could not be read.
pub(super) fn resolved(value: &Value) -> Result<&Value, Unknown> {
    match &value.data {
        Data::Unresolved(reason) => Err(Unknown::Unresolved { message: reason.to_string(), place: value.place }),
        Data::Null
        | Data::Bool(_)
        | Data::Number(_)
        | Data::Text(_)
        | Data::Duration(_)
        | Data::Percent(_)
        | Data::Version(_)
        | Data::Moment(_)
        | Data::Offset(_)
        | Data::Person(_)
        | Data::Zone(_)
        | Data::Pattern(_)
        | Data::Calendar(_)
        | Data::Word(_)
        | Data::List(_)
        | Data::Record(_) => Ok(value),
    }
}

impl Unknown {
    pub(super) fn unusable(message: impl Into<String>, place: Place) -> Self {
        Self::Unusable { message: message.into(), place }
    }

    /// The graver of two reasons, else the first: what is missing may skip a rule, anything else never does; what is
    /// unusable stops whatever the rest may turn out to be.
    pub(super) fn or(self, other: Self) -> Self {
        if other.gravity() > self.gravity() { other } else { self }
    }

    const fn gravity(&self) -> u8 {
        match self {
            Self::Missing { .. } => 0,
            Self::Unresolved { .. } => 1,
            Self::Unusable { .. } => 2,
        }
    }

    pub(super) const fn place(&self) -> Place {
        match self {
            Self::Missing { holder, .. } => *holder,
            Self::Unusable { place, .. } | Self::Unresolved { place, .. } => *place,
        }
    }

    pub(super) fn message(&self) -> String {
        match self {
            Self::Missing { name, .. } => format!("`{name}` is missing"),
            Self::Unusable { message, .. } | Self::Unresolved { message, .. } => message.clone(),
        }
    }
}
