//! What attributes can hold, each read from its literal and shown to rules.

mod environ;
mod kept;
mod list;
mod people;
mod quantity;
mod text;
mod time;
mod word;

use crate::syntax::ast::{self, Literal, ValueKind};

pub use environ::{Captures, Environ, is_variable_name};
pub use kept::{is_kept, is_of_the_machine};
pub use list::ListOf;
pub use people::{People, Signer};
pub use text::{Command, Count, Reference, Statement};
pub use time::{Done, Due, instant_of};

fn literal(value: &ast::Value) -> Option<&Literal> {
    match &value.value {
        ValueKind::Literal(literal) => Some(literal),
        ValueKind::Symbol(_) | ValueKind::List(_) | ValueKind::Map(_) => None,
    }
}
