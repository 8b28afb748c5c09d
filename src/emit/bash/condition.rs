//! A red flag's condition as the words `verdict.sh` reads: operands first, then what is done with them.

use crate::runbook::{Comparison, Condition, Procedure, Quantity};

pub(super) fn postfix(procedure: &Procedure, condition: &Condition) -> String {
    let mut words = Vec::new();
    condition_words(procedure, condition, &mut words);
    words.join(" ")
}

fn condition_words(procedure: &Procedure, condition: &Condition, words: &mut Vec<String>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                condition_words(procedure, part, words);
            }
            let word = if matches!(condition, Condition::All(_)) { "all" } else { "any" };
            words.push(format!("{word}:{}", parts.len()));
        }
        Condition::Not(inner) => {
            condition_words(procedure, inner, words);
            words.push("not".to_owned());
        }
        Condition::Compare { left, operator, right } => {
            quantity_words(left, words);
            quantity_words(right, words);
            words.push(comparison(*operator).to_owned());
        }
        Condition::StepFailed(id) | Condition::ProbeFailed(id) => {
            let failing = procedure.failing_as(id);
            words.extend(failing.iter().map(|id| format!("failed:{id}")));
            if failing.len() > 1 {
                words.push(format!("any:{}", failing.len()));
            }
        }
        Condition::PhaseFailed(id) => words.push(format!("phase-failed:{id}")),
    }
}

fn quantity_words(quantity: &Quantity, words: &mut Vec<String>) {
    let (left, right, operator) = match quantity {
        Quantity::Constant(value) => return words.push(format!("constant:{}", value.normalize())),
        Quantity::Metric(id) => return words.push(format!("metric:{id}")),
        Quantity::Baseline(id) => return words.push(format!("baseline:{id}")),
        Quantity::Sum(left, right) => (left, right, "plus"),
        Quantity::Difference(left, right) => (left, right, "minus"),
        Quantity::Product(left, right) => (left, right, "times"),
        Quantity::Quotient(left, right) => (left, right, "over"),
    };
    quantity_words(left, words);
    quantity_words(right, words);
    words.push(operator.to_owned());
}

fn comparison(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Equal => "eq",
        Comparison::NotEqual => "ne",
        Comparison::Less => "lt",
        Comparison::LessOrEqual => "le",
        Comparison::Greater => "gt",
        Comparison::GreaterOrEqual => "ge",
    }
}
