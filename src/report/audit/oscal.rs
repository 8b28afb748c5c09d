//! The evidence as assessment results of OSCAL: an observation for each rule, run, journal and measure, a finding for each
//! control. UUIDs are made of what they stand for, so the same evidence is the same document.

use std::fmt::Write as _;

use serde_json::{Value, json};
use uuid::Uuid;

use super::ShownAudit;
use crate::audit::{Control, ControlStatus, Group, JournalEvidence, Measure, RuleEvidence, Run};
use crate::model::units::Instant;
use crate::report::{Options, json, markdown, printable};

const VERSION: &str = "1.1.2";
/// Whose names the properties are.
const NAMES: &str = "urn:stopline:audit";

pub(super) fn render(told: &ShownAudit<'_>, options: &Options<'_>) -> String {
    let evidence = super::json::render(told, options);
    let scribe = Scribe { root: Uuid::new_v5(&Uuid::NAMESPACE_URL, evidence.as_bytes()), at: told.audit.at };
    json::text(&scribe.document(told, options))
}

struct Scribe {
    root: Uuid,
    at: Instant,
}

/// Something that was looked at, and what came of it.
struct Observed {
    kind: &'static str,
    /// By which it is told from others of its kind.
    id: String,
    title: String,
    description: String,
    method: &'static str,
    props: Vec<(&'static str, String)>,
    /// A file it can be seen in.
    evidence: Option<String>,
}

impl Scribe {
    fn document(&self, told: &ShownAudit<'_>, options: &Options<'_>) -> Value {
        let audit = &told.audit;
        let no_plan = self.uuid("resource", "assessment-plan");
        let rules = rules(&audit.controls);
        let observed = rules.iter().map(|rule| of_rule(rule));
        let observed = observed.chain(audit.journals.iter().map(of_journal)).chain(audit.runs.iter().map(of_run));
        let observed = observed.chain(audit.measures.iter().flat_map(of_group)).chain(of_findings(told));
        let observations: Vec<Value> = observed.map(|observed| self.observation(observed)).collect();
        let findings: Vec<Value> = audit.controls.iter().map(|control| self.finding(control)).collect();
        let props = [
            ("verdict", json::verdict(told.shown.report(), options).to_owned()),
            ("tool-version", env!("CARGO_PKG_VERSION").to_owned()),
        ];
        let scope = &audit.scope;
        let plans =
            scope.plans.iter().map(|plan| ("plan", format!("{} {} sha256:{}", plan.id, plan.path, plan.digest)));
        let policies = scope.policies.iter().map(|policy| {
            let version = policy.version.as_deref().unwrap_or("-");
            ("policy", format!("{} {version} sha256:{}", policy.id, policy.digest))
        });
        let paths = scope.paths.iter().map(|path| ("path", path.clone()));
        let mut result = json!({
            "uuid": self.uuid("result", ""),
            "title": "Audit of deployments",
            "description": "What Stopline found in plans, policies, the files they speak of, and journals of runs.",
            "start": self.at,
            "props": properties(props.into_iter().chain(paths).chain(plans).chain(policies)),
            "reviewed-controls": { "control-selections": [selection(&audit.controls)] },
        });
        insert(&mut result, "observations", observations);
        insert(&mut result, "findings", findings);
        json!({ "assessment-results": {
            "uuid": self.uuid("document", ""),
            "metadata": {
                "title": "Audit of deployments",
                "last-modified": self.at,
                "version": self.root.to_string(),
                "oscal-version": VERSION,
            },
            "import-ap": { "href": format!("#{no_plan}") },
            "results": [result],
            "back-matter": { "resources": [{
                "uuid": no_plan,
                "title": "Assessment plan",
                "description": "There is no assessment plan: the policies that judged stand in for it, each with its digest.",
            }] },
        } })
    }

    fn observation(&self, observed: Observed) -> Value {
        let Observed { kind, id, title, description, method, props, evidence } = observed;
        let mut observation = json!({
            "uuid": self.uuid(kind, &id),
            "title": line(&title),
            "description": line(&description),
            "methods": [method],
            "collected": self.at,
        });
        insert(&mut observation, "props", properties(std::iter::once(("kind", kind.to_owned())).chain(props)));
        let seen = evidence.map(|file| json!({ "description": line(&file) }));
        insert(&mut observation, "relevant-evidence", seen.into_iter().collect());
        observation
    }

