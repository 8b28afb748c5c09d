//! What deployments come to: the four figures of delivery, and what a release may cost. Each with what it was taken of; out
//! of no data comes no figure, and no target is met.

use rust_decimal::Decimal;
use serde::Serialize;

use super::figure::{Figure, Met, Target};
use super::reading::{Deployed, Known, Reading, Recovery};
use crate::model::units::{Duration, Instant, in_words};
use crate::session::Targets;

/// The runs of one service in one environment, or all of them.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// None for all.
    pub service: Option<String>,
    pub environment: Option<String>,
    pub runs: usize,
    /// When the first began and the last ended.
    pub from: Option<Instant>,
    pub until: Option<Instant>,
    pub measures: Vec<Measure>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Measure {
    pub id: &'static str,
    pub title: &'static str,
    pub figure: Option<Figure>,
    pub target: Target,
    pub met: Met,
    /// How many runs it was taken of, of how many that it speaks of.
    pub counted: usize,
    pub of: usize,
    /// Why there is no figure, or why nobody can say that the target is met.
    pub why: Option<String>,
}

/// All runs, then those of each service and environment.
pub(super) fn groups(readings: &[Reading], now: Instant, targets: &Targets) -> Vec<Group> {
    if readings.is_empty() {
        return Vec::new();
    }
    let mut places: Vec<(&Option<String>, &Option<String>)> =
        readings.iter().map(|reading| (&reading.service, &reading.environment)).collect();
    places.sort();
    places.dedup();
    let all = group(None, None, readings.iter(), now, targets);
    let each = places.into_iter().map(|(service, environment)| {
        let own = readings.iter().filter(|reading| (&reading.service, &reading.environment) == (service, environment));
        let unknown = || Some("unknown".to_owned());
        group(service.clone().or_else(unknown), environment.clone().or_else(unknown), own, now, targets)
    });
    std::iter::once(all).chain(each).collect()
}

fn group<'r>(
    service: Option<String>,
    environment: Option<String>,
    readings: impl Iterator<Item = &'r Reading>,
    now: Instant,
    targets: &Targets,
) -> Group {
    let all: Vec<&Reading> = readings.collect();
    let (from, until) = (all.iter().filter_map(|run| run.began).min(), all.iter().filter_map(|run| run.ended).max());
    let sound: Vec<&Reading> = all.iter().copied().filter(|run| run.is_sound).collect();
    let doubtful = all.len() - sound.len();
    let percent = |limit: crate::model::units::Percent| Target::Below(Figure::Percent(limit.value()));
    let measures = [
        frequency(&sound, now, targets.per_day),
        lead_time(&sound, targets.lead_time),
        time_to_recover(&sound, now, targets.time_to_recover),
        share("change-failure-rate", "Change failure rate", &sound, percent(targets.change_failures), |came| {
            came != Deployed::Well
        }),
        share("rollback-rate", "Rollback rate", &sound, percent(targets.rollbacks), |came| came == Deployed::TakenBack),
        worst("degradation", "Performance degradation", &sound, percent(targets.degradation), |run| run.degradation),
        worst("error-rate", "Error rate", &sound, percent(targets.errors), |run| run.errors),
    ];
    let measures = measures.into_iter().map(|measure| measure.beside(doubtful)).collect();
    Group { service, environment, runs: all.len(), from, until, measures }
}

impl Measure {
    fn new(id: &'static str, title: &'static str, target: Target) -> Self {
        Self { id, title, figure: None, target, met: Met::Unknown, counted: 0, of: 0, why: None }
    }

    fn of(self, counted: usize, of: usize) -> Self {
        Self { counted, of, ..self }
    }

    fn is(self, figure: Figure) -> Self {
        Self { figure: Some(figure), met: self.target.met_by(figure), ..self }
    }

    fn unknown(self, why: impl Into<String>) -> Self {
        Self { met: Met::Unknown, why: Some(why.into()), ..self }
    }

