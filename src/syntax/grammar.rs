//! The grammar in `grammar/`, as the parser it generates. Nobody outside `syntax` sees a rule.

use pest_derive::Parser;

/// One tree: each part may use the rules of the others.
#[derive(Parser)]
#[grammar = "grammar/common.pest"]
#[grammar = "grammar/expression.pest"]
#[grammar = "grammar/plan.pest"]
#[grammar = "grammar/policy.pest"]
#[derive(Debug)]
pub(super) struct Grammar;

pub(super) type Pair<'a> = pest::iterators::Pair<'a, Rule>;
pub(super) type Pairs<'a> = pest::iterators::Pairs<'a, Rule>;
