//! What reads like the language itself, whatever its file is called: an item stands at its very beginning.

use super::Found;
use crate::source::{FileId, Span};
use crate::syntax::ast::Item;
use crate::syntax::parse;

/// How what stands in the language begins.
const ITEMS: [&str; 6] = ["plan", "policy", "procedure", "calendar", "waive", "test"];

/// What begins with an item of the language, behind blanks and comments.
pub(super) fn in_language(text: &str) -> Option<Found> {
    let code = behind_comments(text.trim_start_matches('\u{feff}'));
    let word = code.split(|sign: char| !sign.is_ascii_alphabetic()).next()?;
    // Most texts do not even begin with the word, and are not read for nothing.
    if !ITEMS.contains(&word) {
        return None;
    }
    let items = parse(FileId::default(), text).tree.items;
    let first = items.first().filter(|first| begins_at(first) as usize == text.len() - code.len())?;
    let place = head(first, text)?;
    let mut heads = items.iter().filter_map(|item| head(item, text).map(|head| (item, head)));
    let plan = heads.clone().find(|(item, _)| matches!(item, Item::Plan(_)));
    let policy = heads.find(|(item, _)| !matches!(item, Item::Plan(_) | Item::Procedure(_)));
    Some(match (plan, policy) {
        (Some((_, place)), _) => Found { kind: "plan", ending: ".plan", place },
        (None, Some((_, place))) => Found { kind: "policy", ending: ".policy", place },
        (None, None) => Found { kind: "plan", ending: ".plan", place },
    })
}

fn behind_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with('#') {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest.trim_start());
    }
    rest
}

const fn begins_at(item: &Item) -> u32 {
    match item {
        Item::Plan(block) | Item::Calendar(block) => block.span.start,
        Item::Procedure(procedure) => procedure.block.span.start,
        Item::Policy(policy) => policy.span.start,
        Item::Waiver(waiver) => waiver.span.start,
        Item::Test(test) => test.span.start,
    }
}

/// What an item is called by, where nothing but its title stands between that and what opens it.
fn head(item: &Item, whole: &str) -> Option<Span> {
    let (id, title) = match item {
        Item::Plan(block) | Item::Calendar(block) => (block.id.as_ref()?, block.title.as_ref()),
        // Its parameters come first.
        Item::Procedure(procedure) => {
            let id = procedure.block.id.as_ref()?;
            return (!procedure.block.braces.is_empty()).then_some(id.span);
        }
        Item::Policy(policy) => (policy.id.as_ref()?, policy.title.as_ref()),
        Item::Waiver(waiver) => (&waiver.rule, None),
        Item::Test(test) => (&test.rule, None),
    };
    let end = title.map_or(id.span.end, |title| title.span.end);
    whole.get(end as usize..).is_some_and(|rest| behind_comments(rest).starts_with('{')).then_some(id.span)
}
