//! Which key of a mapping means what, so that the reader of documents and the JSON Schema cannot differ. Knows the shapes
//! of the model and adds only what YAML and JSON need: a key for the id, lists under their plural, order within a phase.

use crate::model::enums::FLAG_ACTION;
use crate::model::plan::{DeclaredRedFlag, Phase};
use crate::model::read::BlockType;
use crate::model::types::{AttributeShape, BlockShape, Naming, Shape, Type};

pub(crate) const ID: &str = "id";
pub(crate) const TITLE: &str = "title";
/// Under this key stands everything a phase does, in its order.
pub(crate) const IN_ORDER: &str = "steps";
pub(crate) const USE: &str = "use";

/// What a key of a block's mapping holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Key {
    /// The id; under the name of the kind it may be a title instead.
    Id,
    Title,
    Attribute(Type),
    /// A mapping: the one child of its kind.
    Child(&'static BlockShape),
    /// A list of mappings.
    Children(List),
}

/// The mappings that a list may hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List {
    pub(crate) name: &'static str,
    /// The kinds that an entry can say it is.
    pub(crate) kinds: &'static [BlockShape],
    /// What an entry is that says nothing.
    pub(crate) tacit: Option<&'static Shape>,
}

/// What stands under `name` in a block of this shape.
pub(crate) fn key(shape: &'static Shape, name: &str) -> Option<Key> {
    keys(shape).find(|(known, _)| *known == name).map(|(_, key)| key).or_else(|| {
        // Nobody but the procedure knows its parameters.
        (shape.kind == USE).then_some(Key::Attribute(Type::Any))
    })
}

/// Every key that a block of this shape may have: how it is called first, then what it says, then what it holds.
pub(crate) fn keys(shape: &'static Shape) -> impl Iterator<Item = (&'static str, Key)> {
    let naming: &[(&str, Key)] = match shape.naming {
        Naming::Anonymous => &[],
        // A procedure may have a parameter called `id`.
        Naming::Named if shape.kind == USE => &[(USE, Key::Id), (TITLE, Key::Title)],
        Naming::Named | Naming::Of(_) => &[(ID, Key::Id), (TITLE, Key::Title)],
    };
    let kind = (shape.naming != Naming::Anonymous && shape.kind != USE).then_some((shape.kind, Key::Id));
    let attributes = shape.attributes.iter().map(|attribute| (attribute.name, Key::Attribute(attribute.kind)));
    let in_order = holds_in_order(shape);
    let list = in_order.then_some((IN_ORDER, Key::Children(List { name: IN_ORDER, kinds: shape.blocks, tacit: None })));
    let children = shape.blocks.iter().filter(move |_| !in_order).map(|child| (child.field, child_key(child)));
    kind.into_iter().chain(naming.iter().copied()).chain(attributes).chain(list).chain(children)
}

/// Whether all its children stand in one list, since their order across kinds has meaning.
pub(crate) fn holds_in_order(shape: &Shape) -> bool {
    shape.kind == Phase::SHAPE.kind
}

pub(crate) fn is_red_flag(shape: &Shape) -> bool {
    shape.kind == DeclaredRedFlag::SHAPE.kind
}

fn child_key(child: &'static BlockShape) -> Key {
    if !child.many {
        return Key::Child(child);
    }
    let acts = Phase::SHAPE.blocks.iter().any(|action| action.shape.kind == child.shape.kind);
    let kinds = if acts { Phase::SHAPE.blocks } else { std::slice::from_ref(child) };
    Key::Children(List { name: child.field, kinds, tacit: Some(child.shape) })
}

impl List {
    /// The kinds, out of those an entry can have, that its keys name. `use` may have any key, so it names itself alone.
    pub(crate) fn kinds_among(&self, keys: &[&str]) -> Vec<&'static Shape> {
        let found: Vec<&Shape> =
            self.kinds.iter().map(|kind| kind.shape).filter(|kind| keys.contains(&kind.kind)).collect();
        match found.iter().find(|kind| kind.kind == USE) {
            Some(procedure) => vec![procedure],
            None => found,
        }
    }
}

/// The clauses of a red flag as keys.
pub(crate) static RED_FLAG: &[AttributeShape] = &[
    AttributeShape {
        name: "during",
        kind: Type::List(&Type::Name),
        required: false,
        settable: true,
        doc: "the phases in which it is armed",
    },
    AttributeShape {
        name: "stop",
        kind: Type::Text,
        required: true,
        settable: true,
        doc: "the condition under which to stop, such as `metric.error-rate > 5%`",
    },
    AttributeShape {
        name: "for",
        kind: Type::Duration,
        required: false,
        settable: true,
        doc: "how long the condition must have been true without a break",
    },
    AttributeShape {
        name: "then",
        kind: Type::Enum(&FLAG_ACTION),
        required: true,
        settable: true,
        doc: "what happens then",
    },
    AttributeShape {
        name: "controls",
        kind: Type::List(&Type::Text),
        required: false,
        settable: true,
        doc: "the controls it speaks for, such as `SOC2 CC8.1`",
    },
    AttributeShape {
        name: "docs",
        kind: Type::Text,
        required: false,
        settable: true,
        doc: "Markdown that explains it",
    },
];