    fn finding(&self, control: &Control) -> Value {
        let name = name(control);
        let (state, reason, remark) = match control.status {
            ControlStatus::Passed => ("satisfied", "pass", "every rule that was applied holds"),
            ControlStatus::Failed => ("not-satisfied", "fail", "a rule does not hold"),
            ControlStatus::Waived => ("not-satisfied", "other", "what does not hold is let pass by waivers"),
            ControlStatus::Undecided => ("not-satisfied", "other", "a rule could not be decided"),
            ControlStatus::NoEvidence => ("not-satisfied", "other", "no rule was applied to anything: no evidence"),
        };
        let related: Vec<Value> =
            control.rules.iter().map(|rule| json!({ "observation-uuid": self.uuid("rule", &rule.id) })).collect();
        let mut finding = json!({
            "uuid": self.uuid("control", &name),
            "title": line(&name),
            "description": line(&format!("{name}: {remark}")),
            "target": {
                "type": "objective-id",
                "target-id": token(&name),
                "status": { "state": state, "reason": reason, "remarks": remark },
            },
        });
        insert(&mut finding, "related-observations", related);
        insert(&mut finding, "props", properties([("control", name), ("evidence", control.status.name().to_owned())]));
        finding
    }

    fn uuid(&self, kind: &str, id: &str) -> String {
        Uuid::new_v5(&self.root, format!("{kind}\0{id}").as_bytes()).to_string()
    }
}

/// A list that is empty must not be there.
fn insert(object: &mut Value, key: &str, list: Vec<Value>) {
    if let (Some(object), false) = (object.as_object_mut(), list.is_empty()) {
        object.insert(key.to_owned(), Value::Array(list));
    }
}

fn properties(all: impl IntoIterator<Item = (&'static str, String)>) -> Vec<Value> {
    let property = |(name, value): (&str, String)| {
        let value = printable::line(&value).trim().to_owned();
        (!value.is_empty()).then(|| json!({ "name": name, "ns": NAMES, "value": value }))
    };
    all.into_iter().filter_map(property).collect()
}

/// Text where OSCAL has markup: nothing in it is any.
fn line(text: &str) -> String {
    let text = markdown::plain(&printable::line(text)).trim().to_owned();
    if text.is_empty() { "-".to_owned() } else { text }
}

fn name(control: &Control) -> String {
    format!("{} {}", control.framework, control.id).trim().to_owned()
}

/// `SOC2 CC8.1` as `SOC2_CC8.1`. What no token has is spelt by its number, so that two controls stay two.
fn token(name: &str) -> String {
    let mut token = String::with_capacity(name.len() + 1);
    for letter in name.chars() {
        match letter {
            ' ' => token.push('_'),
            '.' | '-' => token.push(letter),
            _ if letter.is_ascii_alphanumeric() => token.push(letter),
            _ => _ = write!(token, "-u{:x}", u32::from(letter)),
        }
    }
    if token.starts_with(|letter: char| letter.is_ascii_alphabetic()) { token } else { format!("_{token}") }
}

fn selection(controls: &[Control]) -> Value {
    if controls.is_empty() {
        return json!({ "description": "No rule that judged speaks for a control.", "include-all": {} });
    }
    let ids: Vec<Value> = controls.iter().map(|control| json!({ "control-id": token(&name(control)) })).collect();
    json!({ "include-controls": ids })
}

/// Each once, though it speaks for several controls.
fn rules(controls: &[Control]) -> Vec<&RuleEvidence> {
    let mut rules: Vec<&RuleEvidence> = controls.iter().flat_map(|control| &control.rules).collect();
    rules.sort_by(|left, right| left.id.cmp(&right.id));
    rules.dedup_by(|left, right| left.id == right.id);
    rules
}

fn of_rule(rule: &RuleEvidence) -> Observed {
    Observed {
        kind: "rule",
        id: rule.id.clone(),
        title: rule.id.clone(),
        description: rule.title.clone(),
        method: "TEST",
        props: vec![
            ("rule", rule.id.clone()),
            ("policy", rule.policy.clone()),
            ("severity", rule.severity.name().to_owned()),
            ("evidence", rule.status().name().to_owned()),
            ("passed", rule.passed.to_string()),
            ("failed", rule.failed.to_string()),
            ("waived", rule.waived.to_string()),
            ("undecided", rule.undecided.to_string()),
            ("skipped", rule.skipped.to_string()),
        ],
        evidence: None,
    }
}

fn of_journal(journal: &JournalEvidence) -> Observed {
    let is = if journal.is_sound { "sound" } else { "broken" };
    Observed {
        kind: "journal",
        id: journal.path.clone(),
        title: format!("journal {}", journal.path),
        description: format!("{} lines, {is}", journal.lines),
        method: "EXAMINE",
        props: vec![
            ("chain", is.to_owned()),
            ("lines", journal.lines.to_string()),
            ("head", journal.head.as_ref().map_or_else(String::new, |head| format!("sha256:{head}"))),
            ("logs-proven", format!("{} of {}", journal.logs_proven, journal.logs_named)),
        ],
        evidence: Some(journal.path.clone()),
    }
}

fn of_run(run: &Run) -> Observed {
    let service = run.service.as_deref().unwrap_or("unknown");
    let environment = run.environment.as_deref().unwrap_or("unknown");
    let signed = run.approvals.iter().map(|said| {
        let at = said.at.map_or_else(String::new, |at| format!(" at {at}"));
        ("approval", format!("{} by {}{at}", said.of, said.who.as_deref().unwrap_or("somebody")))
    });
    let glass = run.glass.iter().map(|said| ("broken-glass", said.why.clone().unwrap_or_default()));
    let overruled = run.overruled.iter().map(|said| {
        (
            "overruled",
            format!("{} {}: {}", said.how.as_deref().unwrap_or(""), said.of, said.why.as_deref().unwrap_or("")),
        )
    });
    let refused =
        run.refusals.iter().map(|said| ("refusal", format!("{}: {}", said.of, said.why.as_deref().unwrap_or(""))));
    let time = |at: Option<Instant>| at.map_or_else(String::new, |at| at.to_string());
    let props = [
        ("service", service.to_owned()),
        ("environment", environment.to_owned()),
        ("plan", run.plan.digest.as_ref().map_or_else(String::new, |digest| format!("sha256:{digest}"))),
        ("plan-in-scope", run.plan.path.clone().unwrap_or_else(|| "no".to_owned())),
        ("began", time(run.began)),
        ("ended", time(run.ended)),
        ("end", run.end.name().to_owned()),
        ("by", run.by.user.clone().unwrap_or_default()),
        ("host", run.by.host.clone().unwrap_or_default()),
        ("journal-is-sound", run.is_sound.to_string()),
    ];
    Observed {
        kind: "run",
        id: format!("{}\0{}", run.journal, run.attempt),
        title: format!("run of {service} in {environment}"),
        description: format!("{} {}", run.end.name(), run.why.join("; then: ")),
        method: "EXAMINE",
        props: props.into_iter().chain(signed).chain(refused).chain(glass).chain(overruled).collect(),
        evidence: Some(format!("{}:{}", run.journal, run.line)),
    }
}

fn of_group(group: &Group) -> impl Iterator<Item = Observed> + '_ {
    group.measures.iter().map(|measure: &Measure| {
        let all = || "all".to_owned();
        let (service, environment) =
            (group.service.clone().unwrap_or_else(all), group.environment.clone().unwrap_or_else(all));
        let figure = measure.figure.map_or_else(|| "unknown".to_owned(), |figure| figure.to_string());
        Observed {
            kind: "measure",
            id: format!("{service}\0{environment}\0{}", measure.id),
            title: format!("{} of {service} in {environment}", measure.title),
            description: format!("{figure}; {}", measure.why.as_deref().unwrap_or("taken of all of them")),
            method: "EXAMINE",
            props: vec![
                ("measure", measure.id.to_owned()),
                ("figure", figure),
                ("target", measure.target.to_string()),
                ("met", measure.met.name().to_owned()),
                ("runs", format!("{} of {}", measure.counted, measure.of)),
            ],
            evidence: None,
        }
    })
}

fn of_findings<'a>(told: &'a ShownAudit<'_>) -> impl Iterator<Item = Observed> + 'a {
    let sources = told.shown.sources();
    told.shown.report().findings().iter().enumerate().map(move |(index, finding)| {
        let place = finding.place.map(|place| {
            let at = sources.line_column(place.file, place.span.start);
            format!("{}:{}:{}", sources.path(place.file), at.line, at.column)
        });
        let waived = finding.waived.as_ref().map(|waived| waived.reason.clone()).unwrap_or_default();
        Observed {
            kind: "finding",
            id: index.to_string(),
            title: finding.rule.to_string(),
            description: finding.message.clone(),
            method: "TEST",
            props: vec![
                ("rule", finding.rule.to_string()),
                ("severity", finding.severity.name().to_owned()),
                ("undecided", finding.undecided.to_string()),
                ("waived", waived),
            ],
            evidence: place,
        }
    })
}
