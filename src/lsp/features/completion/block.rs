//! What a block of a plan may hold, and what its attributes take.

use std::collections::BTreeSet;

use gen_lsp_types::CompletionItemKind;

use super::Asked;
use super::item::{Items, of_words, plain};
use crate::lsp::features::hover::set_of;
use crate::lsp::names::{self, Kind};
use crate::lsp::vocabulary::{self, Word};
use crate::model::plan::Team;
use crate::model::types::{AttributeShape, EnumShape, Naming, Type};
use crate::model::units::Person;
use crate::syntax::ast::{Block, Entry, Item};

const RED_FLAG: &[Word] = &[Word {
    name: "redflag",
    rest: " ${1:id} \"${2:title}\" {\n  $0\n}",
    doc: "A condition under which the deployment stops while it runs.",
}];

pub(super) fn entries(asked: &Asked<'_>, kind: &str) -> Items {
    if let Some((name, _)) = asked.context.assigned() {
        return values(asked, kind, name);
    }
    if let Some((word, _)) = asked.context.statement.split_once(' ') {
        return heads(asked, word);
    }
    let mut items = attributes(asked, kind);
    for block in vocabulary::blocks(kind) {
        let shape = block.shape;
        let rest = match shape.naming {
            Naming::Anonymous => " {\n  $0\n}",
            Naming::Of(_) => " ${1:kind} {\n  $0\n}",
            Naming::Named => " ${1:id} \"${2:title}\" {\n  $0\n}",
        };
        items.add_with(shape.kind, CompletionItemKind::Keyword, "block", shape.doc, rest);
    }
    if kind == "plan" { items.and(of_words(RED_FLAG)) } else { items }
}

/// The attributes that are not there yet, those that must be first.
fn attributes(asked: &Asked<'_>, kind: &str) -> Items {
    let mut items = Items::default();
    if kind == "use" {
        return parameters(asked);
    }
    let Some(shape) = vocabulary::shape(kind) else { return items };
    let innermost = asked.document.items().iter().find_map(|item| match item {
        Item::Plan(block) | Item::Calendar(block) => innermost(block, asked.offset),
        Item::Procedure(procedure) => innermost(&procedure.block, asked.offset),
        Item::Policy(_) | Item::Waiver(_) | Item::Test(_) => None,
    });
    let is_there = |name: &str| {
        innermost.is_some_and(|block| block.kind.value == kind && block.attribute(name).is_some())
            && asked.word() != name
    };
    let mut wanted: Vec<&AttributeShape> = shape.attributes.iter().filter(|known| !is_there(known.name)).collect();
    wanted.sort_by_key(|attribute| !attribute.required);
    for attribute in wanted {
        let required = if attribute.required { ", required" } else { "" };
        let detail = attribute.kind.describe() + required;
        items.add_with(attribute.name, CompletionItemKind::Field, &detail, attribute.doc, rest(attribute.kind));
    }
    items
}

/// What follows the name of an attribute.
const fn rest(of_type: Type) -> &'static str {
    if matches!(of_type, Type::Text | Type::Zone) {
        " = \"$0\""
    } else if matches!(of_type, Type::List(Type::Text)) {
        " = [\"$0\"]"
    } else if matches!(of_type, Type::List(_)) {
        " = [$0]"
    } else if matches!(of_type, Type::Map(_)) {
        " = { $0 }"
    } else {
        " = $0"
    }
}

fn innermost(block: &Block, offset: u32) -> Option<&Block> {
    if offset < block.span.start || block.span.end < offset {
        return None;
    }
    let inner = block.body.iter().find_map(|entry| match entry {
        Entry::Block(inner) => innermost(inner, offset),
        Entry::Attribute(_) | Entry::RedFlag(_) => None,
    });
    inner.or(Some(block))
}

/// What `as` does: no parameter, and every `use` may have it.
const AS: &str = "A word before every id of the procedure, so that it can be used more than once: `as = web` makes `web-copy` of the step `copy`.";

/// The parameters of the procedure that `use` names, and `as`.
fn parameters(asked: &Asked<'_>) -> Items {
    let mut items = Items::default();
    let head = asked.context.heads.last().map(|opened| opened.head).unwrap_or_default();
    let wanted = head.split_whitespace().nth(1).unwrap_or_default();
    for item in asked.document.items() {
        let Item::Procedure(procedure) = item else { continue };
        if names::name_of(procedure.block.id.as_ref(), procedure.block.title.as_ref()) != wanted {
            continue;
        }
        for parameter in &procedure.parameters {
            let doc = parameter.doc.as_ref().map_or("", |doc| &doc.value.value);
            let (name, of_type) = (&parameter.name.value, &parameter.kind.value);
            items.add_with(name, CompletionItemKind::Field, of_type, doc, " = $0");
        }
    }
    items.add_with("as", CompletionItemKind::Keyword, "word", AS, " = $0");
    items
}

/// What a block may be called: a procedure that there is, one of the strategies.
fn heads(asked: &Asked<'_>, word: &str) -> Items {
    match word {
        "use" => asked.declared(Kind::Procedure),
        "strategy" => match vocabulary::shape("strategy").map(|shape| shape.naming) {
            Some(Naming::Of(set)) => of_set(set),
            Some(Naming::Named | Naming::Anonymous) | None => Items::default(),
        },
        _ => Items::default(),
    }
}

fn values(asked: &Asked<'_>, kind: &str, name: &str) -> Items {
    match (kind, name) {
        ("step", "needs") => return asked.declared(Kind::Step),
        ("hold", "by") => return plain(Team::roles().map(str::to_owned), "role").and(people(asked)),
        _ => {}
    }
    let Some(attribute) = vocabulary::attribute(kind, name) else { return Items::default() };
    if attribute.kind == Type::Bool {
        return plain(["true", "false"].map(str::to_owned), "");
    }
    if attribute.kind == Type::Person {
        return people(asked);
    }
    set_of(attribute.kind).map(of_set).unwrap_or_default()
}

pub(super) fn of_set(set: &'static EnumShape) -> Items {
    let mut items = Items::default();
    for value in set.values {
        items.add(value.name, CompletionItemKind::EnumMember, set.noun, value.doc);
    }
    items
}

/// Everybody whom the text names.
fn people(asked: &Asked<'_>) -> Items {
    let text = &*asked.document.text;
    let named = text.match_indices('@').filter_map(|(at, _)| text.get(at + 1..));
    let words = named.map(Person::leading);
    // Behind an `@` that is there, another would be one too many, and so would what stands before a dot.
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign);
    let begun = asked.before.rsplit_once('@').map(|(_, begun)| begun).filter(|begun| begun.chars().all(is_part));
    let (sign, there) = begun.map_or(("@", ""), |begun| ("", begun.strip_suffix(asked.word()).unwrap_or_default()));
    let is_other = |word: &&str| !word.is_empty() && *word != begun.unwrap_or(asked.word());
    let everybody: BTreeSet<&str> = words.filter(is_other).filter_map(|word| word.strip_prefix(there)).collect();
    plain(everybody.into_iter().map(|person| format!("{sign}{person}")), "person")
}
