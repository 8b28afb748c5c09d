//! Steps run in the order of the text: no phase goes on that was left for another, and no list asks between two steps.

use super::labels::HOLD;
use super::reading::Reading;
use super::said::Said;
use super::section::Section;
use crate::source::Span;

/// The phases in the order in which the text comes to them.
#[derive(Debug, Default)]
pub(super) struct Order {
    begun: Vec<(&'static str, Span)>,
    /// The heading over approvals that stand behind steps of the deployment.
    asks: Option<Said>,
}

impl Reading<'_> {
    /// A section holds what is done or looked at in a phase. What is done twice, with another phase between, cannot be told
    /// from one phase that holds both: it would be done where it begins.
    pub(super) fn enter(&mut self, id: &'static str, place: Span) {
        if let Some(asks) = self.order.asks.take() {
            let message =
                format!("`{}` stands between two steps, and would be asked for before all of them", asks.text);
            self.said_once(asks.span, message, HOLD);
        }
        if self.order.begun.last().is_some_and(|(last, _)| *last == id) {
            return;
        }
        let begun = &self.order.begun;
        let next = begun.iter().position(|(known, _)| *known == id).and_then(|at| begun.get(at + 1));
        let Some((next, left)) = next else {
            self.order.begun.push((id, place));
            return;
        };
        let line = self.lines.line(left.start) + 1;
        let message = format!("this comes back to the phase `{id}`, which was left for `{next}` on line {line}");
        let help = "steps run phase by phase: write what stands between as steps of the same phase, below a heading or in items that name what they do and no other phase, or put the sections of one phase together";
        self.said_once(place, message, help);
    }

    /// A section asks people to agree.
    pub(super) fn asks(&mut self, section: &Section<'_>) {
        let is_deployed = self.order.begun.iter().any(|(id, _)| *id == "deploy");
        if is_deployed && !section.blocks.is_empty() && self.order.asks.is_none() {
            self.order.asks.clone_from(&section.heading);
        }
    }
}
