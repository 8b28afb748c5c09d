//! Whether there is anything at all for which some conditions come to what is wanted: by trying every state of every
//! term that matters, as far as it still matters. Exact within its bounds; past them it says nothing.

use super::formula::Formula;
use super::state::State;
use super::term::{Element, TermId, Terms};
use super::truth::{Truth, Truths};

/// How many states one question may try.
const STEPS: u32 = 200;

/// How many terms one question may speak of: a bit for each of them and of what holds it.
const TERMS: usize = 64;

/// How many lists within lists are looked into.
const DEPTH: u32 = 3;

/// A condition, and what it must come to.
pub(super) type Goal<'f> = (&'f Formula, Truths);

/// Whether all goals can be met at once.
#[derive(Debug)]
pub(super) enum Answer {
    /// By nothing, whatever is judged.
    Never,
    /// As far as analysis can see, and by what; terms that do not matter are left out.
    Perhaps(Vec<(TermId, State)>),
    TooLarge,
}

impl Answer {
    pub(super) const fn is_never(&self) -> bool {
        matches!(self, Self::Never)
    }

    pub(super) const fn is_perhaps(&self) -> bool {
        matches!(self, Self::Perhaps(_))
    }
}

/// Answers questions about the terms of an analysis.
#[derive(Debug)]
pub(super) struct Solver<'t> {
    terms: &'t Terms,
    states: Vec<Option<State>>,
    /// What all questions together may still try.
    left: u32,
}

/// What a term is while not all of them have a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Now {
    Is(State),
    /// Open, and with it everything it holds: this one is to be settled first.
    Open(TermId),
}

/// A test that a question asks, and everything it can come to.
#[derive(Debug)]
struct Asked {
    term: TermId,
    test: Option<usize>,
    possible: Truths,
}

impl<'t> Solver<'t> {
    /// `left` is what all questions together may try.
    pub(super) fn new(terms: &'t Terms, left: u32) -> Self {
        Self { terms, states: vec![None; terms.len()], left }
    }

    /// Whether nothing may be tried any more.
    pub(super) const fn is_spent(&self) -> bool {
        self.left == 0
    }

    pub(super) fn ask(&mut self, goals: &[Goal<'_>]) -> Answer {
        let budget = self.left.min(STEPS);
        let states = std::mem::take(&mut self.states);
        let mut search = Search { terms: self.terms, states, left: budget, depth: 0 };
        let answer = search.question(goals);
        self.left -= budget - search.left;
        self.states = search.states;
        answer
    }
}

/// What came of trying.
enum Tried {
    /// Nothing meets the goals, whatever the terms outside of this set are.
    Never(u64),
    Perhaps(Vec<(TermId, State)>),
    TooLarge,
}

/// What is asked: goals that are no conjunctions any more, and the terms they depend on.
struct Question<'f> {
    goals: Vec<(Goal<'f>, u64)>,
    asked: Vec<Asked>,
    /// Every term that matters, in the order of the bits.
    terms: Vec<TermId>,
}

/// One question.
struct Search<'t> {
    terms: &'t Terms,
    states: Vec<Option<State>>,
    left: u32,
    /// How many lists this is about the elements of elements of.
    depth: u32,
}

