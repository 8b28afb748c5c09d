//! Grammar rules in the user's words.

use std::collections::BTreeSet;

use pest::error::{Error, ErrorVariant, InputLocation};

use super::grammar::Rule;
use crate::diagnostic::join_with_or;

/// Where a text could not be read on, and what it wanted there.
#[derive(Debug)]
pub(super) struct Stop {
    /// Bytes from the start of the text.
    pub(super) at: usize,
    rules: Vec<Rule>,
    /// The stack would not have held.
    pub(super) is_too_deep: bool,
}

impl Stop {
    pub(super) fn of(error: &Error<Rule>) -> Self {
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => Self { at, rules: positives.clone(), is_too_deep: false },
            ErrorVariant::CustomError { .. } => Self { at, rules: Vec::new(), is_too_deep: true },
        }
    }

    /// "`,`, `]`, or a value"; None where nothing that is expected has a name.
    pub(super) fn expected(&self) -> Option<String> {
        let operators = self.rules.contains(&Rule::plus);
        // What goes on with an operand is not worth a list.
        let is_operator = |rule: &Rule| {
            matches!(
                rule,
                Rule::kw_in
                    | Rule::kw_exists
                    | Rule::arguments
                    | Rule::step_member
                    | Rule::step_index
                    | Rule::dot
                    | Rule::bracket_open
                    | Rule::paren_open
            )
        };
        let names: BTreeSet<&str> = self
            .rules
            .iter()
            .filter(|rule| !(operators && is_operator(rule)))
            .filter_map(|rule| friendly(*rule))
            .collect();
        // Signs and words first, then what has no spelling of its own.
        let (mut signs, classes): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|name| name.starts_with('`'));
        signs.extend(classes);
        (!signs.is_empty()).then(|| join_with_or(&signs))
    }

    /// The words that may stand there.
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        let spelt = |rule: &Rule| friendly(*rule)?.strip_prefix('`')?.strip_suffix('`');
        self.rules.iter().filter_map(spelt).filter(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()))
    }

    /// Whether what users call so may stand there.
    pub(super) fn wants(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| friendly(*rule) == Some(name))
    }
}

