//! A slip of the finger is never a GO: every token of a plan and of a policy is lost, doubled, misspelt, commented out,
//! pulled into the line before, set beside something strange, or the last thing the file does not hold any more.
#![expect(clippy::disallowed_methods, reason = "the texts are files")]
#![expect(clippy::print_stdout, reason = "the counts are worth reading")]
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]
#![expect(clippy::string_slice, clippy::indexing_slicing, reason = "a token that is cut wrongly fails the test")]

#[path = "mutations/door.rs"]
mod door;
#[path = "mutations/slips.rs"]
mod slips;

use std::collections::{BTreeMap, BTreeSet};

use door::{Slipped, file, judge, swallowed};
use slips::{Mutation, SLIPS, Slip, mutations};

const PLAN: &str = "tests/fixtures/design/checkout.plan";
const POLICY: &str = "tests/fixtures/design/release.policy";
const SHIPPED: &str = "policies/release.policy";

/// What may go with a slip in it, and why. Whatever else goes fails; what goes no longer fails too.
const MAY_GO: [(&str, &[Slip], &[&str]); 7] = [
    (
        "a name that nothing refers to is free, and without one the title gives it",
        &[Slip::Removed, Slip::Changed, Slip::Dropped],
        &[
            "checkout-1-2-3",
            "backup-db",
            "go-live",
            "migrate",
            "health",
            "stable",
            "metrics-review",
            "error-rate",
            "slow",
            "restart",
        ],
    ),
    (
        "another name or person, which nothing else in the plan contradicts",
        &[Slip::Changed, Slip::Dropped],
        &["staging-healthy", "TEXT", "DATABASE_URL", "@engineer1", "@dba1", "@pm1", "@cto"],
    ),
    (
        "a block with an id needs no title",
        &[Slip::Removed],
        &[
            "\"Checkout v1.2.3\"",
            "\"Back up the production database\"",
            "\"Approve production\"",
            "\"Run database migrations\"",
            "\"API answers\"",
            "\"Watch until stable\"",
            "\"Review the metrics\"",
            "\"Error rate above 5%\"",
            "\"Response time 50% above the baseline\"",
            "\"Restart the previous release\"",
        ],
    ),
    ("a list may be shorter", &[Slip::Removed], &["pci", "@cto", "DATABASE_URL"]),
    ("the word of a block without an id may be its id", &[Slip::Doubled], &["change", "checklist", "item", "notify"]),
    (
        "a phase may have any name; one that looks misspelt is a warning",
        &[Slip::Changed, Slip::Dropped],
        &["prepare", "confirm"],
    ),
    ("a string before the brace is a title", &[Slip::Stray], &["{"]),
];

/// Judges every mutation and counts by slip and status; those that go are handed back.
fn go<'a>(mutations: &'a [Mutation], slipped: Slipped, other: &str) -> Vec<&'a Mutation> {
    let judged = |mutation: &Mutation| {
        let run = match slipped {
            Slipped::Policy => judge(&mutation.text, other, slipped),
            Slipped::Plan => judge(other, &mutation.text, slipped),
        };
        (run.status, run.misplaced(mutation))
    };
    let mut counts: BTreeMap<Slip, [usize; 3]> = BTreeMap::new();
    let (mut went, mut misplaced) = (Vec::new(), Vec::new());
    for mutation in mutations {
        let (status, wrong) = judged(mutation);
        misplaced.extend(wrong);
        counts.entry(mutation.slip).or_default()[usize::from(status)] += 1;
        if status == 0 {
            went.push(mutation);
        }
    }
    println!("{} mutations of a {slipped:?}: [go, stop, undecided]", mutations.len());
    for (slip, [go, stop, undecided]) in counts {
        println!("  {slip:?}: [{go}, {stop}, {undecided}]");
    }
    assert!(misplaced.is_empty(), "{}", misplaced.join("\n"));
    went
}

fn moved_to_friday(plan: &str) -> String {
    assert_eq!(plan.matches("2026-11-24T10:00").count(), 1);
    plan.replace("2026-11-24T10:00", "2026-11-27T10:00")
}

/// One slip at each token, a different one at each.
fn one_each(mutations: Vec<Mutation>) -> Vec<Mutation> {
    let mut by_place: BTreeMap<usize, Vec<Mutation>> = BTreeMap::new();
    for mutation in mutations {
        by_place.entry(mutation.offset).or_default().push(mutation);
    }
    let pick = |(index, mut at): (usize, Vec<Mutation>)| at.swap_remove(index % SLIPS.len() % at.len());
    by_place.into_values().enumerate().map(pick).collect()
}

#[test]
fn no_slip_in_a_policy_lets_a_friday_go() {
    let went = mutations(&file(POLICY));
    let went = go(&went, Slipped::Policy, &moved_to_friday(&file(PLAN)));
    assert!(went.is_empty(), "{went:#?}");
}

#[test]
fn no_slip_in_the_shipped_policy_lets_a_friday_go() {
    let mutations: Vec<Mutation> = one_each(mutations(&file(SHIPPED))).into_iter().step_by(61).collect();
    let went = go(&mutations, Slipped::Policy, &moved_to_friday(&file(PLAN)));
    assert!(went.is_empty(), "{went:#?}");
}

#[test]
fn no_slip_in_a_plan_lets_a_friday_go() {
    let mutations = one_each(mutations(&moved_to_friday(&file(PLAN))));
    let went = go(&mutations, Slipped::Plan, &file(POLICY));
    assert!(went.is_empty(), "{went:#?}");
}

#[test]
fn a_plan_with_a_slip_goes_only_where_it_still_says_what_it_says() {
    let plan = file(PLAN);
    let mutations = mutations(&plan);
    let mut unused: BTreeSet<(usize, &str)> = MAY_GO
        .iter()
        .enumerate()
        .flat_map(|(row, (_, _, tokens))| tokens.iter().map(move |token| (row, *token)))
        .collect();
    for mutation in go(&mutations, Slipped::Plan, &file(POLICY)) {
        assert_eq!(swallowed(mutation, &plan), None);
        // A comment and a missing line end say what they say.
        if matches!(mutation.slip, Slip::Commented | Slip::Joined) {
            continue;
        }
        let is_allowed = |(_, slips, tokens): &(_, &[Slip], &[&str])| {
            slips.contains(&mutation.slip) && tokens.contains(&mutation.token.as_str())
        };
        let Some(row) = MAY_GO.iter().position(is_allowed) else { panic!("{mutation} goes") };
        unused.remove(&(row, mutation.token.as_str()));
    }
    assert!(unused.is_empty(), "{unused:?}");
}
