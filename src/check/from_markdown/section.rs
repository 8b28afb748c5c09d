//! A text cut at its headings, each part with what it is about.

use super::hedge::{Hedge, HedgeKind, hedge, hedge_of_the_way_back, is_taken_sometimes, is_trigger};
use super::nearly::{Nearly, nearly};
use super::said::{Said, words_of};
use super::words::{Topic, explains, speaks_of_another, topic};
use crate::document::markdown::{Block, BlockId, BlockKind, Markdown};

/// A heading, and its words that say that what stands below it is not simply done.
#[derive(Debug, Clone)]
pub(super) struct Hedged {
    pub(super) heading: Said,
    pub(super) hedge: Hedge,
}

/// What stands between two headings.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub(super) heading: Option<Said>,
    pub(super) topic: Topic,
    /// Whether its topic is its own, and not that of the section it stands in.
    pub(super) names_topic: bool,
    /// Whether it stands in a section that is about something.
    pub(super) is_below: bool,
    /// Whether no other heading stands below its own.
    pub(super) is_leaf: bool,
    /// The heading, or one above it, that nearly says what it is about.
    pub(super) nearly: Option<Nearly>,
    /// The heading, or one above it, that says that not all of this is simply done, and by which words.
    pub(super) hedged: Option<Hedged>,
    /// The blocks that stand in no other.
    pub(super) blocks: Vec<(BlockId, &'a Block)>,
}

impl Section<'_> {
    /// Whether it holds boxes to tick.
    pub(super) fn is_checklist(&self) -> bool {
        self.blocks.iter().any(|(_, block)| matches!(block.kind, BlockKind::Item { task: Some(_), .. }))
    }
}

pub(super) fn sections(markdown: &Markdown) -> Vec<Section<'_>> {
    let mut sections = vec![Section {
        heading: None,
        topic: Topic::Other,
        names_topic: false,
        is_below: false,
        is_leaf: true,
        nearly: None,
        hedged: None,
        blocks: Vec::new(),
    }];
    // The headings that are open: their levels, their topics, what they are nearly about, and what they do not simply mean.
    let mut open: Vec<(u8, Topic, Option<Nearly>, Option<Hedged>)> = Vec::new();
    for (id, block) in markdown.blocks().filter(|(_, block)| block.parent.is_none()) {
        let BlockKind::Heading(level) = block.kind else {
            if let Some(section) = sections.last_mut() {
                section.blocks.push((id, block));
            }
            continue;
        };
        let before = open.len();
        open.retain(|(above, ..)| *above < level);
        let title = is_title(level, &sections);
        if open.len() == before
            && let Some(above) = sections.last_mut()
        {
            above.is_leaf = false;
        }
        let own = if title { Topic::Other } else { topic(&block.inline.text()) };
        let (inherited, near, above) = open
            .last()
            .map_or((Topic::Other, None, None), |(_, topic, near, hedged)| (*topic, near.clone(), hedged.clone()));
        let found = within(inherited, own);
        let heading = Said::of(&block.inline.runs);
        let nearly = match (own, &heading) {
            (Topic::Other, Some(heading)) if !title => near.or_else(|| nearly(heading, inherited)),
            (Topic::Other, _) => near,
            (
                Topic::Team
                | Topic::Changes
                | Topic::Rollback
                | Topic::Communication
                | Topic::SignOff
                | Topic::Phase(_),
                _,
            ) => None,
        };
        let hedged = heading.clone().filter(|_| !title).and_then(|heading| {
            let words = words_of(&block.inline.runs);
            // When a way back is taken is said of all of it.
            let is_whole = own == Topic::Rollback && inherited != Topic::Rollback;
            let is_trigger = is_whole && is_taken_sometimes(&words) || is_trigger(&words);
            let is_forth = matches!(found, Topic::Phase(_));
            let back = || hedge_of_the_way_back(&words).filter(|_| is_forth);
            // What explains, and holds commands, does so with them.
            let another = || speaks_of_another(&heading.text).filter(|_| own != Topic::Other);
            let explained = || {
                explains(&heading.text).or_else(another).filter(|_| is_forth).map(|words| HedgeKind::Purpose.by(words))
            };
            let hedge = hedge(&words).filter(|_| !is_trigger).or_else(back).or_else(explained)?;
            Some(Hedged { heading, hedge })
        });
        let hedged = hedged.or(above);
        open.push((level, found, nearly.clone(), hedged.clone()));
        let names_topic = own != Topic::Other && found == own;
        let is_below = inherited != Topic::Other;
        let blocks = Vec::new();
        sections.push(Section { heading, topic: found, names_topic, is_below, is_leaf: true, nearly, hedged, blocks });
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
