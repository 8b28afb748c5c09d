//! What a server answers itself: redirects and refusals.

use rust_decimal::Decimal;

use super::block::{Block, any, nodes};
use super::expand::{Entry, Gap, Node};
use super::word::{self, Defined, flag, list, record};
use crate::model::data::{Data, Value};
use crate::model::subject::RETURN;
use crate::source::Place;

/// An answer that was found.
struct Answer<'e> {
    node: &'e Node<'e>,
    /// The `if` it stands in.
    condition: Option<&'e Node<'e>>,
}

/// The answers of a block itself, those of its `if`s included.
fn answers<'e>(level: &'e [Entry<'e>]) -> Vec<Answer<'e>> {
    let direct = |level: &'e [Entry<'e>]| nodes(level, "return").chain(nodes(level, "rewrite"));
    let own = direct(level).map(|node| Answer { node, condition: None });
    let asked = nodes(level, "if")
        .flat_map(move |condition| direct(&condition.inside).map(|node| Answer { node, condition: Some(condition) }));
    own.chain(asked).filter(|answer| code(answer.node).is_some()).collect()
}

/// The status and the text of an answer; `None` for a rewrite that stays inside.
fn code<'e>(node: &'e Node<'e>) -> Option<(&'e str, Option<usize>)> {
    let arguments = node.directive.arguments.as_slice();
    if node.directive.is("return") {
        return match arguments {
            [address] if !is_code(&address.text) => Some(("302", Some(0))),
            [code] => Some((&code.text, None)),
            [code, _, ..] => Some((&code.text, Some(1))),
            [] => None,
        };
    }
    let [_, target, flags @ ..] = arguments else { return None };
    let says = |flag: &str| flags.iter().any(|word| &*word.text == flag);
    if says("permanent") {
        return Some(("301", Some(1)));
    }
    (says("redirect") || is_address(&target.text)).then_some(("302", Some(1)))
}

fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_address(text: &str) -> bool {
    ["http://", "https://", "$scheme"].iter().any(|start| text.starts_with(start))
}

/// As rules see them.
pub(super) fn returns(block: &Block<'_>) -> Value {
    let level = block.entries;
    let mut items: Vec<Value> = answers(level).iter().map(|answer| value(answer, block.defined)).collect();
    items.extend(block.gap("return").map(Gap::value));
    let place = items.first().map_or(block.head, |first| first.place);
    list(items, place)
}

fn value(answer: &Answer<'_>, defined: &Defined) -> Value {
    let Answer { node, condition } = answer;
    let place = Place::new(node.file, node.directive.head());
    let mut fields = Vec::new();
    if let Some((code, target)) = code(node) {
        let code = code.parse::<u16>().map_or_else(|_| Data::text(code), |code| Data::Number(Decimal::from(code)));
        fields.push(("code", Value::new(code, place)));
        let target = target.and_then(|at| node.directive.arguments.get(at));
        fields.extend(target.map(|target| ("target", word::text(node.file, target, defined))));
    }
    if let Some(condition) = condition {
        let words: Vec<&str> = condition.directive.arguments.iter().map(|word| &*word.text).collect();
        let place = Place::new(condition.file, condition.directive.head());
        fields.push(("condition", Value::new(Data::text(words.join(" ")), place)));
    }
    record(&RETURN, fields, place)
}

/// Whether the server sends everybody on to https, or to nowhere.
pub(super) fn redirects_to_https(block: &Block<'_>) -> Value {
    let level = block.entries;
    let own = answers(level).iter().any(|answer| is_secure(answer.node) && answer.condition.is_none_or(asks_for_plain));
    if own || locations_redirect(level) {
        return flag(true, block.head);
    }
    any(block.gap("return").map(Gap::value), block.head)
}

/// Whether the server answers everything with an error.
pub(super) fn refuses(block: &Block<'_>) -> Value {
    let level = block.entries;
    let refusal = answers(level).into_iter().find(|answer| answer.condition.is_none() && is_refusal(answer.node));
    match refusal {
        Some(answer) => flag(true, Place::new(answer.node.file, answer.node.directive.head())),
        None => any(block.gap("return").map(Gap::value), block.head),
    }
}

fn is_secure(node: &Node<'_>) -> bool {
    let Some((code, Some(target))) = code(node) else { return false };
    let target = node.directive.arguments.get(target).map_or("", |target| &*target.text);
    ["301", "302", "303", "307", "308"].contains(&code) && target.starts_with("https://")
}

fn is_refusal(node: &Node<'_>) -> bool {
    code(node).is_some_and(|(code, _)| is_code(code) && (code.starts_with('4') || code.starts_with('5')))
}

/// Whether an `if` asks for what every plain request has.
fn asks_for_plain(condition: &Node<'_>) -> bool {
    let asked = ["$scheme", "$https", "$server_port", "$host", "$http_host", "$http_x_forwarded_proto"];
    condition.directive.arguments.iter().any(|word| asked.iter().any(|variable| word.text.contains(variable)))
}

/// Whether `location /` redirects, and every other location does, answers itself, or proves who the server is.
fn locations_redirect(level: &[Entry<'_>]) -> bool {
    let locations: Vec<&Node<'_>> = nodes(level, "location").collect();
    let redirects = |node: &Node<'_>| answers(&node.inside).iter().any(|answer| is_secure(answer.node));
    let is_root = |node: &Node<'_>| node.directive.arguments.last().is_some_and(|pattern| &*pattern.text == "/");
    let serves = |node: &Node<'_>| {
        let pattern = node.directive.arguments.last().map_or("", |pattern| &*pattern.text);
        let is_inner = pattern.starts_with('@') || nodes(&node.inside, "internal").next().is_some();
        !(is_inner || pattern.contains("well-known") || answers(&node.inside).iter().any(|a| a.condition.is_none()))
    };
    locations.iter().any(|node| is_root(node) && redirects(node)) && !locations.iter().any(|node| serves(node))
}
