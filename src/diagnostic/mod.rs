//! What can be said to a user: plain data. Knows no language, renders nothing.

mod descriptor;
mod fix;
mod finding;
mod suggest;

pub use descriptor::{Descriptor, Severity};
pub use finding::{Diagnostic, Label, Waived};
pub use fix::{Applicability, Edit, Fix};
pub use suggest::{did_you_mean, join_with_or, meant, misspelt};
