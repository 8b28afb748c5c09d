//! What stands in a text and nobody may see: tokens of known formats, private keys, passwords in addresses, and values
//! whose keys say so. Knows no format of a file: a text is searched once, for all of them.

mod assignment;
mod plausible;
mod provider;
mod veil;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use self::assignment::KEYS;
use self::plausible::{is_password, is_placeholder, stands_elsewhere};
use self::provider::{Alphabet, PROVIDERS, Provider};
pub use self::veil::{Secrets, Veil};
use crate::source::Span;

/// Something secret, and where it stands. Its text is never part of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Secret {
    /// "a GitHub token"
    pub kind: &'static str,
    pub span: Span,
    /// How much of its beginning says only what it is, and may be shown.
    pub prefix: u32,
    /// Bits a byte.
    pub entropy: f64,
}

/// What is known only by its key.
const BY_KEY: &str = "a password, token or key";
const KEY_BLOCK: &str = "-----BEGIN ";
const WEB_TOKEN: &str = "eyJ";
const ADDRESS: &str = "://";
/// In the middle of a line of `.pgpass`.
const POSTGRES: &str = ":5432:";

/// As many bytes as are searched sooner than the faster automaton is built, which costs a short run a quarter of its time.
const FEW_BYTES: usize = 64 << 10;
static FEW: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| wanted(AhoCorasickKind::NoncontiguousNFA));
static MANY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| wanted(AhoCorasickKind::DFA));
/// How many bytes were searched in this process: it decides how fast, never what is found.
static SEARCHED: AtomicUsize = AtomicUsize::new(0);

/// What is looked for: the beginnings of tokens, then the marks of everything else.
fn wanted(kind: AhoCorasickKind) -> Option<AhoCorasick> {
    let prefixes = PROVIDERS.iter().map(|provider| provider.prefix);
    let patterns = prefixes.chain([KEY_BLOCK, WEB_TOKEN, ADDRESS, POSTGRES]).chain(KEYS.iter().copied());
    let builder = &mut AhoCorasick::builder();
    builder.kind(Some(kind)).match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true);
    // So many words begin so differently that looking ahead for their beginnings takes longer than looking at all.
    builder.prefilter(false);
    builder.build(patterns).ok()
}

/// Every secret of a text, in its order; no two share a byte.
pub fn find(text: &str) -> Vec<Secret> {
    let mut found: Vec<Secret> = Vec::new();
    let searched = SEARCHED.fetch_add(text.len(), Relaxed).saturating_add(text.len());
    let automaton = if searched <= FEW_BYTES { &FEW } else { &MANY };
    let Some(wanted) = &**automaton else { return found };
    for hit in wanted.find_iter(text) {
        let span = Span::of(hit.range());
        if found.last().is_some_and(|last| last.kind != BY_KEY && last.span.contains(span)) {
            continue;
        }
        let index = hit.pattern().as_usize();
        let secret = match (PROVIDERS.get(index), index.checked_sub(PROVIDERS.len())) {
            (Some(provider), _) => token(text, span, provider),
            (None, Some(0)) => key_block(text, span),
            (None, Some(1)) => web_token(text, span),
            (None, Some(2)) => address(text, span),
            (None, Some(3)) => line_of_pgpass(text, span),
            (None, _) => assignment::value(text, span).map(|span| secret(BY_KEY, text, span, 0)),
        };
        found.extend(secret);
    }
    // Whoever knows what it is says it.
    found.sort_by_key(|secret| (secret.span.start, secret.kind == BY_KEY, std::cmp::Reverse(secret.span.end)));
    let mut end = 0;
    found.retain(|secret| {
        let kept = secret.span.start >= end;
        end = end.max(secret.span.end);
        kept
    });
    found
}

fn secret(kind: &'static str, text: &str, span: Span, prefix: usize) -> Secret {
    let prefix = u32::try_from(prefix).unwrap_or(u32::MAX).min(span.len());
    Secret { kind, span, prefix, entropy: plausible::entropy(span.text(text)) }
}

fn token(text: &str, prefix: Span, provider: &'static Provider) -> Option<Secret> {
    let before = text.get(..prefix.start as usize)?.bytes().next_back();
    let inside_word = before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if prefix.text(text) != provider.prefix || (inside_word && !provider.prefix.starts_with("http")) {
        return None;
    }
    let rest = text.get(prefix.end as usize..)?.as_bytes();
    let length = rest.iter().take(provider.most + 1).take_while(|byte| provider.alphabet.holds(**byte)).count();
    // A point ends a sentence, not a token.
    let body = rest.get(..length)?;
    let length = length - body.iter().rev().take_while(|byte| matches!(byte, b'.' | b'-')).count();
    if !(provider.least..=provider.most).contains(&length) {
        return None;
    }
    let end = prefix.end as usize + length;
    let body = text.get(prefix.end as usize..end)?;
    if is_placeholder(body) || !body.bytes().any(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()) {
        return None;
    }
    Some(secret(provider.name, text, Span::of(prefix.start as usize..end), provider.prefix.len()))
}