    /// Nothing is met while there are runs of which nobody knows what happened.
    fn beside(self, doubtful: usize) -> Self {
        match (doubtful, self.met) {
            (0, _) | (_, Met::No) => self,
            (_, Met::Yes | Met::Unknown) => {
                let runs = if doubtful == 1 { "1 run is" } else { &format!("{doubtful} runs are") };
                let why = format!("{runs} not counted: the journal is not what was written");
                let why = self.why.as_ref().map_or_else(|| why.clone(), |own| format!("{own}; {why}"));
                self.unknown(why)
            }
        }
    }
}

/// Confirmed runs, over the time from the first run to the audit.
fn frequency(runs: &[&Reading], now: Instant, per_day: Decimal) -> Measure {
    let measure =
        Measure::new("deployment-frequency", "Deployment frequency", Target::AtLeast(Figure::PerDay(per_day)));
    let confirmed = runs.iter().filter(|run| run.is_confirmed).count();
    let measure = measure.of(confirmed, runs.len());
    if confirmed == 0 {
        return measure.unknown("no run was confirmed");
    }
    let (first, last) = (runs.iter().filter_map(|run| run.began).min(), runs.iter().filter_map(|run| run.ended).max());
    let Some(first) = first else { return measure.unknown("the journals do not say when") };
    if last.is_some_and(|last| last > now) {
        return measure.unknown("the audit is as of a time before the last run ended");
    }
    let period = now.since(first).milliseconds();
    if period < Duration::DAY.milliseconds() {
        return measure.unknown("the first run was less than a day before the audit");
    }
    let days = Decimal::from(period).checked_div(Decimal::from(Duration::DAY.milliseconds()));
    match days.and_then(|days| Decimal::from(confirmed).checked_div(days)) {
        Some(rate) => measure.is(Figure::PerDay(rate)),
        None => measure.unknown("the journals do not say when"),
    }
}

/// The median of the runs that were confirmed.
fn lead_time(runs: &[&Reading], target: Duration) -> Measure {
    let measure = Measure::new("lead-time", "Lead time", below(target));
    let confirmed: Vec<&&Reading> = runs.iter().filter(|run| run.is_confirmed).collect();
    if confirmed.is_empty() {
        return measure.unknown("no run was confirmed");
    }
    let (known, why) = known(confirmed.iter().map(|run| run.lead_time));
    let measure = measure.of(known.len(), confirmed.len());
    match (median(known), why) {
        (Some(median), None) => measure.is(Figure::Seconds(median)),
        (Some(median), Some(why)) => in_part(measure.is(Figure::Seconds(median)), why),
        (None, why) => measure.unknown(why.unwrap_or_default()),
    }
}

/// The median of the runs that failed. One that has not recovered is as bad as it has lasted by now.
fn time_to_recover(runs: &[&Reading], now: Instant, target: Duration) -> Measure {
    let measure = Measure::new("time-to-recover", "Time to recover", below(target));
    let failed: Vec<Recovery> = runs.iter().filter_map(|run| run.recovery).collect();
    if failed.is_empty() {
        return measure.unknown("no run failed after it had changed something");
    }
    let took = failed.iter().filter_map(|recovery| match recovery {
        Recovery::Took(seconds) => Some(Decimal::from(*seconds)),
        Recovery::Since(_) | Recovery::Unknown => None,
    });
    let took: Vec<Decimal> = took.collect();
    let open = failed.iter().filter_map(|recovery| match recovery {
        Recovery::Since(since) => Some(now.epoch_seconds().saturating_sub(*since)),
        Recovery::Took(_) | Recovery::Unknown => None,
    });
    let longest = open.clone().max();
    let (open, measure) = (open.count(), measure.of(took.len(), failed.len()));
    let measure = match median(took) {
        Some(median) => measure.is(Figure::Seconds(median)),
        None => measure,
    };
    let Some(longest) = longest else {
        let is_whole = measure.counted == measure.of;
        return if is_whole { measure } else { in_part(measure, "the clock was set back during a run") };
    };
    let lasted = in_words(u64::try_from(longest).unwrap_or_default());
    let why = format!("{open} of them not recovered yet, the longest for {lasted}");
    if Decimal::from(longest) >= measure.target.figure().value() {
        return Measure { met: Met::No, why: Some(why), ..measure };
    }
    in_part(measure, &why)
}

