//! Whether a text says that something is done under a condition, by hand, or not at all. Knows neither commands nor where
//! they stand.

use super::back::{goes_back, may_be_done, prints, purpose_of, speaks_of_going_back};
use super::hedge_words::{
    ALONE, ALTERNATIVES, ANYWHERE, BEGINNINGS, BEHIND_FATES, CODE, CONDITIONS, CONSEQUENCES, EDGES, FAILURES, FATES,
    IN_ORDER, IN_TIME, OF_ALL, OF_THE_COMMAND, ONE_OF_SEVERAL, PROSE_BEGINNINGS, QUESTIONS, RELATIVES, REPEATED, SIGNS,
    STATES, SUBJECTS, TRIGGERS, WITHOUT_NEED,
};
use super::waits::{done_first, place_of, stop_of, wait_of};

/// Where prose stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prose {
    /// Before a list of items.
    BeforeList,
    /// Before the first command below its heading.
    BeforeFirst,
    /// Before a further one.
    BeforeNext,
    /// Below a command, or behind it.
    Behind,
}

/// Words by which a text says that its command is not simply run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hedge {
    pub(super) words: &'static str,
    pub(super) kind: HedgeKind,
}

/// What such words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HedgeKind {
    /// It is run sometimes only, by hand, or not at all.
    Conditional,
    /// Something comes before it.
    Waiting,
    /// It is run on another machine, or by somebody else.
    Elsewhere,
    /// It goes back.
    Back,
    /// What it is for or where, and not that it is run.
    Purpose,
    /// It is no command, but what one prints.
    Output,
}

impl HedgeKind {
    pub(super) const fn by(self, words: &'static str) -> Hedge {
        Hedge { words, kind: self }
    }
}

/// A sentence, in small letters: its parts, each between blanks.
#[derive(Debug, Default)]
struct Sentence {
    parts: Vec<String>,
    /// Whether it ends with a colon.
    announces: bool,
    /// Whether it ends with no sign at all, as if what follows were its end.
    is_open: bool,
}

/// The words by which a title, a heading or a line says that its command is not simply run.
pub(super) fn hedge(text: &str) -> Option<Hedge> {
    sentences(text).iter().find_map(Sentence::hedge)
}

/// The words by which prose says so of the command that it stands before or behind.
pub(super) fn hedge_in_prose(text: &str, place: Prose) -> Option<Hedge> {
    let sentences = sentences(text);
    let last = sentences.len().saturating_sub(1);
    sentences.iter().enumerate().find_map(|(at, sentence)| {
        let is_next = place != Prose::Behind && at == last;
        let first = sentence.parts.first()?;
        if is_next && sentence.announces {
            return sentence.hedge();
        }
        let for_people = sentence.parts.get(1).is_some_and(|then| begins(then, CONSEQUENCES).is_some());
        let is_introduced = is_next && place != Prose::BeforeList;
        let condition = begins(first, CONDITIONS).filter(|_| is_introduced || sentence.parts.len() == 1);
        let of_it = sentence.parts.iter().find_map(|part| holds(part, OF_THE_COMMAND).or_else(|| state_of(part)));
        let further = || {
            let alternative = begins(first, ALTERNATIVES);
            alternative.or_else(|| sentence.parts.iter().find_map(|part| anywhere(part)))
        };
        let said = of_it
            .or_else(|| begins(first, PROSE_BEGINNINGS).or(begins(first, EDGES)))
            .or_else(|| fate_of(first))
            .map(|words| HedgeKind::Conditional.by(words));
        let sometimes = || {
            condition
                .filter(|_| !for_people && hedge_of(first).is_some())
                .or_else(|| further().filter(|_| place == Prose::BeforeNext && !for_people))
                .map(|words| HedgeKind::Conditional.by(words))
        };
        said.or_else(|| sentence.parts.iter().find_map(|part| wait_of(part)).filter(|_| !for_people))
            .or_else(|| stop_of(first).filter(|_| !is_introduced))
            .or_else(sometimes)
    })
}

/// The words by which a title or a heading says that it goes back.
pub(super) fn hedge_of_the_way_back(text: &str) -> Option<Hedge> {
    sentences(text).first()?.parts.first().and_then(|first| goes_back(first))
}