/// What a user would call a rule; None for what never needs to be named, or is read only to say that it is wrong.
#[expect(clippy::too_many_lines, reason = "one word for each rule of the grammar")]
fn friendly(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::word | Rule::member | Rule::name => "a name",
        Rule::id => "an id",
        Rule::symbol | Rule::value => "a value",
        Rule::qualified => "the name of a rule",
        Rule::dotted => "a subject",
        Rule::kind_name => "a type",
        Rule::title | Rule::text | Rule::block_text | Rule::quoted_text => "a string",
        Rule::duration | Rule::lasting_value | Rule::lasting_word => "a duration",
        Rule::moment | Rule::instant_value | Rule::instant_word => "a date",
        Rule::percent => "a percentage",
        Rule::number | Rule::negative => "a number",
        Rule::offset => "an offset",
        Rule::version => "a version",
        Rule::boolean => "`true` or `false`",
        Rule::person => "a person",
        Rule::pattern => "a pattern",
        Rule::list | Rule::items => "a list",
        Rule::map => "a map",
        Rule::expression => "an expression",
        Rule::operand => "a value or a path",
        Rule::parameter => "a parameter",
        Rule::body | Rule::policy_body | Rule::clause_body | Rule::test_body | Rule::waiver_body | Rule::brace_open => "`{`",
        Rule::brace_close => "`}`",
        Rule::bracket_open | Rule::step_index => "`[`",
        Rule::bracket_close => "`]`",
        Rule::paren_open | Rule::parameters | Rule::arguments => "`(`",
        Rule::paren_close => "`)`",
        Rule::comma => "`,`",
        Rule::colon => "`:`",
        Rule::dot | Rule::step_member => "`.`",
        Rule::assign => "`=`",
        Rule::EOI => "the end of the line",
        Rule::kw_plan | Rule::plan => "`plan`",
        Rule::kw_calendar | Rule::calendar => "`calendar`",
        Rule::kw_procedure | Rule::procedure => "`procedure`",
        Rule::kw_policy | Rule::policy => "`policy`",
        Rule::kw_waive | Rule::waiver => "`waive`",
        Rule::kw_test | Rule::test => "`test`",
        Rule::kw_param | Rule::param => "`param`",
        Rule::kw_rule | Rule::policy_rule => "`rule`",
        Rule::kw_redflag | Rule::red_flag => "`redflag`",
        Rule::kw_use | Rule::used => "`use`",
        Rule::kw_on | Rule::on_clause => "`on`",
        Rule::kw_in | Rule::globs => "`in`",
        Rule::kw_as | Rule::alias => "`as`",
        Rule::kw_when | Rule::when => "`when`",
        Rule::kw_require | Rule::require_clause => "`require`",
        Rule::kw_forbid | Rule::forbid_clause => "`forbid`",
        Rule::kw_unless | Rule::unless_clause => "`unless`",
        Rule::kw_at | Rule::at_clause | Rule::test_at => "`at`",
        Rule::kw_message | Rule::message_clause => "`message`",
        Rule::kw_help | Rule::help_clause => "`help`",
        Rule::kw_fix | Rule::fix_clause => "`fix`",
        Rule::kw_set => "`set`",
        Rule::kw_enforce | Rule::enforce_clause => "`enforce`",
        Rule::kw_during | Rule::during_clause => "`during`",
        Rule::kw_stop | Rule::stop_clause => "`stop`",
        Rule::kw_for | Rule::lasting => "`for`",
        Rule::kw_then | Rule::then_clause => "`then`",
        Rule::kw_given | Rule::given => "`given`",
        Rule::kw_expect | Rule::expectation => "`expect`",
        Rule::kw_pass => "`pass`",
        Rule::kw_fail | Rule::failing => "`fail`",
        Rule::kw_skip => "`skip`",
        Rule::kw_error => "`error`",
        Rule::kw_else => "`else`",
        Rule::kw_exists => "`exists`",
        Rule::attribute_or_block | Rule::entry => "an attribute or a block",
        Rule::policy_attribute | Rule::clause_attribute | Rule::waiver_attribute | Rule::map_entry => "an attribute",
        Rule::infix
        | Rule::kw_or
        | Rule::kw_and
        | Rule::kw_contains
        | Rule::kw_matches
        | Rule::kw_overlaps
        | Rule::equal
        | Rule::not_equal
        | Rule::less
        | Rule::less_or_equal
        | Rule::greater
        | Rule::greater_or_equal
        | Rule::otherwise
        | Rule::plus
        | Rule::minus
        | Rule::times
        | Rule::divide => "an operator",
        // Trivia, and parts of tokens.
        Rule::WHITESPACE
        | Rule::COMMENT
        | Rule::blanks
        | Rule::gap
        | Rule::word_char
        | Rule::word_end
        | Rule::reserved
        | Rule::continuation
        | Rule::digits
        | Rule::utc_offset
        | Rule::zone
        | Rule::unit
        | Rule::length
        // What may stand there, but is never the cure.
        | Rule::kw_time
        | Rule::kw_not
        | Rule::kw_every
        | Rule::kw_some
        | Rule::kw_no
        | Rule::kw_if
        | Rule::negate
        | Rule::quantified
        | Rule::conditional
        | Rule::group
        // Read only to say that it is wrong.
        | Rule::not_assign
        | Rule::single_quoted
        | Rule::malformed_number
        | Rule::malformed_offset
        | Rule::malformed_version
        | Rule::single_equal
        | Rule::ampersands
        | Rule::bars
        | Rule::bang
        | Rule::stray_assign
        | Rule::item_junk
        | Rule::entry_junk
        | Rule::clause_junk
        | Rule::head_junk
        | Rule::junk_token
        | Rule::junk_inside
        // Silent, or a door: never reported.
        | Rule::literal
        | Rule::term
        | Rule::prefix
        | Rule::primary
        | Rule::quantifier
        | Rule::whole_expression
        | Rule::whole_value
        | Rule::whole_item
        | Rule::whole_entry
        | Rule::whole_policy_entry
        | Rule::whole_waiver_attribute
        | Rule::whole_clause
        | Rule::whole_test_clause
        | Rule::file
        | Rule::item
        | Rule::block_rest
        | Rule::procedure_rest
        | Rule::head
        | Rule::next_line
        | Rule::next_start
        | Rule::policy_rest
        | Rule::policy_entry
        | Rule::param_rest
        | Rule::attribute_rest
        | Rule::clauses_rest
        | Rule::clause
        | Rule::clause_keyword
        | Rule::on_rest
        | Rule::condition_rest
        | Rule::path_rest
        | Rule::message_rest
        | Rule::word_rest
        | Rule::fix_rest
        | Rule::during_rest
        | Rule::stop_rest
        | Rule::waiver_rest
        | Rule::test_rest
        | Rule::test_clause
        | Rule::given_rest
        | Rule::test_at_rest
        | Rule::wants_operand
        | Rule::expectation_rest => return None,
    })
}