impl Search<'_> {
    /// Answers with the states that are settled already, and leaves them as they are.
    fn question(&mut self, goals: &[Goal<'_>]) -> Answer {
        let Some(question) = self.prepared(goals) else { return Answer::TooLarge };
        match self.settle(&question, &mut Vec::new()) {
            Tried::Never(_) => Answer::Never,
            Tried::Perhaps(found) => Answer::Perhaps(found),
            Tried::TooLarge => Answer::TooLarge,
        }
    }

    fn prepared<'f>(&self, goals: &[Goal<'f>]) -> Option<Question<'f>> {
        let mut parts = Vec::new();
        for (formula, wanted) in goals {
            split(formula, *wanted, &mut parts);
        }
        let tests_of = |formula: &Formula| {
            let mut tests = Vec::new();
            formula.tests(&mut tests);
            tests
        };
        let mut tests: Vec<(TermId, Option<usize>)> = parts.iter().flat_map(|(formula, _)| tests_of(formula)).collect();
        tests.sort_unstable();
        tests.dedup();
        let mut terms: Vec<TermId> = tests.iter().flat_map(|(term, _)| self.with_holders(*term)).collect();
        terms.sort_unstable();
        terms.dedup();
        if terms.len() > TERMS {
            return None;
        }
        let bits = |formula: &Formula| {
            let holders = tests_of(formula).into_iter().flat_map(|(term, _)| self.with_holders(term));
            holders.fold(0, |all, term| all | bit(&terms, term))
        };
        let goals = parts.into_iter().map(|goal| (goal, bits(goal.0))).collect();
        let possible = |term: TermId, test: Option<usize>| match test {
            Some(test) => self.possible(term, test),
            None => Truths::ALL,
        };
        let asked = tests.into_iter().map(|(term, test)| Asked { term, test, possible: possible(term, test) });
        Some(Question { goals, asked: asked.collect(), terms })
    }

    /// A term, and everything that holds it.
    fn with_holders(&self, id: TermId) -> impl Iterator<Item = TermId> {
        std::iter::successors(Some(id), |id| self.terms.get(*id).and_then(|term| term.parent))
    }

    /// Everything a test can come to, whatever holds the term.
    fn possible(&self, id: TermId, test: usize) -> Truths {
        let Some((term, ask)) = self.terms.get(id).and_then(|term| Some((term, term.ask(test)?))) else {
            return Truths::ALL;
        };
        let own =
            term.states(&[test]).into_iter().fold(Truths::NONE, |all, state| all.with(Truths::only(ask.of(state))));
        let mut all = own;
        let mut holder = term.parent;
        while let Some(parent) = holder.and_then(|parent| self.terms.get(parent)) {
            if parent.may_miss {
                all = all.with(Truths::only(ask.of(State::Missing)));
            }
            if parent.may_be_unusable || parent.domain == super::term::Domain::Any {
                all = all.with(Truths::UNUSABLE);
            }
            holder = parent.parent;
        }
        all
    }

    fn settle(&mut self, question: &Question<'_>, found: &mut Vec<(TermId, State)>) -> Tried {
        if self.left == 0 {
            return Tried::TooLarge;
        }
        self.left -= 1;
        let asked = &question.asked;
        let mut open = None;
        for ((formula, wanted), terms) in &question.goals {
            let truths = self.truths(formula, asked);
            if !truths.meets(*wanted) {
                return Tried::Never(*terms);
            }
            if open.is_none() && !truths.within(*wanted) {
                open = self.open(formula, asked);
            }
        }
        let Some(term) = open else { return Tried::Perhaps(found.clone()) };
        let own = bit(&question.terms, term);
        let (mut reasons, mut too_large) = (0, false);
        for state in self.candidates(term, asked) {
            self.put(term, Some(state));
            found.push((term, state));
            // Why elements cannot be as they should may lie anywhere.
            let within =
                if self.elements_agree(term, asked) { self.settle(question, found) } else { Tried::Never(u64::MAX) };
            found.pop();
            self.put(term, None);
            match within {
                // It is not this term's fault: no other state of it would help.
                Tried::Never(terms) if terms & own == 0 => return within,
                Tried::Never(terms) => reasons |= terms,
                Tried::Perhaps(_) => return within,
                Tried::TooLarge => too_large = true,
            }
        }
        if too_large { Tried::TooLarge } else { Tried::Never(reasons & !own) }
    }

    /// One state for each way in which the tests of this question, and the terms it holds, can tell it from others.
    fn candidates(&self, id: TermId, asked: &[Asked]) -> Vec<State> {
        let Some(term) = self.terms.get(id) else { return Vec::new() };
        let tests: Vec<usize> = asked.iter().filter(|asked| asked.term == id).filter_map(|asked| asked.test).collect();
        let asks: Vec<_> = tests.iter().filter_map(|test| term.ask(*test)).collect();
        let mut states = term.states(&tests);
        let mut seen: Vec<Vec<Truth>> = Vec::new();
        states.retain(|state| {
            let held = match state {
                State::Missing => Truth::Missing,
                State::Null => Truth::False,
                State::Unusable => Truth::Unusable,
                State::Value { .. } => Truth::True,
            };
            let signature: Vec<Truth> = std::iter::once(held).chain(asks.iter().map(|ask| ask.of(*state))).collect();
            let new = !seen.contains(&signature);
            if new {
                seen.push(signature);
            }
            new
        });
        states
    }

    fn put(&mut self, term: TermId, state: Option<State>) {
        if let Some(slot) = self.states.get_mut(term.0) {
            *slot = state;
        }
    }

    fn own(&self, term: TermId) -> Option<State> {
        self.states.get(term.0).copied().flatten()
    }

    /// What a term is: what is held by something that is not there is not there either.
    fn now(&self, id: TermId) -> Now {
        let held = match self.terms.get(id).and_then(|term| term.parent).map(|parent| self.now(parent)) {
            Some(Now::Open(above)) => return Now::Open(above),
            Some(Now::Is(State::Missing)) => Some(State::Missing),
            Some(Now::Is(State::Null | State::Unusable)) => Some(State::Unusable),
            Some(Now::Is(State::Value { .. })) | None => None,
        };
        match held.or_else(|| self.own(id)) {
            Some(state) => Now::Is(state),
            None => Now::Open(id),
        }
    }

    fn truths(&self, formula: &Formula, asked: &[Asked]) -> Truths {
        match formula {
            Formula::Known(truth) => Truths::only(*truth),
            Formula::Test(id, test) => match self.now(*id) {
                Now::Is(state) => {
                    let ask = self.terms.get(*id).and_then(|term| term.ask(*test));
                    ask.map_or(Truths::ALL, |ask| Truths::only(ask.of(state)))
                }
                Now::Open(_) => asked
                    .iter()
                    .find(|asked| asked.term == *id && asked.test == Some(*test))
                    .map_or(Truths::ALL, |asked| asked.possible),
            },
            Formula::Not(inner) => self.truths(inner, asked).not(),
            Formula::And(parts) => parts.iter().fold(Truths::TRUE, |all, part| all.and(self.truths(part, asked))),
            Formula::Or(parts) => parts.iter().fold(Truths::FALSE, |any, part| any.or(self.truths(part, asked))),
            Formula::If(parts) => {
                let [condition, yes, no] = &**parts;
                let condition = self.truths(condition, asked);
                let mut all = keep(condition, Truths::UNDECIDED);
                if condition.holds(Truth::True) {
                    all = all.with(self.truths(yes, asked));
                }
                if condition.holds(Truth::False) {
                    all = all.with(self.truths(no, asked));
                }
                all
            }
            Formula::Else(parts) => {
                let [first, second] = &**parts;
                let first = self.truths(first, asked);
                let all = keep(first, Truths::only(Truth::Missing).others());
                if first.holds(Truth::Missing) { all.with(self.truths(second, asked)) } else { all }
            }
            Formula::Default(id, parts) => {
                let [present, absent] = &**parts;
                match self.now(*id) {
                    Now::Is(State::Missing | State::Null) => self.truths(absent, asked),
                    Now::Is(State::Unusable) => Truths::UNUSABLE,
                    Now::Is(State::Value { .. }) => self.truths(present, asked),
                    Now::Open(_) => self.truths(present, asked).with(self.truths(absent, asked)).with(Truths::UNUSABLE),
                }
            }
        }
    }

    /// A term whose state would tell more about a condition.
    fn open(&self, formula: &Formula, asked: &[Asked]) -> Option<TermId> {
        let first_open = |parts: &[Formula]| {
            let mut undecided = parts.iter().filter(|part| !self.truths(part, asked).is_one());
            undecided.find_map(|part| self.open(part, asked))
        };
        match formula {
            Formula::Known(_) => None,
            Formula::Test(id, _) => match self.now(*id) {
                Now::Is(_) => None,
                Now::Open(id) => Some(id),
            },
            Formula::Not(inner) => self.open(inner, asked),
            Formula::And(parts) | Formula::Or(parts) => first_open(parts),
            Formula::If(parts) => {
                let [condition, yes, no] = &**parts;
                match self.truths(condition, asked) {
                    Truths::TRUE => self.open(yes, asked),
                    Truths::FALSE => self.open(no, asked),
                    _ => self.open(condition, asked),
                }
            }
            Formula::Else(parts) => first_open(&**parts),
            Formula::Default(id, parts) => match self.now(*id) {
                Now::Is(_) => first_open(&**parts),
                Now::Open(id) => Some(id),
            },
        }
    }

    /// Whether the lists that quantifiers speak of can hold elements for everything that is said of them so far.
    fn elements_agree(&mut self, id: TermId, asked: &[Asked]) -> bool {
        let terms = self.terms;
        let Some(list) = terms.get(id).and_then(|term| term.element.as_ref()).map(|element| &element.list) else {
            return true;
        };
        if self.depth == DEPTH {
            return true;
        }
        let mut settled: Vec<(&Element, Truths)> = Vec::new();
        for asked in asked {
            let element = terms.get(asked.term).and_then(|term| term.element.as_ref());
            if let (Some(element), Some(state)) = (element, self.own(asked.term))
                && element.list == *list
                && settled.iter().all(|(known, _)| !std::ptr::eq(*known, element))
            {
                settled.push((element, said(state)));
            }
        }
        let each: Vec<Goal<'_>> = settled.iter().map(|(element, said)| (&element.body, of_each(*said))).collect();
        self.depth += 1;
        let agree = settled.iter().filter(|(_, said)| *said != Truths::FALSE).all(|(element, said)| {
            let goals: Vec<Goal<'_>> = each.iter().copied().chain([(&element.body, *said)]).collect();
            !self.question(&goals).is_never()
        });
        self.depth -= 1;
        agree
    }
}

