//! An example that a finding gives is written down as a plan and judged: it is what the finding says of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use stopline::diagnostic::Diagnostic;
use stopline::eval::{Outcome, Skipped};
use stopline::model::data::Value;
use stopline::model::units::Duration;

use crate::bench::Bench;

const ROOTS: [&str; 3] = ["`plan.", "`change.", "`watch."];

/// The plan that the help of a finding describes.
pub(crate) fn plan_of(diagnostic: &Diagnostic) -> Option<String> {
    let (_, rest) = diagnostic.help.as_deref()?.split_once("where ")?;
    let (example, _) = rest.split_once(", one of them stops")?;
    let starts = ROOTS.iter().flat_map(|root| example.match_indices(root)).map(|(start, _)| start);
    let mut starts: Vec<usize> = starts.collect();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).copied().chain([example.len()]);
    let mut values: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (start, end) in starts.iter().zip(ends) {
        let phrase = example[*start..end].trim_end_matches(" and ").trim_end_matches(", ");
        let (path, said) = phrase[1..].split_once("` ").unwrap();
        values.insert(path.to_owned(), value(path, said));
    }
    Some(written(&values))
}

/// What a plan says of a path; nothing where it says nothing.
fn value(path: &str, said: &str) -> Option<String> {
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let text = matches!(path, "plan.service" | "change.flag");
    Some(match (said.split('`').next().unwrap().trim(), quoted.as_slice()) {
        ("is missing", []) => return None,
        ("is there", []) => usual(path).to_owned(),
        ("is another text", []) => "\"another\"".to_owned(),
        ("is", [value]) if text => format!("\"{value}\""),
        ("is", [value]) => (*value).to_owned(),
        ("is less than", [above]) => between(above, None, Some(above)),
        ("is more than", [below]) => between(below, Some(below), None),
        ("is between", [below, above]) => between(below, Some(below), Some(above)),
        (days, []) if days.starts_with("touches ") => days.trim_start_matches("touches ").to_owned(),
        other => panic!("nobody knows how to write {other:?} of {path}"),
    })
}

fn between(like: &str, below: Option<&str>, above: Option<&str>) -> String {
    if like.starts_with('v') {
        return below.map_or("v0.0.1".to_owned(), |below| format!("{below}.0.0.1"));
    }
    let milliseconds = |text: &str| Duration::parse(text).unwrap().milliseconds();
    let low = below.map_or(0, milliseconds);
    let high = above.map_or(low * 2 + 2, milliseconds);
    Duration::from_milliseconds(i64::midpoint(low, high)).to_string()
}

/// Something that can stand there.
fn usual(path: &str) -> &'static str {
    match path {
        "plan.window.start" => "2026-11-23T10:00",
        "plan.window.duration" | "watch.every" | "watch.for" => "15m",
        "plan.window.zone" => "\"UTC\"",
        "plan.team.lead" => "@a",
        "plan.risk" => "low",
        "plan.environment" => "staging",
        "plan.version" | "plan.previous_version" => "v1.2.3",
        "plan.data" => "[pii]",
        "change.kind" => "fix",
        "change.reversible" => "true",
        _ => "\"there\"",
    }
}

fn written(values: &BTreeMap<String, Option<String>>) -> String {
    let said = |path: &str| values.get(path).and_then(Option::as_ref);
    let is_missing = |path: &str| values.get(path) == Some(&None);
    let under = |prefix: &str| values.keys().any(|path| path.starts_with(prefix) && !is_missing(path));
    let mut text = "plan x {\n".to_owned();
    for name in ["service", "environment", "risk", "version", "previous_version", "data", "urgent", "ticket"] {
        if let Some(value) = said(&format!("plan.{name}")) {
            writeln!(text, "  {name} = {value}").unwrap();
        }
    }
    let window = said("plan.window");
    if window.is_some() || under("plan.window.") {
        let days = window.filter(|days| days.ends_with("day")).map(|days| days.split(", ").collect::<Vec<_>>());
        let (start, duration) = days.map_or(("2026-11-23T10:00".to_owned(), "1h".to_owned()), |days| spanning(&days));
        text.push_str("  window {\n");
        for (name, usual) in [("start", start.as_str()), ("duration", &duration), ("zone", "\"UTC\"")] {
            let path = format!("plan.window.{name}");
            if !is_missing(&path) {
                writeln!(text, "    {name} = {}", said(&path).map_or(usual, String::as_str)).unwrap();
            }
        }
        text.push_str("  }\n");
    }
    if said("plan.team").is_some() || under("plan.team.") {
        let lead = said("plan.team.lead").map(|lead| format!("lead = {lead}")).unwrap_or_default();
        writeln!(text, "  team {{ {lead} }}").unwrap();
    }
    if said("plan.staged").is_some() {
        text.push_str("  staged { at = 2026-11-22T10:00, evidence = \"e\" }\n");
    }
    for (kind, head) in [("change", "change \"C\""), ("watch", "watch w")] {
        let fields = ["for", "every", "kind", "flag", "reversible"].into_iter();
        let fields: Vec<String> =
            fields.filter_map(|name| Some(format!("{name} = {}", said(&format!("{kind}.{name}"))?))).collect();
        let block = format!("{head} {{ {} }}", fields.join(", "));
        let block = if kind == "watch" { format!("phase verify {{ {block} }}") } else { block };
        writeln!(text, "  {block}").unwrap();
    }
    text.push_str("}\n");
    text
}

/// A window over days in a row; 23 November 2026 is a Monday.
fn spanning(days: &[&str]) -> (String, String) {
    const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let is_in = |at: usize| days.contains(&WEEK[at % 7]);
    let first = (0..7).find(|at| is_in(*at) && !is_in(at + 6)).unwrap_or(0);
    (format!("2026-11-{}T12:00", 23 + first), format!("{}h", (days.len() - 1) * 24 + 1))
}

/// How the plan of an example shows that it is none: one of the rules does not apply to it, or both let it go.
pub(crate) fn refuted(diagnostic: &Diagnostic, bench: &Bench, plan: &Value) -> Option<String> {
    let named: Vec<&str> = diagnostic.message.split('`').filter(|word| word.starts_with("p/")).collect();
    let outcomes: Vec<Vec<Outcome>> = named.iter().map(|name| bench.outcomes(bench.rule(name), plan)).collect();
    let applies = |outcome: &Outcome| !matches!(outcome, Outcome::Skip(Skipped::When | Skipped::WhenMissing));
    let stops = |outcome: &Outcome| matches!(outcome, Outcome::Fail(_) | Outcome::Error(_));
    let mut both = outcomes[0].iter().zip(&outcomes[1]);
    let (one, other) = both.next()?;
    let right = applies(one) && applies(other) && (stops(one) || stops(other));
    (!right).then(|| format!("{one:?} and {other:?}"))
}
