//! What stands at an offset of a text, by its tree: the word of a block, an attribute, one of a set of words, a field of a
//! path, a function. What has a name of its own is the business of `names`.

use crate::lsp::typing::Variables;
use crate::source::Span;
use crate::syntax::ast::{
    Attribute, Block, Clause, ClauseKind, Entry, Expectation, ExpectationKind, Expression, ExpressionKind, Item,
    PolicyEntry, Template, TemplatePart, Test, TestClause, Value, ValueKind,
};

/// A part of a text that has a meaning.
#[derive(Debug, Clone)]
pub(super) enum Part<'t> {
    /// The word that opens a block.
    Kind {
        kind: &'t str,
    },
    /// The word that opens an item, an entry of a policy or a clause, and what it stands in.
    Keyword {
        of: &'static str,
        word: &'t str,
    },
    /// The name of an attribute of a block.
    Attribute {
        kind: &'t str,
        name: &'t str,
    },
    /// A bare word that is the value of an attribute of a block, or one of its values.
    Word {
        kind: &'t str,
        attribute: &'t str,
        word: &'t str,
    },
    /// What a rule speaks of.
    Subject {
        name: &'t str,
    },
    Function {
        name: &'t str,
    },
    /// A field of a path.
    Field {
        of: &'t Expression,
        name: &'t str,
        variables: Variables,
    },
    /// A bare word of a condition that is compared with something.
    Constant {
        word: &'t str,
    },
}

/// The part at an offset, and where it stands.
pub(super) fn part(items: &[Item], offset: u32) -> Option<(Span, Part<'_>)> {
    items.iter().find_map(|item| match item {
        Item::Plan(block) | Item::Calendar(block) => of_block(block, offset),
        Item::Procedure(procedure) => of_block(&procedure.block, offset),
        Item::Policy(policy) if holds(policy.span, offset) => policy
            .body
            .iter()
            .find_map(|entry| of_entry(entry, offset))
            .or_else(|| keyword("file", "policy", policy.span, offset)),
        Item::Waiver(waiver) if holds(waiver.span, offset) => {
            let attribute = waiver.body.iter().find(|attribute| holds(attribute.name.span, offset));
            let attribute = attribute.and_then(|found| keyword("waiver", &found.name.value, found.name.span, offset));
            attribute.or_else(|| keyword("file", "waive", waiver.span, offset))
        }
        Item::Test(test) if holds(test.span, offset) => of_test(test, offset),
        Item::Policy(_) | Item::Waiver(_) | Item::Test(_) => None,
    })
}

fn holds(span: Span, offset: u32) -> bool {
    span.start <= offset && offset <= span.end
}

/// A word at the start of a stretch.
fn keyword<'t>(of: &'static str, word: &'t str, stretch: Span, offset: u32) -> Option<(Span, Part<'t>)> {
    let span = Span::new(stretch.start, stretch.start + u32::try_from(word.len()).ok()?);
    holds(span, offset).then_some((span, Part::Keyword { of, word }))
}

fn of_block(block: &Block, offset: u32) -> Option<(Span, Part<'_>)> {
    if !holds(block.span, offset) {
        return None;
    }
    if holds(block.kind.span, offset) {
        return Some((block.kind.span, Part::Kind { kind: &block.kind.value }));
    }
    let kind = block.kind.value.as_str();
    if let Some(id) = block.id.as_ref().filter(|id| holds(id.span, offset)) {
        return Some((id.span, Part::Word { kind, attribute: "", word: &id.value }));
    }
    block.body.iter().find_map(|entry| match entry {
        Entry::Block(inner) => of_block(inner, offset),
        Entry::Attribute(attribute) => of_attribute(kind, attribute, offset),
        Entry::RedFlag(flag) if holds(flag.span, offset) => {
            let inner = of_clauses("redflag", &flag.clauses, offset);
            inner.or_else(|| keyword("policy", "redflag", flag.span, offset))
        }
        Entry::RedFlag(_) => None,
    })
}

fn of_attribute<'t>(kind: &'t str, attribute: &'t Attribute, offset: u32) -> Option<(Span, Part<'t>)> {
    let name = attribute.name.value.as_str();
    if holds(attribute.name.span, offset) {
        return Some((attribute.name.span, Part::Attribute { kind, name }));
    }
    word_of(&attribute.value, offset).map(|(span, word)| (span, Part::Word { kind, attribute: name, word }))
}

fn word_of(value: &Value, offset: u32) -> Option<(Span, &str)> {
    match &value.value {
        ValueKind::Symbol(word) if holds(value.span, offset) => Some((value.span, word)),
        ValueKind::List(values) => values.iter().find_map(|value| word_of(value, offset)),
        ValueKind::Symbol(_) | ValueKind::Literal(_) | ValueKind::Map(_) => None,
    }
}

