//! What plans become, and what is refused instead.

mod flags;
mod guards;
mod refusals;
mod whole;
