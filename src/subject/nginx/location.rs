//! Locations, and every directive of a server.

use std::sync::Arc;

use super::block::{Blocks, gap, gaps, nodes, texts};
use super::expand::{Entry, Gap, Node};
use super::header::headers;
use super::redirect::returns;
use super::word::{self, Defined, list, record};
use crate::model::data::{Data, Record, Value};
use crate::model::subject::{DIRECTIVE, LOCATION};
use crate::source::Place;

/// Every location of a block, each before those inside it.
pub(super) fn locations(blocks: &Blocks<'_>, found: &mut Vec<Value>) {
    for node in nodes(blocks.own(), "location") {
        let inside = blocks.inside(node);
        found.push(location(node, &inside));
        locations(&inside, found);
    }
    found.extend(gap(blocks.own(), "location").map(Gap::value));
}

fn location(node: &Node<'_>, blocks: &Blocks<'_>) -> Value {
    let place = Place::new(node.file, node.directive.head());
    let (modifier, pattern) = match node.directive.arguments.as_slice() {
        [modifier, pattern, ..] => (Some(modifier), Some(pattern)),
        [pattern] => (None, Some(pattern)),
        [] => (None, None),
    };
    let modifier =
        modifier.map_or_else(|| Value::new(Data::text(""), place), |word| word::text(node.file, word, blocks.defined));
    let mut fields = vec![("modifier", modifier)];
    fields.extend(pattern.map(|word| ("pattern", word::text(node.file, word, blocks.defined))));
    fields.extend([("headers", headers(blocks)), ("returns", returns(blocks))]);
    let own = Blocks { levels: vec![blocks.own()], ..blocks.clone() };
    fields.extend(own.text("proxy_pass").map(|address| ("proxy_pass", address)));
    fields.push(("directives", directives(&own)));
    record(&LOCATION, fields, place)
}

/// By name, the arguments of every directive without a block that is in effect.
pub(super) fn directives(blocks: &Blocks<'_>) -> Value {
    let mut fields: Vec<(Arc<str>, Value)> = Vec::new();
    let mut gap_seen = None;
    for level in &blocks.levels {
        let mut names: Vec<&str> = level.iter().filter_map(simple).collect();
        names.sort_unstable();
        names.dedup();
        let known = fields.len();
        for name in names {
            if fields.iter().take(known).all(|(inner, _)| &**inner != name) {
                fields.extend(texts(level, name, blocks.defined).map(|value| (name.into(), value)));
            }
        }
        if let Some(gap) = gaps(level).next() {
            gap_seen = Some(gap.value());
            break;
        }
    }
    fields.extend(gap_seen.map(|gap| (Record::OTHERS.into(), gap)));
    let record = Record { shape: None, fields, head: blocks.head };
    Value::new(Data::Record(Arc::new(record)), blocks.head)
}

fn simple<'e>(entry: &'e Entry<'e>) -> Option<&'e str> {
    match entry {
        Entry::Directive(node) if node.directive.block().is_empty() => Some(&node.directive.name.text),
        Entry::Directive(_) | Entry::Gap(_) => None,
    }
}

/// Every directive inside a block, at any depth, in order.
pub(super) fn all(level: &[Entry<'_>], block: &str, defined: &Defined, found: &mut Vec<Value>) {
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
            ("block", Value::new(Data::text(block), place)),
        ];
        found.push(record(&DIRECTIVE, fields, place));
        if !node.inside.is_empty() {
            all(&node.inside, &title(node), defined, found);
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
pub(super) fn proxy_protocols(server: &Blocks<'_>) -> Option<Value> {
    let mut items = Vec::new();
    let mut place = None;
    let outer = server.texts("proxy_ssl_protocols");
    let mut inner = Vec::new();
    inside(server.own(), "proxy_ssl_protocols", server.defined, &mut inner);
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
            if nodes(&node.inside, name).next().is_some() {
                found.extend(texts(&node.inside, name, defined));
            }
            inside(&node.inside, name, defined, found);
        }
    }
}
