//! Headers that answers carry: a block that adds one inherits none.

use super::block::{Blocks, gap, nodes};
use super::expand::{Entry, Gap, Node};
use super::word::{self, Defined, flag, list, record};
use crate::model::data::{Data, Value};
use crate::model::subject::HEADER;
use crate::source::Place;

/// The headers in effect in a block.
pub(super) fn headers(blocks: &Blocks<'_>) -> Value {
    let mut items = added(blocks);
    // Those of the module headers-more are inherited in any case.
    for level in &blocks.levels {
        items.extend(nodes(level, "more_set_headers").flat_map(|node| set(node, blocks.defined)));
    }
    let place = items.first().map_or(blocks.head, |first| first.place);
    list(items, place)
}

/// `add_header`, and `add_header_inherit` of nginx 1.29.3.
fn added(blocks: &Blocks<'_>) -> Vec<Value> {
    let mut found = Vec::new();
    for level in &blocks.levels {
        let own: Vec<Value> = nodes(level, "add_header").filter_map(|node| header(node, blocks.defined)).collect();
        let says_nothing = own.is_empty();
        found.extend(own);
        found.extend(gap(level, "add_header").map(Gap::value));
        let inherits = match inheritance(level) {
            Some("merge") => true,
            Some("off") => false,
            _ => says_nothing && gap(level, "add_header").is_none(),
        };
        if !inherits {
            break;
        }
    }
    found
}

fn inheritance<'e>(level: &'e [Entry<'e>]) -> Option<&'e str> {
    nodes(level, "add_header_inherit").next()?.directive.arguments.first().map(|word| &*word.text)
}

fn header(node: &Node<'_>, defined: &Defined) -> Option<Value> {
    let [name, value, rest @ ..] = node.directive.arguments.as_slice() else { return None };
    let always = rest.iter().find(|word| &*word.text == "always");
    let place = Place::new(node.file, node.directive.head());
    let fields = vec![
        ("name", word::text(node.file, name, defined)),
        ("value", word::text(node.file, value, defined)),
        ("always", flag(always.is_some(), always.map_or(place, |word| word::place(node.file, word)))),
    ];
    Some(record(&HEADER, fields, place))
}

/// `more_set_headers 'Name: value' …`, its options left out.
fn set(node: &Node<'_>, defined: &Defined) -> Vec<Value> {
    let place = Place::new(node.file, node.directive.head());
    let pairs = node.directive.arguments.iter().filter_map(|argument| {
        let (name, value) = argument.text.split_once(':')?;
        let at = word::place(node.file, argument);
        let whole = word::text(node.file, argument, defined);
        let is_known = matches!(whole.data, Data::Text(_));
        let part = |text: &str| if is_known { Value::new(Data::text(text.trim()), at) } else { whole.clone() };
        let fields = vec![("name", part(name)), ("value", part(value)), ("always", flag(true, at))];
        Some(record(&HEADER, fields, place))
    });
    pairs.collect()
}
