//! Commands that are not simply run where they stand: what is said of them, and what is struck through. Reads nothing itself.

use super::below::Waiting;
use super::fence::{Fence, fence};
use super::hedge::{
    Hedge, HedgeKind, Prose, hedge, hedge_in_introduction, hedge_in_prose, hedge_of_the_way_back, is_trigger,
    is_trigger_alone,
};
use super::like_headings::{hedge_of_heading, like_heading, text_of_html};
use super::reading::Reading;
use super::said::{Line, Said, words_of};
use super::section::Section;
use super::unread::first_line;
use super::words::{self, Topic};
use crate::document::markdown::{Block as Part, BlockId, BlockKind, Run, RunKind};
use crate::source::Span;

/// What stands between two commands, for people.
pub(super) type Between = Vec<Remark>;

/// A paragraph, or a piece of HTML, and what it says in words.
#[derive(Debug)]
pub(super) struct Remark {
    span: Span,
    words: String,
    /// Whether it stands there as a heading would.
    is_like_heading: bool,
}

impl Reading<'_> {
    /// The line of a command.
    pub(super) fn hedged_line(&mut self, line: &Line) {
        if !is_trigger_alone(&line.words) {
            self.hedged(line.whole.span, hedge(&line.words));
        }
    }

    /// The line of a step, which goes back nowhere but in the way back.
    pub(super) fn hedged_title(&mut self, line: &Line, section: &Section<'_>) {
        self.hedged_line(line);
        if matches!(section.topic, Topic::Phase(_) | Topic::Communication) {
            self.hedged(line.whole.span, hedge_of_the_way_back(&line.words));
        }
    }

    /// What is said below a command or behind it.
    pub(super) fn hedged_behind(&mut self, line: &Line) {
        self.hedged(line.whole.span, hedge_in_prose(&line.words, Prose::Behind));
    }

    /// What stands before a command, and over it.
    pub(super) fn hedged_before(
        &mut self,
        section: &Section<'_>,
        between: &mut Between,
        waiting: &Waiting,
        place: Prose,
    ) {
        if let Some(hedged) = &section.hedged {
            self.hedged(hedged.heading.span, Some(hedged.hedge));
        }
        let is_forth = matches!(section.topic, Topic::Phase(_)) && waiting.is_none();
        for Remark { span, words, is_like_heading } in between.drain(..) {
            if section.topic == Topic::Rollback && is_trigger(&words) {
                continue;
            }
            let as_heading =
                || hedge_of_heading(&words, section.topic).filter(|_| is_like_heading && waiting.is_none());
            let introduces = || hedge_in_introduction(&words, place).filter(|_| is_forth);
            self.hedged(span, hedge_in_prose(&words, place).or_else(introduces).or_else(as_heading));
        }
    }

    /// What a footnote says of the line that it is of.
    pub(super) fn hedged_in_footnotes(&mut self) {
        let markdown = self.markdown;
        for (id, part) in markdown.blocks().filter(|(_, part)| part.kind == BlockKind::Quote) {
            if !part.span.text(self.text).starts_with("[^") {
                continue;
            }
            for (_, part) in markdown.within(id).filter(|(_, part)| part.kind == BlockKind::Paragraph) {
                let words = words_of(&part.inline.runs);
                let hedge = hedge(&words).or_else(|| hedge_in_prose(&words, Prose::Behind));
                self.hedged(part.inline.span, hedge);
            }
        }
    }

    /// What stands behind the last command of a section.
    pub(super) fn hedged_after(&mut self, between: Between) {
        for Remark { span, words, .. } in between {
            self.hedged(span, hedge_in_prose(&words, Prose::Behind));
        }
    }

    fn hedged(&mut self, span: Span, hedge: Option<Hedge>) {
        let Some(Hedge { words, kind }) = hedge else { return };
        let (what, help) = match kind {
            HedgeKind::Waiting => (
                "says that something comes before a command, and it would be run at once",
                "a hold stops for people: `hold go-live { by = [approvers] }` in a block of code with `stopline` behind its fence; a watch (`- Monitor for 15 minutes`) waits for a while, and a step of its own for a thing",
            ),
            HedgeKind::Elsewhere => (
                "says where a command is run, and it would be run here",
                "a command goes there itself: `ssh web2 ./x.sh`, `docker exec …`, `sudo -u postgres …`",
            ),
            HedgeKind::Back => (
                "goes back, and would be run on the way forth",
                "what takes a step back stands below it as `Undo:`, or in a section `## Rollback`; what goes forth is said in another word",
            ),
            HedgeKind::Purpose => (
                "says what a command is for or where, not that it is run, and it would be run all the same",
                "say what the step does (`Read the log:`); what is there for people goes into a quote (`> `) or a section of its own",
            ),
            HedgeKind::Output => (
                "says that this is what a command prints, and it would be run",
                "output goes into a quote (`> `); what is run is said in another word",
            ),
            HedgeKind::Conditional => (
                "puts a condition on a command or takes it back, and it would be run all the same",
                "a command that runs only sometimes decides that itself: `if …; then …; fi`; what is not run goes into a quote (`> `) or a section of its own, and what is always run is said without that word",
            ),
        };
        self.said_once(span, format!("`{words}` {what}"), help);
    }

    /// Whatever is struck through in a section, and would count as if it were not.
    pub(super) fn struck(&mut self, section: &Section<'_>) {
        let markdown = self.markdown;
        let heading = section.heading.as_ref().and_then(|heading| {
            let (_, part) = markdown.blocks().find(|(_, part)| part.inline.span.contains(heading.span))?;
            struck_of(&part.inline.runs).filter(|_| section.topic != Topic::Other)
        });
        let mut found = Vec::from_iter(heading);
        for (id, part) in &section.blocks {
            if part.kind == BlockKind::Quote {
                continue;
            }
            found.extend(self.struck_part(section, *id, part));
            found.extend(markdown.within(*id).filter_map(|(id, part)| self.struck_part(section, id, part)));
        }
        for span in found {
            let help = "delete what no longer counts, or put it into a quote (`> `) below";
            self.said_once(span, "this is struck through, and would count all the same", help);
        }
    }

    fn struck_part(&self, section: &Section<'_>, id: BlockId, part: &Part) -> Option<Span> {
        let span = struck_of(&part.inline.runs)?;
        let parent = |part: &Part| part.parent.and_then(|parent| self.markdown.block(parent));
        let mut above = std::iter::successors(parent(part), |above| parent(above));
        let is_item = parent(part).is_some_and(|above| matches!(above.kind, BlockKind::Item { .. }))
            || matches!(part.kind, BlockKind::Cell);
        let is_box = above.any(|above| matches!(above.kind, BlockKind::Item { task: Some(_), .. }));
        let holds = part.inline.runs.iter().any(|run| run.struck && (run.kind == RunKind::Code || run.link.is_some()));
        let speaks = part.inline.lines().filter_map(Line::of).any(|line| {
            line.label.is_some_and(|label| section.topic != Topic::Other || words::field(&label.text).is_some())
                || line.words.trim_end().ends_with(':')
        });
        let is_field = || matches!(part.kind, BlockKind::Cell) && self.is_row_of_field(id);
        let counts = match section.topic {
            Topic::Other => is_box || holds || speaks || is_field(),
            Topic::Team
            | Topic::Changes
            | Topic::Rollback
            | Topic::Communication
            | Topic::SignOff
            | Topic::Phase(_) => is_box || is_item || holds || speaks,
        };
        counts.then_some(span)
    }

    fn is_row_of_field(&self, cell: BlockId) -> bool {
        let row = self.markdown.block(cell).and_then(|cell| cell.parent);
        let first = row.and_then(|row| self.markdown.children(row).next());
        first.is_some_and(|(_, label)| words::field(label.inline.text().trim_end_matches(':')).is_some())
    }
}

