//! Steps run in the order of the text: no phase goes on that was left for another, and no list asks between two steps.

use super::boxes::boxes_in;
use super::labels::HOLD;
use super::reading::Reading;
use super::said::Said;
use super::section::Section;
use super::words::{Topic, explains};
use crate::source::Span;
use crate::syntax::ast::Block;

/// The phases in the order in which the text comes to them.
#[derive(Debug, Default)]
pub(super) struct Order {
    begun: Vec<(&'static str, Span)>,
    /// The heading over approvals that stand behind steps of the deployment.
    asks: Option<Said>,
    /// A phase without steps that the text came to behind the last one.
    passed: Option<(&'static str, Span)>,
    /// Whether a step of the deployment was come to.
    deploys: bool,
    /// The boxes behind it.
    boxes: Vec<Said>,
}

impl Reading<'_> {
    /// A section holds what is done or looked at in a phase. What is done twice, with another phase between, cannot be told
    /// from one phase that holds both: it would be done where it begins.
    fn enter(&mut self, id: &'static str, place: Span) {
        if let Some(asks) = self.order.asks.take() {
            let message =
                format!("`{}` stands between two steps, and would be asked for before all of them", asks.text);
            self.said_once(asks.span, message, HOLD);
        }
        let passed = self.order.passed.take().filter(|_| id == "deploy");
        let begun = &self.order.begun;
        let is_last = begun.last().is_some_and(|(last, _)| *last == id);
        if is_last && passed.is_none() {
            return;
        }
        let next = begun.iter().position(|(known, _)| *known == id).and_then(|at| begun.get(at + 1));
        let Some((next, left)) = next.copied().or(passed.filter(|_| is_last)) else {
            self.order.begun.push((id, place));
            return;
        };
        let line = self.lines.line(left.start) + 1;
        let message = format!("this comes back to the phase `{id}`, which was left for `{next}` on line {line}");
        let help = "steps run phase by phase: write what stands between as steps of the same phase, below a heading or in items that name what they do and no other phase, or put the sections of one phase together";
        self.said_once(place, message, help);
    }

    /// A section holds what is done in a phase, or nothing that is.
    pub(super) fn come_to(&mut self, section: &Section<'_>, actions: &[Block]) {
        let Topic::Phase(id) = section.topic else { return };
        match actions.first() {
            Some(first) => self.enter(id, section.heading.as_ref().map_or(first.span, |heading| heading.span)),
            None => self.pass(id, section),
        }
    }

    /// A section of a phase that holds no step: what is looked at there is looked at before the next.
    fn pass(&mut self, id: &'static str, section: &Section<'_>) {
        let Some(heading) = &section.heading else { return };
        let leaves = self.order.begun.last().is_some_and(|(last, _)| *last != id);
        if leaves && (section.is_leaf || !section.blocks.is_empty()) && explains(&heading.text).is_none() {
            self.order.passed.get_or_insert((id, heading.span));
        }
    }

    /// Boxes between two steps of the deployment.
    pub(super) fn boxes_between(&mut self, section: &Section<'_>, steps: &[Block]) {
        if section.topic != Topic::Phase("deploy") {
            return;
        }
        let boxes = section.blocks.iter().flat_map(|(id, part)| boxes_in(self.markdown, *id, part));
        let boxes = boxes.filter_map(|(id, _)| Some(self.first_line(id)?.whole));
        let steps = steps.iter().map(|step| (step.span.start, None));
        let mut all: Vec<(u32, Option<Said>)> = steps.chain(boxes.map(|line| (line.span.start, Some(line)))).collect();
        all.sort_by_key(|(at, _)| *at);
        for (_, line) in all {
            if let Some(line) = line {
                if self.order.deploys {
                    self.order.boxes.push(line);
                }
                continue;
            }
            self.order.deploys = true;
            for line in std::mem::take(&mut self.order.boxes) {
                let message = "this box stands between two steps, and is asked before all of them";
                self.said_once(line.span, message, HOLD);
            }
        }
    }

    /// A section asks people to agree.
    pub(super) fn asks(&mut self, section: &Section<'_>) {
        let is_deployed = self.order.begun.iter().any(|(id, _)| *id == "deploy");
        if is_deployed && !section.blocks.is_empty() && self.order.asks.is_none() {
            self.order.asks.clone_from(&section.heading);
        }
    }
}
