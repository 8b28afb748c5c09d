//! What a text mentions of variables, whatever stands around it.

/// Each name behind a `$` that must have a value there.
pub(super) fn mentioned(text: &str) -> impl Iterator<Item = &str> {
    text.split('$').skip(1).filter_map(expanded)
}

/// The name at the start of what stands behind a `$`.
fn expanded(after: &str) -> Option<&str> {
    let Some(inner) = after.strip_prefix('{') else { return Some(leading_name(after)).filter(|name| is_name(name)) };
    let inner = inner.strip_prefix(['#', '!']).unwrap_or(inner);
    let name = leading_name(inner);
    let follows = inner.get(name.len()..).unwrap_or_default();
    (is_name(name) && !asks(name, follows)).then_some(name)
}

/// Whether what stands behind a name in `${…}` is for when it is unset: `${NAME:-1}` is, `${NAME:1}` is a part of it. What
/// `${NAME:?}` ends at may come from elsewhere, but not where only a runbook gives it.
pub(super) fn asks(name: &str, follows: &str) -> bool {
    match follows.strip_prefix(':').unwrap_or(follows).chars().next() {
        Some('-' | '=' | '+') => true,
        Some('?') => !name.starts_with("STOPLINE_"),
        Some(_) | None => false,
    }
}

pub(super) fn leading_name(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.starts_with(|first: char| first.is_ascii_digit()) && leading_name(text) == text
}
