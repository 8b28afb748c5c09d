//! The times that rules with `enforce run` forbid.
//!
//! Between two instants at which an answer about time changes, a rule says the same throughout. So each such stretch is
//! judged once, by the evaluator itself, with the questions about time answered for that stretch: whatever a rule makes of
//! them (`unless`, `not`, a path that is missing), the guard agrees with it.

use super::leaf::{Leaves, Resolver};
use super::moved::moved;
use super::rewrite::rule_with;
use super::waived::{WaivedRule, split};
use crate::eval::{Context, NoPen, Outcome, judge_rule};
use crate::model::data::Value;
use crate::model::policy::Rule;
use crate::model::units::{Duration, Instant, Interval, Window, Zone};
use crate::runbook::lower::diagnostics::UNSUPPORTED_TIME;
use crate::runbook::lower::{AppliedPolicy, LowerRequest, Lowering};
use crate::runbook::{Epoch, Forbidden};
use crate::source::Place;

/// How many days after the window's end a run that is late still finds its guards.
const DAYS_AFTER: i64 = 30;

/// The longest window whose guards are written down.
const LONGEST_DAYS: i64 = 366;

impl Lowering<'_> {
    pub(in crate::runbook::lower) fn forbidden(
        &mut self,
        policies: &[AppliedPolicy<'_>],
        request: &LowerRequest<'_>,
    ) -> Vec<Forbidden> {
        let enforced = |applied: &AppliedPolicy<'_>| applied.rules.iter().any(|rule| rule.enforced_at_run);
        if !policies.iter().any(enforced) {
            return Vec::new();
        }
        let Some(window) = self.window.clone() else { return Self::forbidden_at_any_time(policies, request) };
        let Some(within) = self.range(&window) else { return Vec::new() };
        let mut forbidden = Vec::new();
        for applied in policies {
            let context =
                Context { now: request.at, parameters: applied.parameters, files: request.files, pen: &NoPen };
            for rule in applied.rules.iter().filter(|rule| rule.enforced_at_run) {
                let resolver = Resolver { rule, parameters: applied.parameters, zone: window.zone(), within };
                match resolver.leaves() {
                    Ok(leaves) => {
                        let waived = applied.waived(rule);
                        let (plan, zone) = (request.value, window.zone());
                        let guard = Guard { rule, waived, leaves, plan, context: &context, zone };
                        forbidden.extend(guard.forbidden(within));
                    }
                    Err(refusal) => self.diagnostics.push(*refusal),
                }
            }
        }
        forbidden
            .sort_by(|left, right| (left.from, left.until, &left.rule).cmp(&(right.from, right.until, &right.rule)));
        forbidden
    }

    /// Without a window every question about time is undecided: what passed then passes at any time, and what was let
    /// pass is forbidden once that has ended.
    fn forbidden_at_any_time(policies: &[AppliedPolicy<'_>], request: &LowerRequest<'_>) -> Vec<Forbidden> {
        let (plan, zone) = (request.value, Zone::utc());
        let mut forbidden = Vec::new();
        for applied in policies {
            let context =
                Context { now: request.at, parameters: applied.parameters, files: request.files, pen: &NoPen };
            for rule in applied.rules.iter().filter(|rule| rule.enforced_at_run) {
                let Some(waived) = applied.waived(rule) else { continue };
                let last = waived.until.unwrap_or(request.at).max(request.at);
                let years = Duration::DAY.checked_mul(LONGEST_DAYS).and_then(|years| last.checked_add(years));
                let Some(within) = Interval::new(request.at, years.unwrap_or(last)) else { continue };
                let leaves = Leaves::new();
                let guard = Guard { rule, waived: Some(waived), leaves, plan, context: &context, zone: &zone };
                forbidden.extend(guard.forbidden(within));
            }
        }
        forbidden
    }

    fn range(&mut self, window: &Window) -> Option<Interval> {
        let days = |count: i64| Duration::DAY.checked_mul(count).unwrap_or(Duration::DAY);
        if window.end().since(window.start()) > days(LONGEST_DAYS) {
            let place = self.window_place();
            let message = "the guards of a window that is open for more than a year cannot be written down";
            self.refuse(&UNSUPPORTED_TIME, place, message, "open it for as long as the work takes");
            return None;
        }
        let end = window.end().checked_add(days(DAYS_AFTER)).unwrap_or(window.end());
        Interval::new(window.start(), end)
    }

    fn window_place(&self) -> Place {
        let window = self.plan.window.as_ref();
        let duration = window.and_then(|window| window.duration.as_ref()).map(|duration| duration.place);
        duration.unwrap_or(self.plan.head.id.place)
    }
}

/// One rule, and what it is judged with.
struct Guard<'a> {
    rule: &'a Rule,
    waived: Option<&'a WaivedRule>,
    leaves: Leaves,
    plan: &'a Value,
    context: &'a Context<'a>,
    zone: &'a Zone,
}

