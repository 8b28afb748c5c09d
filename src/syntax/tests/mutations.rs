//! Every token of the examples deleted, doubled and misspelt: what is said is in bounds, and at the right line.

use super::examples::EXAMPLES;
use super::read;
use crate::source::{LineIndex, Span};
use crate::syntax::Parse;
use crate::syntax::ast::File;

/// One change to one token: the text, and where it was changed.
struct Mutation {
    name: String,
    text: String,
    changed: std::ops::Range<usize>,
    /// Where the bracket stands that the token was the partner of.
    partner: Option<usize>,
}

fn tokens(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if first == '#' {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        } else if let Some(inside) = rest.strip_prefix("\"\"\"") {
            inside.find("\"\"\"").map_or(rest.len(), |end| end + 6)
        } else if first == '"' {
            rest[1..].find('"').map_or(rest.len(), |end| end + 2)
        } else if first.is_ascii_alphanumeric() {
            rest.find(|next: char| !(next.is_ascii_alphanumeric() || "_-".contains(next))).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        tokens.push(at..at + length);
        at += length;
    }
    tokens
}

fn mutations(text: &str) -> Vec<Mutation> {
    let replaced =
        |range: &std::ops::Range<usize>, with: &str| format!("{}{with}{}", &text[..range.start], &text[range.end..]);
    let mut mutations = Vec::new();
    let mut open = Vec::new();
    for range in tokens(text) {
        let token = &text[range.clone()];
        let partner = match token {
            "{" | "(" | "[" => {
                open.push(range.start);
                None
            }
            "}" | ")" | "]" => open.pop(),
            _ => None,
        };
        let mut push = |name: &str, with: String| {
            let changed = range.start..range.start + with.len();
            mutations.push(Mutation {
                name: format!("{name} {token}"),
                text: replaced(&range, &with),
                changed,
                partner,
            });
        };
        push("delete", String::new());
        push("double", format!("{token} {token}"));
        let mut letters: Vec<char> = token.chars().collect();
        letters.swap(0, 1.min(token.chars().count() - 1));
        let swapped: String = letters.into_iter().collect();
        push("misspell", if swapped == token { format!("{token};") } else { swapped });
        if token.starts_with('"') {
            push("leave open", token[..token.len() - 1].to_owned());
        }
    }
    mutations
}

/// Whether what is said first names a line of the change, or points at one.
fn names_the_line(mutation: &Mutation, parsed: &Parse<File>) -> bool {
    let Some(first) = parsed.diagnostics.first() else { return true };
    let lines = LineIndex::new(&mutation.text);
    let line = |at: usize| lines.line(u32::try_from(at).unwrap());
    let changed = line(mutation.changed.start)..=line(mutation.changed.end);
    let touches = |span: Span| {
        let said = line(span.start as usize)..=line(span.end as usize);
        said.start() <= changed.end() && changed.start() <= said.end()
    };
    let places = first.place.iter().chain(first.related.iter().map(|label| &label.place));
    places.into_iter().any(|place| {
        touches(place.span) || mutation.partner.is_some_and(|partner| line(partner) == line(place.span.start as usize))
    })
}

#[track_caller]
fn check(example: &str) {
    let mut missed = Vec::new();
    for mutation in mutations(example) {
        let parsed = read(&mutation.text);
        for diagnostic in &parsed.diagnostics {
            let span = diagnostic.place.expect("a place").span;
            assert!(mutation.text.get(span.range()).is_some(), "{}: {diagnostic:?}", mutation.name);
        }
        if !names_the_line(&mutation, &parsed) {
            let line = mutation.text[..mutation.changed.start].lines().count();
            let said = super::said(&mutation.text);
            missed.push(format!("line {line}: {}: {}", mutation.name, said[0]));
        }
    }
    assert!(missed.is_empty(), "{} miss their line:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn a_changed_token_of_a_plan_is_found_in_its_line() {
    check(EXAMPLES[0]);
}

#[test]
fn a_changed_token_of_a_policy_is_found_in_its_line() {
    check(EXAMPLES[1]);
}

#[test]
fn a_changed_token_of_a_release_policy_is_found_in_its_line() {
    check(EXAMPLES[2]);
}
