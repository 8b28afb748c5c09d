//! Steps: items with a command, and headings with a block of code below them.

use super::below::{Found, Holder, Waiting};
use super::checklist::ItemParts;
use super::conditions::{Between, acts, between, between_in_html};
use super::criteria::announces_criteria;
use super::diagnostics::NOT_READ;
use super::fence::{Fence, fence, is_marked_script};
use super::hedge::Prose;
use super::hedge_words::CODE;
use super::labels;
use super::reading::{Ids, Reading, attribute, block, title_of};
use super::said::{Line, Said, words_of};
use super::section::Section;
use super::unread::is_code;
use super::words::{self, Topic};
use crate::document::markdown::{Block as Part, BlockId, BlockKind, times};
use crate::syntax::ast::{Block, Entry, Literal, Name, Node, ValueKind};

impl<'a> Reading<'a> {
    /// A section whose items are done in a phase. What no command does is for people to tick.
    pub(super) fn steps(&mut self, section: &Section<'a>) {
        let actions = self.actions(section);
        self.come_to(section, &actions);
        let (actions, items): (Vec<Block>, Vec<Block>) =
            actions.into_iter().partition(|action| action.kind.value != "item");
        if let (Some(first), Some(heading)) = (items.first(), &section.heading) {
            let body = items.iter().cloned().map(Entry::Block).collect();
            let mut list = block("checklist", heading.span, self.id_of_list(heading), Some(title_of(heading)), body);
            list.span = heading.span.to(first.span);
            self.checklists.push(list);
        }
        self.boxes_between(section, &actions);
        for action in actions {
            let id = match section.topic {
                Topic::Phase(id) => id,
                // Who is told before it begins is told in time.
                Topic::Team
                | Topic::Changes
                | Topic::Rollback
                | Topic::Communication
                | Topic::SignOff
                | Topic::Other => self.phase_of_message(&action),
            };
            self.add_to_phase(id, section, action);
        }
    }

    fn add_to_phase(&mut self, id: &'static str, section: &Section<'a>, action: Block) {
        let span = section.heading.as_ref().map_or(action.span, |heading| heading.span);
        let known = |phase: &&mut Block| phase.id.as_ref().is_some_and(|known| known.value == id);
        if let Some(phase) = self.phases.iter_mut().find(known) {
            phase.body.push(Entry::Block(action));
            return;
        }
        let name: Name = Node::new(id.to_owned(), span);
        let phase = block("phase", span, Some(name), None, vec![Entry::Block(action)]);
        if id == "prepare" && section.topic == Topic::Communication {
            self.phases.insert(0, phase);
        } else {
            self.phases.push(phase);
        }
    }

