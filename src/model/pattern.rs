//! Patterns: linear-time regular expressions, compiled when first used.

use std::fmt;
use std::sync::OnceLock;

use regex_automata::nfa::thompson::{BuildError, NFA, WhichCaptures, pikevm::PikeVM};
use regex_lite::{Regex, RegexBuilder};

/// A regular expression as written.
///
/// Rules match short texts once, so what counts is how soon an engine is ready: a plain one, without the literal searches
/// and caches of its faster siblings, and for ASCII one that knows no Unicode.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    /// For texts of ASCII alone, where it says the same and is ready ten times sooner.
    ascii: OnceLock<Option<Regex>>,
    unicode: OnceLock<Option<PikeVM>>,
}

impl Pattern {
    /// The largest compiled size allowed, in bytes.
    const LARGEST: usize = 1 << 20;

    /// Without judging it: [`Pattern::check`] does.
    pub const fn new(source: String) -> Self {
        Self { source, ascii: OnceLock::new(), unicode: OnceLock::new() }
    }

    /// What is wrong with it, if anything is.
    pub fn check(&self) -> Result<(), String> {
        let built = self.build();
        let cause = built.as_ref().err().map(|problem| {
            std::error::Error::source(problem.as_ref()).map_or_else(|| problem.to_string(), ToString::to_string)
        });
        let _ = self.unicode.set(built.ok());
        match cause {
            None => Ok(()),
            Some(cause) => Err(cause.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()),
        }
    }

    /// Whether the pattern occurs in `text`; `None` when the pattern is unsound. What was written by somebody else is
    /// checked before.
    pub fn matches(&self, text: &str) -> Option<bool> {
        if let Some(engine) = self.ascii(text) {
            return Some(engine.is_match(text));
        }
        let engine = self.unicode.get_or_init(|| self.build().ok()).as_ref()?;
        Some(engine.is_match(&mut engine.create_cache(), text))
    }

    /// The engine for a text of ASCII; none where it might say something else than the one for Unicode.
    fn ascii(&self, text: &str) -> Option<&Regex> {
        if self.unicode.get().is_some() || !text.is_ascii() || !self.speaks_of_ascii() {
            return None;
        }
        let build = || RegexBuilder::new(&without_captures(&self.source)).size_limit(Self::LARGEST).build().ok();
        self.ascii.get_or_init(build).as_ref()
    }

    /// `(?i)\u212A` is the sign for Kelvin, and matches `k`.
    fn speaks_of_ascii(&self) -> bool {
        self.source.is_ascii() && !["\\x", "\\u", "\\U"].iter().any(|escape| self.source.contains(escape))
    }

    fn build(&self) -> Result<PikeVM, Box<BuildError>> {
        let limits = NFA::config().nfa_size_limit(Some(Self::LARGEST)).which_captures(WhichCaptures::None);
        PikeVM::builder().thompson(limits).build(&self.source).map_err(Box::new)
    }
}

/// The same pattern with groups that keep nothing: nobody asks what they held, and keeping it is half of the work.
fn without_captures(source: &str) -> String {
    let mut plain = String::with_capacity(source.len() + 16);
    let mut signs = source.chars().peekable();
    let mut classes = 0_usize;
    while let Some(sign) = signs.next() {
        plain.push(sign);
        match sign {
            '\\' => plain.extend(signs.next()),
            '[' => {
                classes += 1;
                plain.extend(signs.next_if_eq(&'^'));
                plain.extend(signs.next_if_eq(&']'));
            }
            ']' => classes = classes.saturating_sub(1),
            '(' if classes == 0 && signs.peek() != Some(&'?') => plain.push_str("?:"),
            _ => {}
        }
    }
    plain
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "/{}/", self.source)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pattern(source: &str) -> Pattern {
        Pattern::new(source.to_owned())
    }

    #[test]
    fn a_pattern_occurs_anywhere_unless_anchored() {
        assert_eq!(pattern("b+").matches("abbc"), Some(true));
        assert_eq!(pattern("^b+$").matches("abbc"), Some(false));
        assert_eq!(pattern("(?i)ÜBER").matches("über alles"), Some(true));
    }

    #[test]
    fn letters_beyond_ascii_match_those_within() {
        assert_eq!(pattern(r"(?i)\u212A").matches("kelvin"), Some(true));
        assert_eq!(pattern("(?i)ſ").matches("S"), Some(true));
        assert_eq!(pattern(r"\p{L}x").matches("ax"), Some(true));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn both_engines_say_the_same_of_ascii(
            parts in prop::collection::vec(prop::sample::select(PARTS), 0..8),
            text in "[akKsZ09_ \t\r\n./-]{0,8}",
        ) {
            let (once, unicode) = (pattern(&parts.concat()), pattern(&parts.concat()));
            let expected = if unicode.check().is_ok() { unicode.matches(&text) } else { once.matches(&text) };
            prop_assert_eq!(once.matches(&text), expected, "{} {:?}", once, text);
        }
    }

    const PARTS: &[&str] = &[
        "a",
        "k",
        "K",
        "s",
        "Z",
        "0",
        " ",
        "/",
        "-",
        ".",
        "^",
        "$",
        "|",
        "(",
        "(?:",
        "(?i)",
        "(?i:",
        "(?m)",
        "(?s)",
        "(?x)",
        "(?R)",
        "(?-u)",
        "(?U)",
        "(?P<n>",
        ")",
        ")?",
        ")*",
        "*",
        "+",
        "?",
        "+?",
        "{2}",
        "{0,2}",
        "{1,}",
        "[a-k]",
        "[^a]",
        "[^k-s]",
        "[",
        "]",
        "&&",
        "[](]",
        "[^](a]",
        "[a-z&&[^k]]",
        "[[:alpha:]]",
        "[[:^word:]_]",
        r"[\s\d]",
        r"[^\W]",
        r"\w",
        r"\W",
        r"\d",
        r"\D",
        r"\s",
        r"\S",
        r"\b",
        r"\B",
        r"\A",
        r"\z",
        r"\b{start}",
        r"\b{end-half}",
        r"\<",
        r"\n",
        r"\t",
        r"\.",
        r"\/",
        r"\-",
        r"\ ",
        r"\x6B",
        r"\u212A",
        r"\U0000017F",
        r"\p{L}",
        r"\pN",
        "#",
    ];

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(pattern("a(b").check().unwrap_err(), "unclosed group");
        assert_eq!(
            pattern("a(?=b)").check().unwrap_err(),
            "look-around, including look-ahead and look-behind, is not supported"
        );
        assert!(pattern("((a{1000}){1000}){1000}").check().is_err());
        assert_eq!(pattern("a(b").matches("ab"), None);
    }
}
