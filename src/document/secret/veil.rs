//! What is shown in place of secrets. Whoever prints anything prints it through a veil over all texts of the run.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Secret, find};

/// So much of a secret is needed to know it again where a message was cut short.
const KNOWN_BY: usize = 6;
/// Lines of a secret of several lines that are long enough to say something.
const TELLING: usize = 16;

/// Every secret of a run, and what is shown instead.
#[derive(Debug, Default)]
pub struct Veil {
    needles: Vec<Needle>,
    automaton: Option<AhoCorasick>,
    /// The needles by how they begin.
    beginnings: HashMap<Vec<u8>, Vec<usize>>,
}

#[derive(Debug, Clone)]
struct Needle {
    text: String,
    shown: String,
}

/// What is secret in texts that may be gone by the time somebody prints.
#[derive(Clone, Default)]
pub struct Secrets(Vec<Needle>);

/// Not even a debugger sees them.
impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secrets({})", self.0.len())
    }
}

impl Secrets {
    /// Adds those that were found in a text.
    pub fn add(&mut self, text: &str, found: &[Secret]) {
        for secret in found {
            self.hide(secret, secret.span.text(text));
        }
    }

    /// Adds every one of a text.
    pub fn search(&mut self, text: &str) {
        self.add(text, &find(text));
    }

    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    fn hide(&mut self, secret: &Secret, written: &str) {
        let shown = secret.shown(written);
        for line in written.lines().filter(|line| line.len() >= TELLING && line.len() < written.len()) {
            let line = line.trim();
            if !line.starts_with("-----") {
                self.0.push(Needle { text: line.to_owned(), shown: "…".to_owned() });
            }
        }
        if written.contains('\\') {
            self.0.push(Needle { text: unescaped(written), shown: shown.clone() });
        }
        self.0.push(Needle { text: written.to_owned(), shown });
    }
}

impl Veil {
    /// Over these; `None` where there is nothing to hide.
    pub fn over(secrets: Secrets) -> Option<Self> {
        let mut veil = Self { needles: secrets.0, ..Self::default() };
        if veil.needles.is_empty() {
            return None;
        }
        veil.needles.sort_by(|left, right| left.text.cmp(&right.text));
        veil.needles.dedup_by(|left, right| left.text == right.text);
        let patterns = veil.needles.iter().map(|needle| needle.text.as_str());
        // What no automaton can be built of is found one by one, in `text`.
        veil.automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).ok();
        for (index, needle) in veil.needles.iter().enumerate() {
            if let Some(begin) = needle.text.as_bytes().get(..KNOWN_BY) {
                veil.beginnings.entry(begin.to_vec()).or_default().push(index);
            }
        }
        Some(veil)
    }

    /// A text of the run, byte for byte as long, with nothing of the secrets that were found in it.
    pub fn source<'t>(text: &'t str, secrets: &[Secret]) -> Cow<'t, str> {
        if secrets.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut shown = String::with_capacity(text.len());
        let mut at = 0;
        for secret in secrets {
            let hidden = (secret.span.start + secret.prefix) as usize..secret.span.end as usize;
            shown.push_str(text.get(at..hidden.start).unwrap_or_default());
            for character in text.get(hidden.clone()).unwrap_or_default().chars() {
                match character {
                    '\n' | '\r' => shown.push(character),
                    _ => shown.extend(std::iter::repeat_n('*', character.len_utf8())),
                }
            }
            at = hidden.end;
        }
        shown.push_str(text.get(at..).unwrap_or_default());
        Cow::Owned(shown)
    }

    /// What a message, help or label says, with nothing secret in it.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let known = self.known(text);
        let cut = self.cut_short(&known);
        // What comes from no text of the run may be secret all the same.
        match cut {
            Some(cut) => Cow::Owned(without_secrets(&cut).into_owned()),
            None => match known {
                Cow::Borrowed(same) => without_secrets(same),
                Cow::Owned(changed) => Cow::Owned(without_secrets(&changed).into_owned()),
            },
        }
    }

    fn known<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(automaton) = &self.automaton else {
            return self.needles.iter().fold(Cow::Borrowed(text), |text, needle| {
                if text.contains(&needle.text) { Cow::Owned(text.replace(&needle.text, &needle.shown)) } else { text }
            });
        };
        if !automaton.is_match(text) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        automaton.replace_all_with(text, &mut out, |found, _, out| {
            out.push_str(self.needles.get(found.pattern().as_usize()).map_or("…", |needle| &needle.shown));
            true
        });
        Cow::Owned(out)
    }

    /// A secret that a message broke off with `…` is still the beginning of one.
    fn cut_short(&self, text: &str) -> Option<String> {
        const FARTHEST: usize = 400;
        let mut cuts = Vec::new();
        for (end, _) in text.match_indices('…') {
            let before = text.get(..end)?;
            let from = before.len().saturating_sub(FARTHEST);
            let begin = (from..before.len()).find(|at| {
                let rest = before.as_bytes().get(*at..).unwrap_or_default();
                let begins = rest.get(..KNOWN_BY).and_then(|begin| self.beginnings.get(begin));
                begins.is_some_and(|known| {
                    known
                        .iter()
                        .filter_map(|index| self.needles.get(*index))
                        .any(|needle| needle.text.as_bytes().starts_with(rest))
                })
            });
            cuts.extend(begin.map(|begin| begin..end));
        }
        if cuts.is_empty() {
            return None;
        }
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for cut in cuts {
            out.push_str(text.get(at..cut.start).unwrap_or_default());
            at = cut.end;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        Some(out)
    }
}

impl Secret {
    /// `AKIA…(20 characters)`.
    pub fn shown(&self, written: &str) -> String {
        let prefix = written.get(..self.prefix as usize).unwrap_or_default();
        format!("{prefix}…({} characters)", written.chars().count())
    }
}

fn without_secrets(text: &str) -> Cow<'_, str> {
    let secrets = find(text);
    if secrets.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for secret in secrets {
        out.push_str(text.get(at..secret.span.start as usize).unwrap_or_default());
        out.push_str(&secret.shown(secret.span.text(text)));
        at = secret.span.end as usize;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Cow::Owned(out)
}

/// What a string of JSON, YAML or a shell stands for.
fn unescaped(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut characters = written.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('u') => {
                let digits: String = characters.by_ref().take(4).collect();
                out.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}