/// A paragraph as it stands between commands, without the lines that say something of a step.
pub(super) fn between(part: &Part) -> Option<Remark> {
    if let Some((span, words)) = like_heading(part) {
        return Some(Remark { span, words, is_like_heading: true });
    }
    let said = Said::of(&part.inline.runs)?;
    let is_prose = |line: &&[Run]| {
        let label = Line::of(line).and_then(|line| line.label);
        label.is_none_or(|label| words::step_attribute(&label.text).is_none())
    };
    let lines: Vec<String> = part.inline.lines().filter(is_prose).map(words_of).collect();
    Some(Remark { span: said.span, words: lines.join(" "), is_like_heading: false })
}

/// What HTML between commands says.
pub(super) fn between_in_html(part: &Part, text: &str) -> Option<Remark> {
    let words = text_of_html(part.span.text(text));
    (!words.is_empty()).then(|| Remark { span: first_line(part, text), words, is_like_heading: true })
}

/// Whether a block of code is run, or holds what is.
pub(super) fn acts(part: &Part) -> bool {
    matches!(fence(part), Some(Fence::Script | Fence::Native))
}

/// Where the first of them that is struck through stands, up to the last.
fn struck_of(runs: &[Run]) -> Option<Span> {
    let struck = || runs.iter().filter(|run| run.struck && run.kind != RunKind::Break);
    Some(struck().next()?.span.to(struck().next_back()?.span))
}
