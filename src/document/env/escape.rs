//! What a quoted value of a `.env` file says.

use std::borrow::Cow;

/// Line ends are line feeds, and in double quotes escapes are resolved; one that nobody knows stays as it stands.
pub(super) fn decoded(written: &str, quote: char) -> Cow<'_, str> {
    let escaped = quote == '"' && written.contains('\\');
    if !escaped && !written.contains('\r') {
        return Cow::Borrowed(written);
    }
    let mut value = String::with_capacity(written.len());
    let mut characters = written.chars().peekable();
    while let Some(found) = characters.next() {
        match found {
            '\r' => {
                characters.next_if_eq(&'\n');
                value.push('\n');
            }
            '\\' if escaped => match characters.peek().copied().and_then(meaning) {
                Some(meant) => {
                    characters.next();
                    value.push(meant);
                }
                None => value.push('\\'),
            },
            _ => value.push(found),
        }
    }
    Cow::Owned(value)
}

fn meaning(escape: char) -> Option<char> {
    Some(match escape {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '"' | '\'' | '\\' | '$' => escape,
        _ => return None,
    })
}
