//! `file:` addresses to paths and back.

use std::fmt::Write as _;

/// The path a `file:` address names, with `/` between its parts; `None` for any other address.
pub(super) fn path_of(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("file://")?;
    // Of a host nothing can be read; `localhost` is this one.
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = decoded(path.split(['?', '#']).next().unwrap_or(path))?;
    match path.strip_prefix('/') {
        // `/c:/plans` is a drive.
        Some(drive) if has_drive(drive) => Some(drive.to_owned()),
        Some(_) => Some(path),
        None => None,
    }
}

/// The address of an absolute path.
pub(super) fn of_path(path: &str) -> String {
    let slash = if path.starts_with('/') { "" } else { "/" };
    let mut uri = format!("file://{slash}");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

fn has_drive(path: &str) -> bool {
    let mut characters = path.chars();
    characters.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && characters.next() == Some(':')
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_path_and_back() {
        for path in ["/a/b.plan", "/with blank/ü🚀#?.plan", "c:/plans/x.plan"] {
            assert_eq!(path_of(&of_path(path)).as_deref(), Some(path));
        }
        assert_eq!(path_of("file:///a%20b/%C3%BC.plan").as_deref(), Some("/a b/ü.plan"));
        assert_eq!(path_of("file://localhost/a").as_deref(), Some("/a"));
    }

    #[test]
    fn what_names_no_file_has_no_path() {
        for uri in ["untitled:Untitled-1", "file://host/a", "file:///a%2", "file:///%ff", "", "https://example.com/a"] {
            assert_eq!(path_of(uri), None, "{uri}");
        }
    }
}
