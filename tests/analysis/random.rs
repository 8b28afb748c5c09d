//! Random rules of the fragment that analysis decides, and random plans that fall on every side of their constants.

use std::fmt::Write as _;
use std::sync::Arc;

use stopline::model::data::{Data, Record, Text, Value};
use stopline::source::Place;

/// The same numbers on every machine: a failure can be repeated.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    pub(crate) fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

const ORDERS: &[&str] = &["==", "!=", "<", "<=", ">", ">="];
const ENVIRONMENTS: &[&str] = &["local", "development", "staging", "production"];
const RISKS: &[&str] = &["low", "medium", "high", "critical"];
const DURATIONS: &[&str] = &["10m", "30m", "1h", "2h"];
const VERSIONS: &[&str] = &["v1.2", "v1.2.0", "v1.3", "v2.0"];
const TEXTS: &[&str] = &["api", "web", "db"];
const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const DATES: &[&str] = &["2026-11-25", "2026-11-27", "2026-11-30"];
const INSTANTS: &[&str] = &["2026-11-25T00:00Z", "2026-11-27T00:00+01:00", "2026-11-30T12:00[Europe/Berlin]"];
const KINDS: &[&str] = &["feature", "fix", "schema"];
const CLASSES: &[&str] = &["pii", "pci", "phi"];
const PATHS: &[&str] = &[
    "plan.window",
    "plan.window.zone",
    "plan.window.duration",
    "plan.team",
    "plan.team.lead",
    "plan.urgent",
    "plan.ticket",
    "plan.risk",
    "plan.data",
    "plan.staged",
    "plan.changes[0]",
    "plan.changes[0].flag",
];

/// A policy of some rules about the same few things, so that they get in each other's way.
pub(crate) fn policy(dice: &mut Dice) -> String {
    let mut text = "policy p {\n  param limit: duration = 30m\n  param strict: bool = true\n  param floor: risk = medium\n  param days: list(weekday) = [friday]\n  calendar fridays { weekdays = [friday] }\n  calendar week { weekdays = [monday, tuesday, wednesday, thursday, friday] }\n  calendar nights { hours = \"22:00-06:00\" }\n".to_owned();
    let subject = dice.pick(&["plan", "plan", "plan", "change", "watch"]);
    let topic = dice.below(TOPICS);
    for name in ["a", "b", "c"] {
        let subject = if dice.once_in(5) { dice.pick(&["plan", "change", "watch"]) } else { subject };
        let severity = dice.pick(&["error", "error", "warning"]);
        let kind = dice.pick(&["require", "require", "forbid"]);
        let when =
            if dice.once_in(2) { format!(" when {}", condition(dice, subject, topic, 1)) } else { String::new() };
        let depth = dice.below(3);
        let asked = condition(dice, subject, topic, depth);
        let unless = if dice.once_in(4) {
            format!("\n    unless {}", condition(dice, subject, topic, 1))
        } else {
            String::new()
        };
        write!(text, "  rule {name} \"R\" {{\n    severity = {severity}\n    on {subject}{when}\n    {kind} {asked}{unless}\n    message \"no\"\n  }}\n").unwrap();
    }
    text.push_str("}\n");
    text
}

fn condition(dice: &mut Dice, subject: &str, topic: usize, depth: usize) -> String {
    if depth == 0 || dice.once_in(4) {
        return atom(dice, subject, topic);
    }
    let mut part = || condition(dice, subject, topic, depth - 1);
    let (one, other, third) = (part(), part(), part());
    match dice.below(8) {
        0..=2 => format!("({one} and {other})"),
        3..=5 => format!("({one} or {other})"),
        6 => format!("not ({one})"),
        _ => format!("(if {one} then {other} else {third})"),
    }
}

const TOPICS: usize = 7;