    /// The steps, probes, watches and messages of a section in their order, and as items what names no command.
    pub(super) fn actions(&mut self, section: &Section<'a>) -> Vec<Block> {
        let said_before = self.diagnostics.len();
        let mut ids = Ids::default();
        let mut actions: Vec<Block> = Vec::new();
        // What the next block of code is: an attribute of the last step, or a step called so.
        let mut waiting: Waiting = None;
        let mut title_next = section.heading.clone().filter(|_| !section.names_topic);
        let mut between = Between::new();
        let mut are_criteria = Self::holds_criteria(section);
        // Whether a block of code that says nothing stands beside others that say that they are scripts.
        let marks_scripts = section.blocks.iter().any(|(_, part)| is_marked_script(part));
        for (id, part) in &section.blocks {
            let before = if actions.is_empty() { Prose::BeforeFirst } else { Prose::BeforeNext };
            if acts(part) {
                self.hedged_before(section, &mut between, &waiting, before);
            }
            match &part.kind {
                BlockKind::Item { task: None, .. } if are_criteria && self.criterion(*id, part) => {}
                BlockKind::Item { task: None, .. } => {
                    let action = self.action(*id, section, &mut ids);
                    if action.as_ref().is_some_and(|action| action.kind.value != "item") {
                        self.hedged_before(section, &mut between, &waiting, Prose::BeforeList);
                    }
                    // What stands beside a step instead of below it was meant for it.
                    let label = self.first_line(*id).and_then(|line| line.label);
                    let is_part = label.is_some_and(|label| words::step_attribute(&label.text).is_some());
                    if let (None, true, Some(step)) = (&action, is_part, actions.last_mut()) {
                        step.span = step.span.to(part.span);
                    }
                    actions.extend(action);
                }
                BlockKind::Code { .. } => match (fence(part), waiting.take()) {
                    (Some(Fence::Native), label) => {
                        self.nothing_behind(label);
                        actions.extend(self.native_actions(part));
                    }
                    (Some(Fence::Script), _) if command_of(part).text.trim().is_empty() => self.empty_script(part),
                    (Some(Fence::Script), None) if marks_scripts && !is_marked_script(part) => self.unmarked(part),
                    (Some(Fence::Script), label) => {
                        let code = command_of(part);
                        if let (Some((name, label)), Some(step)) = (label, actions.last_mut()) {
                            let value = self.command_value(&code);
                            step.body.push(Entry::Attribute(attribute(name, label.span, value)));
                        } else {
                            let title =
                                title_next.take().or_else(|| section.heading.clone()).unwrap_or_else(|| code.clone());
                            actions.push(self.step(&title, Some(&code), part, &mut ids));
                        }
                    }
                    _ if is_strict(section) => self.unread_code(part),
                    _ => self.not_read(part.span, "this block"),
                },
                BlockKind::Paragraph => {
                    are_criteria = section.topic == Topic::Rollback && announces_criteria(&words_of(&part.inline.runs));
                    between.extend(self::between(part));
                    for line in part.inline.lines().filter_map(Line::of) {
                        if let Some(found) = self.step_line(&line, section, actions.last_mut(), &mut waiting) {
                            title_next = Some(found);
                        }
                    }
                }
                BlockKind::Table => {
                    if !(is_strict(section) && self.unread_table(*id, part)) {
                        self.not_read(part.span, "this block");
                    }
                }
                BlockKind::Html => {
                    between.extend(between_in_html(part, self.text));
                    if is_strict(section) {
                        self.unread(*id, part);
                    }
                }
                BlockKind::Quote if is_strict(section) => self.unread(*id, part),
                BlockKind::Item { .. }
                | BlockKind::Heading(_)
                | BlockKind::Quote
                | BlockKind::Row { .. }
                | BlockKind::Cell
                | BlockKind::Rule => {}
            }
        }
        self.nothing_behind(waiting);
        if !actions.is_empty() {
            self.hedged_after(between);
        }
        if actions.is_empty() && self.diagnostics.len() == said_before {
            self.without_steps(section);
        }
        actions
    }

    /// A heading where steps stand, and none below it.
    fn without_steps(&mut self, section: &Section<'a>) {
        let Some(heading) = section.heading.as_ref().filter(|_| is_strict(section) && section.is_leaf) else { return };
        let holds_another_part = section.blocks.iter().any(|(_, part)| match &part.kind {
            BlockKind::Item { .. } => true,
            BlockKind::Code { .. } => fence(part) == Some(Fence::Native),
            BlockKind::Paragraph => part.inline.lines().filter_map(Line::of).any(|line| is_field(&line)),
            BlockKind::Heading(_)
            | BlockKind::Quote
            | BlockKind::Table
            | BlockKind::Row { .. }
            | BlockKind::Cell
            | BlockKind::Html
            | BlockKind::Rule => false,
        });
        if holds_another_part {
            return;
        }
        if !section.is_below {
            let message = format!("`{}` holds no step: what stands there is not judged, and not run", heading.text);
            self.report(&NOT_READ, heading.span, message, "nothing, if it is there for people");
        } else if words::explains(&heading.text).is_none() {
            let message = format!("`{}` stands where steps stand, and has no command", heading.text);
            let help = "put its command into a block of code below it with `bash` behind the fence; what is there for people is called `Notes`, or stands in a section of its own";
            self.not_understood(heading.span, message, help);
        }
    }

