//! A plan as rules see it: what is written, and what follows from it.

use std::sync::Arc;

use crate::model::attribute::Due;
use crate::model::data::{Data, Record, Value};
use crate::model::enums::{STRATEGY_KIND, StrategyKind};
use crate::model::read::BlockType;
use crate::model::units::{Duration, Moment, Window, Zoned};

use super::window::window_at;
use super::{Phase, Plan, Step, Strategy, WindowBlock};

/// The whole plan as one value.
pub fn plan_value(plan: &Plan) -> Value {
    let place = plan.head.id.place;
    let phases: Vec<Value> = plan.phases.iter().map(phase_value).collect();
    let items: Vec<Value> = plan
        .checklists
        .iter()
        .flat_map(|checklist| {
            checklist.items.iter().map(|item| {
                let title = Value::new(Data::text(checklist.head.label()), checklist.head.id.place);
                let settled = Value::new(Data::Bool(item.is_settled()), item.head.id.place);
                let mut extra = vec![("checklist", title), ("settled", settled)];
                if let Some(due) = item.due.as_ref().or(checklist.due.as_ref())
                    && let Some(ahead) = ahead(plan, &due.value)
                {
                    extra.push(("ahead", Value::new(Data::Duration(ahead), due.place)));
                }
                if let (None, Some(due)) = (&item.due, &checklist.due) {
                    use crate::model::read::AttributeType;
                    extra.push(("due", Value::new(due.value.data(due.place), due.place)));
                }
                with(item.value(), extra)
            })
        })
        .collect();
    let mut extra = vec![
        ("phases", list(phases.clone(), place)),
        ("items", list(items, place)),
        ("strategies", gather(&phases, "strategies", place)),
    ];
    for field in ["steps", "holds", "probes", "watches", "notifies", "followups"] {
        extra.push((field, gather(&phases, field, place)));
    }
    if let Some(window) = &plan.window {
        extra.push(("window", window_value(window)));
    }
    with(plan.value(), extra)
}

/// The time a record stands for, if it is a window whose start, duration and zone are known.
pub fn window_of(record: &Record) -> Option<Window> {
    if record.shape != Some(WindowBlock::SHAPE) {
        return None;
    }
    let Data::Moment(start) = &record.field("start")?.data else { return None };
    let Data::Duration(duration) = record.field("duration")?.data else { return None };
    let zone = match record.field("zone").map(|zone| &zone.data) {
        Some(Data::Zone(zone)) => Some(zone),
        _ => None,
    };
    window_at(start, duration, zone)?.ok()
}

/// How long before the window opens something is due. A day counts through its end.
fn ahead(plan: &Plan, due: &Due) -> Option<Duration> {
    let moment = match due {
        Due::Offset(offset) => return offset.duration().checked_mul(-1),
        Due::Moment(moment) => moment,
    };
    let window = plan.window.as_ref()?.resolve()?.ok()?;
    let due = match moment {
        Moment::Date(date) => window.zone().end_of(*date),
        Moment::Civil(civil) => window.zone().resolve(*civil).ok()?,
        Moment::Zoned(zoned) => zoned.instant(),
    };
    Some(window.start().since(due))
}

fn window_value(window: &WindowBlock) -> Value {
    let end = window.resolve().and_then(Result::ok).map(|resolved| {
        let place = window.duration.as_ref().map_or(window.head.id.place, |duration| duration.place);
        ("end", Value::new(Data::Moment(Moment::Zoned(Zoned::new(resolved.end(), resolved.zone().clone()))), place))
    });
    with(window.value(), end)
}

fn phase_value(phase: &Phase) -> Value {
    let place = phase.head.id.place;
    let name = || Value::new(Data::text(phase.name()), place);
    let steps = phase.steps().map(|step| step_value(phase, step)).collect();
    let strategies = phase.strategies().map(|strategy| {
        let kind = strategy.kind().map(|kind| ("kind", Value::new(Data::Word(kind.name()), strategy.head.id.place)));
        with(strategy.value(), [("phase", name())].into_iter().chain(kind))
    });
    let strategies = list(strategies.collect(), place);
    let value = phase.value();
    let Data::Record(record) = &value.data else { return value };
    let mut extra = vec![("steps", list(steps, place)), ("strategies", strategies)];
    for field in ["holds", "probes", "watches", "notifies", "followups"] {
        let Some(Value { data: Data::List(items), .. }) = record.field(field) else { continue };
        extra.push((field, list(items.iter().map(|item| with(item.clone(), [("phase", name())])).collect(), place)));
    }
    with(value, extra)
}

fn step_value(phase: &Phase, step: &Step) -> Value {
    let place = step.head.id.place;
    with(
        step.value(),
        [
            ("phase", Value::new(Data::text(phase.name()), phase.head.id.place)),
            ("changes_production", Value::new(Data::Bool(Plan::changes_production(phase, step)), place)),
        ],
    )
}

/// `value` with some fields set.
fn with(mut value: Value, extra: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let Data::Record(record) = &mut value.data else { return value };
    let fields = &mut Arc::make_mut(record).fields;
    for (name, data) in extra {
        fields.retain(|(known, _)| &**known != name);
        fields.push((name.into(), data));
    }
    value
}

fn list(items: Vec<Value>, empty: crate::source::Place) -> Value {
    let place = items.first().map_or(empty, |first| first.place);
    Value::new(Data::List(items.into()), place)
}

fn gather(phases: &[Value], field: &str, empty: crate::source::Place) -> Value {
    let mut all = Vec::new();
    for phase in phases {
        let Data::Record(record) = &phase.data else { continue };
        if let Some(Value { data: Data::List(items), .. }) = record.field(field) {
            all.extend(items.iter().cloned());
        }
    }
    list(all, empty)
}

impl Strategy {
    pub fn kind(&self) -> Option<StrategyKind> {
        let word = STRATEGY_KIND.at_end_of(&self.head.id.value)?;
        StrategyKind::ALL.iter().copied().find(|kind| kind.name() == word.name)
    }
}
