//! Headings that are nearly called what a plan knows, so that what stands below them is taken for something else.

use super::back::names_a_way_back;
use super::fence::{Fence, fence};
use super::reading::Reading;
use super::said::Said;
use super::section::Section;
use super::unread::is_code;
use super::value::people;
use super::words::{Topic, plain, topic_words};
use crate::diagnostic::misspelt;
use crate::document::markdown::{Block as Part, BlockId, BlockKind};

/// A heading, and the word it was probably meant to hold.
#[derive(Debug, Clone)]
pub(super) struct Nearly {
    pub(super) heading: Said,
    pub(super) meant: &'static str,
}

/// Other forms of the words of a plan.
const FORMS: &[(&str, &str)] = &[
    ("deploying", "deployment"),
    ("verifying", "verification"),
    ("preparing", "preparation"),
    ("backing up", "backup"),
];

/// What is no slip, though it is near to a word of a plan.
const WORDS_OF_THEIR_OWN: &[&str] = &["compilation", "charge", "charges", "stops", "stage", "chance", "chances"];

/// How long a word is at least that may hold a slip.
const SHORTEST: usize = 5;

/// What a heading nearly speaks of that stands below one about `above` and speaks of nothing itself.
pub(super) fn nearly(heading: &Said, above: Topic) -> Option<Nearly> {
    let text = plain(&heading.text);
    let words: Vec<&str> = text.split(' ').collect();
    let pairs: Vec<String> = words.windows(2).map(|pair| pair.join(" ")).collect();
    let known: Vec<&'static str> = match above {
        Topic::Other => topic_words(|_| true),
        // Below a phase, only what is taken back instead of done is worth a word.
        Topic::Phase(_) => topic_words(|topic| topic == Topic::Rollback),
        Topic::Team | Topic::Changes | Topic::Rollback | Topic::Communication | Topic::SignOff => return None,
    };
    let spoken = pairs.iter().map(String::as_str).chain(words.iter().copied());
    let meant = spoken
        .filter(|spoken| spoken.len() >= SHORTEST || names_a_way_back(spoken))
        .filter(|spoken| !WORDS_OF_THEIR_OWN.contains(spoken))
        .find_map(|spoken| {
            let form = FORMS.iter().find(|(form, _)| *form == spoken).map(|(_, meant)| *meant);
            let form = form.or_else(|| names_a_way_back(spoken).then_some("rollback"));
            let same_length = |word: &&&str| word.contains(' ') == spoken.contains(' ');
            form.filter(|form| known.contains(form))
                .or_else(|| misspelt(spoken, known.iter().filter(same_length).copied()))
        })?;
    Some(Nearly { heading: heading.clone(), meant })
}

impl Reading<'_> {
    /// A heading that is nearly one of a plan is said where something stands below it that such a section would hold.
    pub(super) fn nearly(&mut self, section: &Section<'_>) {
        let Some(Nearly { heading, meant }) = &section.nearly else { return };
        if !section.blocks.iter().any(|(id, part)| self.would_be_read(*id, part)) {
            return;
        }
        if self.unread.insert(heading.span.start) {
            let message =
                format!("`{}` holds steps or people, and is only nearly called what a plan knows", heading.text);
            let help = format!("call it `{meant}` if that is what it is, or else by a name that is not so near to it");
            self.not_understood(heading.span, message, help);
        }
    }

    fn would_be_read(&self, id: BlockId, part: &Part) -> bool {
        match &part.kind {
            BlockKind::Item { task: None, number, .. } => {
                let line = self.first_line(id);
                let speaks = line.is_some_and(|line| {
                    let command = line.value.as_ref().is_some_and(|value| is_code(&line, value));
                    command || is_code(&line, &line.whole) || !people(&line.whole).is_empty()
                });
                let below = || self.below(id).iter().any(|(_, part)| runs(part));
                number.is_some() || speaks || below()
            }
            BlockKind::Code { .. } => runs(part),
            BlockKind::Item { .. }
            | BlockKind::Paragraph
            | BlockKind::Heading(_)
            | BlockKind::Quote
            | BlockKind::Table
            | BlockKind::Row { .. }
            | BlockKind::Cell
            | BlockKind::Html
            | BlockKind::Rule => false,
        }
    }
}

fn runs(part: &Part) -> bool {
    fence(part).is_some_and(|fence| match fence {
        Fence::Script | Fence::Native | Fence::LooksNative | Fence::Transcript | Fence::OtherShell => true,
        Fence::Other => false,
    })
}
