//! What a thing means, and what it comes to: documentation of rules and fields, commands, how long a step takes at worst.

use std::fmt::Write as _;

use gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind};

use crate::lsp::document::Document;
use crate::lsp::look::{self, Part};
use crate::lsp::names::{self, Kind, Mention};
use crate::lsp::scene::Scene;
use crate::lsp::worst_case;
use crate::lsp::{declared, vocabulary};
use crate::model::enums::LEVEL;
use crate::model::function::Function;
use crate::model::policy::SubjectKind;
use crate::model::types::{EnumShape, Naming, Type};
use crate::model::{enums::FLAG_ACTION, enums::WEEKDAY, subject};
use crate::session::Explained;
use crate::source::Span;

pub(in crate::lsp) fn hover(scene: &Scene<'_>, document: &Document, offset: u32) -> Option<Hover> {
    let named = names::at(document, offset);
    let (span, text) = named
        .and_then(|mention| Some((mention.span, of_name(scene, document, &mention)?)))
        .or_else(|| of_part(document, offset))?;
    let contents = Contents::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value: text });
    Some(Hover { contents, range: Some(document.range(span)) })
}

fn of_name(scene: &Scene<'_>, document: &Document, mention: &Mention) -> Option<String> {
    if mention.kind == Kind::Rule {
        return scene.explained().iter().find(|known| known.id == mention.name).map(of_rule);
    }
    if mention.kind == Kind::Role {
        let doc = vocabulary::attribute("team", &mention.name)?.doc;
        return Some(format!("**role** `{}`\n\n{doc}", mention.name));
    }
    let found = names::everywhere(scene, document, mention);
    let (place, definition) = found.iter().find(|(_, mention)| mention.is_definition())?;
    if definition.kind == Kind::Variable && !definition.is_written {
        let subject = place.slice(definition.span);
        return Some(of_subject(subject));
    }
    let declared = declared::at(place.items(), definition.span)?;
    let mut text = format!("**{}** `{}`{}", mention.kind.noun(), mention.name, declared.title());
    if let Some(doc) = declared.doc(place) {
        let _ = write!(text, "\n\n{doc}");
    }
    if let Some(command) = declared.command() {
        let _ = write!(text, "\n\n```sh\n{}\n```", command.trim_end());
    }
    if let Some(times) = worst_case::of(scene, place, mention) {
        let _ = write!(text, "\n\n{times}");
    }
    Some(text)
}

/// A rule, as `explain` shows it.
fn of_rule(explained: &Explained) -> String {
    let mut text = format!("**{}** ({})\n\n{}", explained.id, explained.severity, explained.summary);
    if !explained.controls.is_empty() {
        let _ = write!(text, "\n\nControls: {}", explained.controls.join(", "));
    }
    let doc = explained.doc.trim();
    if !doc.is_empty() {
        let _ = write!(text, "\n\n---\n\n{doc}");
    }
    text
}

fn of_part(document: &Document, offset: u32) -> Option<(Span, String)> {
    let (span, part) = look::part(document.items(), offset)?;
    let text = match part {
        Part::Kind { kind } => {
            let doc = vocabulary::shape(kind).map(|shape| shape.doc).or_else(|| keyword_doc("file", kind))?;
            format!("**{kind}**\n\n{doc}")
        }
        Part::Keyword { of, word } => format!("**{word}**\n\n{}", keyword_doc(of, word)?),
        Part::Attribute { kind, name } => {
            let attribute = vocabulary::attribute(kind, name)?;
            let required = if attribute.required { ", required" } else { "" };
            format!(
                "**{name}**: {}{required}\n\n{}{}",
                attribute.kind.describe(),
                attribute.doc,
                choices(attribute.kind)
            )
        }
        Part::Word { kind, attribute, word } => of_word(kind, attribute, word)?,
        Part::Subject { name } => of_subject(name),
        Part::Function { name } => {
            let signature = Function::named(name)?.signature();
            format!("**{}(…)**\n\n{}", signature.name, signature.doc)
        }
        Part::Field { of, name, variables } => {
            let shape = crate::lsp::typing::record(variables.type_of(of)?)?;
            let (of_type, doc) = vocabulary::field(shape, name)?;
            format!("**{}.{name}**: {}\n\n{doc}{}", shape.kind, of_type.describe(), choices(of_type))
        }
        Part::Constant { word } => of_constant(word)?,
    };
    Some((span, text))
}

fn keyword_doc(of: &str, word: &str) -> Option<&'static str> {
    let words = match of {
        "file" => vocabulary::ITEMS,
        "policy" => vocabulary::POLICY,
        "rule" => vocabulary::RULE,
        "redflag" => vocabulary::RED_FLAG,
        "waiver" => vocabulary::WAIVER,
        _ => return None,
    };
    words.iter().find(|known| known.name == word).map(|known| known.doc)
}

fn of_subject(name: &str) -> String {
    let doc = match SubjectKind::named(name) {
        Some(SubjectKind::Document(kind)) => {
            subject::shape_of(kind).map_or("A file of this kind; the file says what it holds.", |shape| shape.doc)
        }
        Some(SubjectKind::Plan | SubjectKind::PlanPart(_)) => {
            vocabulary::shape(name).map_or("A part of the plan.", |shape| shape.doc)
        }
        None => "",
    };
    format!("**{name}**\n\n{doc}")
}

/// A word out of the set that an attribute takes.
fn of_word(kind: &str, attribute: &str, word: &str) -> Option<String> {
    let set = match (kind, attribute) {
        ("rule", "severity") => Type::Enum(&LEVEL),
        ("redflag", "then") => Type::Enum(&FLAG_ACTION),
        (kind, "") => match vocabulary::shape(kind)?.naming {
            Naming::Of(set) => Type::Enum(set),
            Naming::Named | Naming::Anonymous => return None,
        },
        (kind, attribute) => vocabulary::attribute(kind, attribute)?.kind,
    };
    let set = set_of(set)?;
    let value =
        if attribute.is_empty() { set.at_end_of(word) } else { set.values.iter().find(|value| value.name == word) };
    let value = value?;
    Some(format!("**{}** ({})\n\n{}", value.name, set.noun, value.doc))
}

/// A bare word of a condition: a weekday, or a word of any set.
fn of_constant(word: &str) -> Option<String> {
    use crate::model::enums::{CHANGE_KIND, DATA_CLASS, ENVIRONMENT, PLATFORM, RISK, STRATEGY_KIND};
    let sets: [&EnumShape; 7] = [&ENVIRONMENT, &RISK, &DATA_CLASS, &CHANGE_KIND, &PLATFORM, &STRATEGY_KIND, &WEEKDAY];
    let found = sets.into_iter().find_map(|set| Some((set, set.values.iter().find(|value| value.name == word)?)));
    found.map(|(set, value)| format!("**{word}** ({})\n\n{}", set.noun, value.doc))
}

pub(super) const fn set_of(of_type: Type) -> Option<&'static EnumShape> {
    if let Type::Enum(set) | Type::List(&Type::Enum(set)) = of_type { Some(set) } else { None }
}

/// The words of a set, as a list.
fn choices(of_type: Type) -> String {
    let Some(set) = set_of(of_type) else { return String::new() };
    set.values.iter().fold("\n".to_owned(), |text, value| format!("{text}\n- `{}`: {}", value.name, value.doc))
}
