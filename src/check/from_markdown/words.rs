//! What people call the fields, sections and roles of a plan.

use crate::diagnostic::did_you_mean;
pub(super) use crate::model::answer::plain;

/// What a field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// An attribute of the plan.
    Plan(&'static str),
    Date,
    Time,
    Duration,
    Zone,
    RollbackTime,
    Staged(&'static str),
    Title,
}

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Team,
    Changes,
    Rollback,
    Communication,
    SignOff,
    /// A phase of this id.
    Phase(&'static str),
    Other,
}

const FIELDS: &[(&str, Field)] = &[
    ("service", Field::Plan("service")),
    ("application", Field::Plan("service")),
    ("app", Field::Plan("service")),
    ("system", Field::Plan("service")),
    ("component", Field::Plan("service")),
    ("environment", Field::Plan("environment")),
    ("target environment", Field::Plan("environment")),
    ("version", Field::Plan("version")),
    ("release", Field::Plan("version")),
    ("release version", Field::Plan("version")),
    ("new version", Field::Plan("version")),
    ("previous version", Field::Plan("previous_version")),
    ("current version", Field::Plan("previous_version")),
    ("platform", Field::Plan("platform")),
    ("risk", Field::Plan("risk")),
    ("risk level", Field::Plan("risk")),
    ("data", Field::Plan("data")),
    ("data classification", Field::Plan("data")),
    ("data classes", Field::Plan("data")),
    ("urgent", Field::Plan("urgent")),
    ("urgency", Field::Plan("urgent")),
    ("ticket", Field::Plan("ticket")),
    ("change ticket", Field::Plan("ticket")),
    ("issue", Field::Plan("ticket")),
    ("date", Field::Date),
    ("deployment date", Field::Date),
    ("release date", Field::Date),
    ("time", Field::Time),
    ("start", Field::Time),
    ("start time", Field::Time),
    ("deployment time", Field::Time),
    ("time window", Field::Time),
    ("window", Field::Time),
    ("deployment window", Field::Time),
    ("maintenance window", Field::Time),
    ("duration", Field::Duration),
    ("expected duration", Field::Duration),
    ("estimated duration", Field::Duration),
    ("window duration", Field::Duration),
    ("time zone", Field::Zone),
    ("timezone", Field::Zone),
    ("zone", Field::Zone),
    ("rollback time", Field::RollbackTime),
    ("rollback within", Field::RollbackTime),
    ("estimated rollback time", Field::RollbackTime),
    ("time to roll back", Field::RollbackTime),
    ("staged", Field::Staged("at")),
    ("staged at", Field::Staged("at")),
    ("passed staging", Field::Staged("at")),
    ("staging evidence", Field::Staged("evidence")),
    ("title", Field::Title),
];

/// When a window ends, which it says by how long it is.
const ENDS: &[&str] = &[
    "deadline",
    "end",
    "end date",
    "end time",
    "ends",
    "ends at",
    "finish by",
    "finished by",
    "must be finished by",
    "until",
    "valid until",
    "window end",
    "window ends",
];

const ROLES: &[(&str, &str)] = &[
    ("lead", "lead"),
    ("deployment lead", "lead"),
    ("release lead", "lead"),
    ("release manager", "lead"),
    ("technical lead", "lead"),
    ("tech lead", "lead"),
    ("on call", "on_call"),
    ("oncall", "on_call"),
    ("on call engineer", "on_call"),
    ("database", "database"),
    ("dba", "database"),
    ("communication", "communication"),
    ("communications", "communication"),
    ("approver", "approvers"),
    ("approvers", "approvers"),
    ("approved by", "approvers"),
    ("operations", "operations"),
    ("operations team", "operations"),
    ("ops", "operations"),
    ("sre", "operations"),
    ("security", "security"),
    ("security team", "security"),
    ("product", "product"),
    ("product owner", "product"),
    ("product manager", "product"),
    ("business", "business"),
    ("business stakeholder", "business"),
    ("business owner", "business"),
    ("support", "support"),
    ("support team", "support"),
    ("quality", "quality"),
    ("qa", "quality"),
    ("tester", "quality"),
    ("reviewer", "reviewers"),
    ("reviewers", "reviewers"),
];

const STEP: &[(&str, &str)] = &[
    ("run", "run"),
    ("command", "run"),
    ("undo", "undo"),
    ("rollback", "undo"),
    ("roll back", "undo"),
    ("revert", "undo"),
    ("verify", "verify"),
    ("verification", "verify"),
    ("check", "verify"),
    ("irreversible", "irreversible"),
    ("irreversible because", "irreversible"),
    ("cannot be undone", "irreversible"),
    ("timeout", "timeout"),
    ("retries", "retries"),
    ("retry delay", "retry_delay"),
    ("needs", "needs"),
    ("depends on", "needs"),
    ("secrets", "secrets"),
    ("changes production", "changes"),
    ("idempotent", "idempotent"),
];

/// The words that say what a section is about, the most telling first.
const TOPICS: &[(&[&str], Topic)] = &[
    (&["rollback", "roll back", "backout", "back out", "revert"], Topic::Rollback),
    (&["sign off", "signoff", "approval", "approvals"], Topic::SignOff),
    (
        &["communication", "communications", "announcement", "announcements", "notification", "notifications"],
        Topic::Communication,
    ),
    (&["team", "roles", "people", "contacts", "responsibilities"], Topic::Team),
    (&["change", "changes", "scope"], Topic::Changes),
    (
        &["verify", "verification", "validate", "validation", "smoke", "health", "post deployment"],
        Topic::Phase("verify"),
    ),
    (&["confirm", "confirmation", "completion"], Topic::Phase("confirm")),
    (&["backup", "backups", "back up"], Topic::Phase("backup")),
    (&["prepare", "preparation", "pre deployment", "before"], Topic::Phase("prepare")),
    (&["deploy", "deployment", "steps", "procedure", "execution", "rollout"], Topic::Phase("deploy")),
];

/// Headings of what is there for people.
const EXPLANATIONS: &[&str] = &[
    "appendix",
    "background",
    "context",
    "description",
    "details",
    "emergencies",
    "emergency",
    "emergency procedure",
    "emergency procedures",
    "example",
    "examples",
    "explanation",
    "faq",
    "further reading",
    "glossary",
    "history",
    "impact",
    "introduction",
    "known issues",
    "links",
    "note",
    "notes",
    "overview",
    "purpose",
    "rationale",
    "reason",
    "reasons",
    "reference",
    "references",
    "remarks",
    "risks",
    "see also",
    "summary",
    "tips",
    "troubleshooting",
    "useful commands",
    "warning",
    "warnings",
];

/// With what a heading begins that is about another deployment than this: `Old deployment steps`.
const OTHER_THAN_THIS: &[&str] = &[
    "abort",
    "deprecated",
    "disaster",
    "emergency",
    "example",
    "failed",
    "failback",
    "former",
    "future",
    "legacy",
    "next",
    "obsolete",
    "old",
    "previous",
    "sample",
];

/// With what a heading ends that explains what stands before it: `Deployment troubleshooting`.
const EXPLAINED_BEHIND: &[&str] = &[
    "background",
    "cheat sheet",
    "cheatsheet",
    "example",
    "examples",
    "faq",
    "fails",
    "history",
    "notes",
    "plan b",
    "troubleshooting",
];

pub(super) fn field(label: &str) -> Option<Field> {
    let label = plain(label);
    FIELDS.iter().find(|(name, _)| *name == label).map(|(_, field)| *field)
}

pub(super) fn ends_window(label: &str) -> bool {
    ENDS.contains(&plain(label).as_str())
}

/// A known field that was probably meant.
pub(super) fn nearly_field(label: &str) -> Option<&'static str> {
    did_you_mean(&plain(label), FIELDS.iter().map(|(name, _)| *name))
}

