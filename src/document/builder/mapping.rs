//! Closing a mapping: merges resolved, every key once, long ones indexed.

use std::collections::HashSet;

use super::super::node::Content;
use super::super::{DUPLICATE_KEY, Entry, INVALID_MERGE, Kind, NodeId};
use super::{Builder, MAX_DIAGNOSTICS};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Up to here, looking at one entry after the other is as fast as any index.
const SHORT: usize = 16;

impl Builder {
    /// The mapping whose entries are those from `start` on.
    pub(super) fn mapping(&mut self, node: NodeId, start: usize, merges: &[usize]) -> Content {
        self.duplicates(start);
        if let Some(mark) = self.template_as_key(start) {
            self.template(mark);
        }
        if !merges.is_empty() {
            let all = self.merged(start, merges);
            self.document.entries.truncate(start);
            self.document.entries.extend(all);
        }
        let entries = self.entries_from(start);
        if entries.len() > SHORT {
            let sorted = self.sorted(entries);
            self.document.by_key.insert(node, sorted);
        }
        Content::Mapping(Span::of(start..self.document.entries.len()))
    }

    /// To YAML, `{{ name }}` is a mapping that is the key of another. Nobody means that.
    fn template_as_key(&self, start: usize) -> Option<Span> {
        let document = &self.document;
        let keys = self.entries_from(start).iter().map(|entry| entry.key);
        let spans = keys.filter(|key| document.kind(*key) == Kind::Mapping).map(|key| document.span(key));
        let mut marks = spans.map(|span| Span::new(span.start.saturating_sub(1), span.end + 1));
        marks.find(|mark| self.written(*mark).starts_with("{{"))
    }

    fn entries_from(&self, start: usize) -> &[Entry] {
        self.document.entries.get(start..).unwrap_or_default()
    }

    /// Scalar keys in order, the first of equal ones first.
    fn sorted(&self, entries: &[Entry]) -> Vec<Entry> {
        let document = &self.document;
        let mut sorted: Vec<Entry> =
            entries.iter().copied().filter(|entry| document.text(entry.key).is_some()).collect();
        sorted.sort_by_key(|entry| document.text(entry.key));
        sorted.dedup_by(|later, earlier| document.text(later.key) == document.text(earlier.key));
        sorted
    }

    fn duplicates(&mut self, start: usize) {
        let entries = self.entries_from(start);
        if entries.len() <= SHORT && !self.has_duplicates(entries) {
            return;
        }
        let document = &self.document;
        let mut sorted: Vec<(&str, NodeId)> =
            entries.iter().filter_map(|entry| document.text(entry.key).map(|text| (text, entry.key))).collect();
        sorted.sort_unstable();
        let again = sorted.chunk_by(|left, right| left.0 == right.0).flat_map(|group| {
            let first = group.first().copied();
            group.iter().skip(1).filter_map(move |(text, key)| first.map(|(_, first)| (*text, first, *key)))
        });
        let reports: Vec<Diagnostic> = again
            .take(MAX_DIAGNOSTICS)
            .map(|(text, first, key)| {
                let message = format!("the key `{text}` stands twice in this mapping");
                self.diagnostic(&DUPLICATE_KEY, document.span(key), &message)
                    .label("again here")
                    .related(document.place(first), "first written here")
                    .help("remove one of them: programs differ in which one they believe")
            })
            .collect();
        for report in reports {
            self.report(report);
        }
    }

    /// For short mappings.
    fn has_duplicates(&self, entries: &[Entry]) -> bool {
        let mut earlier = [""; SHORT];
        let mut known = 0;
        for key in entries.iter().filter_map(|entry| self.document.text(entry.key)) {
            if earlier.iter().take(known).any(|earlier| *earlier == key) {
                return true;
            }
            if let Some(free) = earlier.get_mut(known) {
                *free = key;
                known += 1;
            }
        }
        false
    }

    /// The mapping's own entries, then what its merges add: own keys win, then earlier merges.
    fn merged(&mut self, start: usize, merges: &[usize]) -> Vec<Entry> {
        let entries = self.entries_from(start).to_vec();
        let mut sources = Vec::new();
        for entry in merges.iter().filter_map(|at| entries.get(*at)) {
            match self.document.kind(entry.value) {
                Kind::Mapping => sources.push(entry.value),
                Kind::Sequence => sources.extend(self.document.items(entry.value)),
                Kind::Null | Kind::Bool | Kind::Number | Kind::String => self.invalid_merge(entry.value),
            }
        }
        for source in sources.clone() {
            if self.document.kind(source) != Kind::Mapping {
                self.invalid_merge(source);
            }
        }
        let document = &self.document;
        let is_merge = |at: &usize| merges.binary_search(at).is_ok();
        let mut all: Vec<Entry> =
            entries.iter().enumerate().filter(|(at, _)| !is_merge(at)).map(|(_, entry)| *entry).collect();
        let mut known: HashSet<&str> = all.iter().filter_map(|entry| document.text(entry.key)).collect();
        for entry in sources.iter().flat_map(|source| document.entries(*source)) {
            if document.text(entry.key).is_none_or(|key| known.insert(key)) {
                all.push(*entry);
            }
        }
        all
    }

    fn invalid_merge(&mut self, value: NodeId) {
        // What could not be resolved has been reported as an alias.
        if self.document.kind(value) == Kind::Null && self.written(self.document.span(value)).starts_with('*') {
            return;
        }
        let message = format!("`<<` merges mappings, this is {}", self.document.kind(value).name());
        let report = self
            .diagnostic(&INVALID_MERGE, self.document.span(value), &message)
            .help("name a mapping with an alias: `<<: *base`");
        self.report(report);
    }
}
