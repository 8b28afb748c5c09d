//! Kinds of text that a parameter of a procedure may ask for: what becomes an argument, a part of a path or an address must
//! not be a text that a command takes for something else. Knows no type of the language.

/// A text that not every string is.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextKind {
    pub(super) name: &'static str,
    /// "one line": what a message says was expected.
    pub(super) noun: &'static str,
    fits: fn(&str) -> bool,
}

pub(super) const TEXT_KINDS: &[TextKind] = &[
    TextKind { name: "line", noun: "one line that does not begin with `-`", fits: is_line },
    TextKind {
        name: "word",
        noun: "letters, digits, `.`, `_` and `-`, the first a letter or digit",
        fits: |text| is_made_of(text, "._-"),
    },
    TextKind {
        name: "image",
        noun: "an image: letters, digits, `.`, `_`, `-`, `/`, `:` and `@`, the first a letter or digit",
        fits: |text| is_made_of(text, "._-/:@"),
    },
    TextKind { name: "address", noun: "an address: `https://…` or `http://…`, without blanks", fits: is_address },
    TextKind { name: "options", noun: "options on one line", fits: |text| !text.contains(char::is_control) },
    TextKind { name: "command", noun: "a command", fits: |text| !text.trim().is_empty() && !text.contains('\0') },
];

impl TextKind {
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        TEXT_KINDS.iter().find(|kind| kind.name == name)
    }

    pub(super) fn holds(&self, text: &str) -> bool {
        (self.fits)(text)
    }
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.starts_with('-') && !text.contains(char::is_control)
}

fn is_made_of(text: &str, others: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || others.contains(letter))
}

fn is_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.starts_with(['/', '-']))
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_takes_what_it_says() {
        let holds = |kind: &str, text: &str| TextKind::named(kind).unwrap().holds(text);
        for (kind, good, bad) in [
            ("line", vec!["/srv/shop", "../shop", "a b", "é"], vec!["", " ", "--help", "a\nb", "a\u{1b}[0m"]),
            (
                "word",
                vec!["v1.2.3", "srv-1", "Web_2"],
                vec!["", "..", ".hidden", "../etc", "-v", "a/b", "a b", "é", "a\n"],
            ),
            ("image", vec!["reg.example.com:5000/a/b@sha256:00", "a"], vec!["", "-a", "/a", "a b", "a\"", "a\n"]),
            (
                "address",
                vec!["https://a.example.com/x?y=z#a", "http://[::1]:80"],
                vec![
                    "",
                    "a.example.com",
                    "https://",
                    "https:///a",
                    "file:///etc",
                    "http://-o",
                    "http://a b",
                    "http://a\n",
                ],
            ),
            ("options", vec!["", "--publish 80:80"], vec!["--a\n--b", "\0"]),
            ("command", vec!["a\nb", "true"], vec!["", " \n", "a\0"]),
        ] {
            for text in good {
                assert!(holds(kind, text), "{kind}: {text:?}");
            }
            for text in bad {
                assert!(!holds(kind, text), "{kind}: {text:?}");
            }
        }
    }
}
