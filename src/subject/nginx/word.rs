//! Words as values; one that will be filled in later has none.

use std::collections::HashSet;
use std::sync::Arc;

use crate::document::nginx::{Directive, Word};
use crate::model::data::{Data, Record, Text, Value};
use crate::model::types::Shape;
use crate::source::{FileId, Place};

/// Variables that configurations of the run define themselves, of those that are written in capitals.
pub(super) type Defined = HashSet<Box<str>>;

pub(super) fn place(file: FileId, word: &Word) -> Place {
    Place::new(file, word.span)
}

/// A word as text.
pub(super) fn text(file: FileId, word: &Word, defined: &Defined) -> Value {
    computed(file, word, defined, |text| Data::text(text))
}

/// What a word says, unless a template will say it.
pub(super) fn computed(file: FileId, word: &Word, defined: &Defined, data: impl FnOnce(&str) -> Data) -> Value {
    let data = match hole(&word.text, defined) {
        Some(hole) => Data::Unresolved(format!("`{hole}` is filled in later: a template, not checked").into()),
        None => data(&word.text),
    };
    Value::new(data, place(file, word))
}

pub(super) fn flag(known: bool, place: Place) -> Value {
    Value::new(Data::Bool(known), place)
}

pub(super) fn list(items: Vec<Value>, place: Place) -> Value {
    Value::new(Data::List(items.into()), place)
}

pub(super) fn record(shape: &'static Shape, fields: Vec<(&'static str, Value)>, place: Place) -> Value {
    let fields = fields.into_iter().map(|(name, value)| (Text::fixed(name), value)).collect();
    Value::new(Data::Record(Arc::new(Record { shape: Some(shape), fields, head: place })), place)
}

/// The part of a word that something other than nginx will fill in: `${PORT}` and `$PORT` of `envsubst`, `@@PORT@@`,
/// `@PORT@`, `%%PORT%%`, `__PORT__`. Variables of nginx are written in small letters, or defined.
fn hole<'w>(word: &'w str, defined: &Defined) -> Option<&'w str> {
    let variable = word.match_indices('$').find_map(|(at, _)| {
        let rest = word.get(at + 1..)?;
        let (name, length) = match rest.strip_prefix('{') {
            Some(braced) => (capitals(braced), capitals(braced).len() + 3),
            None => (capitals(rest), capitals(rest).len() + 1),
        };
        let ends = if rest.starts_with('{') { rest.get(name.len() + 1..)?.starts_with('}') } else { true };
        let is_hole = ends && name.len() > 1 && !defined.contains(name) && !goes_on(rest, name, length);
        is_hole.then(|| word.get(at..at + length)).flatten()
    });
    variable.or_else(|| ["@@", "@", "%%", "__"].into_iter().find_map(|mark| marked(word, mark)))
}

/// Whether a name without braces is only the start of one that is not in capitals.
fn goes_on(rest: &str, name: &str, length: usize) -> bool {
    let bare = length == name.len() + 1;
    bare && rest.get(name.len()..).is_some_and(|after| after.starts_with(|next: char| next.is_ascii_lowercase()))
}

/// The capitals, digits and `_` a text begins with, if a capital comes first.
fn capitals(text: &str) -> &str {
    if !text.starts_with(|first: char| first.is_ascii_uppercase()) {
        return "";
    }
    let is_name = |letter: &u8| letter.is_ascii_uppercase() || letter.is_ascii_digit() || *letter == b'_';
    text.get(..text.bytes().take_while(is_name).count()).unwrap_or_default()
}

/// `@@NAME@@`
fn marked<'w>(word: &'w str, mark: &str) -> Option<&'w str> {
    word.match_indices(mark).find_map(|(at, _)| {
        let inside = word.get(at + mark.len()..)?;
        let name = capitals(inside).trim_end_matches('_');
        let closed = name.len() > 1 && inside.get(name.len()..)?.starts_with(mark);
        closed.then(|| word.get(at..at + 2 * mark.len() + name.len())).flatten()
    })
}

/// The variables in capitals that directives define.
pub(super) fn defined(directives: &[Directive], found: &mut Defined) {
    for directive in directives {
        let variable = match &*directive.name.text {
            "set" | "perl_set" | "js_set" | "auth_request_set" | "set_by_lua_block" => directive.arguments.first(),
            "map" | "geo" | "split_clients" => directive.arguments.last(),
            _ => None,
        };
        let name = variable.and_then(|variable| variable.text.strip_prefix('$'));
        found.extend(name.filter(|name| !capitals(name).is_empty()).map(Box::from));
        defined(directive.block(), found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_template_fills_in_is_told_from_what_nginx_fills_in() {
        let defined = Defined::from(["MINE".into()]);
        for (word, expected) in [
            ("${PORT}", Some("${PORT}")),
            ("http://$BACKEND_HOST:80", Some("$BACKEND_HOST")),
            ("a.@@DOMAIN@@", Some("@@DOMAIN@@")),
            ("@PREFIX@/x", Some("@PREFIX@")),
            ("%%PATH%%", Some("%%PATH%%")),
            ("__DOMAIN__", Some("__DOMAIN__")),
            ("${host}", None),
            ("$host$request_uri", None),
            ("$MINE", None),
            ("${MINE}", None),
            ("$Host", None),
            ("^/[A-Z]+$", None),
            ("@fallback", None),
            ("a@B.c", None),
            ("$", None),
            ("${", None),
            ("${PORT", None),
        ] {
            assert_eq!(hole(word, &defined), expected, "{word}");
        }
    }
}
