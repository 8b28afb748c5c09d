//! The words that open something, by where they may stand, and the rules that read what follows them.

use crate::diagnostic::did_you_mean;
use crate::syntax::grammar::Rule;

/// A word, the rule it opens, and the rule of what follows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keyword {
    pub(super) word: &'static str,
    pub(super) opens: Rule,
    pub(super) rest: Rule,
}

const fn keyword(word: &'static str, opens: Rule, rest: Rule) -> Keyword {
    Keyword { word, opens, rest }
}

pub(super) const ITEMS: &[Keyword] = &[
    keyword("plan", Rule::plan, Rule::block_rest),
    keyword("calendar", Rule::calendar, Rule::block_rest),
    keyword("procedure", Rule::procedure, Rule::procedure_rest),
    keyword("policy", Rule::policy, Rule::policy_rest),
    keyword("waive", Rule::waiver, Rule::waiver_rest),
    keyword("test", Rule::test, Rule::test_rest),
];

pub(super) const POLICY: &[Keyword] = &[
    keyword("param", Rule::param, Rule::param_rest),
    keyword("rule", Rule::policy_rule, Rule::clauses_rest),
    RED_FLAG_BLOCK,
    keyword("calendar", Rule::calendar, Rule::block_rest),
];

pub(super) const RED_FLAG_BLOCK: Keyword = keyword("redflag", Rule::red_flag, Rule::clauses_rest);

pub(super) const RULE: &[Keyword] = &[
    keyword("on", Rule::on_clause, Rule::on_rest),
    keyword("require", Rule::require_clause, Rule::condition_rest),
    keyword("forbid", Rule::forbid_clause, Rule::condition_rest),
    keyword("unless", Rule::unless_clause, Rule::condition_rest),
    keyword("at", Rule::at_clause, Rule::path_rest),
    keyword("message", Rule::message_clause, Rule::message_rest),
    keyword("help", Rule::help_clause, Rule::message_rest),
    keyword("fix", Rule::fix_clause, Rule::fix_rest),
    keyword("enforce", Rule::enforce_clause, Rule::word_rest),
];

pub(super) const RED_FLAG: &[Keyword] = &[
    keyword("on", Rule::on_clause, Rule::on_rest),
    keyword("during", Rule::during_clause, Rule::during_rest),
    keyword("stop", Rule::stop_clause, Rule::stop_rest),
    keyword("then", Rule::then_clause, Rule::word_rest),
];

pub(super) const TEST: &[Keyword] = &[
    keyword("given", Rule::given, Rule::given_rest),
    keyword("at", Rule::test_at, Rule::test_at_rest),
    keyword("expect", Rule::expectation, Rule::expectation_rest),
];

/// Kinds of blocks that are no attributes.
pub(super) const BLOCK_KINDS: &[&str] = &[
    "change",
    "checklist",
    "followup",
    "hold",
    "item",
    "metric",
    "notify",
    "parallel",
    "phase",
    "probe",
    "redflag",
    "rollback",
    "staged",
    "step",
    "strategy",
    "team",
    "use",
    "watch",
    "window",
];

/// The keyword that a word nearly is.
pub(super) fn meant(word: &str, keywords: &[Keyword]) -> Option<Keyword> {
    if keywords.iter().any(|keyword| keyword.word == word) {
        return None;
    }
    let near = did_you_mean(word, keywords.iter().map(|keyword| keyword.word))?;
    keywords.iter().copied().find(|keyword| keyword.word == near)
}

/// The kinds of blocks are judged elsewhere, but `redflag` opens clauses and not attributes.
pub(super) fn nearly_red_flag(kind: &str) -> Option<Keyword> {
    if BLOCK_KINDS.contains(&kind) {
        return None;
    }
    meant(kind, &[RED_FLAG_BLOCK])
}

/// Whether a word opens a clause of a rule or a red flag.
pub(super) fn opens_clause(word: &str) -> bool {
    RULE.iter().chain(RED_FLAG).any(|keyword| keyword.word == word)
}

impl Keyword {
    /// The rule of what follows does not skip blanks by itself.
    pub(super) fn rest_is_loose(self) -> bool {
        !matches!(
            self.rest,
            Rule::block_rest | Rule::procedure_rest | Rule::policy_rest | Rule::clauses_rest | Rule::waiver_rest
        )
    }
}
