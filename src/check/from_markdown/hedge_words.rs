//! The words by which people say that something is done under a condition, by hand, or not at all.

/// What says so at the beginning of a sentence, of a part of one, or of brackets.
pub(super) const BEGINNINGS: &[&str] = &[
    "alternatively",
    "as soon as",
    "assuming",
    "do not",
    "don't",
    "dont",
    "except",
    "for example",
    "for reference",
    "in an emergency",
    "in emergencies",
    "in emergency",
    "maybe",
    "moved to next",
    "never",
    "next time",
    "nothing for",
    "nothing to",
    "old command",
    "old procedure",
    "old script",
    "old way",
    "on demand",
    "on error",
    "on errors",
    "on failure",
    "on request",
    "once",
    "only",
    "optionally",
    "out of scope",
    "perhaps",
    "possibly",
    "provided",
    "repeat",
    "should a",
    "should an",
    "should any",
    "should it",
    "should the",
    "should there",
    "should this",
    "should we",
    "skip",
    "skipping",
    "when",
    "whenever",
    "will not",
    "won't",
];

/// What says so wherever it stands.
pub(super) const ANYWHERE: &[&str] = &[
    "depending on",
    "except if",
    "except when",
    "if",
    "in case",
    "in the event",
    "only after",
    "only if",
    "only when",
    "unless",
    "⛔",
    "✗",
    "✘",
    "❌",
    "🚫",
];

/// What says so at the beginning of a part and at its end.
pub(super) const EDGES: &[&str] = &[
    "as necessary",
    "as needed",
    "as required",
    "by hand",
    "instead",
    "manually",
    "optional",
    "otherwise",
    "tbd",
    "todo",
    "where applicable",
    "where necessary",
    "where needed",
    "when asked",
    "when needed",
    "when necessary",
];

/// What became of a command, at the beginning of a part: `cancelled`, and not `cancelled orders`.
pub(super) const FATES: &[&str] = &[
    "abandoned",
    "already applied",
    "already done",
    "already run",
    "alternative",
    "avoid",
    "canceled",
    "cancelled",
    "commented out",
    "completed",
    "conditional",
    "deferred",
    "deprecated",
    "disabled",
    "done",
    "excluded",
    "former",
    "formerly",
    "ignore",
    "ignored",
    "later",
    "no longer",
    "not",
    "obsolete",
    "omit",
    "omitted",
    "on hold",
    "outdated",
    "pending",
    "postponed",
    "previously",
    "rejected",
    "removed",
    "retired",
    "skipped",
    "superseded",
    "unused",
    "was",
    "were",
    "withdrawn",
];

/// What stands behind that, if anything does.
pub(super) const BEHIND_FATES: &[&str] = &[
    CODE,
    "at",
    "because",
    "by",
    "due",
    "for",
    "if",
    "in",
    "it",
    "necessary",
    "needed",
    "now",
    "on",
    "required",
    "run",
    "since",
    "this",
    "till",
    "to",
    "today",
    "until",
    "used",
    "when",
    "yet",
];

/// What begins to tell one thing from others.
pub(super) const RELATIVES: &[&str] = &["that", "what", "which", "who", "whose"];

/// What says it when nothing else is said.
pub(super) const ALONE: &[&str] = &[
    "abort",
    "aborted",
    "already applied",
    "already done",
    "already run",
    "blocked",
    "completed",
    "delay",
    "delayed",
    "done",
    "draft",
    "e.g",
    "emergency",
    "emergency stop",
    "example",
    "failed",
    "failure",
    "incident",
    "kill switch",
    "n/a",
    "none",
    "nothing",
    "old",
    "plan b",
    "twice",
    "wip",
    "worst case",
    "wrong",
];

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
    "when to",
];

/// What may tell the order, too.
pub(super) const IN_TIME: &[&str] = &["as soon as", "once", "when", "whenever"];

/// Words with which `when` and `once` tell the order, which steps have anyway, or how often.
pub(super) const IN_ORDER: &[&str] = &[
    "begins",
    "complete",
    "completed",
    "deployed",
    "done",
    "finished",
    "finishes",
    "live",
    "more",
    "out",
    "over",
    "per",
    "ready",
    "released",
    "starts",
];

/// What is said of the command beside it, wherever in a sentence.
pub(super) const OF_THE_COMMAND: &[&str] = &[
    "do not execute",
    "do not run",
    "do not `",
    "do not use this",
    "may not run",
    "must not be run",
    "must not run",
    "next release",
    "not part of",
    "don't execute",
    "don't run",
    "don't `",
    "don't use this",
    "last resort",
    "never `",
    "never run",
    "not be run",
    "not to be run",
    "run it if",
    "run it only",
    "run it when",
    "run only",
    "run this if",
    "run this only",
    "run this when",
    "skip it",
    "skip this",
    "the old way",
    "to be executed by",
    "to be run by",
    "will not run",
    "won't run",
];

/// What prose calls the command beside it.
pub(super) const SUBJECTS: &[&str] = &["block is", "command is", "it is", "step is", "step was", "this is", "this was"];

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

/// What has a letter or a number behind it where it is one of several, of which one is done: `Option B`, `Scenario 2`.
pub(super) const ONE_OF_SEVERAL: &[&str] = &["alternative", "approach", "case", "option", "scenario", "variant"];

/// With what something that is repeated is done more often than once, or not by what stands below.
pub(super) const REPEATED: &[&str] =
    &["above", "again", "each", "every", "for", "it", "on", "per", "step", "steps", "this", "times", "until", "while"];

/// What a step begins with that is one of two.
pub(super) const ALTERNATIVES: &[&str] = &["either", "else", "or"];

/// With what `no` begins a sentence that says that nothing is done.
pub(super) const WITHOUT_NEED: &[&str] = &[CODE, "necessary", "needed", "required", "this time", "today", "yet"];

/// How prose begins that speaks of the command beside it.
pub(super) const PROSE_BEGINNINGS: &[&str] = &[
    "alternatively",
    "condition",
    "conditions",
    "except",
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
    "optionally",
    "run if",
    "run when",
    "skip",
    "unless",
];

/// How a condition begins.
pub(super) const CONDITIONS: &[&str] =
    &["as soon as", "assuming", "if", "in case", "in the event", "once", "provided", "should", "when", "whenever"];

/// What people are told then, and no command does.
pub(super) const CONSEQUENCES: &[&str] = &[
    "ask",
    "call",
    "contact",
    "escalate",
    "do not worry",
    "don't worry",
    "ignore",
    "it is",
    "it takes",
    "look",
    "page",
    "please",
    "read",
    "roll back",
    "rollback",
    "see",
    "tell",
    "that is",
    "that's",
    "this is",
    "wait",
];

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
