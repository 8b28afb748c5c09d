//! The plan with its window elsewhere: what a guard's message speaks of.

use std::sync::Arc;

use crate::model::data::{Data, Record, Value};
use crate::model::units::{Interval, Moment, Zone, Zoned};

/// The same plan, its window exactly `interval`.
pub(super) fn moved(plan: &Value, interval: Interval, zone: &Zone) -> Value {
    let moment = |instant| Data::Moment(Moment::Zoned(Zoned::new(instant, zone.clone())));
    let window = |window: &Value| {
        changed(window, |name, data| match name {
            "start" => moment(interval.start),
            "end" => moment(interval.end),
            "duration" => Data::Duration(interval.duration()),
            _ => data.clone(),
        })
    };
    let Data::Record(record) = &plan.data else { return plan.clone() };
    let Some(here) = record.field("window").map(window) else { return plan.clone() };
    changed(plan, |name, data| if name == "window" { here.data.clone() } else { data.clone() })
}

fn changed(value: &Value, change: impl Fn(&str, &Data) -> Data) -> Value {
    let Data::Record(record) = &value.data else { return value.clone() };
    let fields = record
        .fields
        .iter()
        .map(|(name, field)| (name.clone(), Value::new(change(name, &field.data), field.place)))
        .collect();
    let record = Record { shape: record.shape, fields, head: record.head };
    Value::new(Data::Record(Arc::new(record)), value.place)
}
