//! Rules that comments and settings name: `# stopline: ignore[pack/rule] reason`, and `"pack/rule" = "warning"` in
//! `stopline.toml`.

use super::Mention;
use super::policies::rule_named;
use crate::lsp::document::Document;
use crate::source::Span;

const MARK: &str = "ignore[";

/// The rules that are ignored in a text, and those that settings name.
pub(super) fn ignored(document: &Document) -> Vec<Mention> {
    let text = &*document.text;
    if document.language.is_some() {
        let comments = document.parsed().comments.iter();
        return comments.flat_map(|comment| in_stretch(text, comment.span)).collect();
    }
    if document.path.rsplit('/').next() == Some("stopline.toml") {
        return quoted(text);
    }
    in_stretch(text, Span::of(0..text.len()))
}

/// The rules between the brackets of each ignore.
fn in_stretch(text: &str, stretch: Span) -> Vec<Mention> {
    let (mut found, mut at) = (Vec::new(), stretch.start as usize);
    while let Some(rest) = text.get(at..stretch.end as usize) {
        let Some(mark) = rest.find(MARK) else { break };
        let is_ours = rest.get(..mark).is_some_and(|before| before.trim_end().ends_with("stopline:"));
        let start = at + mark + MARK.len();
        let inner = text.get(start..stretch.end as usize).and_then(|rest| rest.split([']', '\n']).next());
        let inner = inner.unwrap_or_default();
        if is_ours {
            let mut offset = start;
            for part in inner.split(',') {
                let lead = part.len() - part.trim_start().len();
                let name = part.trim();
                found.extend(rule_named(name, Span::of(offset + lead..offset + lead + name.len())));
                offset += part.len() + 1;
            }
        }
        at = start + inner.len();
    }
    found
}

/// Every quoted text that looks like a rule.
fn quoted(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('"') {
        let Some(rest) = text.get(at + 1..) else { continue };
        let name = rest.split(['"', '\n']).next().unwrap_or_default();
        let is_word =
            |part: &str| !part.is_empty() && part.chars().all(|sign| sign.is_alphanumeric() || "-_".contains(sign));
        let is_rule = name.split_once('/').is_some_and(|(pack, rule)| is_word(pack) && is_word(rule));
        if is_rule && rest.get(name.len()..).is_some_and(|rest| rest.starts_with('"')) {
            found.extend(rule_named(name, Span::of(at + 1..at + 1 + name.len())));
        }
    }
    found
}
