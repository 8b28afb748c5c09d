//! Reads Rust as far as the architecture test needs: words, marks, and the paths they make. Judges nothing.

/// A path that the code names, such as `crate::model::Plan`.
#[derive(Debug)]
pub(crate) struct Use {
    pub(crate) line: usize,
    pub(crate) segments: Vec<String>,
    /// How many inline modules enclose it.
    pub(crate) depth: usize,
}

/// A word or a mark of Rust, with its line counted from 1. Comments, strings, characters and lifetimes are left out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'a> {
    pub(crate) text: &'a str,
    pub(crate) line: usize,
}

impl Token<'_> {
    fn is_word(&self) -> bool {
        self.text.starts_with(|first: char| first.is_alphabetic() || first == '_')
    }
}

pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let length = skipped(rest).unwrap_or_else(|| {
            let length = if rest.starts_with("::") { 2 } else { word(rest).max(first.len_utf8()) };
            if !first.is_whitespace() {
                found.push(Token { text: cut(rest, length).0, line });
            }
            length
        });
        let (passed, after) = cut(rest, length);
        line += passed.matches('\n').count();
        rest = after;
    }
    found
}

/// How many bytes of a comment, string, character or lifetime stand here.
fn skipped(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(block_comment(rest));
    }
    let prefix = word(rest);
    if matches!(cut(rest, prefix).0, "" | "b" | "c" | "r" | "br" | "cr") {
        let (prefix_text, quoted) = cut(rest, prefix);
        let hashes = quoted.len() - quoted.trim_start_matches('#').len();
        if prefix_text.contains('r') && cut(quoted, hashes).1.starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let body = cut(quoted, hashes + 1).1;
            let end = body.find(&close).map_or(body.len(), |at| at + close.len());
            return Some(prefix + hashes + 1 + end);
        }
        if quoted.starts_with('"') {
            return Some(prefix + escaped(quoted, '"'));
        }
        if quoted.starts_with('\'') {
            let mut inside = quoted.chars().skip(1);
            let lifetime = inside.next() != Some('\\') && inside.next() != Some('\'');
            return Some(prefix + if lifetime { 1 + word(cut(quoted, 1).1) } else { escaped(quoted, '\'') });
        }
    }
    None
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        let here = cut(rest, at).1;
        depth = if here.starts_with("/*") {
            depth + 1
        } else if here.starts_with("*/") {
            depth - 1
        } else {
            let Some(next) = here.chars().next() else { return at };
            at += next.len_utf8();
            continue;
        };
        at += 2;
        if depth == 0 {
            return at;
        }
    }
}

/// The length of a literal that opens here and closes with an unescaped `quote`.
fn escaped(rest: &str, quote: char) -> usize {
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == quote {
            return at + 1;
        }
        if character == '\\' {
            characters.next();
        }
    }
    rest.len()
}

fn word(rest: &str) -> usize {
    rest.find(|next: char| !next.is_alphanumeric() && next != '_').unwrap_or(rest.len())
}

fn cut(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Every path of two segments or more, and everything a `use` names, groups opened out.
pub(crate) fn paths_in(tokens: &[Token<'_>]) -> Vec<Use> {
    let mut found = Vec::new();
    let (mut braces, mut modules) = (0_usize, Vec::new());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let after = |ahead: usize| tokens.get(at + ahead).map_or("", |token| token.text);
        match token.text {
            "{" => braces += 1,
            "}" => {
                braces = braces.saturating_sub(1);
                modules.pop_if(|opened| *opened == braces);
            }
            "mod" if after(2) == "{" => modules.push(braces),
            "use" => {
                let mut named = Vec::new();
                at = use_tree(tokens, at + 1, &[], &mut named);
                found.extend(named.into_iter().map(|(line, segments)| Use { line, segments, depth: modules.len() }));
                continue;
            }
            _ if token.is_word() && after(1) == "::" => {
                let (segments, end) = plain_path(tokens, at);
                found.push(Use { line: token.line, segments, depth: modules.len() });
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// `a::b::c` from a word on; returns where it ends.
fn plain_path(tokens: &[Token<'_>], mut at: usize) -> (Vec<String>, usize) {
    let mut segments = Vec::new();
    while let Some(token) = tokens.get(at).filter(|token| token.is_word()) {
        segments.push(token.text.to_owned());
        at += 1;
        if tokens.get(at).is_none_or(|token| token.text != "::") {
            break;
        }
        at += 1;
    }
    (segments, at)
}

/// One branch of a `use`: a path, then perhaps a group, a star or a new name. Returns where it ends.
fn use_tree(tokens: &[Token<'_>], at: usize, prefix: &[String], found: &mut Vec<(usize, Vec<String>)>) -> usize {
    let leading = usize::from(tokens.get(at).is_some_and(|token| token.text == "::"));
    let (tail, mut at) = plain_path(tokens, at + leading);
    let segments = [prefix, &tail].concat();
    let Some(next) = tokens.get(at) else { return at };
    if next.text != "{" {
        found.push((next.line, segments));
        while tokens.get(at).is_some_and(|token| !matches!(token.text, "," | "}" | ";")) {
            at += 1;
        }
        return at;
    }
    while tokens.get(at).is_some_and(|token| matches!(token.text, "{" | ",")) {
        at += 1;
        if tokens.get(at).is_some_and(|token| token.text != "}") {
            at = use_tree(tokens, at, &segments, found);
        }
    }
    at + 1
}

mod tests {
    fn paths(text: &str) -> Vec<String> {
        super::paths_in(&super::tokens(text)).iter().map(|used| used.segments.join("::")).collect()
    }

    #[test]
    fn paths_are_found_in_uses_and_in_code() {
        assert_eq!(paths("use crate::{a::{b, c as d}, e::*};"), ["crate::a::b", "crate::a::c", "crate::e"]);
        assert_eq!(paths("use ::pest::Parser; use regex;"), ["pest::Parser", "regex"]);
        assert_eq!(
            paths("fn f(x: crate::a::B) { $crate::c::d!(); x.collect::<E>() }"),
            ["crate::a::B", "crate::c::d", "collect"]
        );
    }

    #[test]
    fn words_in_comments_and_literals_are_not_code() {
        let text = r##"
            // crate::cli::a
            /* crate::cli::b /* nested */ crate::cli::c */
            const A: &str = "crate::cli::d \" crate::cli::e";
            const B: &str = r#"crate::cli::f " crate::cli::g"#;
            const C: (char, char, u8) = ('"', '\'', b'"');
            fn lifetimes<'a>(x: &'a str) -> &'a str { crate::model::h(x) }
        "##;
        assert_eq!(paths(text), ["crate::model::h"]);
    }
}