/// Of the runs that changed something and came to an end.
fn share(
    id: &'static str,
    title: &'static str,
    runs: &[&Reading],
    target: Target,
    counts: impl Fn(Deployed) -> bool,
) -> Measure {
    let measure = Measure::new(id, title, target);
    let ended: Vec<Deployed> = runs.iter().filter_map(|run| run.deployed).collect();
    let measure = measure.of(ended.len(), runs.len());
    let bad = Decimal::from(ended.iter().filter(|came| counts(**came)).count());
    match bad.checked_mul(Decimal::ONE_HUNDRED).and_then(|bad| bad.checked_div(Decimal::from(ended.len()))) {
        Some(percent) => measure.is(Figure::Percent(percent)),
        None => measure.unknown("no run changed something and came to an end"),
    }
}

/// The worst of the runs that were confirmed, as it was last read in each.
fn worst(
    id: &'static str,
    title: &'static str,
    runs: &[&Reading],
    target: Target,
    of: impl Fn(&Reading) -> Known,
) -> Measure {
    let measure = Measure::new(id, title, target);
    let confirmed: Vec<&&Reading> = runs.iter().filter(|run| run.is_confirmed).collect();
    if confirmed.is_empty() {
        return measure.unknown("no run was confirmed");
    }
    let (known, why) = known(confirmed.iter().map(|run| of(run)));
    let measure = measure.of(known.len(), confirmed.len());
    match (known.into_iter().max(), why) {
        (Some(worst), None) => measure.is(Figure::Percent(worst)),
        (Some(worst), Some(why)) => in_part(measure.is(Figure::Percent(worst)), why),
        (None, why) => measure.unknown(why.unwrap_or_default()),
    }
}

/// What is known of some only may be missed, and is never met.
fn in_part(measure: Measure, why: &str) -> Measure {
    match measure.met {
        Met::No => Measure { why: Some(format!("not of all: {why}")), ..measure },
        Met::Yes | Met::Unknown => measure.unknown(format!("not of all: {why}")),
    }
}

/// Those that are known, and why the first of the others is not.
fn known(all: impl Iterator<Item = Known>) -> (Vec<Decimal>, Option<&'static str>) {
    let (mut known, mut why) = (Vec::new(), None);
    for one in all {
        match one {
            Ok(one) => known.push(one),
            Err(reason) => why = why.or(Some(reason)),
        }
    }
    (known, why)
}

/// The one in the middle; between two of them, halfway.
fn median(mut all: Vec<Decimal>) -> Option<Decimal> {
    all.sort_unstable();
    let upper = *all.get(all.len() / 2)?;
    if all.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *all.get((all.len() / 2).checked_sub(1)?)?;
    upper.checked_add(lower)?.checked_div(Decimal::TWO)
}

