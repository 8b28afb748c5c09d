//! `ssl_protocols`: which TLS versions a server really offers.

use super::Nginx;
use super::block::Block;
use super::diagnostics::DEFAULT_SERVER_DECIDES;
use super::word::list;
use crate::diagnostic::Diagnostic;
use crate::model::data::{Data, Value};
use crate::model::units::Version;
use crate::source::Place;

/// What nginx offers where nobody says anything: since which version.
const BUILT_IN: &[(&[u64], &[&str])] = &[
    (&[1, 27, 3], &["TLSv1.2", "TLSv1.3"]),
    (&[1, 23, 4], &["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]),
    (&[0], &["TLSv1", "TLSv1.1", "TLSv1.2"]),
];

/// Since then a server is known by its name before a TLS version is chosen.
const BY_NAME: &[u64] = &[1, 29, 2];

/// What a server offers by itself: what it says, what it inherits, what this version of nginx does without a word.
pub(super) fn own(server: &Block<'_>, nginx: &Nginx) -> Option<Value> {
    server.texts("ssl_protocols").or_else(|| {
        let built_in = built_in(nginx.version.as_ref()?)?;
        let items = built_in.iter().map(|word| Value::new(Data::text(*word), server.head)).collect();
        Some(list(items, server.head))
    })
}

fn built_in(version: &Version) -> Option<&'static [&'static str]> {
    BUILT_IN.iter().find(|(since, _)| *version >= Version::from_components(since)).map(|(_, words)| *words)
}

/// What it offers beside the others: in older versions, what the default servers of its addresses say.
pub(super) fn effective(
    server: usize,
    deciding: &[(usize, Place)],
    owns: &[Option<Value>],
    nginx: &Nginx,
) -> Option<Value> {
    let own = owns.get(server).cloned().flatten();
    let decides_itself = deciding.iter().all(|(default, _)| *default == server);
    let by_name = nginx.version.as_ref().is_none_or(|version| *version >= Version::from_components(BY_NAME));
    if decides_itself || by_name {
        return own;
    }
    let lists: Vec<Value> = deciding.iter().filter_map(|(default, _)| owns.get(*default).cloned().flatten()).collect();
    joined(lists)
}

/// Several lists as one; what is not known makes the whole unknown.
fn joined(mut lists: Vec<Value>) -> Option<Value> {
    if lists.len() < 2 {
        return lists.pop();
    }
    let place = lists.first()?.place;
    let mut items = Vec::new();
    for value in lists {
        let Data::List(words) = &value.data else { return Some(value) };
        items.extend(words.iter().cloned());
    }
    Some(list(items, place))
}

/// Says that words of a server do not count, where they differ from those that do.
pub(super) fn note(
    server: &Block<'_>,
    index: usize,
    deciding: &[(usize, Place)],
    owns: &[Option<Value>],
    nginx: &Nginx,
) -> Option<Diagnostic> {
    if nginx.version.as_ref().is_some_and(|version| *version >= Version::from_components(BY_NAME)) {
        return None;
    }
    let said = server.named("ssl_protocols").first()?;
    let own = words(owns.get(index)?.as_ref());
    let (default, _) = deciding.iter().find(|(default, _)| {
        *default != index && owns.get(*default).is_some_and(|other| words(other.as_ref()) != own)
    })?;
    let place = Place::new(said.file, said.directive.head());
    let message = "before nginx 1.29.2 these TLS versions do not count: the default server of the address decides";
    let note = Diagnostic::new(&DEFAULT_SERVER_DECIDES, place, message)
        .help("write `ssl_protocols` once, in `http { … }`, or the same words in each server of the address");
    Some(match owns.get(*default).and_then(Option::as_ref) {
        Some(counts) => note.related(counts.place, "these count"),
        None => note,
    })
}

/// More words than there are TLS versions.
const MANY: usize = 50;

/// What is said, in an order that does not matter.
fn words(list: Option<&Value>) -> Vec<String> {
    let Some(Value { data: Data::List(items), .. }) = list else { return Vec::new() };
    let mut words: Vec<String> = items.iter().take(MANY).map(|item| item.data.to_string()).collect();
    words.sort();
    words.dedup();
    words
}
