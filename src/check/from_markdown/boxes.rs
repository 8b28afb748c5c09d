//! Boxes that stand where steps stand. A box is asked before everything, wherever its list is: one that holds a command, or
//! stands between two steps, would be asked too early.

use super::reading::Reading;
use super::section::Section;
use super::unread::is_code;
use super::words::{self, Topic};
use crate::document::markdown::{Block as Part, BlockId, BlockKind, Markdown};

const STEP_OR_LIST: &str =
    "write it as a step, without `[ ]`, or move it to a checklist of its own, below a heading that is no phase";

impl Reading<'_> {
    /// Boxes with a command that would run before the section they stand in.
    pub(super) fn boxes(&mut self, section: &Section<'_>) {
        let is_late = matches!(
            section.topic,
            Topic::Phase("backup" | "deploy" | "confirm") | Topic::Rollback | Topic::Communication
        );
        let is_strict = matches!(section.topic, Topic::Phase(_) | Topic::Rollback | Topic::Communication);
        for (id, block) in &section.blocks {
            let is_early = is_late || self.is_looked_up(block);
            for (id, part) in boxes_in(self.markdown, *id, block) {
                if (is_early || is_strict && self.is_below_step(part)) && self.box_runs(id) {
                    let place = self.first_line(id).map_or(part.span, |line| line.whole.span);
                    let message = "a box is a check that is asked before everything, and this one holds a command";
                    self.said_once(place, message, STEP_OR_LIST);
                }
            }
        }
    }

    /// Whether it stands below a heading over what is there to be looked up.
    pub(super) fn is_looked_up(&self, block: &Part) -> bool {
        let title = self.title.as_ref().map(|title| title.span.start);
        let path = self.markdown.heading_path(block);
        let headings = path.iter().filter(|heading| Some(heading.inline.span.start) != title);
        headings.map(|heading| heading.inline.text()).any(|heading| words::explains(&heading).is_some())
    }

    fn is_below_step(&self, part: &Part) -> bool {
        let mut above = part.parent.and_then(|id| self.markdown.block(id));
        while let Some(part) = above {
            if matches!(part.kind, BlockKind::Item { task: None, .. }) {
                return true;
            }
            above = part.parent.and_then(|id| self.markdown.block(id));
        }
        false
    }

    /// Whether its line is a command or names one, or `Run:` stands below it.
    fn box_runs(&self, id: BlockId) -> bool {
        let runs = self.first_line(id).is_some_and(|line| {
            line.value.as_ref().is_some_and(|value| is_code(&line, value)) || self.holds_command(&line, None)
        });
        let is_run = |id| {
            let label = self.first_line(id).and_then(|line| line.label);
            label.is_some_and(|label| words::step_attribute(&label.text) == Some("run"))
        };
        runs || self.below(id).into_iter().any(|(id, part)| !is_box(part) && is_run(id))
    }
}

/// The block itself, where it is one, and all within.
pub(super) fn boxes_in<'m>(
    markdown: &'m Markdown,
    id: BlockId,
    block: &'m Part,
) -> impl Iterator<Item = (BlockId, &'m Part)> {
    std::iter::once((id, block)).chain(markdown.within(id)).filter(|(_, part)| is_box(part))
}

fn is_box(part: &Part) -> bool {
    matches!(part.kind, BlockKind::Item { task: Some(_), .. })
}
