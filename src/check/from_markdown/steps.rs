//! Steps: items with a command, and headings with a block of code below them.

use super::checklist::ItemParts;
use super::native::is_native;
use super::reading::{Ids, Reading, attribute, block, title_of};
use super::said::{Line, Said};
use super::section::Section;
use super::value::{says_nothing, text_value};
use super::words::{self, Topic};
use crate::document::markdown::{Block as Part, BlockId, BlockKind, times};
use crate::model::plan::Step;
use crate::model::read::BlockType;
use crate::syntax::ast::{Attribute, Block, Entry, Literal, Name, Node, ValueKind};

/// Languages in which a block of code is a command.
const SHELLS: &[&str] = &["", "bash", "sh", "shell", "zsh"];

impl<'a> Reading<'a> {
    /// A section whose items are done in a phase. What no command does is for people to tick.
    pub(super) fn steps(&mut self, section: &Section<'a>) {
        let actions = self.actions(section);
        let (actions, items): (Vec<Block>, Vec<Block>) =
            actions.into_iter().partition(|action| action.kind.value != "item");
        if let (Some(first), Some(heading)) = (items.first(), &section.heading) {
            let body = items.iter().cloned().map(Entry::Block).collect();
            let mut list = block("checklist", heading.span, None, Some(title_of(heading)), body);
            list.span = heading.span.to(first.span);
            self.checklists.push(list);
        }
        for action in actions {
            let id = match section.topic {
                Topic::Phase(id) => id,
                // Who is told before it begins is told in time.
                Topic::Team
                | Topic::Changes
                | Topic::Rollback
                | Topic::Communication
                | Topic::SignOff
                | Topic::Other => {
                    if tells_before(&action) {
                        "prepare"
                    } else {
                        "confirm"
                    }
                }
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
        let mut ids = Ids::default();
        let mut actions: Vec<Block> = Vec::new();
        // What the next block of code is: an attribute of the last step, or a step called so.
        let mut attribute_next: Option<(&'static str, Said)> = None;
        let mut title_next = section.heading.clone().filter(|_| !section.names_topic);
        for (id, part) in &section.blocks {
            match &part.kind {
                BlockKind::Item { task: None, .. } => actions.extend(self.action(*id, section, &mut ids)),
                BlockKind::Code { info } if is_shell(info.as_deref()) => {
                    let code = command_of(part);
                    let attribute_of_last = attribute_next.take();
                    if let (Some((name, label)), Some(step)) = (attribute_of_last, actions.last_mut()) {
                        step.body.push(Entry::Attribute(attribute(name, label.span, text_value(&code))));
                    } else {
                        let title =
                            title_next.take().or_else(|| section.heading.clone()).unwrap_or_else(|| code.clone());
                        actions.push(self.step(&title, Some(&code), part, &mut ids));
                    }
                }
                BlockKind::Code { info } if is_native(info.as_deref()) => actions.extend(self.native_actions(part)),
                BlockKind::Code { .. } | BlockKind::Table => self.not_read(part.span, "this block"),
                BlockKind::Paragraph => {
                    for line in part.inline.lines().filter_map(Line::of) {
                        if let Some(found) = self.step_line(&line, actions.last_mut(), &mut attribute_next) {
                            title_next = Some(found);
                        }
                    }
                }
                BlockKind::Item { .. }
                | BlockKind::Heading(_)
                | BlockKind::Quote
                | BlockKind::Row { .. }
                | BlockKind::Cell
                | BlockKind::Html
                | BlockKind::Rule => {}
            }
        }
        actions
    }

    /// A line between steps: an attribute of the last one, or the title of the next.
    fn step_line(
        &mut self,
        line: &Line,
        last: Option<&mut Block>,
        next: &mut Option<(&'static str, Said)>,
    ) -> Option<Said> {
        let Some(label) = &line.label else {
            return line.whole.text.ends_with(':').then(|| line.whole.trimmed(&[':']));
        };
        let Some(name) = words::step_attribute(&label.text) else {
            if line.strong && line.value.is_some() {
                self.field(line);
            }
            return line.value.is_none().then(|| label.clone());
        };
        match (last, &line.value) {
            (Some(step), Some(_)) => step.body.extend(self.step_attribute(name, line).map(Entry::Attribute)),
            (Some(_), None) => *next = Some((name, label.clone())),
            (None, _) => {
                let message = format!("`{}` stands before any step", label.text);
                self.not_understood(label.span, message, "write it below the step it belongs to");
            }
        }
        None
    }

    fn action(&mut self, id: BlockId, section: &Section<'a>, ids: &mut Ids) -> Option<Block> {
        let line = self.first_line(id)?;
        let part = self.markdown.block(id)?;
        let below = self.below(id);
        let fenced = below.iter().find_map(|(_, part)| {
            let BlockKind::Code { info } = &part.kind else { return None };
            is_shell(info.as_deref()).then(|| command_of(part))
        });
        if let Some(watch) = self.watch(&line, section, ids) {
            return Some(watch);
        }
        let is_back = section.topic == Topic::Rollback;
        if let (Some(link), true, None) = (&line.link, line.code.iter().all(is_address), &fenced)
            && !is_back
        {
            let title = title_before(&line, link);
            let line_number = self.lines.line(line.whole.span.start) + 1;
            let id = ids.id_for(&title, "probe", line_number);
            let http = Entry::Attribute(attribute("http", link.span, super::value::quoted(link)));
            return Some(block("probe", part.span, id, Some(title_of(&title)), vec![http]));
        }
        let command = match (line.code.as_slice(), &fenced) {
            (_, Some(code)) | ([code], None) => Some(code.clone()),
            ([], None) => None,
            ([first, .., last], None) => {
                let message = format!("this step holds {} commands", line.code.len());
                let help = "make a step of each, or put them into one block of code below it";
                self.not_understood(first.span.to(last.span), message, help);
                return None;
            }
        };
        let acts = is_back || matches!(section.topic, Topic::Phase("deploy" | "backup"));
        if command.is_none() && !acts {
            return Some(self.item(ItemParts::new(line.whole.clone()), ids));
        }
        let title = line
            .code
            .first()
            .filter(|_| fenced.is_none())
            .map_or_else(|| heading_of(&line), |code| title_before(&line, code));
        let mut step = self.step(&title, command.as_ref(), part, ids);
        if section.topic == Topic::Communication {
            "notify".clone_into(&mut step.kind.value);
        }
        self.attributes_below(&below, &mut step);
        Some(step)
    }

    /// What stands below a step: its way back, its limits.
    fn attributes_below(&mut self, below: &[(BlockId, &'a Part)], step: &mut Block) {
        let mut next: Option<(&'static str, Said)> = None;
        let mut first_code = true;
        for (id, part) in below {
            let lines: Vec<Line> = match &part.kind {
                BlockKind::Item { .. } => self.first_line(*id).into_iter().collect(),
                BlockKind::Paragraph => part.inline.lines().filter_map(Line::of).collect(),
                BlockKind::Code { info } if is_shell(info.as_deref()) => {
                    if let Some((name, label)) = next.take() {
                        step.body.push(Entry::Attribute(attribute(name, label.span, text_value(&command_of(part)))));
                    } else if !first_code {
                        self.not_understood(part.span, "this step holds two blocks of code", "make a step of each");
                    } else {
                        first_code = false;
                    }
                    continue;
                }
                BlockKind::Code { .. }
                | BlockKind::Heading(_)
                | BlockKind::Quote
                | BlockKind::Table
                | BlockKind::Row { .. }
                | BlockKind::Cell
                | BlockKind::Html
                | BlockKind::Rule => Vec::new(),
            };
            for line in lines {
                let name = line.label.as_ref().and_then(|label| words::step_attribute(&label.text));
                match (name, &line.label, &line.value) {
                    (Some(name), _, Some(_)) => {
                        step.body.extend(self.step_attribute(name, &line).map(Entry::Attribute));
                    }
                    (Some(name), Some(label), None) => next = Some((name, label.clone())),
                    _ if line.code.is_empty() => {}
                    _ => {
                        let message = "this stands below a step, holds a command, and says not what for";
                        let help = "write `Undo:` or `Verify:` before it, or make it a step of its own";
                        self.not_understood(line.whole.span, message, help);
                    }
                }
            }
        }
    }

    fn step_attribute(&self, name: &'static str, line: &Line) -> Option<Attribute> {
        let (label, value) = (line.label.as_ref()?, line.value.as_ref()?);
        let wanted = Step::SHAPE.attributes.iter().find(|known| known.name == name)?.kind;
        if matches!(name, "run" | "undo" | "verify") {
            let command = line.code.first().unwrap_or(value);
            return Some(attribute(name, label.span, text_value(command)));
        }
        if says_nothing(value) && name == "irreversible" {
            return None;
        }
        Some(attribute(name, label.span, self.value(value, wanted)))
    }

    fn step(&mut self, title: &Said, command: Option<&Said>, part: &Part, ids: &mut Ids) -> Block {
        let line = self.lines.line(title.span.start) + 1;
        let id = ids.id_for(title, "step", line);
        let run = command.map(|code| Entry::Attribute(attribute("run", code.span, text_value(code))));
        block("step", part.span, id, Some(title_of(title)), Vec::from_iter(run))
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

fn is_address(code: &Said) -> bool {
    code.text.starts_with("https://") || code.text.starts_with("http://")
}

fn is_shell(info: Option<&str>) -> bool {
    let word = info.and_then(|info| info.split_whitespace().next()).unwrap_or_default();
    SHELLS.contains(&word)
}

fn tells_before(action: &Block) -> bool {
    let title = action.title.as_ref().map(|title| words::plain(&title.value.value)).unwrap_or_default();
    title.split(' ').any(|word| matches!(word, "before" | "start" | "starts" | "begin" | "begins" | "announce"))
}

/// What a block of code holds, without the line end it ends with.
fn command_of(part: &Part) -> Said {
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
    let start = line.whole.span.start;
    let length = code.span.start.saturating_sub(start) as usize;
    let exact = line.whole.text.get(..length.min(line.whole.text.len())).unwrap_or_default();
    let before = line.whole.part(0..exact.len()).trimmed(&[':', '`', '-', '–', '—', '<', '[', '(']);
    if before.text.is_empty() { code.clone() } else { before }
}
