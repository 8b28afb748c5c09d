//! Why something could not be known.

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
}

impl Unknown {
    pub(super) fn unusable(message: impl Into<String>, place: Place) -> Self {
        Self::Unusable { message: message.into(), place }
    }

    /// The graver of two reasons, else the first: what is missing may skip a rule, what is unusable never does.
    pub(super) fn or(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Missing { .. }, Self::Unusable { .. }) => other,
            (Self::Missing { .. }, Self::Missing { .. }) | (Self::Unusable { .. }, _) => self,
        }
    }

    pub(super) const fn place(&self) -> Place {
        match self {
            Self::Missing { holder, .. } => *holder,
            Self::Unusable { place, .. } => *place,
        }
    }

    pub(super) fn message(&self) -> String {
        match self {
            Self::Missing { name, .. } => format!("`{name}` is missing"),
            Self::Unusable { message, .. } => message.clone(),
        }
    }
}
