//! One more attribute in a block of a plan, written as its neighbours are: behind the last one, every comment where it was.
//! Knows the language, and no rule.

use crate::document::edit::layout::{before, indentation, line_end, line_end_of};
use crate::document::edit::{Change, Changed, Refusal};
use crate::source::{FileId, Span};
use crate::syntax::ast::{Attribute, Block, Entry, Item};
use crate::syntax::parse;

const NOT_FOUND: Refusal = "the block that should hold it is written elsewhere";
const NO_LINE: Refusal = "nothing stands beside it that says how attributes are written there";

/// `line` is `name = value`; `head` is where the id, the title or the kind of the block stands.
pub(super) fn insert(text: &str, head: Span, kind: &str, line: &str) -> Changed {
    let tree = parse(FileId::default(), text).tree;
    let mut plans = tree.items.iter().filter_map(|item| if let Item::Plan(plan) = item { Some(plan) } else { None });
    let block = plans.find_map(|plan| named(plan, head, kind)).ok_or(NOT_FOUND)?;
    let braces = block.braces.text(text);
    if braces.is_empty() {
        return Err(NO_LINE);
    }
    match block.attributes().last() {
        Some(last) if before(text, last.span.start).trim().is_empty() => below(text, last, line),
        Some(last) => Ok(vec![Change { span: Span::at(last.span.end), text: format!(", {line}") }]),
        None if block.body.is_empty() && !braces.contains(['\n', '#']) => {
            Ok(vec![Change { span: block.braces, text: format!("{{ {line} }}") }])
        }
        None => first(text, block, line),
    }
}

/// The block of this kind whose head is there, and no other: what a procedure brings stands where it is used.
fn named<'b>(block: &'b Block, head: Span, kind: &str) -> Option<&'b Block> {
    let id = block.id.as_ref().map(|id| id.span);
    let title = block.title.as_ref().map(|title| title.span);
    if block.kind.value == kind && id.or(title).unwrap_or(block.kind.span) == head {
        return Some(block);
    }
    block.body.iter().find_map(|entry| match entry {
        Entry::Block(inner) => named(inner, head, kind),
        Entry::Attribute(_) | Entry::RedFlag(_) => None,
    })
}

/// On a line of its own below the last attribute, its `=` below that one's where it fits.
fn below(text: &str, last: &Attribute, line: &str) -> Changed {
    let end = rest_of_line(text, last.span.end).ok_or(NO_LINE)?;
    let to_sign = Span::new(last.name.span.start, last.value.span.start).text(text);
    let column = to_sign.find('=').ok_or(NO_LINE)?;
    let (name, value) = line.split_once(" = ").ok_or(NO_LINE)?;
    let name = format!("{name:width$}", width = column.saturating_sub(1));
    let indent = indentation(text, last.span.start);
    Ok(vec![Change { span: Span::at(end), text: format!("{}{indent}{name} = {value}", line_end_of(text)) }])
}

/// On the first line below the brace.
fn first(text: &str, block: &Block, line: &str) -> Changed {
    let end = rest_of_line(text, block.braces.start + 1).ok_or(NO_LINE)?;
    let indent = indentation(text, block.span.start);
    Ok(vec![Change { span: Span::at(end), text: format!("{}{indent}  {line}", line_end_of(text)) }])
}

/// Where the line of an offset ends, if nothing but a comment stands behind it.
fn rest_of_line(text: &str, from: u32) -> Option<u32> {
    let rest = Span::new(from, line_end(text, from)).text(text);
    let said = rest.trim_start();
    (said.is_empty() || said.starts_with('#')).then(|| line_end(text, from))
}

#[cfg(test)]
mod tests {
    use super::insert;
    use crate::source::Span;

    /// `risk = high` in the block whose head is `head`.
    fn with(text: &str, head: &str, kind: &str) -> Result<String, &'static str> {
        let start = text.find(head).unwrap();
        let changes = insert(text, Span::of(start..start + head.len()), kind, "risk = high")?;
        let [change] = changes.as_slice() else { panic!("{changes:?}") };
        let mut out = text.to_owned();
        out.replace_range(change.span.start as usize..change.span.end as usize, &change.text);
        Ok(out)
    }

    #[test]
    fn an_attribute_stands_below_the_last_one_as_it_is_laid_out() {
        for (text, out) in [
            (
                "plan x {\n  service = \"s\" # why\n\n  team { lead = @a }\n}\n",
                "plan x {\n  service = \"s\" # why\n  risk    = high\n\n  team { lead = @a }\n}\n",
            ),
            ("plan x {\r\n\tid = 1\r\n}\r\n", "plan x {\r\n\tid = 1\r\n\trisk = high\r\n}\r\n"),
            (
                "plan x {\n  docs = \"\"\"\n    a\n    \"\"\"\n}\n",
                "plan x {\n  docs = \"\"\"\n    a\n    \"\"\"\n  risk = high\n}\n",
            ),
            ("plan x { a = 1, b = 2 } # c\n", "plan x { a = 1, b = 2, risk = high } # c\n"),
            ("plan x {}\n", "plan x { risk = high }\n"),
            ("plan x { # why\n  # what\n}\n", "plan x { # why\n  risk = high\n  # what\n}\n"),
        ] {
            assert_eq!(with(text, "x", "plan").as_deref(), Ok(out), "{text}");
        }
    }

    #[test]
    fn it_goes_into_the_very_block() {
        let text = "plan p {\n  phase one {\n    step s { run = \"a\" }\n  }\n  window { start = 1 }\n}\n";
        assert!(with(text, "p", "step").is_err(), "the kind is another one");
        let out = with(text, "window", "window").unwrap();
        assert!(out.contains("window { start = 1, risk = high }"), "{out}");
        let out = with(text, "one", "phase").unwrap();
        assert!(out.contains("phase one {\n    risk = high\n    step s"), "{out}");
    }

    #[test]
    fn what_is_written_elsewhere_is_refused() {
        let text = "plan p {\n  phase one {\n    use frappe { site = \"a\" }\n  }\n}\n";
        assert!(with(text, "frappe", "step").is_err());
    }
}
