//! Pairs the brackets of a text, and repairs what has no partner.
//!
//! Balanced text is taken as it is, however it is laid out. Only where something is missing does the indentation tell
//! which bracket is to blame.

use std::collections::BTreeMap;

use super::faults::{self, Fault};
use super::heads;
use super::lexer::{Bracket, Lexed};
use super::repair::Repair;
use super::report::Report;
use crate::syntax::lower::DEPTH_LIMIT;

/// How often the search for surplus brackets starts over.
const ATTEMPTS: usize = 8;

pub(super) const fn partner(sign: u8) -> u8 {
    match sign {
        b'{' => b'}',
        b'(' => b')',
        b'[' => b']',
        b'}' => b'{',
        b')' => b'(',
        _ => b'[',
    }
}

const fn opens(sign: u8) -> bool {
    matches!(sign, b'{' | b'(' | b'[')
}

/// What is known to be wrong with a closing brace, by its index.
#[derive(Debug, Clone, Copy)]
enum Blame {
    /// It is one too many.
    Surplus,
    /// The line of this index lacks the brace it closes.
    Headless(usize),
}

pub(super) fn balance(text: &str, lexed: &Lexed, report: &mut Report, repair: &mut Repair<'_>) {
    let plain = Matching::run(text, lexed, BTreeMap::new(), false);
    if plain.is_sound() {
        return;
    }
    let by_indentation = plain.is_unclosed;
    let mut blamed = BTreeMap::new();
    let mut matching = Matching::run(text, lexed, blamed.clone(), by_indentation);
    for _ in 0..ATTEMPTS {
        let Some((closer, blame)) = matching.culprit else { break };
        blamed.insert(closer, blame);
        matching = Matching::run(text, lexed, blamed.clone(), by_indentation);
    }
    for fault in &matching.faults {
        faults::say(text, fault, report);
        faults::mend(text, lexed, fault, repair);
    }
}

struct Matching<'a> {
    text: &'a str,
    lexed: &'a Lexed,
    blamed: BTreeMap<usize, Blame>,
    by_indentation: bool,
    open: Vec<Bracket>,
    /// Where in `open` braces, parentheses and square brackets stand.
    by_kind: [Vec<usize>; 3],
    faults: Vec<Fault>,
    is_unclosed: bool,
    too_deep: Option<Bracket>,
    /// A closing brace that took the partner of another.
    suspect: Option<(usize, Blame)>,
    culprit: Option<(usize, Blame)>,
}

impl<'a> Matching<'a> {
    fn run(text: &'a str, lexed: &'a Lexed, blamed: BTreeMap<usize, Blame>, by_indentation: bool) -> Self {
        let mut matching = Self {
            text,
            lexed,
            blamed,
            by_indentation,
            open: Vec::new(),
            by_kind: [Vec::new(), Vec::new(), Vec::new()],
            faults: Vec::new(),
            is_unclosed: false,
            too_deep: None,
            suspect: None,
            culprit: None,
        };
        for (index, bracket) in lexed.brackets.iter().enumerate() {
            if opens(bracket.sign) {
                matching.open(*bracket);
            } else {
                matching.close(index, *bracket);
            }
        }
        matching.end();
        matching
    }

    fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    fn open(&mut self, bracket: Bracket) {
        if self.open.len() == DEPTH_LIMIT {
            self.too_deep.get_or_insert(bracket);
        }
        let place = self.open.len();
        self.places_mut(bracket.sign).push(place);
        self.open.push(bracket);
    }

    fn close(&mut self, index: usize, close: Bracket) {
        match self.blamed.get(&index) {
            Some(Blame::Surplus) => return self.faults.push(Fault::Surplus(close)),
            Some(Blame::Headless(line)) => {
                let Some(line) = self.lexed.lines.get(*line) else { return };
                return self.faults.push(Fault::Headless { line: *line, close });
            }
            None => {}
        }
        let first = self.faults.len();
        if close.sign == b'}' && self.by_indentation {
            self.close_by_indentation(close);
        }
        let Some(opened) = self.innermost(partner(close.sign)) else { return self.surplus(index, close) };
        while self.open.len() > opened + 1 {
            self.unclosed(Some(close));
        }
        self.hush(first);
        self.matched(index, close);
    }

