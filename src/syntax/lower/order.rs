//! The clauses of rules, red flags and tests: each at most once, in the order of the language.

use std::collections::{BTreeMap, BTreeSet};

use super::Lower;
use super::junk::{Home, RED_FLAG, RULE};
use crate::source::Span;
use crate::syntax::ast::{Clause, ClauseKind, TestClause};
use crate::syntax::diagnostics::{CLAUSE_ORDER, MISPLACED_CLAUSE, REPEATED_CLAUSE};

/// One clause as its order is concerned.
#[derive(Debug, Clone)]
struct Seat {
    keyword: String,
    /// The keyword in the text.
    place: Span,
    /// None where such a clause may stand as often as one likes.
    once: Option<usize>,
    rank: usize,
}

const RULE_ORDER: &str =
    "the order is: attributes, `on`, `require` or `forbid`, `unless`, `at`, `message`, `help`, `fix`, `enforce`";
const RED_FLAG_ORDER: &str = "the order is: attributes, `on`, `during`, `stop`, `then`";
const TEST_ORDER: &str = "the order is: `given`, `at`, `expect`";

impl Lower<'_> {
    pub(super) fn check_clauses(&mut self, home: Home, clauses: &[Clause]) {
        let is_rule = home.name == RULE.name;
        let mut seats = Vec::new();
        for clause in clauses {
            let rank = if is_rule { rule_rank(&clause.kind) } else { red_flag_rank(&clause.kind) };
            let keyword = clause.kind.keyword().to_owned();
            let place = self.first_token(clause.span);
            let Some(rank) = rank else {
                self.misplaced(home, &keyword, place);
                continue;
            };
            let once = (!matches!(clause.kind, ClauseKind::Attribute(_))).then_some(rank);
            seats.push(Seat { keyword, place, once, rank });
        }
        self.check_seats(&seats, if is_rule { RULE_ORDER } else { RED_FLAG_ORDER });
    }

    /// `places` are those of the keywords.
    pub(super) fn check_test_clauses(&mut self, clauses: &[TestClause], places: &[Span]) {
        let seat = |(clause, place): (&TestClause, &Span)| {
            let (keyword, once, rank) = match clause {
                TestClause::Given(_) => ("given", None, 0),
                TestClause::At(_) => ("at", Some(1), 1),
                TestClause::Expect(_) => ("expect", Some(2), 2),
            };
            Seat { keyword: keyword.to_owned(), place: *place, once, rank }
        };
        let seats: Vec<Seat> = clauses.iter().zip(places).map(seat).collect();
        self.check_seats(&seats, TEST_ORDER);
    }

    fn check_seats(&mut self, seats: &[Seat], order: &str) {
        let mut taken: BTreeMap<usize, &Seat> = BTreeMap::new();
        let mut unique = Vec::new();
        for seat in seats {
            if let Some(first) = seat.once.and_then(|once| taken.get(&once)) {
                self.repeated(seat, first);
                continue;
            }
            unique.push(seat);
            taken.extend(seat.once.map(|once| (once, seat)));
        }
        let kept = longest_run(&unique);
        for (index, seat) in unique.iter().enumerate().filter(|(index, _)| !kept.contains(index)) {
            self.out_of_order(seat, index, &unique, &kept, order);
        }
    }

    fn repeated(&mut self, seat: &Seat, first: &Seat) {
        let (again, keyword) = (&seat.keyword, &first.keyword);
        let message = if again == keyword {
            format!("`{again}` stands here a second time")
        } else {
            format!("`{again}` cannot stand beside `{keyword}`")
        };
        let diagnostic = self
            .error(&REPEATED_CLAUSE, seat.place, message)
            .related(self.place(first.place), "the first one")
            .help("keep one of the two; conditions are joined with `and` or `or`");
        self.report(diagnostic);
    }

    /// `kept` are those that stand in order.
    fn out_of_order(&mut self, seat: &Seat, index: usize, seats: &[&Seat], kept: &BTreeSet<usize>, order: &str) {
        let in_order = |index: &usize| seats.get(*index).copied();
        let later = kept.range(..index).next_back().and_then(in_order).filter(|before| before.rank > seat.rank);
        let sooner = kept.range(index..).filter_map(in_order).take_while(|after| after.rank < seat.rank).last();
        let (side, other) = match (later, sooner) {
            (Some(other), _) => ("before", other),
            (None, Some(other)) => ("after", other),
            (None, None) => return,
        };
        let (keyword, neighbour) = (&seat.keyword, &other.keyword);
        let diagnostic = self
            .error(&CLAUSE_ORDER, seat.place, format!("`{keyword}` must stand {side} `{neighbour}`"))
            .related(self.place(other.place), format!("`{neighbour}` stands here"))
            .help(order.to_owned());
        self.report(diagnostic);
    }

    fn misplaced(&mut self, home: Home, keyword: &str, place: Span) {
        let other = if home.name == RULE.name { RED_FLAG } else { RULE };
        let diagnostic =
            self.error(&MISPLACED_CLAUSE, place, format!("{} has no `{keyword}`", home.name)).help(format!(
                "`{keyword}` belongs to {}; {}",
                other.name,
                if home.name == RULE.name { RULE_ORDER } else { RED_FLAG_ORDER }
            ));
        self.report(diagnostic);
    }
}

/// The most clauses that stand in order as they are, by their indices.
fn longest_run(seats: &[&Seat]) -> BTreeSet<usize> {
    // For each rank the longest run that ends with it; there are few ranks.
    let mut lengths: Vec<(usize, Option<usize>)> = Vec::new();
    let mut best: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, seat) in seats.iter().enumerate() {
        let length = |at: &usize| lengths.get(*at).map_or(0, |(length, _)| *length);
        let before = best.range(..=seat.rank).map(|(_, at)| *at).max_by_key(|at| (length(at), *at));
        lengths.push((before.as_ref().map_or(0, length) + 1, before));
        best.insert(seat.rank, index);
    }
    let mut run = BTreeSet::new();
    let mut next = best.values().copied().max_by_key(|at| (lengths.get(*at).map_or(0, |(length, _)| *length), *at));
    while let Some(at) = next {
        run.insert(at);
        next = lengths.get(at).and_then(|(_, before)| *before);
    }
    run
}

const fn rule_rank(clause: &ClauseKind) -> Option<usize> {
    Some(match clause {
        ClauseKind::Attribute(_) => 0,
        ClauseKind::On(_) => 1,
        ClauseKind::Require(_) | ClauseKind::Forbid(_) => 2,
        ClauseKind::Unless(_) => 3,
        ClauseKind::At(_) => 4,
        ClauseKind::Message(_) => 5,
        ClauseKind::Help(_) => 6,
        ClauseKind::Fix { .. } => 7,
        ClauseKind::Enforce(_) => 8,
        ClauseKind::During(_) | ClauseKind::Stop { .. } | ClauseKind::Then(_) => return None,
    })
}

const fn red_flag_rank(clause: &ClauseKind) -> Option<usize> {
    Some(match clause {
        ClauseKind::Attribute(_) => 0,
        ClauseKind::On(_) => 1,
        ClauseKind::During(_) => 2,
        ClauseKind::Stop { .. } => 3,
        ClauseKind::Then(_) => 4,
        ClauseKind::Require(_)
        | ClauseKind::Forbid(_)
        | ClauseKind::Unless(_)
        | ClauseKind::At(_)
        | ClauseKind::Message(_)
        | ClauseKind::Help(_)
        | ClauseKind::Fix { .. }
        | ClauseKind::Enforce(_) => return None,
    })
}
