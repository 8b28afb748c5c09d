//! Locations, and every directive of a server.

use std::rc::Rc;
use std::sync::Arc;

use super::block::{Block, gap, nodes, texts};
use super::expand::{Entry, Gap, Node};
use super::header::headers;
use super::redirect::returns;
use super::word::{self, Defined, list, record};
use crate::document::nginx::Body;
use crate::model::data::{Data, Record, Text, Value};
use crate::model::subject::{DIRECTIVE, LOCATION};
use crate::source::Place;

/// Every location of a block, each before those inside it.
pub(super) fn locations(block: &Rc<Block<'_>>, found: &mut Vec<Value>) {
    for node in block.named("location") {
        let inside = block.inside(node);
        found.push(location(node, &inside));
        locations(&inside, found);
    }
    found.extend(block.gap("location").map(Gap::value));
}

fn location(node: &Node<'_>, block: &Block<'_>) -> Value {
    let place = Place::new(node.file, node.directive.head());
    let (modifier, pattern) = match node.directive.arguments.as_slice() {
        [modifier, pattern, ..] => (Some(modifier), Some(pattern)),
        [pattern] => (None, Some(pattern)),
        [] => (None, None),
    };
    let modifier =
        modifier.map_or_else(|| Value::new(Data::text(""), place), |word| word::text(node.file, word, block.defined));
    let mut fields = vec![("modifier", modifier)];
    fields.extend(pattern.map(|word| ("pattern", word::text(node.file, word, block.defined))));
    fields.extend([("headers", headers(block)), ("returns", returns(block))]);
    fields.extend(block.own_text("proxy_pass").map(|address| ("proxy_pass", address)));
    fields.push(("directives", own_directives(block, None)));
    record(&LOCATION, fields, place)
}

/// By name, the arguments of every directive that is in effect: what a block does not say, the one around it does.
pub(super) fn directives(block: &Block<'_>) -> Value {
    let made = || own_directives(block, block.outer.as_ref().map(|outer| directives(outer)));
    block.directives.get_or_init(made).clone()
}

fn own_directives(block: &Block<'_>, outer: Option<Value>) -> Value {
    let simple = |nodes: &[&Node<'_>]| nodes.iter().all(|node| matches!(node.directive.body, Body::None));
    let own = block.names().filter(|(_, nodes)| simple(nodes));
    let own = own.filter_map(|(name, _)| Some((Text::from(name), block.own_texts(name)?)));
    let mut fields: Vec<(Text, Value)> = own.collect();
    let others = block.any_gap().map(Gap::value).or(outer);
    fields.extend(others.map(|others| (Text::fixed(Record::OTHERS), others)));
    let record = Record { shape: None, fields, head: block.head };
    Value::new(Data::Record(Arc::new(record)), block.head)
}

/// Every directive inside a block, at any depth, in order.
pub(super) fn all(level: &[Entry<'_>], block: &Arc<str>, defined: &Defined, found: &mut Vec<Value>) {
    for entry in level {
        let node = match entry {
            Entry::Directive(node) => node,
            Entry::Gap(gap) => {
                found.push(gap.value());
                continue;
            }
        };
        let place = Place::new(node.file, node.directive.head());
        let arguments = node.directive.arguments.iter().map(|argument| word::text(node.file, argument, defined));
        let fields = vec![
            ("name", word::text(node.file, &node.directive.name, defined)),
            ("args", list(arguments.collect(), place)),
            ("block", Value::new(Data::text(Arc::clone(block)), place)),
        ];
        found.push(record(&DIRECTIVE, fields, place));
        if !node.inside.is_empty() {
            all(&node.inside, &title(node).into(), defined, found);
        }
    }
}

/// A directive as messages call it.
fn title(node: &Node<'_>) -> String {
    let words = std::iter::once(&node.directive.name).chain(&node.directive.arguments);
    words.map(|word| &*word.text).collect::<Vec<_>>().join(" ")
}

/// Whether a block, or one inside it, passes requests on over TLS.
pub(super) fn proxies_tls(level: &[Entry<'_>], defined: &Defined) -> Vec<Value> {
    let mut found: Vec<Value> = gap(level, "proxy_pass").map(Gap::value).into_iter().collect();
    for entry in level {
        let Entry::Directive(node) = entry else { continue };
        if matches!(&*node.directive.name.text, "proxy_pass" | "grpc_pass" | "uwsgi_pass") {
            let address = node.directive.arguments.first();
            found.extend(address.map(|address| {
                word::computed(node.file, address, defined, |text| {
                    Data::Bool(["https://", "grpcs://", "suwsgi://"].iter().any(|scheme| text.starts_with(scheme)))
                })
            }));
        }
        found.extend(proxies_tls(&node.inside, defined));
    }
    found
}

/// Every word of `proxy_ssl_protocols` that counts somewhere in a server.
pub(super) fn proxy_protocols(server: &Block<'_>) -> Option<Value> {
    let mut items = Vec::new();
    let mut place = None;
    let outer = server.texts("proxy_ssl_protocols");
    let mut inner = Vec::new();
    inside(server.entries, "proxy_ssl_protocols", server.defined, &mut inner);
    for value in outer.into_iter().chain(inner) {
        place = place.or(Some(value.place));
        if let Data::List(words) = &value.data {
            items.extend(words.iter().cloned());
        } else {
            items.push(value);
        }
    }
    place.map(|place| list(items, place))
}

fn inside(level: &[Entry<'_>], name: &str, defined: &Defined, found: &mut Vec<Value>) {
    for entry in level {
        if let Entry::Directive(node) = entry {
            let own: Vec<&Node<'_>> = nodes(&node.inside, name).collect();
            if !own.is_empty() {
                found.extend(texts(&own, gap(&node.inside, name), defined));
            }
            inside(&node.inside, name, defined, found);
        }
    }
}
