//! The window, put together from a date, a time, a duration and a zone.

use super::reading::{Reading, attribute, block};
use super::said::Said;
use super::{moment, value};
use crate::model::types::Type;
use crate::source::Span;
use crate::syntax::ast::{Block, Entry, Literal, Moment, Node, ValueKind};

/// What was said of the window so far.
#[derive(Debug, Default)]
pub(super) struct WindowParts {
    pub(super) date: Option<Said>,
    pub(super) time: Option<Said>,
    pub(super) duration: Option<(Said, Said)>,
    pub(super) zone: Option<(Said, Said)>,
    /// Where the window is first spoken of.
    pub(super) span: Option<Span>,
    pub(super) block: Option<Block>,
}

const CURE: &str = "write `**Date**: 2026-11-24` and `**Time**: 10:00 Europe/Berlin`";

impl Reading<'_> {
    pub(super) fn finish_window(&mut self) {
        let (date, time) = (self.window.date.take(), self.window.time.take());
        let (duration, zone) = (self.window.duration.take(), self.window.zone.take());
        let parts = [
            date.as_ref(),
            time.as_ref(),
            duration.as_ref().map(|(_, said)| said),
            zone.as_ref().map(|(_, said)| said),
        ];
        let Some(first) = parts.into_iter().flatten().next().map(|said| said.span) else { return };
        let place = self.window.span.unwrap_or(first);
        self.one_day(&[date.as_ref(), time.as_ref()]);
        // Either field may hold both: `**Window**: 2026-11-24 10:00-11:00 UTC`.
        let day = date.as_ref().or(time.as_ref()).and_then(|said| {
            let (day, range) = moment::date(&said.text)?;
            Some((day, range, said))
        });
        let with_day = date.as_ref().filter(|said| moment::date(&said.text).is_some());
        let hours = time.as_ref().or(with_day).map(|said| (self.clock(said), said));
        if let (Some((clock, _)), Some(with_day), Some(_)) = (&hours, with_day, &time) {
            self.one_time(clock, with_day);
        }
        let mut body = Vec::new();
        if let Some((day, range, said)) = &day {
            let span = said.part(range.clone()).span;
            let start = hours.as_ref().and_then(|(clock, _)| clock.start.clone());
            let moment = match start {
                Some((time, _)) => Moment::Civil(format!("{day}T{time}")),
                None => Moment::Date(day.clone()),
            };
            let value = Node::new(ValueKind::Literal(Literal::Moment(moment)), span);
            body.push(Entry::Attribute(attribute("start", span, value)));
        } else if let Some(said) = &date {
            let message = format!("`{}` cannot be read as a day", said.text);
            self.not_understood(said.span, message, CURE);
        }
        if let Some((label, said)) = &duration {
            let value = self.value(said, Type::Duration);
            let by_times = hours.as_ref().and_then(|(clock, said)| length(clock, said));
            if let (Some((length, span)), ValueKind::Literal(Literal::Duration(long))) = (by_times, &value.value)
                && length != *long
            {
                let message =
                    format!("the window lasts `{}` here, and `{}` elsewhere", said.text, span.text(self.text));
                self.not_understood(said.span, message, "say it once");
            }
            body.push(Entry::Attribute(attribute("duration", label.span, value)));
        } else if let Some((length, span)) = hours.as_ref().and_then(|(clock, said)| length(clock, said)) {
            let value = Node::new(ValueKind::Literal(Literal::Duration(length)), span);
            body.push(Entry::Attribute(attribute("duration", span, value)));
        }
        let behind_time = hours.as_ref().and_then(|(clock, said)| Some(said.part(clock.zone.clone()?)));
        if let Some(said) = zone.map(|(_, said)| said).or(behind_time) {
            let named = Said { text: moment::zone(&said.text), span: said.span };
            body.push(Entry::Attribute(attribute("zone", said.span, value::quoted(&named))));
        }
        self.window.block = Some(block("window", place, None, None, body));
    }

    /// Both fields speak of one day, and of nothing else before it.
    fn one_day(&mut self, fields: &[Option<&Said>]) {
        let mut first: Option<String> = None;
        for said in fields.iter().copied().flatten() {
            let days = moment::dates(&said.text);
            let start = days.first().map_or(0, |(_, range)| range.start);
            if let Some(before) = moment::before_day(said.text.get(..start).unwrap_or_default()) {
                let before = said.part(before);
                self.not_understood(before.span, format!("`{}` before a day is not understood", before.text), CURE);
            }
            for (day, range) in days {
                let first = first.get_or_insert_with(|| day.clone());
                if *first != day {
                    let message = format!("this is another day than `{first}`, and the window opens on one");
                    self.not_understood(said.part(range).span, message, CURE);
                }
            }
            let known = first.as_deref().and_then(|day| Some((day, moment::weekday_of(day)?)));
            for (weekday, range) in moment::weekdays(&said.text) {
                let Some((day, real)) = known.filter(|(_, real)| *real != weekday) else { continue };
                let place = said.part(range);
                let message = format!("`{day}` is a {}, and not a {}", real.name(), weekday.name());
                self.not_understood(place.span, message, "write the day that is meant, and its date");
            }
        }
    }

    /// What stands behind the day says no other time than the time does.
    fn one_time(&mut self, clock: &moment::Clock, with_day: &Said) {
        let beside = self.clock(with_day);
        let times = [(&clock.start, &beside.start), (&clock.end, &beside.end)];
        let other = times.into_iter().find_map(|(known, beside)| {
            let (time, range) = beside.as_ref()?;
            known.as_ref().is_none_or(|(known, _)| known != time).then_some(range)
        });
        if let Some(range) = other {
            let place = with_day.part(range.clone());
            self.not_understood(place.span, format!("`{}` is another time than that of the window", place.text), CURE);
        }
    }

    /// The time of the day; what of it is not understood is said.
    fn clock(&mut self, said: &Said) -> moment::Clock {
        let day = moment::date(&said.text).map(|(_, range)| range);
        let start = day.as_ref().map_or(0, |range| range.end);
        let mut clock = moment::clock(said.text.get(start..).unwrap_or_default());
        let shift = |range: &mut std::ops::Range<usize>| *range = range.start + start..range.end + start;
        clock.start.iter_mut().for_each(|(_, range)| shift(range));
        clock.end.iter_mut().for_each(|(_, range)| shift(range));
        clock.zone.iter_mut().for_each(shift);
        clock.rest.iter_mut().for_each(shift);
        if let Some(rest) = clock.rest.clone() {
            let rest = said.part(rest);
            let message = format!("`{}` is neither a time of the day nor a time zone", rest.text);
            self.not_understood(
                rest.span,
                message,
                format!("{CURE}; a zone has its full name, a comment stands in brackets"),
            );
        }
        clock
    }
}

/// How long it is from the beginning to the end of a span of time; past midnight, if it ends before it begins.
fn length(clock: &moment::Clock, said: &Said) -> Option<(i64, Span)> {
    let minutes = |time: &str| {
        let (hour, minute) = time.split_once(':')?;
        Some(hour.parse::<i64>().ok()? * 60 + minute.parse::<i64>().ok()?)
    };
    let ((start, from), (end, to)) = (clock.start.as_ref()?, clock.end.as_ref()?);
    let length = (minutes(end)? - minutes(start)?).rem_euclid(24 * 60);
    (length > 0).then(|| (length * 60_000, said.part(from.start..to.end).span))
}
