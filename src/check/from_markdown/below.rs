//! What stands below a step, a probe or a watch, or behind it in a line of its own: its way back, its limits.

use super::fence::{Fence, fence};
use super::reading::{Reading, attribute};
use super::said::{Line, Said};
use super::steps::command_of;
use super::value::is_absent;
use super::words::{self, Field};
use crate::document::markdown::{Block as Part, BlockId, BlockKind, times};
use crate::model::plan::{Probe, Step, Watch};
use crate::model::read::BlockType;
use crate::model::types::Type;
use crate::syntax::ast::Attribute;

/// What it stands below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    Step,
    Probe,
    Watch,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The command of the step itself.
    pub(super) code: Option<Said>,
    pub(super) attributes: Vec<Attribute>,
}

/// A label that waits for the block of code that it speaks of.
pub(super) type Waiting = Option<(&'static str, Said)>;

impl Holder {
    /// The attribute that a label names.
    pub(super) fn attribute(self, label: &str) -> Option<(&'static str, Type)> {
        let (name, shape) = match self {
            Self::Step => (words::step_attribute(label)?.to_owned(), &Step::SHAPE),
            Self::Probe => (words::plain(label).replace(' ', "_"), &Probe::SHAPE),
            Self::Watch => (words::plain(label).replace(' ', "_"), &Watch::SHAPE),
        };
        shape.attributes.iter().find(|known| known.name == name).map(|known| (known.name, known.kind))
    }
}

impl<'a> Reading<'a> {
    pub(super) fn found_below(&mut self, below: &[(BlockId, &'a Part)], holder: Holder) -> Found {
        let mut found = Found::default();
        let mut waiting: Waiting = None;
        for (id, part) in below {
            match &part.kind {
                BlockKind::Code { .. } => self.code_below(part, &mut waiting, &mut found),
                BlockKind::Item { task: None, .. } => {
                    self.unread_rest(*id);
                    let mut inner = self.below(*id);
                    match self.first_line(*id) {
                        Some(line) => {
                            self.line_below(&line, holder, &mut waiting, &mut found);
                            // The block of code that its label speaks of may stand below the label itself.
                            if let Some((_, first)) = inner.first()
                                && waiting.is_some()
                                && fence(first) == Some(Fence::Script)
                            {
                                self.code_below(first, &mut waiting, &mut found);
                                inner.remove(0);
                            }
                        }
                        None => inner = self.markdown.children(*id).collect(),
                    }
                    for (id, part) in inner {
                        self.unread(id, part);
                    }
                }
                BlockKind::Paragraph => {
                    let lines: Vec<Line> = part.inline.lines().filter_map(Line::of).collect();
                    for line in &lines {
                        self.line_below(line, holder, &mut waiting, &mut found);
                    }
                }
                // A box is an item of a checklist, wherever it stands.
                BlockKind::Item { .. } => {}
                BlockKind::Heading(_)
                | BlockKind::Quote
                | BlockKind::Table
                | BlockKind::Row { .. }
                | BlockKind::Cell
                | BlockKind::Html
                | BlockKind::Rule => self.unread(*id, part),
            }
        }
        self.nothing_behind(waiting);
        found
    }

    fn code_below(&mut self, part: &Part, waiting: &mut Waiting, found: &mut Found) {
        let label = waiting.take();
        if fence(part) != Some(Fence::Script) {
            self.unread_code(part);
            return;
        }
        let code = command_of(part);
        if code.text.trim().is_empty() {
            self.empty_script(part);
        } else if let Some((name, label)) = label {
            let value = self.command_value(&code);
            found.attributes.push(attribute(name, label.span, value));
        } else if found.code.is_some() {
            let help = "make a step of each; output goes into a quote (`> `)";
            self.not_understood(part.span, "this step holds two blocks of code", help);
        } else {
            found.code = Some(code);
        }
    }

    fn line_below(&mut self, line: &Line, holder: Holder, waiting: &mut Waiting, found: &mut Found) {
        let known = line.label.as_ref().and_then(|label| holder.attribute(&label.text));
        match (known, &line.label, &line.value) {
            (Some((name, wanted)), _, Some(_)) => {
                self.nothing_behind(waiting.take());
                found.attributes.extend(self.step_attribute(name, wanted, line));
            }
            (Some((name, _)), Some(label), None) => {
                let before = waiting.replace((name, label.clone()));
                self.nothing_behind(before);
            }
            (None, Some(label), _) if self.meant_label_below(line, label) => {}
            _ if line.code.is_empty() => self.hedged_behind(line),
            _ => {
                let message = "this stands below a step, holds a command, and says not what for";
                let help = "write `Undo:` or `Verify:` before it, or make it a step of its own";
                self.not_understood(line.whole.span, message, help);
            }
        }
    }

    /// A label below a step that is none of its attributes, and nearly is.
    fn meant_label_below(&mut self, line: &Line, label: &Said) -> bool {
        if words::step_attribute(&label.text).is_some() {
            self.unread_line(line);
            return true;
        }
        let is_moment = matches!(words::field(&label.text), Some(Field::Date | Field::Time));
        if is_moment && line.value.as_ref().is_some_and(|value| times::duration(&value.text).is_none()) {
            let message = format!("`{}` below a step does not make it wait", label.text);
            let help = "steps run one after the other: say above all sections when the first begins, and let a watch or a step of its own wait for the next";
            self.said_once(line.whole.span, message, help);
            return true;
        }
        let is_command = line.value.as_ref().is_some_and(|value| super::unread::is_code(line, value));
        let opens = line.value.is_none();
        (!is_command || super::labels::meant(&label.text, opens).is_some()) && self.meant_label(line, label)
    }

    /// A label that waits for its block of code in vain.
    pub(super) fn nothing_behind(&mut self, waiting: Waiting) {
        if let Some((_, label)) = waiting {
            let help = "write the command in backticks behind it, or put it into a block of code right below it";
            self.not_understood(label.span, format!("`{}` has nothing behind it", label.text), help);
        }
    }

    /// `Undo: …` in one line.
    pub(super) fn step_attribute(&mut self, name: &'static str, wanted: Type, line: &Line) -> Option<Attribute> {
        let (label, value) = (line.label.as_ref()?, line.value.as_ref()?);
        if matches!(name, "run" | "undo" | "verify") {
            let command = self.command(line)?;
            let value = self.command_value(&command);
            return Some(attribute(name, label.span, value));
        }
        if is_absent(value, wanted) {
            return None;
        }
        Some(attribute(name, label.span, self.value(value, wanted)))
    }

    /// The command behind a label: code, and nothing else that could change what it says. Prose is none.
    pub(super) fn command(&mut self, line: &Line) -> Option<Said> {
        let (label, value) = (line.label.as_ref()?, line.value.as_ref()?);
        let code = match line.code.as_slice() {
            [] if is_absent(value, Type::Text) => return None,
            [] => None,
            [code] => Some(code),
            [first, .., last] => {
                let message = format!("`{}` holds {} commands", label.text, line.code.len());
                let help = "put them into one block of code below it";
                self.not_understood(first.span.to(last.span), message, help);
                return None;
            }
        };
        if let Some(code) = code.filter(|code| stands_alone(code, value)) {
            self.hedged_line(line);
            return Some(code.clone());
        }
        let help = match words::step_attribute(&label.text) {
            Some("undo") => {
                "put the command, and nothing else, into backticks; where nothing takes it back, write `Irreversible: ` and why"
            }
            Some(_) | None => "put the command, and nothing else, into backticks",
        };
        let what = if code.is_some() { "holds more than a command" } else { "holds no command" };
        self.not_understood(value.span, format!("`{}` {what}", label.text), help);
        None
    }
}

/// Behind a command there may be a remark in brackets.
fn stands_alone(code: &Said, value: &Said) -> bool {
    let behind =
        value.text.strip_prefix(code.text.as_str()).map(|rest| rest.trim_start_matches(['.', ',', ';']).trim());
    let is_remark = |rest: &str| rest.is_empty() || rest.starts_with('(') && rest.trim_end_matches('.').ends_with(')');
    code.span.start == value.span.start && !code.text.trim().is_empty() && behind.is_some_and(is_remark)
}
