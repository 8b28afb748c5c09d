//! `param name: type = value "what it is"`.

use std::sync::Arc;

use crate::check::literal::literal_data;
use crate::check::names::IN_POLICIES;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::data::{Data, Value};
use crate::model::enums::{DATA_CLASS, ENVIRONMENT, PLATFORM, RISK, STRATEGY_KIND, WEEKDAY};
use crate::model::located::Located;
use crate::model::policy::Parameter;
use crate::model::read::{NameDiagnostics, describe_value, list_names};
use crate::model::types::Type;
use crate::source::{FileId, Place};
use crate::syntax::ast::{self, PolicyEntry, ValueKind};

/// The types a parameter can have, by name.
pub(super) const PARAMETER_TYPES: &[(&str, Type)] = &[
    ("bool", Type::Bool),
    ("number", Type::Number),
    ("string", Type::Text),
    ("duration", Type::Duration),
    ("percent", Type::Percent),
    ("version", Type::Version),
    ("moment", Type::Moment),
    ("person", Type::Person),
    ("pattern", Type::Pattern),
    ("zone", Type::Zone),
    ("environment", Type::Enum(&ENVIRONMENT)),
    ("risk", Type::Enum(&RISK)),
    ("data", Type::Enum(&DATA_CLASS)),
    ("platform", Type::Enum(&PLATFORM)),
    ("strategy", Type::Enum(&STRATEGY_KIND)),
    ("weekday", Type::Enum(&WEEKDAY)),
];

/// The types of list parameters: `list(string)`.
const LIST_TYPES: &[(&str, Type)] = &[
    ("number", Type::List(&Type::Number)),
    ("string", Type::List(&Type::Text)),
    ("duration", Type::List(&Type::Duration)),
    ("percent", Type::List(&Type::Percent)),
    ("version", Type::List(&Type::Version)),
    ("person", Type::List(&Type::Person)),
    ("environment", Type::List(&Type::Enum(&ENVIRONMENT))),
    ("risk", Type::List(&Type::Enum(&RISK))),
    ("data", Type::List(&Type::Enum(&DATA_CLASS))),
    ("platform", Type::List(&Type::Enum(&PLATFORM))),
    ("strategy", Type::List(&Type::Enum(&STRATEGY_KIND))),
    ("weekday", Type::List(&Type::Enum(&WEEKDAY))),
];

/// Sound parameters, and the names of those that are not (what is wrong with them is said here, once).
pub(super) fn parameters(
    file: FileId,
    policy: &ast::Policy,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Parameter>, Vec<String>) {
    let (mut parameters, mut unsound): (Vec<Parameter>, Vec<String>) = (Vec::new(), Vec::new());
    for entry in &policy.body {
        let PolicyEntry::Parameter(written) = entry else { continue };
        let place = Place::new(file, written.name.span);
        if let Some(first) = parameters.iter().find(|known| *known.name.value == *written.name.value) {
            diagnostics.push(
                Diagnostic::new(
                    IN_POLICIES.repeated,
                    place,
                    format!("the parameter `{}` is defined twice", written.name.value),
                )
                .related(first.name.place, "it was defined here first")
                .help("keep one of the two"),
            );
            continue;
        }
        let before = diagnostics.len();
        let Some(of_type) = parameter_type(file, &written.kind, &IN_POLICIES, diagnostics) else {
            unsound.push(written.name.value.clone());
            continue;
        };
        let default =
            written.default.as_ref().and_then(|value| parameter_value(file, value, of_type, &IN_POLICIES, diagnostics));
        if diagnostics.len() > before {
            unsound.push(written.name.value.clone());
            continue;
        }
        parameters.push(Parameter {
            name: Located::new(Arc::from(written.name.value.as_str()), place),
            of_type,
            default,
            doc: written.doc.as_ref().map(|doc| doc.value.value.clone()),
        });
    }
    (parameters, unsound)
}

/// The names of all types.
pub fn parameter_types() -> impl Iterator<Item = &'static str> {
    PARAMETER_TYPES.iter().map(|(name, _)| *name)
}

/// The type a parameter's type name stands for.
pub(crate) fn parameter_type(
    file: FileId,
    written: &ast::Name,
    ids: &'static NameDiagnostics,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Type> {
    let found = match written.value.strip_prefix("list(").and_then(|rest| rest.strip_suffix(')')) {
        Some(element) => LIST_TYPES.iter().find(|(name, _)| *name == element.trim()),
        None => PARAMETER_TYPES.iter().find(|(name, _)| *name == written.value),
    };
    if let Some((_, of_type)) = found {
        return Some(*of_type);
    }
    let known = || PARAMETER_TYPES.iter().map(|(name, _)| *name);
    let help = did_you_mean(&written.value, known())
        .map_or_else(|| format!("write {}", list_names(known())), |meant| format!("did you mean `{meant}`?"));
    let message = format!("`{}` is not a type", written.value);
    diagnostics.push(Diagnostic::new(ids.unknown, Place::new(file, written.span), message).help(help));
    None
}

/// The value of a parameter, from its default or from the command line.
pub fn parameter_value(
    file: FileId,
    value: &ast::Value,
    of_type: Type,
    ids: &'static NameDiagnostics,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let place = Place::new(file, value.span);
    let wrong = |diagnostics: &mut Vec<Diagnostic>| {
        let message = format!("expected {}, found {}", of_type.describe(), describe_value(value));
        diagnostics.push(Diagnostic::new(ids.wrong_type, place, message));
    };
    let data = match (&value.value, of_type) {
        (ValueKind::Symbol(word), Type::Enum(words)) => {
            let Some(known) = words.values.iter().find(|known| known.name == *word) else {
                let known = || words.values.iter().map(|known| known.name);
                let help = did_you_mean(word, known()).map_or_else(
                    || format!("write {}", list_names(known())),
                    |meant| format!("did you mean `{meant}`?"),
                );
                let message = format!("`{word}` is not {}", words.noun);
                diagnostics.push(Diagnostic::new(ids.impossible, place, message).help(help));
                return None;
            };
            Data::Word(known.name)
        }
        (ValueKind::List(items), Type::List(element)) => {
            let items: Vec<Value> = items
                .iter()
                .map(|item| parameter_value(file, item, *element, ids, diagnostics))
                .collect::<Option<_>>()?;
            Data::List(items.into())
        }
        (ValueKind::Literal(ast::Literal::Text(text)), Type::Zone) => {
            match crate::model::units::Zone::parse(&text.value) {
                Ok(zone) => Data::Zone(zone),
                Err(problem) => {
                    diagnostics.push(Diagnostic::new(ids.impossible, place, problem.message).maybe_help(problem.help));
                    return None;
                }
            }
        }
        (ValueKind::Literal(literal), _) => match literal_data(literal) {
            Ok((Data::Pattern(pattern), _)) if of_type == Type::Pattern => {
                if let Err(problem) = pattern.check() {
                    let message = format!("this pattern cannot be used: {problem}");
                    diagnostics.push(Diagnostic::new(ids.impossible, place, message));
                    return None;
                }
                Data::Pattern(pattern)
            }
            Ok((data, found)) if found == of_type => data,
            Ok(_) => {
                wrong(diagnostics);
                return None;
            }
            Err(problem) => {
                diagnostics.push(Diagnostic::new(ids.impossible, place, problem.message).maybe_help(problem.help));
                return None;
            }
        },
        (ValueKind::Symbol(_) | ValueKind::List(_) | ValueKind::Map(_), _) => {
            wrong(diagnostics);
            return None;
        }
    };
    Some(Value::new(data, place))
}