fn atom(dice: &mut Dice, subject: &str, topic: usize) -> String {
    let order = dice.pick(ORDERS);
    let equal = dice.pick(&["==", "!="]);
    if subject != "plan" && !dice.once_in(4) {
        return part_atom(dice, subject, order, equal);
    }
    // Three in four speak of the topic of the policy.
    let topic = if dice.once_in(4) { dice.below(TOPICS) } else { topic };
    match topic {
        0 => match dice.below(6) {
            0 => format!("plan.risk {order} {}", dice.pick(RISKS)),
            1 => format!("(plan.risk ?? {}) {order} {}", dice.pick(RISKS), dice.pick(RISKS)),
            2 => format!("plan.risk in [{}, {}]", dice.pick(RISKS), dice.pick(RISKS)),
            3 => format!("plan.risk {order} floor"),
            4 => format!("plan.risk {order} (if strict then {} else {})", dice.pick(RISKS), dice.pick(RISKS)),
            _ => "plan.risk exists".to_owned(),
        },
        1 => match dice.below(3) {
            0 => format!("plan.environment {order} {}", dice.pick(ENVIRONMENTS)),
            1 => format!("plan.environment in [{}, {}]", dice.pick(ENVIRONMENTS), dice.pick(ENVIRONMENTS)),
            _ => dice.pick(&["strict", "strict == true", "strict != true"]).to_owned(),
        },
        2 => window_atom(dice, order),
        3 => match dice.below(5) {
            0 => format!("plan.service {equal} \"{}\"", dice.pick(TEXTS)),
            1 => format!("plan.service in [\"{}\", \"{}\"]", dice.pick(TEXTS), dice.pick(TEXTS)),
            2 => format!("plan.service matches /{}/", dice.pick(&["^a", "b"])),
            3 => format!("plan.version {order} {}", dice.pick(VERSIONS)),
            _ => format!("plan.version {order} plan.previous_version"),
        },
        4 => match dice.below(6) {
            0 => format!("plan.data contains {}", dice.pick(CLASSES)),
            1 => format!("{} in plan.data", dice.pick(CLASSES)),
            2 => format!("count(plan.data) {order} {}", dice.below(3)),
            3 => format!("count(plan.changes) {order} {}", dice.pick(&["0", "1", "1.5", "2", "3"])),
            4 => format!("plan.changes[0].kind {equal} {}", dice.pick(KINDS)),
            _ => format!("{} exists", dice.pick(PATHS)),
        },
        5 => quantified(dice),
        _ => format!("{} exists", dice.pick(PATHS)),
    }
}

fn window_atom(dice: &mut Dice, order: &str) -> String {
    match dice.below(12) {
        0 | 1 => format!("plan.window overlaps {}", dice.pick(DAYS)),
        2 => format!("plan.window overlaps [{}, {}, {}]", dice.pick(DAYS), dice.pick(DAYS), dice.pick(DAYS)),
        3 => "plan.window overlaps [monday, tuesday, wednesday, thursday, saturday, sunday]".to_owned(),
        4 => format!("plan.window overlaps {}", dice.pick(&["fridays", "week", "nights", "days"])),
        5 => format!("plan.window.duration {order} {}", dice.pick(DURATIONS)),
        6 => format!("plan.window.duration {order} limit"),
        7 => format!("plan.window.start {order} {}", dice.pick(DATES)),
        8 => format!("plan.window.start {order} {}", dice.pick(INSTANTS)),
        9 => format!("plan.window.start - plan.staged.at {order} {}", dice.pick(DURATIONS)),
        10 => format!("(plan.window.duration ?? limit) {order} {}", dice.pick(DURATIONS)),
        _ => "plan.window exists".to_owned(),
    }
}

fn quantified(dice: &mut Dice) -> String {
    let which = dice.pick(&["every", "some", "no"]);
    let (order, equal) = (dice.pick(ORDERS), dice.pick(&["==", "!="]));
    if dice.once_in(2) {
        let body = part_atom(dice, "watch", order, equal).replace("watch.", "w.");
        let other = part_atom(dice, "watch", order, equal).replace("watch.", "w.");
        return format!(
            "({which} w in plan.watches: {})",
            dice.pick(&[&body, &format!("{body} and {other}"), &format!("not ({body})")])
        );
    }
    let body = part_atom(dice, "change", order, equal).replace("change.", "c.");
    let risk = format!("{body} or plan.risk == {}", dice.pick(RISKS));
    format!("({which} c in plan.changes: {})", dice.pick(&[&body, &risk, &format!("not ({body})")]))
}