impl Guard<'_> {
    fn forbidden(&self, within: Interval) -> Vec<Forbidden> {
        let Some(waived) = self.waived else {
            // what does not depend on time was decided when the plan was judged
            let stopped = if self.leaves.is_empty() { Vec::new() } else { self.stopped(within) };
            return stopped.into_iter().map(|interval| self.said_of(interval)).collect();
        };
        let mut forbidden = Vec::new();
        for stretch in self.stopped(within) {
            let [passes, stops] = split(stretch, waived.until);
            let words = Some(waived.words.clone());
            forbidden.extend(passes.map(|part| Forbidden { waived: words, ..self.said_of(part) }));
            forbidden.extend(stops.map(|part| self.said_of(part)));
        }
        forbidden
    }

    /// The stretches in which the rule does not hold, joined where they touch.
    fn stopped(&self, within: Interval) -> Vec<Interval> {
        let changes = self.changes(within);
        let mut stopped: Vec<Interval> = Vec::new();
        for (start, end) in changes.iter().zip(changes.iter().skip(1)) {
            if self.holds_at(*start) {
                continue;
            }
            match stopped.last_mut() {
                Some(last) if last.end == *start => last.end = *end,
                Some(_) | None => stopped.extend(Interval::new(*start, *end)),
            }
        }
        stopped
    }

    /// The instants at which some answer may change, the first and the last of `within` too.
    fn changes(&self, within: Interval) -> Vec<Instant> {
        let stretches = self.leaves.values().flatten().flatten();
        let ends = stretches.flat_map(|stretch| [stretch.start, stretch.end]);
        let mut changes: Vec<Instant> = ends
            .chain([within.start, within.end])
            .filter(|instant| (within.start..=within.end).contains(instant))
            .collect();
        changes.sort_unstable();
        changes.dedup();
        changes
    }

    fn holds_at(&self, instant: Instant) -> bool {
        self.outcomes(instant, self.plan).iter().all(|outcome| outcome.findings().is_empty())
    }

    fn outcomes(&self, instant: Instant, plan: &Value) -> Vec<Outcome> {
        let covers = |stretches: &Vec<Interval>| {
            let after = stretches.partition_point(|stretch| stretch.start <= instant);
            let last = after.checked_sub(1).and_then(|index| stretches.get(index));
            last.is_some_and(|stretch| stretch.contains(instant))
        };
        let truth = |place: Place| self.leaves.get(&place).map(|lists| lists.iter().any(covers));
        judge_rule(&rule_with(self.rule, &truth), plan, self.context).outcomes
    }

    /// In the rule's own words, as if the window were the forbidden stretch.
    fn said_of(&self, interval: Interval) -> Forbidden {
        let elsewhere = moved(self.plan, interval, self.zone);
        let mut outcomes = [&elsewhere, self.plan].into_iter().flat_map(|plan| self.outcomes(interval.start, plan));
        let said = outcomes.find_map(|outcome| outcome.findings().first().cloned());
        let (from, until) = interval.epoch_seconds();
        Forbidden {
            from: Epoch::new(from),
            until: Epoch::new(until),
            rule: self.rule.id.to_string(),
            help: said.as_ref().and_then(|said| said.help.clone()),
            reason: said.map_or_else(|| self.rule.head.label().to_owned(), |said| said.message),
            waived: None,
        }
    }
}
