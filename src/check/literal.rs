//! Literals to values: what exists becomes a value, what cannot be is said.

use std::sync::Arc;

use crate::model::data::Data;
use crate::model::pattern::Pattern;
use crate::model::types::Type;
use crate::model::units::{Duration, Moment, Offset, Percent, Person, Version};
use crate::syntax::ast::Literal;

/// Why a literal is no value.
#[derive(Debug)]
pub(super) struct Impossible {
    pub message: String,
    pub help: Option<String>,
}

/// The value and type of a literal. Whether a pattern can be used is judged apart: it costs more than all the rest.
pub(super) fn literal_data(literal: &Literal) -> Result<(Data, Type), Impossible> {
    Ok(match literal {
        Literal::Bool(value) => (Data::Bool(*value), Type::Bool),
        Literal::Number(value) => (Data::Number(*value), Type::Number),
        Literal::Text(text) => (Data::text(text.value.as_str()), Type::Text),
        Literal::Duration(millis) => (Data::Duration(Duration::from_milliseconds(*millis)), Type::Duration),
        Literal::Percent(percent) => (Data::Percent(Percent::new(*percent)), Type::Percent),
        Literal::Version(components) => (Data::Version(Version::from_components(components)), Type::Version),
        Literal::Moment(moment) => match Moment::of(moment) {
            Ok(moment) => (Data::Moment(moment), Type::Moment),
            Err(problem) => return Err(Impossible { message: problem.message, help: problem.help }),
        },
        Literal::Offset(millis) => (Data::Offset(Offset::from_milliseconds(*millis)), Type::Offset),
        Literal::Person(name) => (Data::Person(Person::named(name)), Type::Person),
        Literal::Pattern(source) => (Data::Pattern(Arc::new(Pattern::new(source.clone()))), Type::Pattern),
    })
}