    /// A line between steps: an attribute of the last one, or the title of the next.
    fn step_line(
        &mut self,
        line: &Line,
        section: &Section<'a>,
        last: Option<&mut Block>,
        waiting: &mut Waiting,
    ) -> Option<Said> {
        let Some(label) = &line.label else {
            if is_strict(section) && self.holds_command(line, last.as_deref()) {
                self.unread_command(line);
            }
            return line.whole.text.ends_with(':').then(|| line.whole.trimmed(&[':']));
        };
        let Some((name, wanted)) = Holder::Step.attribute(&label.text) else {
            let is_field = words::field(&label.text).is_some();
            if !is_field && is_strict(section) && self.meant_label(line, label) {
                return None;
            }
            if line.strong && line.value.is_some() {
                self.field(line);
            } else if is_strict(section) && self.holds_command(line, last.as_deref()) {
                self.unread_command(line);
            }
            return line.value.is_none().then(|| label.clone());
        };
        match (last, &line.value) {
            (Some(step), Some(_)) => {
                step.span = step.span.to(line.whole.span);
                self.nothing_behind(waiting.take());
                step.body.extend(self.step_attribute(name, wanted, line).map(Entry::Attribute));
            }
            (Some(_), None) => {
                let before = waiting.replace((name, label.clone()));
                self.nothing_behind(before);
            }
            (None, _) => {
                let message = format!("`{}` stands before any step", label.text);
                self.not_understood(label.span, message, "write it below the step it belongs to");
            }
        }
        None
    }