fn part_atom(dice: &mut Dice, subject: &str, order: &str, equal: &str) -> String {
    if subject == "watch" {
        return match dice.below(5) {
            0 | 1 => format!("watch.for {order} {}", dice.pick(DURATIONS)),
            2 => format!("watch.for {order} limit"),
            3 => "watch.every exists".to_owned(),
            _ => format!("watch.every {order} {}", dice.pick(DURATIONS)),
        };
    }
    match dice.below(5) {
        0 | 1 => format!("change.kind {equal} {}", dice.pick(KINDS)),
        2 => "change.flag exists".to_owned(),
        3 => dice.pick(&["change.reversible", "(change.reversible ?? false)"]).to_owned(),
        _ => format!("change.flag {equal} \"{}\"", dice.pick(TEXTS)),
    }
}

const FIELDS: &[&str] = &["a", "b", "c"];

/// A policy about documents, of which nobody knows what is in them.
pub(crate) fn policy_of_documents(dice: &mut Dice) -> String {
    let mut text =
        "policy p {\n  param limit: duration = 1h\n  param strict: bool = true\n  param floor: risk = medium\n"
            .to_owned();
    for name in ["a", "b", "c"] {
        let kind = dice.pick(&["require", "require", "forbid"]);
        let when = if dice.once_in(2) { format!(" when {}", of_document(dice, 1)) } else { String::new() };
        let depth = dice.below(3);
        let asked = of_document(dice, depth);
        let unless = if dice.once_in(4) { format!("\n    unless {}", of_document(dice, 1)) } else { String::new() };
        write!(text, "  rule {name} \"R\" {{\n    on json in \"x.json\" as site{when}\n    {kind} {asked}{unless}\n    message \"no\"\n  }}\n").unwrap();
    }
    text + "}\n"
}

fn of_document(dice: &mut Dice, depth: usize) -> String {
    if depth > 0 && !dice.once_in(4) {
        let mut part = || of_document(dice, depth - 1);
        let (one, other, third) = (part(), part(), part());
        return match dice.below(8) {
            0..=2 => format!("({one} and {other})"),
            3..=5 => format!("({one} or {other})"),
            6 => format!("not ({one})"),
            _ => format!("(if {one} then {other} else {third})"),
        };
    }
    let (field, other) = (dice.pick(FIELDS), dice.pick(FIELDS));
    let (order, equal) = (dice.pick(ORDERS), dice.pick(&["==", "!="]));
    let number = dice.pick(&["1", "2", "3"]);
    match dice.below(18) {
        0 | 1 => format!("site.{field} {order} {number}"),
        2 => format!("site.{field} {equal} \"{}\"", dice.pick(&["x", "y"])),
        3 => format!("site.{field} {equal} {}", dice.pick(&["true", "false"])),
        4 => format!("site.{field} exists"),
        5 => format!("site.{field}.{other} exists"),
        6 => format!("site.{field}.{other} {order} {number}"),
        7 => format!("(site.{field} ?? {number}) {order} 2"),
        8 => format!("site.{field}"),
        9 => format!("site.{field} contains {}", dice.pick(&["1", "\"x\""])),
        10 => format!("count(site.{field}) {order} {number}"),
        11 => {
            let which = dice.pick(&["every", "some", "no"]);
            format!("({which} e in site.{field}: e {order} {number})")
        }
        12 => format!("duration(site.{field}) {order} {}", dice.pick(&["1h", "limit"])),
        13 => format!("site.{field} in [1, {number}]"),
        14 => format!("site.{field} {order} site.{other}.{field}"),
        15 => format!("site.{field} matches /x/"),
        16 => format!("(site.{field}.{other} ?? site.{other}) {equal} {number}"),
        _ => dice.pick(&["strict", "site.a[0] == 1", "first(site.a) == 1", "(first(site.b) ?? 1) == 1"]).to_owned(),
    }
}

/// What may stand in a document.
pub(crate) fn document(dice: &mut Dice) -> Value {
    record(dice, 2)
}

fn record(dice: &mut Dice, depth: usize) -> Value {
    let mut fields = Vec::new();
    for name in FIELDS {
        if !dice.once_in(5) {
            fields.push((Text::from(*name), anything(dice, depth)));
        }
    }
    let record = Record { shape: None, fields, head: Place::default() };
    Value::new(Data::Record(Arc::new(record)), Place::default())
}

