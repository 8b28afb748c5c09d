//! What a rule or red flag may say: its clauses, and the words of a condition.

use gen_lsp_types::CompletionItemKind;

use super::Asked;
use super::block::of_set;
use super::item::{Items, of_words, plain};
use crate::lsp::context::path_before;
use crate::lsp::features::hover::set_of;
use crate::lsp::names::Kind;
use crate::lsp::typing::{Variables, element, record};
use crate::lsp::vocabulary;
use crate::model::enums::{FLAG_ACTION, LEVEL, WEEKDAY};
use crate::model::function::Function;
use crate::model::policy::SubjectKind;
use crate::model::types::Type;
use crate::source::FileId;
use crate::syntax::parse_expression;

pub(super) fn clauses(asked: &Asked<'_>) -> Items {
    let is_rule = asked.context.kind() == Some("rule");
    let statement = asked.context.statement;
    let Some((word, rest)) = statement.split_once(|sign: char| sign.is_whitespace() || sign == '=') else {
        return of_words(if is_rule { vocabulary::RULE } else { vocabulary::RED_FLAG });
    };
    match word {
        "severity" => of_set(&LEVEL),
        "then" => of_set(&FLAG_ACTION),
        "during" => phases(asked),
        "enforce" => plain(["run".to_owned()], ""),
        "on" if !rest.contains(" when ") => subjects(rest),
        "controls" | "docs" | "message" | "help" => Items::default(),
        _ => paths(asked, &variables(asked)),
    }
}

fn subjects(rest: &str) -> Items {
    let mut items = Items::default();
    if rest.trim_start().contains(' ') {
        items.add("when", CompletionItemKind::Keyword, "", "Only where this is true.");
        items.add("in", CompletionItemKind::Keyword, "", "Only in files whose path matches.");
        items.add("as", CompletionItemKind::Keyword, "", "Calls the subject by this name.");
        return items;
    }
    // Of `nginx.server` the part behind the dot is what is being written.
    let begun = rest.trim_start().rsplit_once('.').map(|(begun, _)| format!("{begun}."));
    for name in SubjectKind::names() {
        match &begun {
            None => items.add(name, CompletionItemKind::Class, "subject", ""),
            Some(begun) => {
                if let Some(rest) = name.strip_prefix(begun.as_str()) {
                    items.add(rest, CompletionItemKind::Class, "subject", "");
                }
            }
        }
    }
    items
}

fn phases(asked: &Asked<'_>) -> Items {
    let usual = ["prepare", "backup", "deploy", "verify", "confirm"].map(str::to_owned);
    asked.declared(Kind::Phase).and(plain(usual, "phase"))
}

/// The variables of the rule, as far as it is written.
fn variables(asked: &Asked<'_>) -> Variables {
    let body = asked.context.heads.last().map(|opened| opened.body).unwrap_or_default();
    Variables::read(body)
}

/// The words of a condition: behind a dot the fields of what stands before it, behind a comparison what it can be
/// compared with.
pub(super) fn paths(asked: &Asked<'_>, variables: &Variables) -> Items {
    let statement = asked.context.statement;
    if let Some(path) = path_before(statement) {
        return observed(asked, path).unwrap_or_else(|| fields(variables, path));
    }
    if let Some(set) = compared(statement, variables) {
        return set;
    }
    let mut items = Items::default();
    for (name, of_type) in variables.0.iter().rev() {
        items.add(name, CompletionItemKind::Variable, &of_type.describe(), "");
    }
    let items = items.and(asked.declared(Kind::Parameter)).and(asked.declared(Kind::Calendar));
    let mut functions = Items::default();
    for function in Function::ALL {
        let signature = function.signature();
        let rest = if signature.takes.is_empty() { "()" } else { "($0)" };
        functions.add_with(signature.name, CompletionItemKind::Function, "function", signature.doc, rest);
    }
    let is_flag = asked.context.kind() == Some("redflag");
    let observed = if is_flag { of_words(vocabulary::OBSERVED) } else { Items::default() };
    items.and(observed).and(functions).and(of_words(vocabulary::CONDITION))
}

/// Behind `metric.`, `probe.` and the like; `failed` behind what can fail.
fn observed(asked: &Asked<'_>, path: &str) -> Option<Items> {
    if asked.context.kind() != Some("redflag") {
        return None;
    }
    let (kind, rest) = path.split_once('.').map_or((path, None), |(kind, rest)| (kind, Some(rest)));
    match (kind, rest) {
        ("metric", None) => Some(asked.declared(Kind::Metric)),
        ("probe", None) => Some(asked.declared(Kind::Probe)),
        ("step", None) => Some(asked.declared(Kind::Step)),
        ("phase", None) => Some(phases(asked)),
        ("probe" | "step" | "phase", Some(_)) => Some(plain(["failed".to_owned()], "")),
        _ => None,
    }
}

fn fields(variables: &Variables, path: &str) -> Items {
    let mut items = Items::default();
    let Some(shape) = type_of(variables, path).and_then(record) else { return items };
    for name in shape.field_names() {
        if let Some((of_type, doc)) = vocabulary::field(shape, name) {
            items.add(name, CompletionItemKind::Field, &of_type.describe(), &doc);
        }
    }
    items
}

/// The words that what stands left of a comparison can be.
fn compared(statement: &str, variables: &Variables) -> Option<Items> {
    let written = statement.trim_end_matches(|sign: char| sign.is_alphanumeric() || "-_".contains(sign)).trim_end();
    let written = written.trim_end_matches(['[', ',', ' ']);
    let left = ["==", "!=", "<=", ">=", "<", ">"].into_iter().find_map(|sign| written.strip_suffix(sign));
    let left = left.or_else(|| written.strip_suffix(" in")).or_else(|| written.strip_suffix(" contains"));
    if written.ends_with(" overlaps") {
        return Some(of_set(&WEEKDAY));
    }
    let left = left?.trim_end();
    let path = left.rsplit(|sign: char| !sign.is_alphanumeric() && !"-_.[]".contains(sign)).next()?;
    let of_type = type_of(variables, path)?;
    if of_type == Type::Bool {
        return Some(plain(["true", "false"].map(str::to_owned), ""));
    }
    set_of(of_type).or_else(|| element(of_type).and_then(set_of)).map(of_set)
}

fn type_of(variables: &Variables, path: &str) -> Option<Type> {
    variables.type_of(&parse_expression(FileId::default(), path, 0).tree?)
}
