//! A policy whose names are resolved and whose conditions are typed.

use std::sync::Arc;

use super::calendar::NamedCalendar;
use super::data::{Data, Value};
use super::deferred::Deferred;
use super::enums::FlagAction;
use super::expression::{Expr, ExprKind, Template, TemplatePart, Variable};
use super::located::Located;
use super::read::Head;
use super::types::Type;
use super::units::Duration;
use crate::diagnostic::Severity;
use crate::source::{FileId, Place};

/// A policy that can be applied.
#[derive(Debug, Clone)]
pub struct Policy {
    pub head: Head,
    pub file: FileId,
    pub version: Option<Located<String>>,
    pub parameters: Vec<Parameter>,
    pub calendars: Vec<Arc<NamedCalendar>>,
    pub rules: Vec<Rule>,
    pub red_flags: Vec<RedFlag>,
}

/// `param name: type = value "what it is"`.
#[derive(Debug, Clone)]
pub struct Parameter {
    pub name: Located<Arc<str>>,
    pub of_type: Type,
    pub default: Option<Value>,
    pub doc: Option<String>,
}

/// A rule of a policy.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `pack/rule`.
    pub id: Arc<str>,
    pub head: Head,
    pub severity: Severity,
    pub subject: Subject,
    /// Asked where there is a subject.
    pub decision: Deferred<Decision>,
    /// Asked where the rule does not hold.
    pub words: Deferred<Words>,
    /// Woven into the runbook as a guard.
    pub enforced_at_run: bool,
}

/// What a rule decides by.
#[derive(Debug, Clone)]
pub struct Decision {
    pub condition: Condition,
    pub unless: Option<Expr>,
}

/// What a rule says, and where it points.
#[derive(Debug, Clone)]
pub struct Words {
    pub at: Option<Expr>,
    pub message: Template,
    pub help: Option<Template>,
    pub fix: Option<SetFix>,
    pub controls: Vec<String>,
    /// Markdown.
    pub docs: Option<String>,
}

#[derive(Debug, Clone)]
pub enum Condition {
    Require(Expr),
    Forbid(Expr),
}

/// `fix set PATH = VALUE`.
#[derive(Debug, Clone)]
pub struct SetFix {
    pub path: Expr,
    pub value: Expr,
}

/// What a rule or red flag speaks of.
#[derive(Debug, Clone)]
pub struct Subject {
    pub kind: SubjectKind,
    /// Which files, for subjects in files.
    pub globs: Vec<Located<Arc<str>>>,
    pub variable: Variable,
    pub when: Option<Expr>,
    pub place: Place,
}

/// The kinds of subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    Plan,
    /// Each element of a list of the plan: `change`, `item`, `phase`, …
    PlanPart(PlanPart),
    /// Something in a file that is not a plan.
    Document(DocumentKind),
}

macro_rules! subjects {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal, $variable:literal, $list:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As written after `on`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The variable that holds it where the rule gives no name.
            pub const fn variable(self) -> &'static str {
                match self { $(Self::$variant => $variable),+ }
            }

            /// The field of the plan that lists it; empty for documents.
            pub const fn list(self) -> &'static str {
                match self { $(Self::$variant => $list),+ }
            }
        }
    };
}

subjects! {
    /// Parts of a plan that rules may speak of one by one.
    PlanPart {
        Change = "change", "change", "changes";
        Item = "item", "item", "items";
        Phase = "phase", "phase", "phases";
        Step = "step", "step", "steps";
        Hold = "hold", "hold", "holds";
        Probe = "probe", "probe", "probes";
        Watch = "watch", "watch", "watches";
        Strategy = "strategy", "strategy", "strategies";
        Metric = "metric", "metric", "metrics";
        RedFlag = "redflag", "redflag", "redflags";
    }
}

subjects! {
    /// What rules may speak of in files.
    DocumentKind {
        Json = "json", "json", "";
        Yaml = "yaml", "yaml", "";
        Toml = "toml", "toml", "";
        Env = "env", "env", "";
        Ini = "ini", "ini", "";
        Certificate = "certificate", "certificate", "";
        File = "file", "file", "";
        NginxServer = "nginx.server", "server", "";
        MarkdownTask = "markdown.task", "task", "";
        Secret = "secret", "secret", "";
        SqlScript = "sql.script", "script", "";
        SqlStatement = "sql.statement", "statement", "";
        Workflow = "workflow", "workflow", "";
        WorkflowJob = "workflow.job", "job", "";
        WorkflowStep = "workflow.step", "step", "";
        KubernetesContainer = "kubernetes.container", "container", "";
        ComposeService = "compose.service", "service", "";
        DocType = "doctype", "doctype", "";
        Pm2App = "pm2.app", "app", "";
        CalendarEvent = "calendar.event", "event", "";
    }
}

impl SubjectKind {
    pub fn named(name: &str) -> Option<Self> {
        if name == "plan" {
            return Some(Self::Plan);
        }
        let part = PlanPart::ALL.iter().copied().find(|part| part.name() == name).map(Self::PlanPart);
        part.or_else(|| DocumentKind::ALL.iter().copied().find(|kind| kind.name() == name).map(Self::Document))
    }

    /// All names, for "did you mean".
    pub fn names() -> impl Iterator<Item = &'static str> {
        std::iter::once("plan")
            .chain(PlanPart::ALL.iter().map(|part| part.name()))
            .chain(DocumentKind::ALL.iter().map(|kind| kind.name()))
    }

    pub const fn variable(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::PlanPart(part) => part.variable(),
            Self::Document(kind) => kind.variable(),
        }
    }
}

/// A condition under which a deployment stops while it runs.
#[derive(Debug, Clone)]
pub struct RedFlag {
    /// `pack/flag`, or the flag's id alone in a plan.
    pub id: Arc<str>,
    pub head: Head,
    /// Which plans it is for; none for a plan's own.
    pub subject: Option<Subject>,
    /// The phases it is armed in; empty means all.
    pub during: Vec<Located<String>>,
    pub condition: Expr,
    /// How long the condition must hold before the flag is raised.
    pub lasting: Duration,
    pub then: Located<FlagAction>,
    pub controls: Vec<String>,
    pub docs: Option<String>,
}

impl Decision {
    /// The decision of a rule that nobody could read: whatever it is asked about is undecided, and that stops.
    pub const fn impossible(place: Place) -> Self {
        let nothing = Expr { kind: ExprKind::Constant(Data::Null), of_type: Type::Any, place };
        Self { condition: Condition::Require(nothing), unless: None }
    }
}

impl Words {
    /// No more than `title`.
    pub fn plain(title: &str) -> Self {
        let message = Template { parts: vec![TemplatePart::Text(title.to_owned())] };
        Self { at: None, message, help: None, fix: None, controls: Vec::new(), docs: None }
    }
}

impl Policy {
    pub fn id(&self) -> &str {
        &self.head.id.value
    }

    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| &*rule.id == id)
    }
}