fn anything(dice: &mut Dice, depth: usize) -> Value {
    let data = match dice.below(if depth == 0 { 9 } else { 12 }) {
        0 => Data::Null,
        1 => Data::Bool(true),
        2 => Data::Bool(false),
        3..=5 => Data::Number(dice.pick(&["0", "1", "2", "2.5", "3", "7"]).parse().unwrap()),
        6..=8 => Data::text(dice.pick(&["x", "y", "z", "1h", "2h", "30m"])),
        9 => return record(dice, depth - 1),
        _ => {
            let many = dice.below(4);
            Data::List((0..many).map(|_| anything(dice, depth - 1)).collect::<Vec<_>>().into())
        }
    };
    Value::new(data, Place::default())
}

/// A plan in which everything may be there or not.
pub(crate) fn plan(dice: &mut Dice) -> String {
    let mut text = "plan x {\n".to_owned();
    let mut line = |dice: &mut Dice, name: &str, values: &[&str]| {
        if !dice.once_in(4) {
            writeln!(text, "  {name} = {}", dice.pick(values)).unwrap();
        }
    };
    line(dice, "service", &["\"api\"", "\"web\"", "\"db\"", "\"other\""]);
    line(dice, "environment", ENVIRONMENTS);
    line(dice, "risk", RISKS);
    line(dice, "version", &["v1.1", "v1.2", "v1.2.5", "v1.3", "v1.9", "v2.0", "v3.0"]);
    line(dice, "previous_version", &["v1.2", "v1.3", "v2.0"]);
    line(dice, "data", &["[pii]", "[pci, phi]", "[public]", "[pii, phi]", "[pii, pci, phi]"]);
    line(dice, "urgent", &["\"now\""]);
    line(dice, "ticket", &["\"T-1\""]);
    if !dice.once_in(5) {
        text.push_str("  window {\n");
        let start = dice.pick(&[
            "2026-11-23T10:00",
            "2026-11-24T23:50",
            "2026-11-25T00:00",
            "2026-11-26T23:50",
            "2026-11-27T00:00",
            "2026-11-27T10:00",
            "2026-11-28T10:00",
            "2026-11-29T12:00",
            "2026-11-30T12:00",
            "2026-12-02T10:00",
            "2026-11-27",
            "2026-11-25T10:00Z",
            "2026-03-29T02:30",
        ]);
        if !dice.once_in(8) {
            writeln!(text, "    start = {start}").unwrap();
        }
        if !dice.once_in(8) {
            writeln!(
                text,
                "    duration = {}",
                dice.pick(&["5m", "10m", "20m", "30m", "45m", "1h", "90m", "2h", "3h", "30h", "8d"])
            )
            .unwrap();
        }
        if !dice.once_in(8) {
            writeln!(text, "    zone = {}", dice.pick(&["\"UTC\"", "\"Europe/Berlin\"", "\"Asia/Tokyo\""])).unwrap();
        }
        text.push_str("  }\n");
    }
    if dice.once_in(2) {
        text.push_str(dice.pick(&["  team { lead = @a }\n", "  team { on_call = @b }\n"]));
    }
    if dice.once_in(2) {
        let at = dice.pick(&["2026-11-23T09:30", "2026-11-24T23:00Z", "2026-11-27T08:00+01:00"]);
        writeln!(text, "  staged {{ at = {at}, evidence = \"e\" }}").unwrap();
    }
    for number in 0..dice.below(4) {
        writeln!(text, "  change \"C{number}\" {{").unwrap();
        if !dice.once_in(6) {
            writeln!(text, "    kind = {}", dice.pick(&["feature", "fix", "schema", "config"])).unwrap();
        }
        if dice.once_in(2) {
            writeln!(text, "    flag = {}", dice.pick(&["\"api\"", "\"web\"", "\"x\""])).unwrap();
        }
        if dice.once_in(2) {
            writeln!(text, "    reversible = {}", dice.pick(&["true", "false"])).unwrap();
        }
        text.push_str("  }\n");
    }
    text.push_str("  phase verify {\n");
    for number in 0..dice.below(4) {
        let every = if dice.once_in(2) {
            format!(", every = {}", dice.pick(&["5m", "10m", "20m", "1h"]))
        } else {
            String::new()
        };
        let long = dice.pick(&["5m", "10m", "20m", "30m", "45m", "1h", "90m", "2h", "3h"]);
        writeln!(text, "    watch w{number} {{ for = {long}{every} }}").unwrap();
    }
    text.push_str("  }\n}\n");
    text
}
