//! A plan that has everything a plan may have, drawn from the same tables; every value in it exchanged, every key taken
//! away, renamed and joined by a stranger. Whatever the schema then refuses, the reader must speak of.

use serde_json::{Map, Value, json};

use super::{findings, refusals, validator};
use crate::check::from_document::layout::{self, ID, Key, RED_FLAG, TITLE};
use crate::document::Format;
use crate::model::plan::Plan;
use crate::model::read::BlockType;
use crate::model::types::{Naming, Shape, Type};

fn everything(shape: &'static Shape) -> Value {
    if layout::is_red_flag(shape) {
        let clause = |name| if name == "stop" { json!("metric.a > 5%") } else { Value::Null };
        let clauses = RED_FLAG.iter().map(|known| (known.name.to_owned(), or(clause(known.name), known.kind)));
        return [(shape.kind.to_owned(), json!("a"))].into_iter().chain(clauses).collect::<Map<_, _>>().into();
    }
    layout::keys(shape)
        .filter(|(name, _)| *name != ID)
        .map(|(name, key)| (name.to_owned(), under(shape, key)))
        .collect::<Map<_, _>>()
        .into()
}

fn under(shape: &'static Shape, key: Key) -> Value {
    match key {
        Key::Id => match shape.naming {
            Naming::Of(words) => json!(words.values[0].name),
            Naming::Named | Naming::Anonymous => json!("a"),
        },
        Key::Title => json!("A b"),
        Key::Attribute(wanted) => some(wanted),
        Key::Child(child) => everything(child.shape),
        Key::Children(list) => match list.tacit {
            Some(kind) => json!([everything(kind)]),
            None => list.kinds.iter().map(|kind| entry(kind.shape)).collect(),
        },
    }
}

fn entry(shape: &'static Shape) -> Value {
    let inner = everything(shape);
    if shape.naming == Naming::Anonymous { json!({ shape.kind: inner }) } else { inner }
}

fn or(value: Value, wanted: Type) -> Value {
    if value.is_null() { some(wanted) } else { value }
}

fn some(wanted: Type) -> Value {
    match wanted {
        Type::Bool => json!(true),
        Type::Number => json!(2),
        Type::Zone => json!("UTC"),
        Type::Text | Type::Name | Type::Any | Type::Pattern | Type::Calendar | Type::Record(_) | Type::Measure => {
            json!("a")
        }
        Type::Duration => json!("5m"),
        Type::Percent => json!("5%"),
        Type::Version => json!("v1.2"),
        Type::Moment => json!("2026-11-24T10:00"),
        Type::Offset | Type::Due => json!("T-1d"),
        Type::Person => json!("@a"),
        Type::Enum(words) => {
            let percent = words.values.iter().find(|word| word.name == "percent");
            json!(percent.unwrap_or(&words.values[0]).name)
        }
        Type::List(element) => json!([some(*element)]),
        Type::Map(element) => json!({ "A": some(*element) }),
    }
}

/// Where every value of a plan stands.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    for (key, inner) in value.as_object().into_iter().flatten() {
        places(inner, &format!("{at}/{key}"), out);
    }
    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
        places(inner, &format!("{at}/{index}"), out);
    }
}

fn instead(of: &Value) -> Vec<Value> {
    let texts = ["", "a b", "5m", "101%", "T-1d", "@a", "2026-11-24", "true", "a-"];
    let mut all: Vec<Value> = texts.iter().map(|text| json!(text)).collect();
    all.extend([Value::Null, json!(true), json!(-1), json!(2.5), json!([]), json!([null]), json!([of])]);
    all.push(json!({ "x": of }));
    all
}

/// An object with one key gone or renamed, or one more.
fn reshaped(object: &Value) -> Vec<Value> {
    let Some(fields) = object.as_object() else { return Vec::new() };
    let mut all = Vec::new();
    for key in fields.keys() {
        let mut gone = fields.clone();
        let value = gone.remove(key).unwrap();
        all.push(gone.clone().into());
        gone.insert(format!("{key}s"), value);
        all.push(gone.into());
    }
    for (key, value) in [(ID, json!("x")), (TITLE, json!("X y")), ("step", json!("x")), ("stranger", json!(1))] {
        let mut joined = fields.clone();
        joined.entry(key).or_insert(value);
        all.push(joined.into());
    }
    all
}

#[test]
fn a_plan_with_everything_in_it_is_valid() {
    let plan = everything(Plan::SHAPE);
    assert_eq!(refusals(&validator(), &plan), [""; 0]);
    assert_eq!(findings(Format::Json, &plan.to_string()), [""; 0]);
}

#[test]
fn whatever_the_schema_refuses_the_reader_speaks_of() {
    let (validator, sound) = (validator(), everything(Plan::SHAPE));
    let mut all = Vec::new();
    places(&sound, "", &mut all);
    let (mut refused, mut silent) = (0, Vec::new());
    for place in &all {
        let old = sound.pointer(place).unwrap();
        for new in instead(old).into_iter().chain(reshaped(old)) {
            let mut plan = sound.clone();
            *plan.pointer_mut(place).unwrap() = new.clone();
            if validator.is_valid(&plan) {
                continue;
            }
            refused += 1;
            if findings(Format::Json, &plan.to_string()).is_empty() {
                silent.push(format!("{place} = {new}: {:?}", refusals(&validator, &plan)));
            }
        }
    }
    assert_eq!(silent, [""; 0]);
    assert!(refused > 1000, "only {refused} plans were refused");
}
