//! Nodes of a document as values of the language.

use std::collections::HashMap;
use std::sync::Arc;

use crate::document::{self, Document, NodeId};
use crate::model::data::{Data, Record, Text, Value};
use crate::source::{Place, Span};

/// Turns the nodes of one document into values; what aliases share is shared.
#[derive(Debug)]
pub(in crate::subject) struct Values<'a> {
    document: &'a Document,
    aliased: HashMap<NodeId, Data>,
}

impl<'a> Values<'a> {
    pub(in crate::subject) fn new(document: &'a Document) -> Self {
        Self { document, aliased: HashMap::new() }
    }

    pub(in crate::subject) fn value(&mut self, node: NodeId) -> Value {
        self.value_under(node, self.document.place(node))
    }

    /// `head` is what is underlined when something is missing from `node`, if it does not say so itself.
    fn value_under(&mut self, node: NodeId, head: Place) -> Value {
        let place = self.document.place(node);
        let target = self.document.resolve(node);
        if target == node {
            return Value::new(self.data(node, head), place);
        }
        if let Some(known) = self.aliased.get(&target) {
            return Value::new(known.clone(), place);
        }
        let data = self.data(target, head);
        self.aliased.insert(target, data.clone());
        Value::new(data, place)
    }

    fn data(&mut self, node: NodeId, head: Place) -> Data {
        let document = self.document;
        match document.value(node) {
            document::Value::Null => Data::Null,
            document::Value::Bool(flag) => Data::Bool(flag),
            // What no number can hold stays the text it is: whoever computes with it is told so.
            document::Value::Number(_) => {
                document.decimal(node).map_or_else(|| Data::Text(self.text(node)), Data::Number)
            }
            document::Value::String(_) => Data::Text(self.text(node)),
            document::Value::Sequence(items) => Data::List(items.iter().map(|item| self.value(*item)).collect()),
            document::Value::Mapping(entries) => {
                let fields = entries
                    .iter()
                    .map(|entry| {
                        let key = self.text(entry.key);
                        (key, self.value_under(entry.value, document.place(entry.key)))
                    })
                    .collect();
                Data::Record(Arc::new(Record { shape: None, fields, head: self.head(node, head) }))
            }
        }
    }

    fn text(&self, node: NodeId) -> Text {
        match self.document.shared_text(node) {
            Some((whole, part)) => Text::part(whole, part),
            None => Text::from(self.document.text(node).unwrap_or_default()),
        }
    }

    /// The key that a mapping stands under; of one that stands under none, its first mark.
    fn head(&self, node: NodeId, given: Place) -> Place {
        let place = self.document.place(node);
        if given != place {
            return given;
        }
        let first = self.document.entries(node).first().map(|entry| self.document.span(entry.key));
        match first {
            Some(key) if key.start == place.span.start => Place::new(place.file, key),
            Some(_) | None => {
                Place::new(place.file, Span { start: place.span.start, end: place.span.end.min(place.span.start + 1) })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, parse};
    use crate::source::SourceMap;

    fn root(path: &str, text: &str) -> (Value, SourceMap) {
        let mut sources = SourceMap::default();
        let file = sources.add(path, text);
        let text = sources.get(file).unwrap().shared_text();
        let parsed = parse(file, &text, Format::from_path(path).unwrap());
        let value = Values::new(&parsed.document).value(parsed.document.root());
        (value, sources)
    }

    fn field<'v>(value: &'v Value, name: &str) -> &'v Value {
        let Data::Record(record) = &value.data else { panic!("`{name}` is asked of a record") };
        record.field(name).unwrap()
    }

    fn head(value: &Value, sources: &SourceMap) -> String {
        let Data::Record(record) = &value.data else { panic!("a record") };
        sources.slice(record.head).to_owned()
    }

    #[test]
    fn what_is_missing_is_missed_at_the_key_that_should_hold_it() {
        let (value, sources) = root("a.json", r#"{"db": {"name": "a"}}"#);
        assert_eq!(head(&value, &sources), "{");
        assert_eq!(head(field(&value, "db"), &sources), "\"db\"");
        let (value, sources) = root("a.yaml", "db:\n  name: a\n");
        assert_eq!(head(&value, &sources), "db");
    }

    #[test]
    fn an_alias_stands_where_it_is_written_and_holds_what_it_names() {
        let (value, sources) = root("a.yaml", "base: &b {port: 80}\nother: *b\n");
        let other = field(&value, "other");
        assert_eq!(sources.slice(other.place), "*b");
        assert_eq!(sources.slice(field(other, "port").place), "80");
    }

    #[test]
    fn a_number_that_no_number_can_hold_stays_a_text() {
        let (value, _) = root("a.json", r#"{"n": 1e400}"#);
        assert!(matches!(&field(&value, "n").data, Data::Text(text) if &**text == "1e400"));
    }
}
