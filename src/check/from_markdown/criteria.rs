//! The list of what a way back is taken for: it says when, and is no list of steps. People watch for it; what shall be watched
//! for is a red flag.

use super::hedge::is_trigger_alone;
use super::reading::Reading;
use super::section::Section;
use super::words::{Topic, plain};
use crate::document::markdown::{Block as Part, BlockId, BlockKind, RunKind};

/// What a heading over such a list is called.
const CRITERIA: &[&str] =
    &["criteria", "rollback criteria", "rollback triggers", "triggers", "when to roll back", "when to rollback"];

/// How a sentence ends that announces one.
const ENDS: &[&str] = &[" if:", " when:", " true:", " applies:", " apply:", " happens:", " following:", " these:"];

/// Whether a line announces criteria, and not what is done then.
pub(super) fn announces_criteria(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    let ends = ENDS.iter().any(|end| words.ends_with(end)) || words.contains("criteria") && words.ends_with(':');
    ends && (is_trigger_alone(&words) || words.contains("criteria") || words.contains("any of"))
}

impl Reading<'_> {
    /// Whether a heading says that criteria stand below it.
    pub(super) fn holds_criteria(section: &Section<'_>) -> bool {
        let heading = section.heading.as_ref().map(|heading| plain(&heading.text));
        section.topic == Topic::Rollback && heading.is_some_and(|heading| CRITERIA.contains(&heading.as_str()))
    }

    /// An item of criteria, which has no command; true where it is one.
    pub(super) fn criterion(&mut self, id: BlockId, part: &Part) -> bool {
        let has_code = |part: &Part| part.inline.runs.iter().any(|run| run.kind == RunKind::Code);
        let runs = |part: &Part| matches!(part.kind, BlockKind::Code { .. }) || has_code(part);
        let Some(line) = self.first_line(id) else { return false };
        if runs(part) || self.markdown.within(id).any(|(_, part)| runs(part)) {
            return false;
        }
        self.not_read(line.whole.span, &format!("`{}`", line.whole.text));
        true
    }
}