fn of_entry(entry: &PolicyEntry, offset: u32) -> Option<(Span, Part<'_>)> {
    match entry {
        PolicyEntry::Attribute(attribute) => keyword("policy", &attribute.name.value, attribute.span, offset),
        PolicyEntry::Parameter(parameter) => keyword("policy", "param", parameter.span, offset),
        PolicyEntry::Calendar(block) => of_block(block, offset),
        PolicyEntry::Rule(rule) if holds(rule.span, offset) => {
            of_clauses("rule", &rule.clauses, offset).or_else(|| keyword("policy", "rule", rule.span, offset))
        }
        PolicyEntry::RedFlag(flag) if holds(flag.span, offset) => {
            of_clauses("redflag", &flag.clauses, offset).or_else(|| keyword("policy", "redflag", flag.span, offset))
        }
        PolicyEntry::Rule(_) | PolicyEntry::RedFlag(_) => None,
    }
}

fn of_clauses<'t>(of: &'static str, clauses: &'t [Clause], offset: u32) -> Option<(Span, Part<'t>)> {
    let clause = clauses.iter().find(|clause| holds(clause.span, offset))?;
    if let Some(found) = keyword(of, clause.kind.keyword(), clause.span, offset) {
        return Some(found);
    }
    let variables = Variables::of(clauses);
    let inside = |expression| of_expression(expression, offset, &variables);
    match &clause.kind {
        ClauseKind::On(subject) if holds(subject.kind.span, offset) => {
            Some((subject.kind.span, Part::Subject { name: &subject.kind.value }))
        }
        ClauseKind::On(subject) => subject.when.as_ref().and_then(inside),
        ClauseKind::Require(condition)
        | ClauseKind::Forbid(condition)
        | ClauseKind::Unless(condition)
        | ClauseKind::At(condition)
        | ClauseKind::Stop { when: condition, .. } => inside(condition),
        ClauseKind::Message(template) | ClauseKind::Help(template) => of_template(template, offset, &variables),
        ClauseKind::Fix { path, value } => inside(path).or_else(|| inside(value)),
        ClauseKind::Attribute(attribute) => word_of(&attribute.value, offset)
            .map(|(span, word)| (span, Part::Word { kind: of, attribute: &attribute.name.value, word })),
        ClauseKind::Then(action) if holds(action.span, offset) => {
            Some((action.span, Part::Word { kind: of, attribute: "then", word: &action.value }))
        }
        ClauseKind::Then(_) | ClauseKind::Enforce(_) | ClauseKind::During(_) => None,
    }
}

fn of_test(test: &Test, offset: u32) -> Option<(Span, Part<'_>)> {
    let clause = test.clauses.iter().find_map(|clause| match clause {
        TestClause::Given(_) | TestClause::At(_) => None,
        TestClause::Expect(expectation) => expected(expectation, offset),
    });
    clause.or_else(|| keyword("file", "test", test.span, offset))
}

fn expected(expectation: &Expectation, offset: u32) -> Option<(Span, Part<'_>)> {
    match &expectation.value {
        ExpectationKind::Fail { at: Some(path) } => of_expression(path, offset, &Variables::plan()),
        ExpectationKind::Fail { at: None } | ExpectationKind::Pass | ExpectationKind::Skip | ExpectationKind::Error => {
            None
        }
    }
}

fn of_template<'t>(template: &'t Template, offset: u32, variables: &Variables) -> Option<(Span, Part<'t>)> {
    template.parts.iter().find_map(|part| match part {
        TemplatePart::Text(_) => None,
        TemplatePart::Expression(expression) => of_expression(expression, offset, variables),
    })
}

fn of_expression<'t>(expression: &'t Expression, offset: u32, variables: &Variables) -> Option<(Span, Part<'t>)> {
    if !holds(expression.span, offset) {
        return None;
    }
    let inside = |part: &'t Expression| of_expression(part, offset, variables);
    match &expression.value {
        ExpressionKind::Literal(_) => None,
        ExpressionKind::Name(word) => Some((expression.span, Part::Constant { word })),
        ExpressionKind::Member { of, name } if holds(name.span, offset) => {
            Some((name.span, Part::Field { of, name: &name.value, variables: variables.clone() }))
        }
        ExpressionKind::Index { of, index } => inside(of).or_else(|| inside(index)),
        ExpressionKind::Call { function, .. } if holds(function.span, offset) => {
            Some((function.span, Part::Function { name: &function.value }))
        }
        ExpressionKind::Call { arguments, .. } | ExpressionKind::List(arguments) => arguments.iter().find_map(inside),
        ExpressionKind::Member { of, .. }
        | ExpressionKind::Not(of)
        | ExpressionKind::Negate(of)
        | ExpressionKind::Exists(of)
        | ExpressionKind::Group(of) => inside(of),
        ExpressionKind::Binary { left, right, .. } => inside(left).or_else(|| inside(right)),
        ExpressionKind::Quantified { over, body, .. } => inside(over).or_else(|| inside(body)),
        ExpressionKind::If { condition, yes, no } => inside(condition).or_else(|| inside(yes)).or_else(|| inside(no)),
    }
}
