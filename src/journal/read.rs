//! From the bytes of a journal to its lines. The digests are those of the bytes, so texts that are no UTF-8 count too.

use std::collections::BTreeMap;

use serde_json::Value;

use super::chain::{Link, broken, digest};
use super::{Entry, Journal};

pub(super) fn read(bytes: &[u8]) -> Journal {
    let (mut entries, mut links, mut torn) = (Vec::new(), Vec::new(), None);
    for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let number = index + 1;
        let Some(whole) = line.strip_suffix(b"\n") else {
            torn = Some(number);
            continue;
        };
        let found = entry(number, whole);
        let says = found.as_ref().map(|(entry, before)| (entry.number, before.clone()));
        links.push(Link { line: number, digest: digest(whole), says });
        entries.extend(found.map(|(entry, _)| entry));
    }
    Journal { entries, broken: broken(&links), torn }
}

/// The line, and what it says the line before it was.
fn entry(line: usize, text: &[u8]) -> Option<(Entry, String)> {
    let Ok(Value::Object(mut object)) = serde_json::from_str(&String::from_utf8_lossy(text)) else { return None };
    let number = object.remove("seq")?.as_u64()?;
    let at = object.remove("at")?.as_i64()?;
    let mut text = |name: &str| match object.remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let (before, event, of) = (text("prev")?, text("event")?, text("of")?);
    let facts = object.into_iter().map(|(name, value)| match value {
        Value::String(text) => Some((name, text)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    });
    let facts = facts.collect::<Option<BTreeMap<_, _>>>()?;
    Some((Entry { line, number, at, event, of, facts }, before))
}
