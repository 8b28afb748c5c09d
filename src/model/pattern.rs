//! Patterns: linear-time regular expressions, compiled when first used.

use std::fmt;
use std::sync::OnceLock;

use regex_automata::nfa::thompson::{BuildError, NFA, WhichCaptures, pikevm::PikeVM};

/// A regular expression as written.
///
/// Rules match short texts once: the plain engine, without the literal searches and caches of its faster siblings, is
/// ready twenty times sooner.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    /// For texts of ASCII alone, where it says the same and is ready sooner.
    ascii: OnceLock<Option<PikeVM>>,
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
        let problem = match self.build(Letters::Unicode) {
            Ok(engine) => {
                let _ = self.unicode.set(Some(engine));
                return Ok(());
            }
            Err(problem) => problem,
        };
        let cause =
            std::error::Error::source(problem.as_ref()).map_or_else(|| problem.to_string(), ToString::to_string);
        Err(cause.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned())
    }

    /// Whether the pattern occurs in `text`; `None` when the pattern is unsound.
    pub fn matches(&self, text: &str) -> Option<bool> {
        let ascii = text.is_ascii() && self.source.is_ascii();
        let engine = match self.unicode.get() {
            Some(engine) => engine,
            // A pattern that speaks of letters beyond ASCII has no such form.
            None if ascii => match self.ascii.get_or_init(|| self.build(Letters::Ascii).ok()) {
                None => self.unicode.get_or_init(|| self.build(Letters::Unicode).ok()),
                found => found,
            },
            None => self.unicode.get_or_init(|| self.build(Letters::Unicode).ok()),
        };
        let engine = engine.as_ref()?;
        Some(engine.is_match(&mut engine.create_cache(), text))
    }

    fn build(&self, letters: Letters) -> Result<PikeVM, Box<BuildError>> {
        let limits = NFA::config().nfa_size_limit(Some(Self::LARGEST)).which_captures(WhichCaptures::None);
        let unicode = letters == Letters::Unicode;
        let syntax = regex_automata::util::syntax::Config::new().unicode(unicode).utf8(unicode);
        PikeVM::builder().syntax(syntax).thompson(limits.utf8(unicode)).build(&self.source).map_err(Box::new)
    }
}

/// What `\w`, `\b` and `(?i)` speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    Ascii,
    Unicode,
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
    fn texts_of_ascii_and_others_are_judged_alike() {
        for source in [r"\bw\w+\b", "(?i)k", r"^\d{2}$", "[^a]", r"\s", ".", "(?i)straße|x", r"\p{L}x", ""] {
            for text in ["", "k", "K", "word", "12", "a", " ", "x", "ax", "a\nb"] {
                let unicode = pattern(source);
                unicode.check().unwrap();
                assert_eq!(pattern(source).matches(text), unicode.matches(text), "{source} {text:?}");
            }
        }
    }

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