/// The words by which prose that introduces code says that it goes back, or what it is for, and not that it is run. What ends
/// with a full stop over the first code below its heading says something of the heading.
pub(super) fn hedge_in_introduction(text: &str, place: Prose) -> Option<Hedge> {
    let sentences = sentences(text);
    let last = sentences.last()?;
    let is_next = place == Prose::BeforeNext;
    let opens = last.announces || last.is_open;
    let tells_people = last.parts.get(1).is_some_and(|then| begins(then, CONSEQUENCES).is_some());
    if place == Prose::BeforeList || tells_people || !(opens || is_next) {
        return None;
    }
    let back = last.parts.iter().find_map(|part| speaks_of_going_back(part));
    let output = || prints(last.parts.first()?);
    let may = || last.parts.iter().find_map(|part| may_be_done(part)).filter(|_| opens);
    let elsewhere = || last.parts.first().filter(|_| last.announces).and_then(|first| place_of(first));
    back.or_else(output)
        .or_else(elsewhere)
        .or_else(may)
        .or_else(|| purpose_of(last.parts.first()?).filter(|_| opens && is_next))
}

/// Whether prose says when a way back is taken, which it says of all of it.
pub(super) fn is_trigger(text: &str) -> bool {
    let sentences = sentences(text);
    let fails = sentences.iter().flat_map(|sentence| &sentence.parts).any(|part| holds(part, FAILURES).is_some());
    fails || is_trigger_alone(text)
}

/// Whether a line says when a way back is taken, and not which part of it: `roll back if …`.
pub(super) fn is_trigger_alone(text: &str) -> bool {
    let sentences = sentences(text);
    let first = sentences.first().and_then(|sentence| sentence.parts.first());
    first.is_some_and(|part| {
        let behind = begins(part, TRIGGERS).and_then(|words| part.trim_start().strip_prefix(words)).unwrap_or_default();
        let rest: Vec<&str> = behind.split_whitespace().skip_while(|word| OF_ALL.contains(word)).collect();
        begins(&format!(" {} ", rest.join(" ")), CONDITIONS).is_some()
    })
}

/// Whether a heading about the way back says no more than that it is not always taken: `Rollback (if needed)`.
pub(super) fn is_taken_sometimes(heading: &str) -> bool {
    hedge(heading).is_some_and(|hedge| CONDITIONS.contains(&hedge.words))
}

impl Sentence {
    fn hedge(&self) -> Option<Hedge> {
        let alternative = self.parts.first().and_then(|first| begins(first, ALTERNATIVES));
        let alternative = alternative.map(|words| HedgeKind::Conditional.by(words));
        alternative.or_else(|| done_first(&self.parts)).or_else(|| self.parts.iter().find_map(|part| hedge_of(part)))
    }
}

fn hedge_of(part: &str) -> Option<Hedge> {
    let conditional = |words| HedgeKind::Conditional.by(words);
    let alone = ALONE.iter().copied().find(|word| part.trim() == *word);
    let explains = begins(part, QUESTIONS).is_some();
    let is_plain = |words: &&str| match *words {
        "repeat" => part.trim() != "repeat" && holds(part, REPEATED).is_none(),
        words => IN_TIME.contains(&words) && is_in_order(part),
    };
    let begun = begins(part, BEGINNINGS).filter(|words| !(explains || is_plain(words)));
    let no_need = begins(part, &["no"]).filter(|_| holds(part, WITHOUT_NEED).is_some());
    let begun = alone
        .or(begun)
        .or_else(|| one_of_several(part))
        .or(no_need)
        .or_else(|| begins(part, EDGES))
        .or_else(|| fate_of(part));
    // `Jobs that were started by hand` tells which jobs.
    let of_it = || holds(part, OF_THE_COMMAND).or_else(|| ends(part)).filter(|_| holds(part, RELATIVES).is_none());
    wait_of(part).or_else(|| begun.or_else(|| anywhere(part)).or_else(of_it).map(conditional))
}

fn one_of_several(part: &str) -> Option<&'static str> {
    let word = begins(part, ONE_OF_SEVERAL)?;
    let which = part.trim_start().strip_prefix(word)?.split_whitespace().next()?;
    let is_number = which.chars().all(|digit| digit.is_ascii_digit());
    (is_number || which.chars().count() == 1).then_some(word)
}