fn below(limit: Duration) -> Target {
    let seconds = Decimal::from(limit.milliseconds()).checked_div(Decimal::ONE_THOUSAND);
    Target::Below(Figure::Seconds(seconds.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Option<Instant> {
        Instant::from_epoch_seconds(1_795_510_800 + seconds)
    }

    /// A run that changed something and was confirmed within a minute.
    fn confirmed(began: i64) -> Reading {
        Reading {
            service: Some("checkout".to_owned()),
            environment: None,
            began: at(began),
            ended: at(began + 60),
            is_sound: true,
            is_confirmed: true,
            deployed: Some(Deployed::Well),
            recovery: None,
            lead_time: Ok(Decimal::from(600)),
            degradation: Ok(Decimal::from(5)),
            errors: Err("nothing was read"),
        }
    }

    fn failed(began: i64, recovery: Recovery) -> Reading {
        let deployed = Some(Deployed::TakenBack);
        Reading { is_confirmed: false, deployed, recovery: Some(recovery), ..confirmed(began) }
    }

    /// A day after the first run.
    fn measured(readings: &[Reading], id: &str) -> Measure {
        let groups = groups(readings, at(86_400).unwrap(), &Targets::default());
        groups[0].measures.iter().find(|measure| measure.id == id).unwrap().clone()
    }

    fn said(measure: &Measure) -> (String, Met, usize, usize) {
        let figure = measure.figure.map_or_else(String::new, |figure| figure.to_string());
        (figure, measure.met, measure.counted, measure.of)
    }

    #[test]
    fn figures_are_taken_of_what_they_speak_of() {
        let runs = [confirmed(0), confirmed(3600), failed(7200, Recovery::Took(120))];
        assert_eq!(said(&measured(&runs, "deployment-frequency")), ("2 a day".to_owned(), Met::Yes, 2, 3));
        assert_eq!(said(&measured(&runs, "lead-time")), ("10 min".to_owned(), Met::Yes, 2, 2));
        assert_eq!(said(&measured(&runs, "time-to-recover")), ("2 min".to_owned(), Met::Yes, 1, 1));
        assert_eq!(said(&measured(&runs, "change-failure-rate")), ("33.33%".to_owned(), Met::No, 3, 3));
        assert_eq!(said(&measured(&runs[..2], "rollback-rate")), ("0%".to_owned(), Met::Yes, 2, 2));
        assert_eq!(groups(&[], at(0).unwrap(), &Targets::default()).len(), 0);
    }

    #[test]
    fn nothing_is_met_out_of_no_data() {
        let stopped = Reading { is_confirmed: false, deployed: None, ..confirmed(0) };
        let all = groups(&[stopped], at(86_400).unwrap(), &Targets::default());
        for measure in all.iter().flat_map(|group| &group.measures) {
            assert_eq!((measure.figure, measure.met), (None, Met::Unknown), "{}", measure.id);
            assert!(measure.why.is_some(), "{}", measure.id);
        }
        let early = groups(&[confirmed(0)], at(3600).unwrap(), &Targets::default());
        assert_eq!(early[0].measures[0].met, Met::Unknown, "an hour is no period");
        assert_eq!(measured(&[confirmed(0)], "error-rate").why.as_deref(), Some("nothing was read"));
    }

    #[test]
    fn what_is_known_of_some_only_may_be_missed_and_is_never_met() {
        let unknown = Reading { degradation: Err("no baseline"), ..confirmed(60) };
        let some = measured(&[confirmed(0), unknown.clone()], "degradation");
        assert_eq!(said(&some), ("5%".to_owned(), Met::Unknown, 1, 2));
        assert_eq!(some.why.as_deref(), Some("not of all: no baseline"));
        let worse = Reading { degradation: Ok(Decimal::from(20)), ..confirmed(0) };
        assert_eq!(measured(&[worse, unknown], "degradation").met, Met::No);
    }

    #[test]
    fn one_that_has_not_recovered_is_as_bad_as_it_lasted() {
        let since = |seconds| Recovery::Since(at(seconds).unwrap().epoch_seconds());
        let long = measured(&[failed(0, Recovery::Took(60)), failed(0, since(0))], "time-to-recover");
        assert_eq!(said(&long), ("1 min".to_owned(), Met::No, 1, 2));
        assert_eq!(long.why.as_deref(), Some("1 of them not recovered yet, the longest for 1 d"));
        let short = measured(&[failed(0, Recovery::Took(60)), failed(0, since(86_000))], "time-to-recover");
        assert_eq!(short.met, Met::Unknown);
        assert_eq!(measured(&[failed(0, Recovery::Unknown)], "time-to-recover").met, Met::Unknown);
    }

    #[test]
    fn a_run_whose_journal_was_changed_is_not_counted_and_lets_nothing_be_met() {
        let doubtful = Reading { is_sound: false, ..confirmed(0) };
        let measure = measured(&[confirmed(0), confirmed(9), doubtful], "lead-time");
        assert_eq!(said(&measure), ("10 min".to_owned(), Met::Unknown, 2, 2));
        assert_eq!(measure.why.as_deref(), Some("1 run is not counted: the journal is not what was written"));
    }

    #[test]
    fn the_median_of_two_lies_between_them() {
        let median = |all: &[i64]| median(all.iter().copied().map(Decimal::from).collect());
        assert_eq!(
            (median(&[]), median(&[3, 1, 2]), median(&[4, 1])),
            (None, Some(Decimal::TWO), Some(Decimal::new(25, 1)))
        );
    }
}