/// `-----BEGIN … PRIVATE KEY-----` to its end, or as far as it goes.
fn key_block(text: &str, begin: Span) -> Option<Secret> {
    // No key is longer.
    let rest = text.get(begin.start as usize..)?;
    let end = (16_384..16_388).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
    let rest = rest.get(..end).unwrap_or(rest);
    let (head, body) =
        rest.split_at_checked(rest.get(..80.min(rest.len())).and_then(|head| head.find("KEY-----"))? + 8)?;
    if !head.contains("PRIVATE KEY") || head.contains('\n') {
        return None;
    }
    let inner = body.get(..body.find("-----").unwrap_or(body.len()))?;
    let tail = body.get(inner.len()..)?;
    let closing =
        if tail.starts_with("-----END") { tail.get(8..)?.find("-----").map_or(tail.len(), |at| at + 13) } else { 0 };
    let end = inner.len() + closing;
    let letters = inner.bytes().filter(u8::is_ascii_alphanumeric).count();
    if letters < 64 || inner.contains("...") || inner.contains('<') || inner.contains("${") {
        return None;
    }
    let whole = Span::of(begin.start as usize..begin.start as usize + head.len() + end);
    Some(secret("a private key", text, whole, head.len()))
}

/// Three parts, of which the first two are JSON in base64.
fn web_token(text: &str, begin: Span) -> Option<Secret> {
    let before = text.get(..begin.start as usize)?.bytes().next_back();
    let inside_word = before.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    if begin.text(text) != WEB_TOKEN || inside_word {
        return None;
    }
    let rest = text.get(begin.start as usize..)?;
    let part = |from: usize| {
        rest.get(from..).map(|rest| rest.bytes().take(8_192).take_while(|byte| Alphabet::Url.holds(*byte)).count())
    };
    let next = |at: usize| (rest.get(at..=at)? == ".").then_some(at + 1);
    let body = next(part(0).filter(|length| *length >= 12)?)?;
    let sign = next(body + part(body).filter(|length| *length >= 12)?)?;
    let length = part(sign).filter(|length| *length >= 16)?;
    let is_json = rest.get(body..).is_some_and(|body| body.starts_with("ey"));
    let start = begin.start as usize;
    is_json.then(|| secret("a JSON Web Token", text, Span::of(start..start + sign + length), WEB_TOKEN.len()))
}

/// The password of `scheme://user:password@host`.
fn address(text: &str, mark: Span) -> Option<Secret> {
    let rest = text.get(mark.end as usize..)?;
    let ends = |byte: u8| {
        byte.is_ascii_whitespace()
            || matches!(byte, b'/' | b'"' | b'\'' | b'<' | b'>' | b'`' | b'?' | b'#' | b'|' | b'\\')
    };
    let length = rest.bytes().take(512).position(ends).unwrap_or(rest.len().min(512));
    let authority = rest.get(..length)?;
    let (user_and_password, _) = authority.rsplit_once('@')?;
    let (user, password) = user_and_password.split_once(':')?;
    let start = mark.end as usize + user.len() + 1;
    let telling = [user, "user", "pass", "pw", "admin", "root"].contains(&password);
    let weak = password.len() < 6
        || (!is_password(password) && password.len() < 12 && password.bytes().all(|byte| byte.is_ascii_lowercase()));
    if telling || weak || stands_elsewhere(password) || is_placeholder(password) {
        return None;
    }
    Some(secret("a password in an address", text, Span::of(start..start + password.len()), 0))
}

/// `host:port:database:user:password`.
fn line_of_pgpass(text: &str, port: Span) -> Option<Secret> {
    let rest = text.get(port.end as usize..)?;
    let length = rest.bytes().take(512).position(|byte| byte.is_ascii_whitespace()).unwrap_or(rest.len().min(512));
    let line = rest.get(..length)?;
    let (_, user_and_password) = line.split_once(':')?;
    let (_, password) = user_and_password.split_once(':')?;
    let start = port.end as usize + line.len() - password.len();
    let shown = !is_password(password) || stands_elsewhere(password) || is_placeholder(password);
    (!shown).then(|| secret(BY_KEY, text, Span::of(start..start + password.len()), 0))
}
