//! Every claim is held against the judgement: what no plan can do, no random plan does.

use std::collections::BTreeMap;

use stopline::diagnostic::Diagnostic;
use stopline::eval::{Outcome, Skipped};
use stopline::model::data::{Data, Value};

use crate::bench::{Bench, plan};
use crate::examples;
use crate::random::{self, Dice};

const POLICIES: u64 = 300;
const SUBJECTS: usize = 100;

#[test]
fn what_is_said_of_random_rules_is_so_for_random_plans() {
    let mut dice = Dice::new(7);
    let plans: Vec<Value> = (0..SUBJECTS).map(|_| plan(&random::plan(&mut dice))).collect();
    let every = [
        "policy/unsatisfiable-rule",
        "policy/contradicting-rules",
        "policy/impossible-when",
        "policy/always-excused",
        "policy/unbreakable-rule",
        "policy/implied-rule",
        "policy/unreachable-branch",
        "example",
        "beside",
    ];
    hold(random::policy, &plans, &every);
}

#[test]
fn what_is_said_of_random_rules_is_so_for_random_documents() {
    let mut dice = Dice::new(11);
    let documents: Vec<Value> = (0..SUBJECTS).map(|_| random::document(&mut dice)).collect();
    let every = ["policy/unsatisfiable-rule", "policy/impossible-when", "policy/implied-rule"];
    hold(random::policy_of_documents, &documents, &every);
}

/// Holds everything that is said of policies against what their rules come to; each of `every` is said at least once.
fn hold(policy: fn(&mut Dice) -> String, subjects: &[Value], every: &[&str]) {
    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..POLICIES {
        let text = policy(&mut Dice::new(seed + 1));
        let mut bench = Bench::new(&text);
        let mut found = bench.analysed();
        let beside = bench.split_at(bench.policy.rules.len() / 2);
        *said.entry("beside".to_owned()).or_default() += beside.len();
        found.extend(beside);
        for diagnostic in &found {
            *said.entry(diagnostic.rule.to_string()).or_default() += 1;
        }
        for diagnostic in found.iter().filter(|found| *found.rule == *"policy/contradicting-rules") {
            let Some(example) = examples::plan_of(diagnostic) else { continue };
            *said.entry("example".to_owned()).or_default() += 1;
            let wrong = examples::refuted(diagnostic, &bench, &plan(&example));
            assert!(wrong.is_none(), "seed {seed}: {}\n{example}\n{diagnostic:#?}\n{text}", wrong.unwrap());
        }
        // What is said for any value of the parameters is so for others, too.
        for switched in [false, true] {
            if switched {
                bench.set("strict", Data::Bool(false));
                bench.set("floor", Data::Word("high"));
            }
            for subject in subjects {
                for diagnostic in &found {
                    let wrong = refuted(diagnostic, &bench, subject);
                    assert!(wrong.is_none(), "seed {seed}: {}\n{}\n{text}", wrong.unwrap(), diagnostic.message);
                }
            }
        }
    }
    let silent: Vec<&&str> = every.iter().filter(|id| said.get(**id).is_none_or(|times| *times == 0)).collect();
    assert!(silent.is_empty(), "{silent:?} were not put to the test: {said:?}");
}

/// How a plan shows that a finding is wrong.
fn refuted(diagnostic: &Diagnostic, bench: &Bench, plan: &Value) -> Option<String> {
    let named: Vec<&str> = diagnostic.message.split('`').filter(|word| word.starts_with("p/")).collect();
    let outcomes: Vec<Vec<Outcome>> = named.iter().map(|name| bench.outcomes(bench.rule(name), plan)).collect();
    let first = outcomes.first()?;
    let come_to =
        |bad: &dyn Fn(&Outcome) -> bool| first.iter().find(|outcome| bad(outcome)).map(|found| format!("{found:?}"));
    match &*diagnostic.rule {
        "policy/unsatisfiable-rule" => {
            come_to(&|outcome| matches!(outcome, Outcome::Pass | Outcome::Skip(Skipped::Unless)))
        }
        "policy/impossible-when" => {
            come_to(&|outcome| matches!(outcome, Outcome::Pass | Outcome::Fail(_) | Outcome::Skip(Skipped::Unless)))
        }
        "policy/unbreakable-rule" => {
            let always = bench.rule(named[0]).subject.when.is_none();
            come_to(&|outcome| match outcome {
                Outcome::Fail(_) | Outcome::Skip(Skipped::Unless) => true,
                Outcome::Error(_) => always,
                Outcome::Pass | Outcome::Skip(_) => false,
            })
        }
        "policy/always-excused" => {
            let always = bench.rule(named[0]).subject.when.is_none();
            come_to(&|outcome| matches!(outcome, Outcome::Fail(_)) || always && matches!(outcome, Outcome::Error(_)))
        }
        "policy/contradicting-rules" => {
            let both = outcomes[0].iter().zip(&outcomes[1]);
            let passed = |outcome: &Outcome| matches!(outcome, Outcome::Pass);
            both.into_iter().find(|(one, two)| passed(one) && passed(two)).map(|_| "both pass".to_owned())
        }
        "policy/implied-rule" => {
            let is_error = |outcome: &Outcome, name: &str| {
                matches!(outcome, Outcome::Error(_))
                    || matches!(outcome, Outcome::Fail(_))
                        && bench.rule(name).severity == stopline::diagnostic::Severity::Error
            };
            let finds = |outcome: &Outcome| matches!(outcome, Outcome::Fail(_) | Outcome::Error(_));
            let mut both = outcomes[0].iter().zip(&outcomes[1]);
            both.find(|(weak, strong)| {
                finds(weak) && !finds(strong) || is_error(weak, named[0]) && !is_error(strong, named[1])
            })
            .map(|pair| format!("{pair:?}"))
        }
        "policy/unreachable-branch" => {
            let taken = bench.takes(bench.rule(named[0]), diagnostic.place.unwrap(), plan);
            taken.then(|| "the branch is taken".to_owned())
        }
        "policy/unused-parameter" => None,
        other => panic!("`{other}` is not put to the test"),
    }
}
