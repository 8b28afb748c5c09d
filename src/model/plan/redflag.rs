//! `redflag id { … }` as a plan declares it: its names and types are judged later, against the plan's metrics.

use crate::model::data::{Data, Value};
use crate::model::enums::{FLAG_ACTION, FlagAction};
use crate::model::read::{BlockType, Head, Reader};
use crate::model::types::{AttributeShape, Naming, Shape, Type};
use crate::source::Place;
use crate::syntax::ast::{self, ClauseKind, Entry};

/// A red flag whose clauses are still as written.
#[derive(Debug, Clone)]
pub struct DeclaredRedFlag {
    pub head: Head,
    pub syntax: ast::RedFlag,
}

impl BlockType for DeclaredRedFlag {
    type Syntax = ast::RedFlag;

    const SHAPE: &'static Shape = &Shape {
        kind: "redflag",
        doc: "A condition under which the deployment stops.",
        naming: Naming::Named,
        attributes: &[],
        blocks: &[],
        derived: &[
            AttributeShape {
                name: "during",
                kind: Type::List(&Type::Text),
                required: false,
                settable: true,
                doc: "the phases it is armed in; empty where it is armed in all",
            },
            AttributeShape {
                name: "then",
                kind: Type::Enum(&FLAG_ACTION),
                required: false,
                settable: true,
                doc: "what it leads to",
            },
        ],
    };

    fn select(entry: &Entry) -> Option<&ast::RedFlag> {
        match entry {
            Entry::RedFlag(flag) => Some(flag),
            Entry::Block(_) | Entry::Attribute(_) => None,
        }
    }

    fn read(syntax: &ast::RedFlag, reader: &mut Reader<'_>) -> Self {
        let kind = ast::Name::new(Self::SHAPE.kind.to_owned(), syntax.span);
        let (id, title) = (syntax.id.clone(), syntax.title.clone());
        let named = ast::Block { kind, id, title, body: Vec::new(), span: syntax.span, braces: syntax.span };
        let head = reader.head(&named, Self::SHAPE);
        Self { head, syntax: syntax.clone() }
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        let head = self.head.id.place;
        let at = |span| Place::new(head.file, span);
        let (mut during, mut then) = (Vec::new(), None);
        for clause in &self.syntax.clauses {
            match &clause.kind {
                ClauseKind::During(phases) => {
                    during.extend(phases.iter().map(|phase| Value::new(Data::text(&*phase.value), at(phase.span))));
                }
                ClauseKind::Then(written) => {
                    let action = FlagAction::ALL.iter().find(|action| action.name() == written.value);
                    then = action.map(|action| Value::new(Data::Word(action.name()), at(written.span)));
                }
                ClauseKind::Attribute(_)
                | ClauseKind::On(_)
                | ClauseKind::Require(_)
                | ClauseKind::Forbid(_)
                | ClauseKind::Unless(_)
                | ClauseKind::At(_)
                | ClauseKind::Message(_)
                | ClauseKind::Help(_)
                | ClauseKind::Fix { .. }
                | ClauseKind::Enforce(_)
                | ClauseKind::Stop { .. } => {}
            }
        }
        let place = during.first().map_or(head, |first: &Value| first.place);
        let during = ("during", Value::new(Data::List(during.into()), place));
        std::iter::once(during).chain(then.map(|then| ("then", then))).collect()
    }
}
