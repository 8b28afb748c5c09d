//! One schema, asked what may stand where. Keywords are read when they are asked for; a schema is never copied.

use std::sync::Arc;

use super::known::{Known, One};
use super::sound;
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, Format, NodeId, Value};
use crate::model::types::Type;
use crate::source::{FileId, Place};

/// A schema that was found sound.
#[derive(Debug)]
pub(in crate::check) struct Schema {
    /// As the rule names it.
    name: String,
    document: Document,
}

/// More ways than this to be something are too many to say anything.
const MAX_WAYS: usize = 64;

/// How deep references and combinations are followed.
const MAX_DEPTH: usize = 24;

/// What a schema says of one field.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// It is declared: all of these hold for it.
    Declared(Vec<NodeId>),
    /// It is not declared, and may be there.
    Open,
    /// It is not declared, and its name may fit a pattern.
    Patterned,
    /// It cannot be there.
    Refused,
}

impl Schema {
    /// Reads a schema; `None` after saying what is wrong with it. `named` is where the rule names it.
    pub(in crate::check) fn read(
        name: &str,
        (file, text): (FileId, &Arc<str>),
        named: Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let format = Format::from_path(name).unwrap_or(Format::Json);
        let parsed = document::parse(file, text, format);
        let mut problems = parsed.diagnostics;
        if problems.is_empty() {
            problems = sound::problems(&parsed.document);
        }
        let is_sound = problems.is_empty();
        diagnostics
            .extend(problems.into_iter().map(|problem| problem.related(named, "the rule names this schema here")));
        is_sound.then(|| Self { name: name.to_owned(), document: parsed.document })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn place(&self, node: NodeId) -> Place {
        self.document.place(node)
    }

    /// What a document as a whole may be.
    pub(super) fn root(&self) -> Known {
        self.known(&[self.document.root()])
    }

    /// What something may be for which all of `nodes` hold.
    pub(super) fn known(&self, nodes: &[NodeId]) -> Known {
        let Some(ways) = self.ways_of_all(nodes, 0) else { return Known::anything() };
        Known::either(ways.iter().flat_map(|way| self.kinds(way)))
    }

    /// What a field of `object` may be.
    pub(super) fn field(&self, object: &[NodeId], name: &str) -> Field {
        let own =
            |keyword: &str| object.iter().filter_map(|node| self.document.get(*node, keyword)).collect::<Vec<_>>();
        let declared: Vec<NodeId> =
            own("properties").into_iter().filter_map(|properties| self.document.get(properties, name)).collect();
        if !declared.is_empty() {
            let never = declared.iter().any(|node| self.document.value(*node) == Value::Bool(false));
            return if never { Field::Refused } else { Field::Declared(declared) };
        }
        if !own("patternProperties").is_empty() {
            return Field::Patterned;
        }
        let others: Vec<NodeId> = own("additionalProperties").into_iter().chain(own("unevaluatedProperties")).collect();
        if others.iter().any(|node| self.document.value(*node) == Value::Bool(false)) {
            return Field::Refused;
        }
        let described: Vec<NodeId> =
            others.into_iter().filter(|node| matches!(self.document.value(*node), Value::Mapping(_))).collect();
        if described.is_empty() { Field::Open } else { Field::Declared(described) }
    }

    /// The names of the fields that are declared.
    pub(super) fn field_names<'s>(&'s self, object: &[NodeId]) -> Vec<&'s str> {
        let properties = object.iter().filter_map(|node| self.document.get(*node, "properties"));
        let entries = properties.flat_map(|properties| self.document.entries(properties));
        entries.filter_map(|entry| self.document.text(entry.key)).collect()
    }

    /// What an element of `list` may be.
    pub(super) fn element(&self, list: &[NodeId]) -> Known {
        if list.iter().any(|node| self.document.get(*node, "prefixItems").is_some()) {
            return Known::anything();
        }
        let items: Vec<NodeId> = list.iter().filter_map(|node| self.document.get(*node, "items")).collect();
        // A list of schemas, as drafts before 2020-12 write it, is one for each place.
        if items.is_empty() || items.iter().any(|node| matches!(self.document.value(*node), Value::Sequence(_))) {
            return Known::anything();
        }
        self.known(&items)
    }

    /// The values that `enum` or `const` leave, as messages print them; `None` where they leave all.
    pub(super) fn values(&self, nodes: &[NodeId]) -> Option<Vec<String>> {
        let listed = nodes.iter().filter_map(|node| self.listed(*node));
        let texts = |listed: Vec<NodeId>| listed.into_iter().filter_map(|node| self.printed(node)).collect();
        // What every list holds is what is left.
        listed
            .map(texts)
            .reduce(|left: Vec<String>, right| left.into_iter().filter(|text| right.contains(text)).collect())
    }

    fn printed(&self, node: NodeId) -> Option<String> {
        let number = self.document.decimal(node).map(|number| number.normalize().to_string());
        number.or_else(|| self.document.text(node).map(str::to_owned))
    }

    fn listed(&self, node: NodeId) -> Option<Vec<NodeId>> {
        if let Some(only) = self.document.get(node, "const") {
            return Some(vec![only]);
        }
        self.document.get(node, "enum").map(|listed| self.document.items(listed).to_vec())
    }

    /// The ways in which all of `nodes` can hold, each as the nodes whose own keywords hold then; `None` where there are
    /// too many to say.
    fn ways_of_all(&self, nodes: &[NodeId], depth: usize) -> Option<Vec<Vec<NodeId>>> {
        let mut each = nodes.iter().map(|node| self.ways(*node, depth));
        each.try_fold(vec![Vec::new()], |ways, more| joined(&ways, &more?))
    }

    fn ways(&self, node: NodeId, depth: usize) -> Option<Vec<Vec<NodeId>>> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut ways = vec![vec![node]];
        if let Some(reference) = self.document.get(node, "$ref").and_then(|node| self.document.text(node)) {
            let target = sound::target(&self.document, reference)?;
            ways = joined(&ways, &self.ways(target, depth + 1)?)?;
        }
        if self.document.get(node, "$dynamicRef").is_some() {
            return None;
        }
        if let Some(all) = self.document.get(node, "allOf") {
            ways = joined(&ways, &self.ways_of_all(self.document.items(all), depth + 1)?)?;
        }
        for keyword in ["anyOf", "oneOf"] {
            if let Some(some) = self.document.get(node, keyword) {
                let each = self.document.items(some).iter().map(|node| self.ways(*node, depth + 1));
                let either: Vec<Vec<NodeId>> = each.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
                ways = joined(&ways, &either)?;
            }
        }
        Some(ways)
    }

    /// The kinds of value that one way leaves.
    fn kinds(&self, way: &[NodeId]) -> Vec<One> {
        let types: Vec<Vec<&str>> = way.iter().filter_map(|node| self.types(*node)).collect();
        if types.is_empty() {
            let is_object = way.iter().any(|node| self.document.get(*node, "properties").is_some());
            // Without `type` a mapping is only what was thought of: other values are not refused, and nobody speaks of them.
            return if is_object { vec![One::described(OBJECT, way)] } else { vec![One::of(Type::Any)] };
        }
        let everywhere = |word: &str| types.iter().all(|words| words.contains(&word));
        let kinds = [
            ("boolean", Type::Bool),
            ("number", Type::Number),
            ("string", Type::Text),
            ("array", LIST),
            ("object", OBJECT),
        ];
        kinds.into_iter().filter(|(word, _)| everywhere(word)).map(|(_, kind)| One::described(kind, way)).collect()
    }

    /// The types that the keywords of one node leave; `None` where they leave all. An integer is a number.
    fn types(&self, node: NodeId) -> Option<Vec<&str>> {
        if let Some(listed) = self.listed(node) {
            let kind = |node: NodeId| match self.document.value(node) {
                Value::Null => "null",
                Value::Bool(_) => "boolean",
                Value::Number(_) => "number",
                Value::String(_) => "string",
                Value::Sequence(_) => "array",
                Value::Mapping(_) => "object",
            };
            return Some(listed.into_iter().map(kind).collect());
        }
        let written = self.document.get(node, "type")?;
        let words = match self.document.value(written) {
            Value::Sequence(items) => items.iter().filter_map(|item| self.document.text(*item)).collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Mapping(_) => {
                self.document.text(written).into_iter().collect::<Vec<_>>()
            }
        };
        Some(words.into_iter().map(|word| if word == "integer" { "number" } else { word }).collect())
    }
}

const OBJECT: Type = Type::Map(&Type::Any);
const LIST: Type = Type::List(&Type::Any);

/// Every way of the one with every way of the other.
fn joined(left: &[Vec<NodeId>], right: &[Vec<NodeId>]) -> Option<Vec<Vec<NodeId>>> {
    let both = left.iter().flat_map(|left| right.iter().map(|right| [left.as_slice(), right.as_slice()].concat()));
    let both: Vec<Vec<NodeId>> = both.take(MAX_WAYS + 1).collect();
    (both.len() <= MAX_WAYS).then_some(both)
}