fn anywhere(part: &str) -> Option<&'static str> {
    holds(part, ANYWHERE).filter(|_| begins(part, QUESTIONS).is_none())
}

fn fate_of(part: &str) -> Option<&'static str> {
    let fate = begins(part, FATES)?;
    let next = part.trim_start().strip_prefix(fate)?.split_whitespace().next();
    let is_date = |next: &str| next.starts_with(|digit: char| digit.is_ascii_digit()) && next.contains('-');
    next.is_none_or(|next| BEHIND_FATES.contains(&next) || is_date(next)).then_some(fate)
}

fn is_in_order(part: &str) -> bool {
    holds(part, IN_ORDER).is_some()
}

fn state_of(part: &str) -> Option<&'static str> {
    let words: Vec<&str> = part.split_whitespace().collect();
    // `Step 2 is optional` speaks of the step as `This step is optional` does.
    let of_step = words.windows(3).any(|words| matches!(words, ["step", _, "is" | "was"]));
    let says = |state: &&str| {
        let is_said = |verb: &str| part.contains(&format!("{verb} {state} "));
        SUBJECTS.iter().any(|subject| is_said(&format!(" {subject}"))) || of_step && (is_said(" is") || is_said(" was"))
    };
    STATES.iter().copied().find(says)
}

fn ends(part: &str) -> Option<&'static str> {
    let part = part.strip_suffix(" ` ").map_or_else(|| part.to_owned(), |before| format!("{before} "));
    let is_only = part.ends_with(" only ") && !part.ends_with(" read only ") && !part.ends_with(" write only ");
    let known = EDGES.iter().copied().find(|words| part.ends_with(&format!(" {words} ")));
    known.or(is_only.then_some("only"))
}

pub(super) fn begins(part: &str, known: &[&'static str]) -> Option<&'static str> {
    known.iter().copied().find(|words| part.starts_with(&format!(" {words} ")))
}

pub(super) fn holds(part: &str, known: &[&'static str]) -> Option<&'static str> {
    known.iter().copied().find(|words| part.contains(&format!(" {words} ")))
}

/// A text cut where its sentences are, and at its commas and brackets.
pub(super) fn parts(text: &str) -> Vec<String> {
    sentences(text).into_iter().flat_map(|sentence| sentence.parts).collect()
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut all = Vec::new();
    let mut sentence = Sentence::default();
    let mut part = String::from(" ");
    let mut in_brackets = false;
    let text = text.to_lowercase().replace('’', "'");
    for token in text.split_whitespace() {
        let opens = |found: char| matches!(found, '(' | '[' | '{' | '"' | '“' | '„' | '*' | '_');
        let closes = |found: char| !found.is_alphanumeric() && found != '`' && !SIGNS.contains(&found);
        let word = token.trim_start_matches(opens).trim_end_matches(closes);
        let is_dash = token.chars().all(|found| matches!(found, '-' | '–' | '—' | '|' | '/'));
        if is_dash || token.starts_with(['(', '[']) {
            end_part(&mut part, &mut sentence);
        }
        // What stands behind code, or behind a `but`, begins something of its own.
        let says = part != " " || !matches!(word, CODE | "but");
        if says && !is_dash && !word.is_empty() {
            let is_several = word.split('/').all(|word| word.len() > 1 && word.chars().all(char::is_alphabetic));
            part.push_str(&if is_several { word.replace('/', " ") } else { word.to_owned() });
            part.push(' ');
        }
        if token.ends_with([',', ';', ')', ']']) {
            end_part(&mut part, &mut sentence);
        }
        if token.ends_with(['.', '!', '?', ':']) {
            end_part(&mut part, &mut sentence);
        }
        in_brackets = (in_brackets || token.starts_with('(')) && !token.contains(')');
        if token.ends_with(['.', '!', '?', ':']) && !in_brackets {
            sentence.announces = token.ends_with(':');
            all.push(std::mem::take(&mut sentence));
        }
    }
    end_part(&mut part, &mut sentence);
    sentence.is_open = true;
    all.push(sentence);
    all.retain(|sentence| !sentence.parts.is_empty());
    all
}

fn end_part(part: &mut String, sentence: &mut Sentence) {
    if part != " " {
        sentence.parts.push(std::mem::replace(part, String::from(" ")));
    }
}

#[cfg(test)]
mod tests;
