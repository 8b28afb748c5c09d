//! Headers that answers carry: a block that adds one inherits none.

use std::sync::Arc;

use super::block::Block;
use super::expand::{Gap, Node};
use super::word::{self, Defined, flag, list, record};
use crate::model::data::{Data, Value};
use crate::model::subject::HEADER;
use crate::source::Place;

/// How many headers are taken over from outside by a block that adds to them.
const MAX_INHERITED: usize = 100;

/// The headers in effect in a block.
#[derive(Debug, Clone)]
pub(super) struct Headers {
    /// By `add_header`.
    added: Arc<[Value]>,
    /// By the module headers-more.
    set: Arc<[Value]>,
    whole: Value,
}

pub(super) fn headers(block: &Block<'_>) -> Value {
    known(block).whole.clone()
}

fn known<'b>(block: &'b Block<'_>) -> &'b Headers {
    block.headers.get_or_init(|| made(block))
}

fn made(block: &Block<'_>) -> Headers {
    let outer = block.outer.as_ref().map(|outer| known(outer));
    let gap = block.gap("add_header").map(Gap::value);
    let own = block.named("add_header").iter().filter_map(|node| header(node, block.defined));
    let own: Vec<Value> = own.chain(gap).collect();
    let set: Vec<Value> =
        block.named("more_set_headers").iter().flat_map(|node| self::set(node, block.defined)).collect();
    let said = block.named("add_header_inherit").iter().find_map(|node| node.directive.arguments.first());
    let inherits = match said.map(|said| &*said.text) {
        Some("merge") => true,
        Some("off") => false,
        _ => own.is_empty(),
    };
    let whole = outer.filter(|_| inherits && own.is_empty() && set.is_empty()).map(|outer| outer.whole.clone());
    let added = joined(own, outer.filter(|_| inherits).map(|outer| &outer.added), block);
    let set = joined(set, outer.map(|outer| &outer.set), block);
    let whole = whole.unwrap_or_else(|| {
        let items: Vec<Value> = added.iter().chain(set.iter()).cloned().collect();
        let place = items.first().map_or(block.head, |first| first.place);
        list(items, place)
    });
    Headers { added, set, whole }
}

/// A block's own headers, and those it inherits.
fn joined(mut own: Vec<Value>, outer: Option<&Arc<[Value]>>, block: &Block<'_>) -> Arc<[Value]> {
    let Some(outer) = outer else { return own.into() };
    if own.is_empty() {
        return Arc::clone(outer);
    }
    own.extend(outer.iter().take(MAX_INHERITED).cloned());
    if outer.len() > MAX_INHERITED {
        own.push(Value::new(Data::Unresolved("more headers are inherited than can be looked at".into()), block.head));
    }
    own.into()
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
