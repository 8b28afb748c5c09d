//! Whether a schema can be read: what it says where it is used must mean something. What Stopline does not read of JSON
//! Schema is passed over, since it only makes the schema say less.

use crate::check::names::IN_POLICIES;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::document::{Document, NodeId, Value};
use crate::model::read::list_names;

use super::keyword::meant;

const TYPES: &[&str] = &["null", "boolean", "integer", "number", "string", "array", "object"];

/// Everything that is wrong with it, in the order of the text.
pub(super) fn problems(document: &Document) -> Vec<Diagnostic> {
    let mut reading = Reading { document, problems: Vec::new() };
    if document.value(document.root()) == Value::Bool(false) {
        let help = "leave `schema` out, or name one that some document fits".to_owned();
        reading.wrong(document.root(), "no document fits this schema: it is `false`", Some(help));
    }
    reading.schema(document.root());
    reading.problems
}

/// What a reference inside the same document leads to; `None` for one that leads out of it.
pub(super) fn target(document: &Document, reference: &str) -> Option<NodeId> {
    let pointer = reference.strip_prefix('#')?;
    if pointer.is_empty() {
        return Some(document.root());
    }
    let parts = pointer.strip_prefix('/')?.split('/').map(|part| part.replace("~1", "/").replace("~0", "~"));
    let mut node = document.root();
    for part in parts {
        let by_number = || part.parse::<usize>().ok().and_then(|index| document.items(node).get(index).copied());
        node = document.get(node, &part).or_else(by_number)?;
    }
    Some(node)
}

struct Reading<'a> {
    document: &'a Document,
    problems: Vec<Diagnostic>,
}

impl Reading<'_> {
    /// A document is nested no deeper than it may be, so this ends.
    fn schema(&mut self, node: NodeId) {
        match self.document.value(node) {
            Value::Bool(_) => return,
            Value::Mapping(_) => {}
            Value::Null | Value::Number(_) | Value::String(_) | Value::Sequence(_) => {
                return self.wrong(node, "a schema is a mapping, `true` or `false`", None);
            }
        }
        for entry in self.document.entries(node) {
            let name = self.document.text(entry.key).unwrap_or_default();
            if let Some(meant) = meant(name) {
                let message = format!("`{name}` is no keyword of JSON Schema, so what it says would count for nothing");
                self.wrong(entry.key, &message, Some(format!("did you mean `{meant}`?")));
            }
        }
        for keyword in ["properties", "patternProperties", "$defs", "definitions"] {
            let Some(named) = self.document.get(node, keyword) else { continue };
            if !self.is_mapping(named) {
                self.wrong(named, &format!("`{keyword}` holds schemas by their names"), None);
            }
            for entry in self.document.entries(named) {
                self.schema(entry.value);
            }
        }
        for keyword in ["anyOf", "oneOf", "allOf"] {
            let Some(listed) = self.document.get(node, keyword) else { continue };
            if self.document.items(listed).is_empty() {
                self.wrong(listed, &format!("`{keyword}` is a list of schemas, and not an empty one"), None);
            }
            for item in self.document.items(listed) {
                self.schema(*item);
            }
        }
        for keyword in ["additionalProperties", "unevaluatedProperties", "items"] {
            match self.document.get(node, keyword) {
                // One for each place, as drafts before 2020-12 write it.
                Some(value) if keyword == "items" && matches!(self.document.value(value), Value::Sequence(_)) => {}
                Some(value) => self.schema(value),
                None => {}
            }
        }
        self.types(node);
        if let Some(listed) = self.document.get(node, "enum")
            && self.document.items(listed).is_empty()
        {
            self.wrong(listed, "`enum` is a list of values, and not an empty one", None);
        }
        self.reference(node);
    }

    fn types(&mut self, node: NodeId) {
        let Some(written) = self.document.get(node, "type") else { return };
        let words = match self.document.value(written) {
            Value::Sequence(items) => items.to_vec(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Mapping(_) => vec![written],
        };
        if words.is_empty() {
            self.wrong(written, "`type` names no type", None);
        }
        for word in words {
            let text = match self.document.value(word) {
                Value::String(text) => text,
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Sequence(_) | Value::Mapping(_) => "",
            };
            if !TYPES.contains(&text) {
                let help = did_you_mean(text, TYPES.iter().copied()).map_or_else(
                    || format!("write {}", list_names(TYPES.iter().copied())),
                    |meant| format!("did you mean `{meant}`?"),
                );
                self.wrong(word, &format!("`{text}` is no type of JSON Schema"), Some(help));
            }
        }
    }

    fn reference(&mut self, node: NodeId) {
        let Some(written) = self.document.get(node, "$ref") else { return };
        let Value::String(reference) = self.document.value(written) else {
            return self.wrong(written, "`$ref` is a string", None);
        };
        // Nothing is fetched: what another file says is left open. A name that is no pointer may be an anchor.
        if reference.starts_with("#/") && target(self.document, reference).is_none() {
            self.wrong(written, &format!("`{reference}` leads nowhere in this schema"), None);
        }
    }

    fn is_mapping(&self, node: NodeId) -> bool {
        matches!(self.document.value(node), Value::Mapping(_))
    }

    fn wrong(&mut self, node: NodeId, message: &str, help: Option<String>) {
        let place = self.document.place(node);
        self.problems.push(Diagnostic::new(IN_POLICIES.impossible, place, message).maybe_help(help));
    }
}
