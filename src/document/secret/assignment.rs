//! `password = "…"`: a value whose key says that it is a secret. Knows no format of a file, only how people write pairs.

use super::plausible::{is_password, is_placeholder, is_token, stands_elsewhere};
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
    "public",
];

/// The value that belongs to a key in which `keyword` stands.
pub(super) fn value(text: &str, keyword: Span) -> Option<Span> {
    let line_start = text
        .get(..keyword.start as usize)?
        .rfind(['\n', '"', '\'', ' ', '\t', ',', '{', '(', '?', '&'])
        .map_or(0, |at| at + 1);
    let after = keyword.end as usize + length_while(text.get(keyword.end as usize..)?, is_key);
    let key = text.get(line_start..after)?;
    let named = text.get(keyword.range())?;
    if is_about(key, named) {
        return None;
    }
    let start = separator(text, after, named)?;
    let span = literal(text, start)?;
    let value = span.text(text);
    let is_human =
        ["password", "passwd", "passphrase", "identified by"].iter().any(|word| word.eq_ignore_ascii_case(named));
    let is_secret = if is_human { is_password(value) } else { is_token(value) };
    (is_secret && !stands_elsewhere(value) && !is_placeholder(value)).then_some(span)
}

fn is_key(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.')
}

/// `secretName`, `token_url`, `password-policy`: the last word of the key says what the value is.
fn is_about(key: &str, named: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    let Some((_, rest)) = lower.rsplit_once(&named.to_ascii_lowercase()) else { return false };
    let rest = rest.trim_start_matches(['_', '-', '.', 's']);
    !rest.is_empty() && ABOUT.iter().any(|end| rest.ends_with(end))
}

/// Where the value of a key begins: behind `=`, `:`, `=>`, a quote and blanks.
fn separator(text: &str, after: usize, named: &str) -> Option<usize> {
    let mut at = after;
    let skip = |at: usize, wanted: fn(char) -> bool| at + length_while(text.get(at..).unwrap_or_default(), wanted);
    at = skip(at, |character| matches!(character, '"' | '\'' | '`' | ']'));
    at = skip(at, |character| matches!(character, ' ' | '\t'));
    let rest = text.get(at..)?;
    // `- name: DB_PASSWORD`, and on the next line `value: …`.
    if let Some(next) = rest.trim_start_matches('\r').strip_prefix('\n') {
        let value = next.trim_start_matches([' ', '\t']).strip_prefix("value:")?;
        let begin = text.len() - value.len();
        return Some(skip(begin, |character| matches!(character, ' ' | '\t')));
    }
    let signs = length_while(rest, |character| matches!(character, '=' | ':' | '>'));
    if signs == 0 {
        // `PASSWORD 'x'` and `IDENTIFIED BY 'x'` of SQL.
        let sql = rest.starts_with('\'')
            && named.chars().all(|character| character.is_ascii_alphabetic() || character == ' ');
        return sql.then_some(at);
    }
    (signs <= 2).then(|| skip(at + signs, |character| matches!(character, ' ' | '\t')))
}

/// A quoted text, or what stands there up to a blank.
fn literal(text: &str, start: usize) -> Option<Span> {
    const LONGEST: usize = 1_100;
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
        .unwrap_or(rest.len());
    let bare = rest.get(..length)?;
    // `password = get_password(` is code.
    let is_code =
        bare.contains('(') || bare.contains("::") || rest.get(length..).is_some_and(|rest| rest.starts_with('('));
    (length > 0 && !is_code).then(|| Span::of(start..start + length))
}

fn length_while(text: &str, wanted: impl Fn(char) -> bool) -> usize {
    text.find(|character| !wanted(character)).unwrap_or(text.len())
}
