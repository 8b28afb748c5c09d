//! `password = "…"`: a value whose key says that it is a secret. Knows no format of a file, only how people write pairs.

use super::plausible::{is_password, is_pinned, is_placeholder, is_token, stands_elsewhere};
use crate::source::Span;

/// What keys are called that hold secrets.
pub(super) const KEYS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "api_key",
    "apikey",
    "api-key",
    "access_key",
    "accesskey",
    "access-key",
    "private_key",
    "encryption_key",
    "encryptionkey",
    "signing_key",
    "auth_key",
    "authkey",
    "credential",
    "identified by",
];

/// Before `token`, these make it a place in a list, or a number of words.
const PAGING: &[&str] =
    &["page", "next", "prev", "previous", "continuation", "sync", "resume", "max", "min", "num", "total"];

/// How keys end that speak of a secret and hold none.
const ABOUT: &[&str] = &[
    "name",
    "names",
    "ref",
    "refs",
    "reference",
    "path",
    "file",
    "dir",
    "url",
    "uri",
    "endpoint",
    "id",
    "ids",
    "type",
    "ttl",
    "expiry",
    "expires",
    "expiration",
    "length",
    "size",
    "policy",
    "enabled",
    "required",
    "field",
    "header",
    "prefix",
    "suffix",
    "provider",
    "algorithm",
    "version",
    "hash",
    "label",
    "hint",
    "count",
    "limit",
    "issuer",
    "audience",
    "scope",
    "scopes",
    "regex",
    "pattern",
    "manager",
    "store",
    "class",
    "env",
    "var",
    "date",
    "at",
    "by",
    "mount",
    "keyref",
    "help",
    "text",
    "message",
    "title",
    "description",
    "placeholder",
    "identifier",
    "identifiers",
    "public",
];

/// The value that belongs to a key in which `keyword` stands.
pub(super) fn value(text: &str, keyword: Span) -> Option<Span> {
    let begin = before(text, keyword.start as usize);
    let after = keyword.end as usize + length_while(window(text, keyword.end as usize), is_key);
    let key = text.get(begin..after)?;
    let named = text.get(keyword.range())?;
    if is_about(key, named) || goes_on(named, text.get(keyword.end as usize..after)?) {
        return None;
    }
    let start = separator(text, begin, after, named)?;
    let span = literal(text, start)?;
    let value = span.text(text);
    let is_human =
        ["password", "passwd", "passphrase", "identified by"].iter().any(|word| word.eq_ignore_ascii_case(named));
    let is_secret = if is_human { is_password(value) } else { is_token(value) };
    (is_secret && !stands_elsewhere(value) && !is_placeholder(value) && !is_pinned(value)).then_some(span)
}

/// No key is longer, and no value is farther from its key: time stays in proportion to the text.
const NEAR: usize = 128;

/// What follows `at`, as far as a pair may reach.
fn window(text: &str, at: usize) -> &str {
    let mut end = (at + NEAR).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    text.get(at..end).unwrap_or_default()
}

/// What stands before `at`, as far as a pair may reach.
fn window_before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text.get(from..at).unwrap_or_default()
}

/// Where the key begins of which a part stands at `at`.
fn before(text: &str, at: usize) -> usize {
    let key = window_before(text, at);
    at - key.len() + key.trim_end_matches(is_key).len()
}

fn is_key(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.')
}

/// `tokenizer` is no token, `tokens` and `tokenValue` are.
fn goes_on(named: &str, rest: &str) -> bool {
    let rest = rest.strip_prefix(['s', 'S']).unwrap_or(rest);
    let (last, next) = (named.chars().next_back(), rest.chars().next());
    let both = |wanted: fn(char) -> bool| last.is_some_and(wanted) && next.is_some_and(wanted);
    both(|character| character.is_ascii_lowercase()) || both(|character| character.is_ascii_uppercase())
}

/// `secretName`, `token_url`, `password-policy`: the last word of the key says what the value is.
fn is_about(key: &str, named: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    let Some((before, rest)) = lower.rsplit_once(&named.to_ascii_lowercase()) else { return false };
    let before = before.trim_end_matches(['_', '-', '.']);
    if PAGING.iter().any(|word| before.ends_with(word)) {
        return true;
    }
    let rest = rest.trim_start_matches(['_', '-', '.', 's']);
    !rest.is_empty() && ABOUT.iter().any(|end| rest.ends_with(end))
}

