//! Steps in sections that are nothing a plan knows: no phase runs them.

use std::collections::BTreeMap;

use super::fence::{Fence, fence};
use super::reading::Reading;
use super::said::Line;
use super::section::Section;
use super::unread::is_code;
use super::words::step_attribute;
use crate::document::markdown::{Block as Part, BlockId, BlockKind};
use crate::source::Span;

impl Reading<'_> {
    /// What can only be a step and stands below a heading that is no phase.
    pub(super) fn left_out(&mut self, section: &Section<'_>) {
        let is_looked_up = section.blocks.first().is_some_and(|(_, part)| self.is_looked_up(part));
        let Some(step) = self.first_step(section).filter(|_| !is_looked_up) else { return };
        let place = section.heading.as_ref().map_or(step, |heading| heading.span);
        let message = section.heading.as_ref().map_or_else(
            || "steps stand here before any heading, and are not run".to_owned(),
            |heading| format!("`{}` holds steps, and is no phase: they are not run", heading.text),
        );
        let help = "put them below a heading that is one, such as `Deployment`, or call this one so";
        self.said_once(place, message, help);
    }

    fn first_step(&self, section: &Section<'_>) -> Option<Span> {
        let mut code = None;
        // Of each list with numbers: where it begins, and whether each of its items is a command with a title.
        let mut lists: BTreeMap<u32, (Span, bool)> = BTreeMap::new();
        for (id, part) in &section.blocks {
            match &part.kind {
                BlockKind::Code { .. } if fence(part) == Some(Fence::Script) => code = Some(part.span),
                BlockKind::Item { task: None, number, list } => {
                    let line = self.first_line(*id);
                    let place = line.as_ref().map_or(part.span, |line| line.whole.span);
                    let below: Vec<(BlockId, &Part)> = self.markdown.within(*id).collect();
                    let runs = line.as_ref().is_some_and(|line| !line.code.is_empty())
                        || below.iter().any(|(_, part)| fence(part) == Some(Fence::Script));
                    let own = self.below(*id).first().map_or(part.span.end, |(_, part)| part.span.start);
                    let below = below.iter().filter(|(_, part)| part.span.start >= own);
                    if below.flat_map(|(_, part)| lines(part)).any(|line| is_of_step(&line, runs)) {
                        return Some(place);
                    }
                    if number.is_some() {
                        let is_command = line.as_ref().is_some_and(|line| {
                            line.label.is_some() && line.value.as_ref().is_some_and(|value| is_code(line, value))
                        });
                        lists.entry(*list).or_insert((place, true)).1 &= is_command;
                    }
                }
                BlockKind::Paragraph if lines(part).iter().any(|line| is_of_step(line, code.is_some())) => {
                    if let Some(code) = code {
                        return Some(code);
                    }
                }
                BlockKind::Paragraph
                | BlockKind::Item { .. }
                | BlockKind::Code { .. }
                | BlockKind::Heading(_)
                | BlockKind::Quote
                | BlockKind::Table
                | BlockKind::Row { .. }
                | BlockKind::Cell
                | BlockKind::Html
                | BlockKind::Rule => {}
            }
        }
        lists.into_values().find(|(_, are_commands)| *are_commands).map(|(place, _)| place)
    }
}

fn lines(part: &Part) -> Vec<Line> {
    if part.kind == BlockKind::Paragraph { part.inline.lines().filter_map(Line::of).collect() } else { Vec::new() }
}

/// `Undo:`, and below what runs also `Timeout:`, which many other things have.
fn is_of_step(line: &Line, runs: bool) -> bool {
    let Some(label) = &line.label else { return false };
    match step_attribute(&label.text) {
        Some("undo" | "verify" | "irreversible") => runs || !line.code.is_empty() || line.value.is_none(),
        Some("timeout" | "retries") => runs,
        _ => false,
    }
}
