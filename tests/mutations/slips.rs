//! A reader of tokens that shares nothing with the grammar, and the slips that may happen to each of them.

use std::ops::{Range, RangeInclusive};

/// What happened to one token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slip {
    Removed,
    Doubled,
    /// One letter of a word is another.
    Changed,
    /// One letter of a word is gone.
    Dropped,
    /// Something that does not belong there stands before it.
    Stray,
    /// What follows in its line is a comment.
    Commented,
    /// It stands in the line before its own.
    Joined,
    /// The text ends before it.
    Cut,
}

/// A text with one slip in it.
#[derive(Debug, Clone)]
pub(crate) struct Mutation {
    pub(crate) slip: Slip,
    /// The token it happened to.
    pub(crate) token: String,
    /// The line it happened in, counted from 1.
    pub(crate) line: usize,
    /// Where it happened.
    pub(crate) offset: usize,
    pub(crate) text: String,
}

impl Mutation {
    /// The lines that the token stood in; of one that was joined, the line before too.
    pub(crate) fn lines(&self) -> RangeInclusive<usize> {
        let first = if self.slip == Slip::Joined { self.line - 1 } else { self.line };
        first..=self.line + self.token.matches('\n').count()
    }
}

impl std::fmt::Display for Mutation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let first = self.token.lines().next().unwrap_or_default();
        write!(out, "{:?} `{first}` in line {}", self.slip, self.line)
    }
}

pub(crate) const SLIPS: [Slip; 8] =
    [Slip::Removed, Slip::Doubled, Slip::Changed, Slip::Dropped, Slip::Stray, Slip::Commented, Slip::Joined, Slip::Cut];
const STRAYS: [&str; 6] = ["stray", "}", "{", "\"stray\"", "=", "7"];

/// Every slip at every token.
pub(crate) fn mutations(text: &str) -> Vec<Mutation> {
    let tokens = tokens(text);
    let at = |(index, token)| SLIPS.into_iter().filter_map(move |slip| mutation(text, index, token, slip));
    tokens.iter().enumerate().flat_map(at).collect()
}

fn mutation(text: &str, index: usize, token: &Range<usize>, slip: Slip) -> Option<Mutation> {
    let (before, written, after) = (&text[..token.start], &text[token.clone()], &text[token.end..]);
    let text = match slip {
        Slip::Removed => format!("{before}{after}"),
        Slip::Doubled => format!("{before}{written} {written}{after}"),
        Slip::Changed => format!("{before}{}{after}", with_letter(written, "z")?),
        Slip::Dropped => format!("{before}{}{after}", with_letter(written, "")?),
        Slip::Stray => format!("{before}{} {written}{after}", STRAYS[index % STRAYS.len()]),
        Slip::Commented => format!("{before}# {written}{after}"),
        Slip::Joined => format!("{} {written}{after}", line_before(before)?),
        Slip::Cut => before.to_owned(),
    };
    let line = 1 + before.matches('\n').count();
    Some(Mutation { slip, token: written.to_owned(), line, offset: token.start, text })
}

/// The text before the first token of a line, without the line's end; nothing for another token.
fn line_before(text: &str) -> Option<&str> {
    let before = text.trim_end_matches([' ', '\t']).strip_suffix('\n')?.trim_end();
    let last = before.lines().last()?;
    (!last.contains('#')).then_some(before)
}

/// A word with something else for its middle letter; nothing for what is no word.
fn with_letter(word: &str, letter: &str) -> Option<String> {
    let starts = word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '@');
    let (middle, old) = word.char_indices().nth(word.chars().count() / 2)?;
    let is_word = starts && word.len() > 1;
    is_word.then(|| format!("{}{letter}{}", &word[..middle], &word[middle + old.len_utf8()..]))
}

/// Where the tokens of a text stand: words, numbers and times, strings, and everything else one by one. Comments are none.
pub(crate) fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let end = at + extent(&text[at..], first);
        if !first.is_whitespace() && first != '#' {
            found.push(at..end);
        }
        at = end;
    }
    found
}

fn extent(rest: &str, first: char) -> usize {
    if let Some(block) = rest.strip_prefix("\"\"\"") {
        return block.find("\"\"\"").map_or(rest.len(), |end| end + 6);
    }
    match first {
        '"' => quoted(rest),
        '#' => rest.find('\n').unwrap_or(rest.len()),
        _ if is_word(first) => rest.find(|next| !is_word(next) && next != '.').unwrap_or(rest.len()),
        _ => first.len_utf8(),
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || "_-@:+%".contains(letter)
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}