/// The parts that all have to come to what is wanted of the whole.
fn split<'f>(formula: &'f Formula, wanted: Truths, parts: &mut Vec<Goal<'f>>) {
    match formula {
        Formula::And(of) if wanted == Truths::TRUE => of.iter().for_each(|part| split(part, wanted, parts)),
        Formula::Or(of) if wanted == Truths::FALSE => of.iter().for_each(|part| split(part, wanted, parts)),
        Formula::Not(inner) => split(inner, wanted.not(), parts),
        Formula::Known(_)
        | Formula::Test(..)
        | Formula::And(_)
        | Formula::Or(_)
        | Formula::If(_)
        | Formula::Else(_)
        | Formula::Default(..) => parts.push((formula, wanted)),
    }
}

/// The bit of a term among those of a question.
fn bit(terms: &[TermId], term: TermId) -> u64 {
    terms.binary_search(&term).map_or(u64::MAX, |at| 1 << at)
}

/// Those of a set that are in another one, too.
fn keep(set: Truths, wanted: Truths) -> Truths {
    set.others().with(wanted.others()).others()
}

/// What `some` came to.
fn said(state: State) -> Truths {
    match state {
        State::Missing | State::Null => Truths::only(Truth::Missing),
        State::Unusable => Truths::UNUSABLE,
        State::Value { position, .. } => Truths::only(Truth::of(position == 1)),
    }
}

/// What each element can come to where `some` came to this.
fn of_each(some: Truths) -> Truths {
    if some == Truths::FALSE {
        Truths::FALSE
    } else if some == Truths::only(Truth::Missing) {
        Truths::FALSE.with(some)
    } else if some == Truths::UNUSABLE {
        Truths::TRUE.others()
    } else {
        Truths::ALL
    }
}
