//! From the bytes of a journal to its lines. The digests are those of the bytes, so texts that are no UTF-8 count too.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::chain::{Chain, Link, Says};
use super::{Digest, Entry, Journal};

pub(super) fn read(bytes: &[u8]) -> Journal {
    let (mut entries, mut chain, mut torn, mut lines) = (Vec::new(), Chain::default(), None, 0);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        lines += 1;
        let Some(whole) = line.strip_suffix(b"\n") else {
            torn = Some(lines);
            continue;
        };
        let found = entry(lines, whole);
        let says =
            found.as_ref().map(|(entry, before)| Says { number: entry.number, before: *before, digest: entry.digest });
        chain.next(Link { line: lines, says });
        entries.extend(found.map(|(entry, _)| entry));
    }
    Journal { entries, broken: chain.end(), torn, lines }
}

/// The line, and what it says the line before it was.
fn entry(line: usize, text: &[u8]) -> Option<(Entry, Digest)> {
    if !text.starts_with(b"{") {
        return None;
    }
    let written: Written = serde_json::from_str(&String::from_utf8_lossy(text)).ok()?;
    let before = Digest::parse(&written.before?)?;
    let (number, at, event, of) = (written.number?, written.at?, written.event?, written.of?);
    Some((Entry { line, number, digest: Digest::of(text), at, event, of, facts: written.facts }, before))
}

/// What stands in a line, as far as it is what a run writes.
#[derive(Default)]
struct Written {
    number: Option<u64>,
    before: Option<String>,
    at: Option<i64>,
    event: Option<String>,
    of: Option<String>,
    facts: BTreeMap<String, String>,
}

/// By hand, since a key that stands twice is read otherwise by whoever takes the first: no run writes such a line.
impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(line: D) -> Result<Self, D::Error> {
        line.deserialize_map(Line)
    }
}

struct Line;

impl<'de> Visitor<'de> for Line {
    type Value = Written;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a line of a journal")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Written, A::Error> {
        let mut written = Written::default();
        while let Some(key) = map.next_key::<String>()? {
            let is_again = match key.as_str() {
                "seq" => written.number.replace(map.next_value()?).is_some(),
                "prev" => written.before.replace(map.next_value()?).is_some(),
                "at" => written.at.replace(map.next_value()?).is_some(),
                "event" => written.event.replace(map.next_value()?).is_some(),
                "of" => written.of.replace(map.next_value()?).is_some(),
                _ => {
                    let fact = map.next_value()?;
                    written.facts.insert(key, fact).is_some()
                }
            };
            if is_again {
                return Err(A::Error::custom("a key stands twice"));
            }
        }
        Ok(written)
    }
}
