//! A text cut at its headings, each part with what it is about.

use super::said::Said;
use super::words::{Topic, topic};
use crate::document::markdown::{Block, BlockId, BlockKind, Markdown};

/// What stands between two headings.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub(super) heading: Option<Said>,
    pub(super) topic: Topic,
    /// Whether its topic is its own, and not that of the section it stands in.
    pub(super) names_topic: bool,
    /// The blocks that stand in no other.
    pub(super) blocks: Vec<(BlockId, &'a Block)>,
}

pub(super) fn sections(markdown: &Markdown) -> Vec<Section<'_>> {
    let mut sections = vec![Section { heading: None, topic: Topic::Other, names_topic: false, blocks: Vec::new() }];
    // The topics of the headings that are open, with their levels.
    let mut open: Vec<(u8, Topic)> = Vec::new();
    for (id, block) in markdown.blocks().filter(|(_, block)| block.parent.is_none()) {
        let BlockKind::Heading(level) = block.kind else {
            if let Some(section) = sections.last_mut() {
                section.blocks.push((id, block));
            }
            continue;
        };
        open.retain(|(above, _)| *above < level);
        let own = if is_title(level, &sections) { Topic::Other } else { topic(&block.inline.text()) };
        let inherited = open.last().map_or(Topic::Other, |(_, topic)| *topic);
        let found = within(inherited, own);
        open.push((level, found));
        let names_topic = own != Topic::Other && found == own;
        sections.push(Section { heading: Said::of(&block.inline.runs), topic: found, names_topic, blocks: Vec::new() });
    }
    sections
}

/// The first heading, if it is one of the highest, is the title of the plan and says nothing of its sections.
fn is_title(level: u8, sections: &[Section<'_>]) -> bool {
    level == 1 && sections.len() == 1
}

/// What a heading is about that stands below another: a step of a way back is still about the way back.
const fn within(above: Topic, own: Topic) -> Topic {
    match (above, own) {
        (Topic::Rollback | Topic::Team | Topic::SignOff | Topic::Communication | Topic::Changes, _)
        | (Topic::Phase(_), Topic::Other | Topic::Changes) => above,
        (Topic::Phase(_) | Topic::Other, _) => own,
    }
}