pub(super) fn role(label: &str) -> Option<&'static str> {
    known(ROLES, label)
}

pub(super) fn nearly_role(label: &str) -> Option<&'static str> {
    did_you_mean(&plain(label), ROLES.iter().map(|(name, _)| *name))
}

/// The attribute of a step that a label names.
pub(super) fn step_attribute(label: &str) -> Option<&'static str> {
    known(STEP, label)
}

/// What the attributes of a step are called.
pub(super) fn step_labels() -> impl Iterator<Item = &'static str> {
    STEP.iter().map(|(label, _)| *label)
}

/// The words by which the headings of some topics are known.
pub(super) fn topic_words(wanted: impl Fn(Topic) -> bool) -> Vec<&'static str> {
    TOPICS.iter().filter(|(_, topic)| wanted(*topic)).flat_map(|(words, _)| words.iter().copied()).collect()
}

/// The words by which a heading says that what it speaks of is not the deployment of this plan.
pub(super) fn speaks_of_another(heading: &str) -> Option<&'static str> {
    let heading = plain(heading);
    let begun = OTHER_THAN_THIS.iter().copied().find(|word| heading.split(' ').next() == Some(word));
    let ends = |words: &&&str| heading.ends_with(&format!(" {words}"));
    begun.or_else(|| EXPLAINED_BEHIND.iter().find(ends).copied())
}

/// The words by which a heading announces an explanation, and no step.
pub(super) fn explains(heading: &str) -> Option<&'static str> {
    let heading = plain(heading);
    let first = heading.split(' ').next().unwrap_or_default();
    let begins = ["about", "appendix", "faq", "troubleshooting", "why"].into_iter().find(|word| *word == first);
    begins.or_else(|| EXPLANATIONS.iter().copied().find(|known| *known == heading))
}

pub(super) fn topic(heading: &str) -> Topic {
    let heading = format!(" {} ", plain(heading));
    let says = |words: &&str| heading.contains(&format!(" {words} "));
    TOPICS.iter().find(|(words, _)| words.iter().any(says)).map_or(Topic::Other, |(_, topic)| *topic)
}

fn known(table: &[(&'static str, &'static str)], label: &str) -> Option<&'static str> {
    let label = plain(label);
    table.iter().find(|(name, _)| *name == label).map(|(_, meant)| *meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_recognised_by_their_words() {
        for (heading, expected) in [
            ("Rollback Plan", Topic::Rollback),
            ("👥 Team", Topic::Team),
            ("Database Changes", Topic::Changes),
            ("Verification Steps", Topic::Phase("verify")),
            ("Step 1: BACKUP", Topic::Phase("backup")),
            ("Pre-Deployment", Topic::Phase("prepare")),
            ("Deployment Steps", Topic::Phase("deploy")),
            ("Sign-off", Topic::SignOff),
            ("Known issues", Topic::Other),
        ] {
            assert_eq!(topic(heading), expected, "{heading}");
        }
    }

    #[test]
    fn labels_are_known_however_they_are_spelt() {
        assert_eq!(field("Risk Level"), Some(Field::Plan("risk")));
        assert_eq!(field("previous_version"), Some(Field::Plan("previous_version")));
        assert_eq!(field("Rollback  time"), Some(Field::RollbackTime));
        assert_eq!(role("On-call"), Some("on_call"));
        assert_eq!((field("Weather"), nearly_field("Enviroment")), (None, Some("environment")));
    }
}
