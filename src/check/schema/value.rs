//! What an attribute may hold, as JSON sees it: most types of the language are strings with a pattern.

use serde_json::{Map, Value, json};

use super::reference;
use crate::model::types::Type;

/// A word of the language: an id, a role, a step.
const WORD: &str = "[A-Za-z][A-Za-z0-9_]*(-+[A-Za-z0-9_]+)*";
/// How somebody logs in, behind the `@`.
const PERSON: &str = "[A-Za-z0-9][A-Za-z0-9_]*((-+|\\.)[A-Za-z0-9_]+)*";
const LENGTH: &str = "([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?";
const MOMENT: &str =
    "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?(\\[[A-Za-z0-9/_+-]+\\])?)?";
const VERSION: &str = "([Tt][Ll][Ss] ?|[Ss][Ss][Ll] ?)?[vV]?[0-9]+(\\.[0-9]+)*(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?";

/// The definitions that attributes refer to.
pub(super) fn define(definitions: &mut Map<String, Value>) {
    let written = [
        ("id", WORD.to_owned(), "a letter, then letters, digits, `_` and `-`"),
        ("text", String::new(), "a text that says something"),
        ("duration", LENGTH.to_owned(), "a length of time, the largest unit first: `30s`, `15m`, `1h30m`, `1d`"),
        ("percent", "-?[0-9]+(\\.[0-9]+)?%".to_owned(), "a share: `5%`, `0.5%`"),
        ("version", VERSION.to_owned(), "numbers between dots: `v1.2.3`, `1.2.3-rc.1`"),
        ("moment", MOMENT.to_owned(), "a day or a time: `2026-11-24`, `2026-11-24T10:00`, `2026-11-24T10:00+01:00`"),
        ("offset", format!("T[+-](0|{LENGTH})"), "a time counted from the window's start: `T-1d`, `T+15m`"),
        ("person", format!("@{PERSON}"), "a person or role: `@alice`"),
    ];
    for (name, pattern, doc) in written {
        let pattern = if pattern.is_empty() { "\\S".to_owned() } else { format!("^{pattern}$") };
        // Every unit may be left out, but not all of them.
        let shortest = if name == "duration" { 2 } else { 1 };
        let definition = json!({ "type": "string", "description": doc, "pattern": pattern, "minLength": shortest });
        definitions.insert(name.to_owned(), definition);
    }
}

/// What JSON writes for a value of this type.
pub(super) fn schema_of(wanted: Type) -> Value {
    match wanted {
        Type::Bool => json!({ "type": "boolean" }),
        // Every number of a plan counts something.
        Type::Number => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
        Type::Text | Type::Zone | Type::Name | Type::Pattern | Type::Calendar => reference("text"),
        Type::Duration => reference("duration"),
        Type::Percent => reference("percent"),
        Type::Version => reference("version"),
        Type::Moment => reference("moment"),
        Type::Offset => reference("offset"),
        Type::Due => json!({ "anyOf": [reference("offset"), reference("moment")] }),
        Type::Person => reference("person"),
        Type::Enum(words) => {
            json!({ "enum": words.values.iter().map(|word| word.name).collect::<Vec<_>>() })
        }
        // One person is a list of one.
        Type::List(Type::Person) => json!({ "anyOf": [reference("person"), list(Type::Person)] }),
        Type::List(element) => list(*element),
        // Numbers and booleans reach the environment as they are written.
        Type::Map(_) => json!({
            "type": "object",
            "propertyNames": { "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" },
            "additionalProperties": { "type": ["string", "number", "boolean"] },
        }),
        Type::Any | Type::Record(_) | Type::Measure => {
            json!({ "type": ["string", "number", "boolean", "array", "object"] })
        }
    }
}

fn list(element: Type) -> Value {
    json!({ "type": "array", "items": schema_of(element) })
}