/// Where the value of a key begins: behind `=`, `:`, `=>`, a quote and blanks.
fn separator(text: &str, begin: usize, after: usize, named: &str) -> Option<usize> {
    let mut at = after;
    let skip = |at: usize, wanted: fn(char) -> bool| at + length_while(window(text, at), wanted);
    at = skip(at, |character| matches!(character, '"' | '\'' | '`' | ']'));
    at = skip(at, |character| matches!(character, ' ' | '\t'));
    let rest = window(text, at);
    if let Some(value) =
        value_of_pair(rest).or_else(|| word_of_netrc(window_before(text, begin), named, at > after, rest))
    {
        return Some(at + rest.len() - value.len());
    }
    let signs = length_while(rest, |character| matches!(character, '=' | ':' | '>'));
    if signs == 0 {
        // `PASSWORD 'x'` and `IDENTIFIED BY 'x'` of SQL.
        let sql = rest.starts_with('\'')
            && named.chars().all(|character| character.is_ascii_alphabetic() || character == ' ');
        return sql.then_some(at);
    }
    let at = skip(at + signs, |character| matches!(character, ' ' | '\t'));
    let rest = window(text, at);
    let block = in_block(rest).map(|value| at + rest.len() - value.len());
    (signs <= 2).then_some(block.unwrap_or(at))
}

/// `- name: DB_PASSWORD` and `value: …` on the next line, as Kubernetes has it, or a task of ECS in JSON, or Terraform.
fn value_of_pair(rest: &str) -> Option<&str> {
    let next = rest.trim_start_matches([',', ' ', '\t', '\r']);
    let next = next.strip_prefix('\n').or_else(|| rest.strip_prefix(',')).map(str::trim_start)?;
    let (quoted, next) = next.strip_prefix('"').map_or((false, next), |next| (true, next));
    let next = ["value", "Value"].iter().find_map(|name| next.strip_prefix(name))?;
    let next = if quoted { next.strip_prefix('"')? } else { next };
    Some(next.trim_start_matches([' ', '\t']).strip_prefix([':', '='])?.trim_start_matches([' ', '\t']))
}

/// `machine … login … password …`, where only blanks stand between a word and what it says.
fn word_of_netrc<'a>(before: &str, named: &str, apart: bool, rest: &'a str) -> Option<&'a str> {
    let words: Vec<&str> = before.split_whitespace().rev().take(4).collect();
    let is_entry = matches!(words.as_slice(), [_, "login", _, "machine"] | [_, "login", "default", ..]);
    (is_entry && apart && named == "password").then_some(rest)
}

/// `password: |`, and on the next line what it says.
fn in_block(rest: &str) -> Option<&str> {
    let rest =
        rest.strip_prefix(['|', '>'])?.trim_start_matches(|sign: char| sign.is_ascii_digit() || "+-".contains(sign));
    let rest = rest.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    Some(rest.trim_start_matches([' ', '\t']))
}

/// A quoted text, or what stands there up to a blank.
fn literal(text: &str, start: usize) -> Option<Span> {
    const LONGEST: usize = 520;
    let rest = text.get(start..)?;
    let first = rest.chars().next()?;
    if matches!(first, '"' | '\'' | '`') {
        let mut escaped = false;
        for (at, byte) in rest.bytes().enumerate().skip(1).take(LONGEST) {
            match byte {
                b'\n' => return None,
                b'\\' => escaped = !escaped,
                _ if byte == first as u8 && !escaped => return Some(Span::of(start + 1..start + at)),
                _ => escaped = false,
            }
        }
        return None;
    }
    let length = rest
        .bytes()
        .take(LONGEST)
        .position(|byte| {
            byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b',' | b';' | b'`' | b'<' | b')' | b'}')
        })
        .or((rest.len() <= LONGEST).then_some(rest.len()))?;
    let bare = rest.get(..length)?;
    // `password = get_password(`, `passphrase: it.passphrase||other.passphrase` and `passphrase: Helper | None` are code.
    let is_chosen =
        (bare.contains("||") || bare.contains("&&")) && !bare.contains(|digit: char| digit.is_ascii_digit());
    let after = rest.get(length..).unwrap_or_default();
    let is_type = [" | None", " | null", " | undefined"].iter().any(|other| after.starts_with(other));
    let is_code =
        bare.contains(['(', '{', '[']) || bare.contains("::") || is_chosen || is_type || after.starts_with('(');
    (length > 0 && !is_code).then(|| Span::of(start..start + length))
}

fn length_while(text: &str, wanted: impl Fn(char) -> bool) -> usize {
    text.find(|character| !wanted(character)).unwrap_or(text.len())
}