    fn action(&mut self, id: BlockId, section: &Section<'a>, ids: &mut Ids) -> Option<Block> {
        let part = self.markdown.block(id)?;
        let Some(line) = self.first_line(id) else {
            let all: Vec<(BlockId, &'a Part)> = self.markdown.children(id).collect();
            let found = self.found_below(&all, Holder::Step);
            let code = found.code?;
            let mut step = self.step(&code, Some(&code), part, ids);
            step.body.extend(found.attributes.into_iter().map(Entry::Attribute));
            return Some(step);
        };
        self.unread_rest(id);
        if self.stands_beside(&line, section) {
            return None;
        }
        let below = self.below(id);
        let is_back = section.topic == Topic::Rollback;
        if let Some(watch) = self.watch(&line, section, ids) {
            let found = self.found_below(&below, Holder::Watch);
            return Some(self.with(watch, found));
        }
        let has_script = below.iter().any(|(_, part)| fence(part) == Some(Fence::Script));
        if let (Some(link), true, false) = (&line.link, line.code.iter().all(is_address), has_script)
            && !is_back
        {
            self.hedged_line(&line);
            let title = title_before(&line, link);
            let line_number = self.lines.line(line.whole.span.start) + 1;
            let id = ids.id_for(&title, "probe", line_number);
            let http = Entry::Attribute(attribute("http", link.span, super::value::quoted(link)));
            let probe = block("probe", part.span, id, Some(title_of(&title)), vec![http]);
            let found = self.found_below(&below, Holder::Probe);
            return Some(self.with(probe, found));
        }
        let acts = is_back || matches!(section.topic, Topic::Phase("deploy" | "backup"));
        if line.code.is_empty() && !has_script && !acts {
            let mut item = ItemParts::new(line.whole.clone());
            item.more = self.item_parts(id);
            return Some(self.item(item, ids));
        }
        let found = self.found_below(&below, Holder::Step);
        if self.holds_several(&line, found.code.as_ref()) {
            return None;
        }
        let command = found.code.as_ref().or(line.code.first());
        if command.is_some() {
            self.hedged_title(&line, section);
        }
        let title = line
            .code
            .first()
            .filter(|_| found.code.is_none())
            .map_or_else(|| heading_of(&line), |code| title_before(&line, code));
        let mut step = self.step(&title, command, part, ids);
        if section.topic == Topic::Communication {
            "notify".clone_into(&mut step.kind.value);
        }
        step.body.extend(found.attributes.into_iter().map(Entry::Attribute));
        Some(step)
    }

    /// A watch or a probe, with what was found below it.
    fn with(&mut self, mut action: Block, found: Found) -> Block {
        if let Some(code) = &found.code {
            let message = format!("a {} runs no block of code", action.kind.value);
            self.not_understood(code.span, message, "make a step of its own of it");
        }
        action.body.extend(found.attributes.into_iter().map(Entry::Attribute));
        action
    }

    /// Whether it is not clear which of several commands a step runs; that is said.
    fn holds_several(&mut self, line: &Line, below: Option<&Said>) -> bool {
        let is_command = is_code(line, &line.whole) || line.value.as_ref().is_some_and(|value| is_code(line, value));
        let (span, count) = match (line.code.as_slice(), below) {
            ([code], Some(_)) if is_command => (code.span, 2),
            ([first, .., last], None) => (first.span.to(last.span), line.code.len()),
            (_, Some(_)) | ([] | [_], None) => return false,
        };
        let help = "make a step of each, or put them into one block of code below it";
        self.not_understood(span, format!("this step holds {count} commands"), help);
        true
    }

    /// A line that belongs below a step, or into the language, and stands where it would be a step of its own.
    fn stands_beside(&mut self, line: &Line, section: &Section<'a>) -> bool {
        let Some(label) = line.label.as_ref().filter(|_| is_strict(section)) else { return false };
        if labels::is_hold(&label.text) {
            return self.meant_label(line, label);
        }
        let belongs_below = matches!(words::step_attribute(&label.text), Some("undo" | "irreversible"));
        if belongs_below && section.topic != Topic::Rollback {
            let message = format!("`{}` stands beside the steps, where it would be one itself", label.text);
            self.not_understood(
                label.span,
                message,
                "write it below the step it belongs to, two blanks or more to the right",
            );
            return true;
        }
        false
    }

    fn step(&mut self, title: &Said, command: Option<&Said>, part: &Part, ids: &mut Ids) -> Block {
        let line = self.lines.line(title.span.start) + 1;
        let id = ids.id_for(title, "step", line);
        let run = command.map(|code| Entry::Attribute(attribute("run", code.span, self.command_value(code))));
        block("step", title.span.to(part.span), id, Some(title_of(title)), Vec::from_iter(run))
    }

    /// `Monitor for 15 minutes`.
    fn watch(&mut self, line: &Line, section: &Section<'a>, ids: &mut Ids) -> Option<Block> {
        let first = words::plain(&line.whole.text);
        let watches = ["watch", "monitor", "observe", "keep watching"].iter().any(|word| first.starts_with(word));
        if !watches || !matches!(section.topic, Topic::Phase(_)) || !line.code.is_empty() {
            return None;
        }
        let (length, range) = times::duration(&line.whole.text)?;
        let place = line.whole.part(range).span;
        let value = Node::new(ValueKind::Literal(Literal::Duration(length)), place);
        let line_number = self.lines.line(line.whole.span.start) + 1;
        let id = ids.id_for(&line.whole, "watch", line_number);
        let lasting = Entry::Attribute(attribute("for", place, value));
        Some(block("watch", line.whole.span, id, Some(title_of(&line.whole)), vec![lasting]))
    }
}

fn is_field(line: &Line) -> bool {
    line.strong && line.label.as_ref().is_some_and(|label| words::field(&label.text).is_some())
}

/// Whether what is not read there is missing from what is done.
const fn is_strict(section: &Section<'_>) -> bool {
    matches!(section.topic, Topic::Phase(_) | Topic::Rollback)
}

fn is_address(code: &Said) -> bool {
    code.text.starts_with("https://") || code.text.starts_with("http://")
}

/// What a block of code holds, without the line end it ends with.
pub(super) fn command_of(part: &Part) -> Said {
    let text = part.inline.verbatim();
    let end = text.trim_end().len();
    Said { text, span: part.inline.span }.part(0..end)
}

/// The label of a line, or all of it.
fn heading_of(line: &Line) -> Said {
    line.label.as_ref().unwrap_or(&line.whole).trimmed(&[':'])
}

/// What stands before a command on its line; the command itself, where nothing does.
fn title_before(line: &Line, code: &Said) -> Said {
    if let Some(label) = &line.label {
        return label.clone();
    }
    let text = line.whole.text.as_str();
    let length = match line.words.split_once(CODE) {
        Some((before, _)) => before.trim().len(),
        // Where a link is named, its address stands nowhere in the text.
        None => text.find(code.text.as_str()).unwrap_or_default(),
    };
    let exact = text.get(..length.min(text.len())).unwrap_or_default();
    let before = line.whole.part(0..exact.len()).trimmed(&[':', '`', '-', '–', '—', '<', '[', '(']);
    if before.text.is_empty() { code.clone() } else { before }
}