    /// Which open bracket one closes: a brace whatever was left open within it, others nothing across a brace.
    fn innermost(&self, wanted: u8) -> Option<usize> {
        let opened = self.places(wanted).last().copied()?;
        let brace = self.places(b'{').last().copied();
        (wanted == b'{' || brace.is_none_or(|brace| brace < opened)).then_some(opened)
    }

    /// Where in `open` the brackets of one kind stand.
    fn places(&self, sign: u8) -> &Vec<usize> {
        let [braces, parens, squares] = &self.by_kind;
        match sign {
            b'{' => braces,
            b'(' => parens,
            _ => squares,
        }
    }

    fn places_mut(&mut self, sign: u8) -> &mut Vec<usize> {
        let [braces, parens, squares] = &mut self.by_kind;
        match sign {
            b'{' => braces,
            b'(' => parens,
            _ => squares,
        }
    }

    fn pop(&mut self) -> Option<Bracket> {
        let open = self.open.pop()?;
        self.places_mut(open.sign).pop();
        Some(open)
    }

    /// A brace that begins a line closes nothing that stands further in.
    fn close_by_indentation(&mut self, close: Bracket) {
        while let Some(open) = self.open.last().copied() {
            let is_last = self.open.len() == 1;
            if is_last || !close.begins_line || self.indent(close) >= self.indent(open) || open.line == close.line {
                break;
            }
            self.unclosed(Some(close));
        }
    }

    fn matched(&mut self, index: usize, close: Bracket) {
        let Some(open) = self.pop() else { return };
        self.shallower(close.at + 1);
        let is_odd = close.sign == b'}'
            && open.line != close.line
            && if close.begins_line {
                self.indent(close) > self.indent(open)
            } else {
                // A block over several lines ends on a line of its own.
                true
            };
        if is_odd && self.suspect.is_none() {
            let head = heads::without_brace(self.text, &self.lexed.lines, open, close);
            self.suspect = Some((index, head.map_or(Blame::Surplus, Blame::Headless)));
        }
    }

    fn shallower(&mut self, end: usize) {
        if self.open.len() == DEPTH_LIMIT
            && let Some(open) = self.too_deep.take()
        {
            self.faults.push(Fault::TooDeep { open, end });
        }
    }

    fn unclosed(&mut self, revealed_by: Option<Bracket>) {
        let Some(open) = self.pop() else { return };
        self.is_unclosed = true;
        if self.open.len() < DEPTH_LIMIT {
            self.faults.push(Fault::Unclosed { open, revealed_by, is_said: true });
        }
        self.shallower(revealed_by.map_or(self.text.len(), |bracket| bracket.at));
    }

    fn surplus(&mut self, index: usize, close: Bracket) {
        if close.sign != b'}'
            && let Some(open) = self.open.last().copied()
            && open.sign != b'{'
        {
            self.pop();
            self.is_unclosed = true;
            self.faults.push(Fault::Mismatched { open, close });
            return self.shallower(close.at + 1);
        }
        if close.sign == b'}' && self.culprit.is_none() {
            let head =
                || heads::before(self.text, &self.lexed.lines, 0, close).map(|line| (index, Blame::Headless(line)));
            self.culprit = self.suspect.take().or_else(head);
        }
        self.faults.push(Fault::Surplus(close));
    }

    fn end(&mut self) {
        let first = self.faults.len();
        while !self.open.is_empty() {
            self.unclosed(None);
        }
        self.hush(first);
    }

    /// What is nested too deep is one fault, not one for each bracket.
    fn hush(&mut self, first: usize) {
        let faults = self.faults.get_mut(first..).unwrap_or_default();
        if !faults.iter().any(|fault| matches!(fault, Fault::TooDeep { .. })) {
            return;
        }
        for fault in faults {
            if let Fault::Unclosed { is_said, .. } = fault {
                *is_said = false;
            }
        }
    }

    fn indent(&self, bracket: Bracket) -> usize {
        self.lexed.lines.get(bracket.line).map_or(0, |line| line.indent)
    }
}
