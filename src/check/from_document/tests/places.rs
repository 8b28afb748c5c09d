//! Every place cuts out of the text what it speaks of.

use super::{JSON, LANGUAGE, YAML, in_language, plan};
use crate::document::Format::{self, Json, Yaml};
use crate::source::Span;
use crate::syntax::ast::{Block, ClauseKind, Entry, Expression, ExpressionKind, Value, ValueKind};

/// Every place of a tree with the text it cuts out, and what kind of place it is.
fn cuts(block: &Block, text: &str) -> Vec<String> {
    let mut out = Vec::new();
    walk(block, &mut |what, span| out.push(format!("{what} `{}`", span.text(text))));
    out
}

fn walk(block: &Block, visit: &mut impl FnMut(&str, Span)) {
    visit("kind", block.kind.span);
    if let Some(id) = &block.id {
        visit("id", id.span);
    }
    if let Some(title) = &block.title {
        visit("title", title.span);
    }
    for entry in &block.body {
        match entry {
            Entry::Attribute(attribute) => {
                visit("name", attribute.name.span);
                value(&attribute.value, visit);
            }
            Entry::Block(inner) => walk(inner, visit),
            Entry::RedFlag(flag) => {
                visit("id", flag.id.as_ref().unwrap().span);
                visit("title", flag.title.as_ref().unwrap().span);
                for clause in &flag.clauses {
                    clauses(&clause.kind, visit);
                }
            }
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "no other clause can come out of a document")]
fn clauses(kind: &ClauseKind, visit: &mut impl FnMut(&str, Span)) {
    match kind {
        ClauseKind::During(phases) => phases.iter().for_each(|phase| visit("during", phase.span)),
        ClauseKind::Then(action) => visit("then", action.span),
        ClauseKind::Stop { when, lasting } => {
            operands(when, visit);
            if let Some(lasting) = lasting {
                value(lasting, visit);
            }
        }
        other => panic!("{other:?}"),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the conditions of these texts hold nothing else")]
fn operands(expression: &Expression, visit: &mut impl FnMut(&str, Span)) {
    visit("expression", expression.span);
    match &expression.value {
        ExpressionKind::Binary { operator, left, right } => {
            visit("operator", operator.span);
            operands(left, visit);
            operands(right, visit);
        }
        ExpressionKind::Member { of, name } => {
            operands(of, visit);
            visit("member", name.span);
        }
        ExpressionKind::Call { function, arguments } => {
            visit("function", function.span);
            for argument in arguments {
                operands(argument, visit);
            }
        }
        _ => {}
    }
}

fn value(found: &Value, visit: &mut impl FnMut(&str, Span)) {
    match &found.value {
        ValueKind::Literal(_) | ValueKind::Symbol(_) => visit("value", found.span),
        ValueKind::List(items) => items.iter().for_each(|item| value(item, visit)),
        ValueKind::Map(entries) => entries.iter().for_each(|entry| {
            visit("name", entry.name.span);
            value(&entry.value, visit);
        }),
    }
}

/// Without the quotes that one notation needs and another does not, and the escapes between them.
fn bare(cut: &str) -> String {
    cut.replace(['"', '\\', ' '], "")
}

/// The places of the language's plan and of the document's, side by side; kinds and children's names differ in writing.
#[track_caller]
fn same_cuts(format: Format, text: &str) {
    let wanted = cuts(&in_language(LANGUAGE), LANGUAGE);
    let found = cuts(&plan(format, text), text);
    assert_eq!(wanted.len(), found.len());
    for (wanted, found) in wanted.iter().zip(&found).filter(|(wanted, _)| !wanted.starts_with("kind")) {
        assert_eq!(bare(found), bare(wanted));
    }
}

#[test]
fn the_places_of_the_example_cut_out_the_same_words_in_every_notation() {
    same_cuts(Yaml, YAML);
    same_cuts(Json, JSON);
}

#[test]
fn quotes_belong_to_texts_and_to_nothing_else() {
    let text = r#"{"plan": "p", "title": "A title", "service": "s", "risk": "high", "team": {"lead": "@a"}}"#;
    assert_eq!(
        cuts(&plan(Json, text), text),
        [
            "kind `plan`",
            "id `p`",
            "title `\"A title\"`",
            "name `service`",
            "value `\"s\"`",
            "name `risk`",
            "value `high`",
            "kind `team`",
            "name `lead`",
            "value `@a`",
        ]
    );
}

#[test]
fn what_escapes_or_folding_hide_stands_at_the_whole_string() {
    let text = "plan: p\nredflags:\n  - redflag: f\n    title: t\n    stop: \"metric.a\\u0020> 5%\"\n    then: hold\n    for: \"\\x31m\"\n";
    assert_eq!(
        cuts(&plan(Yaml, text), text),
        [
            "kind `plan`",
            "id `p`",
            "id `f`",
            "title `t`",
            "expression `\"metric.a\\u0020> 5%\"`",
            "operator `\"metric.a\\u0020> 5%\"`",
            "expression `\"metric.a\\u0020> 5%\"`",
            "expression `\"metric.a\\u0020> 5%\"`",
            "member `\"metric.a\\u0020> 5%\"`",
            "expression `\"metric.a\\u0020> 5%\"`",
            "value `\"\\x31m\"`",
            "then `hold`",
        ]
    );
}

#[test]
fn blocks_reach_from_their_kind_to_the_end_of_their_mapping() {
    let text = "plan: p\nwindow:\n  start: 2026-11-24\nchanges:\n  - {title: A b, kind: fix}\n";
    let plan = plan(Yaml, text);
    let blocks: Vec<&str> = plan
        .body
        .iter()
        .filter_map(|entry| if let Entry::Block(block) = entry { Some(block.span.text(text)) } else { None })
        .collect();
    assert_eq!(plan.span.text(text), text.trim_end());
    assert_eq!(blocks, ["window:\n  start: 2026-11-24", "{title: A b, kind: fix}"]);
}
