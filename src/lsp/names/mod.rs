//! What has a name, and where it is spoken of: steps, metrics, procedures, parameters, calendars, rules, variables. Made
//! from trees as written, so that it is there while a text has mistakes.

mod blocks;
mod comments;
mod expressions;
mod policies;

use std::rc::Rc;

use super::document::Document;
use super::scene::Scene;
use crate::source::Span;
use crate::syntax::ast::{Item, Name, Node, Text};

/// What kind of thing a name is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Plan,
    Phase,
    Step,
    Hold,
    Probe,
    Metric,
    Role,
    Procedure,
    Parameter,
    Calendar,
    Variable,
    /// A rule or red flag of a policy, as `pack/rule`.
    Rule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Definition,
    Reference,
}

/// Where a name means the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// In every text.
    Everywhere,
    /// In this part of one text.
    Within(Span),
}

/// The whole of one text.
pub(super) const FILE: Scope = Scope::Within(Span::new(0, u32::MAX));

/// A name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) kind: Kind,
    pub(super) name: String,
    /// The name itself: of `pack/rule` the part behind the slash.
    pub(super) span: Span,
    pub(super) part: Use,
    pub(super) scope: Scope,
    /// Whether the name is written there, and not made of a title or implied.
    pub(super) is_written: bool,
}

impl Kind {
    /// As people call it.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Phase => "phase",
            Self::Step => "step",
            Self::Hold => "hold",
            Self::Probe => "probe",
            Self::Metric => "metric",
            Self::Role => "role",
            Self::Procedure => "procedure",
            Self::Parameter => "parameter",
            Self::Calendar => "calendar",
            Self::Variable => "variable",
            Self::Rule => "rule",
        }
    }
}

impl Mention {
    /// Whether both speak of one thing; those of different texts do only where a name means the same everywhere.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind && self.name == other.name && self.scope == other.scope
    }

    /// Whether the name means the same at an offset of its text.
    pub(super) fn holds(&self, offset: u32) -> bool {
        match self.scope {
            Scope::Everywhere => true,
            Scope::Within(span) => span.start <= offset && offset <= span.end,
        }
    }

    pub(super) fn is_definition(&self) -> bool {
        self.part == Use::Definition
    }
}

/// Every name of a text, in its order.
pub(super) fn mentions(document: &Document) -> Vec<Mention> {
    let mut found = Gathered::default();
    found.declared(document.items());
    for item in document.items() {
        match item {
            Item::Plan(plan) => found.plan(plan),
            Item::Calendar(calendar) => found.calendar(calendar),
            Item::Procedure(procedure) => found.procedure(procedure),
            Item::Policy(policy) => found.policy(policy),
            Item::Waiver(waiver) => found.waiver(waiver),
            Item::Test(test) => found.test(test),
        }
    }
    found.mentions.extend(comments::ignored(document));
    found.mentions.sort_by_key(|mention| (mention.span.start, mention.kind));
    found.mentions
}

/// The name that stands at an offset; its end counts, since that is where a cursor is after it was typed.
pub(super) fn at(document: &Document, offset: u32) -> Option<Mention> {
    let touches = |mention: &&Mention| mention.span.start <= offset && offset <= mention.span.end;
    let found = mentions(document);
    let written = found.iter().filter(touches).min_by_key(|mention| (!mention.is_written, mention.span.len()));
    written.cloned()
}

/// Every place that speaks of the same thing, this text first.
pub(super) fn everywhere(scene: &Scene<'_>, document: &Document, wanted: &Mention) -> Vec<(Rc<Document>, Mention)> {
    let same = |document: Document| {
        let found: Vec<Mention> = mentions(&document).into_iter().filter(|mention| mention.is_same(wanted)).collect();
        let document = Rc::new(document);
        found.into_iter().map(move |mention| (Rc::clone(&document), mention)).collect::<Vec<_>>()
    };
    let here = scene.document(&document.path, &document.text).map(same).unwrap_or_default();
    if wanted.scope != Scope::Everywhere {
        return here;
    }
    // The last part of the name stands wherever it is spoken of, or it is made of a title.
    let word = wanted.name.rsplit('/').next().unwrap_or_default();
    let others = scene.texts().into_iter().filter(|(path, text)| *path != document.path && may_speak_of(text, word));
    let others = others.filter_map(|(path, text)| scene.document(&path, &text)).flat_map(same);
    here.into_iter().chain(others).collect()
}

fn may_speak_of(text: &str, word: &str) -> bool {
    text.contains(word) || text.contains("policy") || text.contains("plan ")
}

/// What was found so far, and what the text declares for all of itself.
#[derive(Debug, Default)]
struct Gathered<'t> {
    mentions: Vec<Mention>,
    procedures: Vec<&'t crate::syntax::ast::Procedure>,
    policies: Vec<&'t crate::syntax::ast::Policy>,
    calendars: Vec<String>,
}

impl<'t> Gathered<'t> {
    fn declared(&mut self, items: &'t [Item]) {
        for item in items {
            match item {
                Item::Procedure(procedure) => self.procedures.push(procedure),
                Item::Policy(policy) => {
                    self.policies.push(policy);
                    let calendars = policy.body.iter().filter_map(policies::calendar);
                    self.calendars.extend(calendars.map(|block| name_of(block.id.as_ref(), block.title.as_ref())));
                }
                Item::Calendar(block) => self.calendars.push(name_of(block.id.as_ref(), block.title.as_ref())),
                Item::Plan(_) | Item::Waiver(_) | Item::Test(_) => {}
            }
        }
    }

    fn define(&mut self, kind: Kind, id: Option<&Name>, title: Option<&Node<Text>>, scope: Scope) {
        let Some(span) = id.map(|id| id.span).or(title.map(|title| title.span)) else { return };
        let (name, is_written) = (name_of(id, title), id.is_some());
        self.mentions.push(Mention { kind, name, span, part: Use::Definition, scope, is_written });
    }

    fn refer(&mut self, kind: Kind, name: &str, span: Span, scope: Scope) {
        let name = name.to_owned();
        self.mentions.push(Mention { kind, name, span, part: Use::Reference, scope, is_written: true });
    }
}

/// The id of a block, which a title may stand for.
pub(super) fn name_of(id: Option<&Name>, title: Option<&Node<Text>>) -> String {
    match (id, title) {
        (Some(id), _) => id.value.clone(),
        (None, Some(title)) => crate::model::read::kebab_case(&title.value.value),
        (None, None) => String::new(),
    }
}
