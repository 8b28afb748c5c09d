//! Policies, rules, red flags, waivers and tests.

use serde::{Deserialize, Serialize};

use super::{Attribute, Block, Expression, Name, Node, Parameter, Template, Text, Value};
use crate::source::Span;

/// `policy id "title" { … }`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Policy {
    pub id: Option<Name>,
    pub title: Option<Node<Text>>,
    pub body: Vec<PolicyEntry>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PolicyEntry {
    Attribute(Attribute),
    Parameter(Parameter),
    /// A block of kind `calendar`.
    Calendar(Block),
    Rule(Rule),
    RedFlag(RedFlag),
}

/// `rule id "title" { clauses }`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rule {
    pub id: Option<Name>,
    pub title: Option<Node<Text>>,
    pub clauses: Vec<Clause>,
    pub span: Span,
}

/// `redflag id "title" { clauses }`, in a plan or a policy.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RedFlag {
    pub id: Option<Name>,
    pub title: Option<Node<Text>>,
    pub clauses: Vec<Clause>,
    pub span: Span,
}

/// One clause of a rule or red flag, from its keyword to its last word.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Clause {
    pub kind: ClauseKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClauseKind {
    /// `severity = …`, `controls = …`, `docs = …`, `schema = …`
    Attribute(Attribute),
    /// `on SUBJECT [in "glob", …] [as name] [when COND]`
    On(Subject),
    Require(Expression),
    Forbid(Expression),
    Unless(Expression),
    /// `at PATH`
    At(Expression),
    Message(Template),
    Help(Template),
    /// `fix set PATH = VALUE`
    Fix {
        path: Expression,
        value: Expression,
    },
    /// `enforce run`
    Enforce(Name),
    /// `during deploy, verify`
    During(Vec<Name>),
    /// `stop when COND [for 1m]`
    Stop {
        when: Expression,
        lasting: Option<Value>,
    },
    /// `then rollback`, `then hold`
    Then(Name),
}

impl ClauseKind {
    /// Whether it says what is asked for.
    pub(crate) fn is_condition(&self) -> bool {
        match self {
            Self::Require(_) | Self::Forbid(_) | Self::Unless(_) | Self::Stop { .. } => true,
            Self::Attribute(_)
            | Self::On(_)
            | Self::At(_)
            | Self::Message(_)
            | Self::Help(_)
            | Self::Fix { .. }
            | Self::Enforce(_)
            | Self::During(_)
            | Self::Then(_) => false,
        }
    }
}

/// What a rule speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// `plan`, `json`, `nginx.server`, …
    pub kind: Name,
    pub globs: Vec<Node<Text>>,
    pub alias: Option<Name>,
    pub when: Option<Expression>,
}

/// `waive pack/rule { … }`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Waiver {
    /// `pack/rule` as written.
    pub rule: Name,
    pub body: Vec<Attribute>,
    pub span: Span,
}

/// `test "title" for rule { … }`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Test {
    pub title: Node<Text>,
    /// `rule` or `pack/rule` as written.
    pub rule: Name,
    pub clauses: Vec<TestClause>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TestClause {
    Given(Given),
    /// `at 2026-11-23T09:00+01:00`: the instant the test is judged at
    At(Value),
    Expect(Expectation),
}

/// `given FORMAT ["path"] "text"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub format: Name,
    pub path: Option<Node<Text>>,
    pub text: Node<Text>,
}

/// `expect pass | fail [at PATH] | skip | error`.
pub type Expectation = Node<ExpectationKind>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExpectationKind {
    Pass,
    Fail { at: Option<Expression> },
    Skip,
    Error,
}

macro_rules! equal_without_span {
    ($($name:ident { $($field:ident),+ })+) => {$(
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                $(self.$field == other.$field)&&+
            }
        }

        impl Eq for $name {}
    )+};
}

equal_without_span! {
    Policy { id, title, body }
    Rule { id, title, clauses }
    RedFlag { id, title, clauses }
    Clause { kind }
    Waiver { rule, body }
    Test { title, rule, clauses }
}

impl Rule {
    /// Takes out the clauses that decide, and those that are only needed where the rule does not hold. What stays says what
    /// the rule is about.
    pub fn take_apart(&mut self) -> [Vec<Clause>; 2] {
        let decides = self.clauses.extract_if(.., |clause| clause.kind.decides()).collect();
        let says = self.clauses.extract_if(.., |clause| clause.kind.says()).collect();
        [decides, says]
    }
}

impl ClauseKind {
    const fn decides(&self) -> bool {
        matches!(self, Self::Require(_) | Self::Forbid(_) | Self::Unless(_))
    }

    fn says(&self) -> bool {
        match self {
            Self::At(_) | Self::Message(_) | Self::Help(_) | Self::Fix { .. } => true,
            Self::Attribute(attribute) => matches!(attribute.name.value.as_str(), "controls" | "docs"),
            Self::On(_)
            | Self::Require(_)
            | Self::Forbid(_)
            | Self::Unless(_)
            | Self::Enforce(_)
            | Self::During(_)
            | Self::Stop { .. }
            | Self::Then(_) => false,
        }
    }

    /// The keyword that opens the clause.
    pub fn keyword(&self) -> &str {
        match self {
            Self::Attribute(attribute) => &attribute.name.value,
            Self::On(_) => "on",
            Self::Require(_) => "require",
            Self::Forbid(_) => "forbid",
            Self::Unless(_) => "unless",
            Self::At(_) => "at",
            Self::Message(_) => "message",
            Self::Help(_) => "help",
            Self::Fix { .. } => "fix",
            Self::Enforce(_) => "enforce",
            Self::During(_) => "during",
            Self::Stop { .. } => "stop",
            Self::Then(_) => "then",
        }
    }
}
