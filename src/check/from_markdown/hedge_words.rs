//! The words by which people say that something is done under a condition, by hand, or not at all.

/// What says so at the beginning of a sentence, of a part of one, or of brackets.
pub(super) const BEGINNINGS: &[&str] = &[
    "abandoned",
    "after approval",
    "alternative",
    "alternatively",
    "avoid",
    "canceled",
    "cancelled",
    "deferred",
    "deprecated",
    "disabled",
    "example",
    "except",
    "excluded",
    "for example",
    "former",
    "formerly",
    "ignore",
    "ignored",
    "in an emergency",
    "in emergencies",
    "in emergency",
    "later",
    "never",
    "next time",
    "not",
    "nothing",
    "obsolete",
    "old command",
    "old procedure",
    "old script",
    "old way",
    "omit",
    "on error",
    "on errors",
    "on failure",
    "on hold",
    "once",
    "only",
    "outdated",
    "postponed",
    "previously",
    "rejected",
    "removed",
    "retired",
    "should a",
    "should an",
    "should any",
    "should it",
    "should the",
    "should there",
    "should this",
    "should we",
    "skip",
    "skipped",
    "skipping",
    "superseded",
    "unused",
    "was",
    "were",
    "withdrawn",
    "⛔",
    "✗",
    "✘",
    "❌",
    "🚫",
];

/// What says so wherever it stands.
pub(super) const ANYWHERE: &[&str] = &[
    "as necessary",
    "as needed",
    "as required",
    "by hand",
    "cannot",
    "depending on",
    "do not",
    "don't",
    "dont",
    "emergencies only",
    "emergency only",
    "except for",
    "except if",
    "except in",
    "except on",
    "except when",
    "if",
    "in case",
    "in the event",
    "instead",
    "last resort",
    "manually",
    "maybe",
    "never",
    "no longer",
    "not be run",
    "not necessary",
    "not needed",
    "not now",
    "not required",
    "not run",
    "not this time",
    "not to be run",
    "not today",
    "not used",
    "not yet",
    "on demand",
    "on request",
    "only after",
    "only by",
    "only for",
    "only if",
    "only in",
    "only on",
    "only once",
    "only when",
    "only where",
    "only with",
    "optional",
    "optionally",
    "otherwise",
    "out of scope",
    "perhaps",
    "possibly",
    "provided that",
    "skip if",
    "skip it",
    "skip on",
    "skip this",
    "skip when",
    "the old way",
    "unless",
    "used to be",
    "when",
    "whenever",
    "where applicable",
    "where necessary",
    "where needed",
    "will not be",
    "will not run",
    "won't be",
    "won't do",
    "won't run",
    "⛔",
    "✗",
    "✘",
    "❌",
    "🚫",
];

/// What says it when nothing else is said.
pub(super) const ALONE: &[&str] = &["draft", "e.g", "n/a", "none", "old", "plan b", "tbd", "todo", "unused", "wip"];

/// Questions that a command answers: what follows is no condition of its own.
pub(super) const QUESTIONS: &[&str] = &[
    "ask if",
    "ask whether",
    "check if",
    "check that",
    "check whether",
    "confirm that",
    "ensure",
    "find out if",
    "make sure",
    "see if",
    "see that",
    "see whether",
    "test if",
    "test that",
    "verify if",
    "verify that",
    "verify whether",
];

/// Words with which `when` tells the order, which steps have anyway.
pub(super) const IN_ORDER: &[&str] = &[
    "begins",
    "complete",
    "completed",
    "deployed",
    "done",
    "finished",
    "finishes",
    "live",
    "out",
    "over",
    "ready",
    "released",
    "starts",
];

/// What prose says of the command beside it, wherever in a sentence.
pub(super) const OF_THE_COMMAND: &[&str] = &[
    "do not execute",
    "do not run",
    "do not use this",
    "don't execute",
    "don't run",
    "don't use this",
    "last resort",
    "never run",
    "not be run",
    "run it if",
    "run it only",
    "run it when",
    "run this if",
    "run this only",
    "run this when",
    "skip it",
    "skip this",
    "the old way",
];

/// What prose calls the command beside it.
pub(super) const SUBJECTS: &[&str] = &["it is", "step is", "step was", "this is", "this was"];

/// What prose says of it then.
pub(super) const STATES: &[&str] = &[
    "canceled",
    "cancelled",
    "deprecated",
    "disabled",
    "no longer needed",
    "not necessary",
    "not needed",
    "not run",
    "obsolete",
    "optional",
    "unused",
];

/// What a step begins with that is one of two.
pub(super) const ALTERNATIVES: &[&str] = &["else", "or"];

/// With what `no` begins a sentence that says that nothing is done.
pub(super) const WITHOUT_NEED: &[&str] = &[CODE, "necessary", "needed", "required", "this time", "today", "yet"];

/// How prose begins that speaks of the command beside it.
pub(super) const PROSE_BEGINNINGS: &[&str] = &[
    "alternatively",
    "canceled",
    "cancelled",
    "condition",
    "conditions",
    "deprecated",
    "except",
    "formerly",
    "not for",
    "not in",
    "not needed",
    "not on",
    "not run",
    "obsolete",
    "only after",
    "only for",
    "only if",
    "only in",
    "only necessary",
    "only needed",
    "only on",
    "only once",
    "only run",
    "only when",
    "only where",
    "optional",
    "optionally",
    "run if",
    "run only",
    "run when",
    "skip",
    "skipped",
    "unless",
];

/// How a condition begins.
pub(super) const CONDITIONS: &[&str] = &["if", "in case", "in the event", "once", "should", "when", "whenever"];

/// What people are told to do then, and no command does.
pub(super) const CONSEQUENCES: &[&str] =
    &["ask", "call", "contact", "escalate", "page", "please", "read", "roll back", "rollback", "see", "tell"];

/// How a warning begins, which forbids something else than the command.
pub(super) const CAUTIONS: &[&str] = &["do not", "don't", "never"];

/// What is forbidden where the command itself is.
pub(super) const RUNNING: &[&str] = &["apply", "call", "do", "execute", "run", "start", "use"];

/// How it is said in a way back when it is taken.
pub(super) const TRIGGERS: &[&str] = &["roll back", "rollback"];

/// What stands between, where all of it is meant.
pub(super) const OF_ALL: &[&str] = &["at", "deployment", "everything", "immediately", "it", "once", "release", "the"];

/// What happens when a way back is taken.
pub(super) const FAILURES: &[&str] = &["go wrong", "goes wrong", "on error", "on errors", "on failure", "went wrong"];

/// In the place of code, which says nothing here.
pub(super) const CODE: &str = "`";

/// Signs that say so without a word.
pub(super) const SIGNS: &[char] = &['❌', '🚫', '⛔', '✗', '✘'];
