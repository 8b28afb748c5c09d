//! Where a cursor stands in a text that is not finished: in which blocks, in a string, in a comment, behind which words.
//! Reads characters, since what is being written is no tree yet.

/// What is around a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Context<'t> {
    /// What stands before each brace that is open, from the outermost; of `step a "b" {` all before the brace.
    pub(super) heads: Vec<Opened<'t>>,
    /// What was written of the entry or clause the cursor stands in.
    pub(super) statement: &'t str,
    pub(super) inside: Inside<'t>,
}

/// A brace that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opened<'t> {
    pub(super) head: &'t str,
    /// What is between the brace and the cursor.
    pub(super) body: &'t str,
}

/// What the cursor stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside<'t> {
    Code,
    /// What was written of a string.
    Text(&'t str),
    /// What was written of a comment, its sign included.
    Comment(&'t str),
}

impl<'t> Opened<'t> {
    /// The word the block is opened with; empty for a map, which is a value.
    pub(super) fn kind(&self) -> &'t str {
        if self.head.trim_end().ends_with('=') {
            return "";
        }
        self.head.split_whitespace().next().unwrap_or_default()
    }
}

impl<'t> Context<'t> {
    /// Of a cursor at the end of `before`.
    pub(super) fn of(before: &'t str) -> Self {
        let mut reading = Reading { before, open: Vec::new(), start: 0, inside: Inside::Code };
        reading.read();
        let body = |at: usize| before.get(at..).unwrap_or_default();
        let heads = reading.open.iter().map(|(head, at)| Opened { head, body: body(*at) }).collect();
        Self { heads, statement: body(reading.start).trim_start(), inside: reading.inside }
    }

    /// The kind of the innermost block.
    pub(super) fn kind(&self) -> Option<&'t str> {
        self.heads.last().map(Opened::kind)
    }

    /// The name before `=`, and what is written behind it.
    pub(super) fn assigned(&self) -> Option<(&'t str, &'t str)> {
        let (name, value) = self.statement.split_once('=')?;
        let is_name = |text: &str| text.chars().all(|sign| sign.is_alphanumeric() || "-_".contains(sign));
        let name = name.trim();
        (is_name(name) && !name.is_empty() && !value.starts_with('=')).then_some((name, value))
    }
}

struct Reading<'t> {
    before: &'t str,
    /// Each open brace: what stands before it, and where its body begins.
    open: Vec<(&'t str, usize)>,
    /// Where the current entry begins.
    start: usize,
    inside: Inside<'t>,
}

impl Reading<'_> {
    fn read(&mut self) {
        let bytes = self.before.as_bytes();
        let (mut at, mut brackets) = (0, 0_usize);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => {
                    let Some(end) = self.end_of_text(at) else { return };
                    at = end;
                    continue;
                }
                b'#' => {
                    let Some(end) = self.line_end(at) else {
                        self.inside = Inside::Comment(self.before.get(at..).unwrap_or_default());
                        return;
                    };
                    at = end;
                    continue;
                }
                b'{' => {
                    let head = self.before.get(self.start..at).unwrap_or_default().trim();
                    self.open.push((head, at + 1));
                    (self.start, brackets) = (at + 1, 0);
                }
                b'}' => {
                    self.open.pop();
                    (self.start, brackets) = (at + 1, 0);
                }
                b'[' | b'(' => brackets += 1,
                b']' | b')' => brackets = brackets.saturating_sub(1),
                b'\n' if brackets == 0 && !self.goes_on(at + 1) => self.start = at + 1,
                b',' if brackets == 0 && !self.is_clause() => self.start = at + 1,
                _ => {}
            }
            at += 1;
        }
    }

    /// The offset behind a string; `None` where the cursor stands in it.
    fn end_of_text(&mut self, at: usize) -> Option<usize> {
        let rest = self.before.get(at..)?;
        if let Some(block) = rest.strip_prefix("\"\"\"") {
            if let Some(end) = block.find("\"\"\"") {
                return Some(at + 3 + end + 3);
            }
            self.inside = Inside::Text(block);
            return None;
        }
        let mut is_escaped = false;
        for (offset, character) in rest.char_indices().skip(1) {
            match character {
                // A string ends with its line, whether somebody closed it or not.
                '\n' => return Some(at + offset),
                '"' if !is_escaped => return Some(at + offset + 1),
                _ => {}
            }
            is_escaped = character == '\\' && !is_escaped;
        }
        self.inside = Inside::Text(rest.get(1..).unwrap_or_default());
        None
    }

    fn line_end(&self, at: usize) -> Option<usize> {
        self.before.get(at..)?.find('\n').map(|end| at + end)
    }

    /// Whether a line goes on with the clause of the line before: in a rule, what begins with no word of a clause.
    fn goes_on(&self, line: usize) -> bool {
        if !self.is_clause() {
            return false;
        }
        let rest = self.before.get(line..).unwrap_or_default();
        let first = rest.trim_start_matches([' ', '\t']);
        let word: &str = first.split(|sign: char| !sign.is_alphanumeric() && sign != '_').next().unwrap_or_default();
        // What the cursor is still in may become the word of a clause.
        let is_unfinished = word.len() == first.len();
        !first.starts_with(['\n', '}', '\r']) && !is_unfinished && !CLAUSES.contains(&word)
    }

    /// Whether the innermost block holds clauses.
    fn is_clause(&self) -> bool {
        let kind = self.open.last().map(|(head, _)| head.split_whitespace().next().unwrap_or_default());
        kind.is_some_and(|kind| kind == "rule" || kind == "redflag")
    }
}

const CLAUSES: &[&str] = &[
    "severity", "controls", "docs", "on", "require", "forbid", "unless", "at", "message", "help", "fix", "enforce",
    "during", "stop", "then",
];

/// The word a cursor stands behind, which is what is replaced: of a rule's name the whole, `pack/rule`.
pub(super) fn word_before(before: &str) -> &str {
    let is_part = |sign: char| sign.is_alphanumeric() || "-_/".contains(sign);
    let start = before.char_indices().rev().take_while(|(_, sign)| is_part(*sign)).last().map(|(at, _)| at);
    start.and_then(|start| before.get(start..)).unwrap_or_default()
}

/// The path a cursor stands behind, `plan.window.` of `on plan when plan.window.st`; `None` where it stands behind no dot.
pub(super) fn path_before(before: &str) -> Option<&str> {
    let word = word_before(before);
    let rest = before.strip_suffix(word)?.strip_suffix('.')?;
    let is_part = |sign: char| sign.is_alphanumeric() || "-_.[]".contains(sign);
    let start = rest.char_indices().rev().take_while(|(_, sign)| is_part(*sign)).last().map(|(at, _)| at)?;
    rest.get(start..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(before: &str) -> Vec<&str> {
        Context::of(before).heads.iter().map(Opened::kind).collect()
    }

    #[test]
    fn braces_in_strings_and_comments_open_nothing() {
        let text =
            "plan a \"{\" {\n  # {\n  phase deploy {\n    step x \"}\" {\n      run = \"\"\"\n  {{{\n\"\"\"\n      ne";
        assert_eq!(kinds(text), ["plan", "phase", "step"]);
        assert_eq!(Context::of(text).statement, "ne");
        assert_eq!(kinds("plan a { window { start = 2026 }\n env = { A = "), ["plan", ""]);
    }

    #[test]
    fn a_statement_is_what_was_written_of_an_entry() {
        assert_eq!(Context::of("plan a {\n  window { start = 1, dur").statement, "dur");
        assert_eq!(Context::of("plan a {\n  data = [pii,\n   ph").assigned(), Some(("data", " [pii,\n   ph")));
        let rule = "policy p {\n rule r {\n  on plan\n  require plan.a\n    and plan.b == x";
        assert_eq!(Context::of(rule).statement, "require plan.a\n    and plan.b == x");
        assert_eq!(Context::of("policy p {\n rule r {\n  on plan\n  req").statement, "req");
    }

    #[test]
    fn what_the_cursor_stands_in_is_known() {
        assert_eq!(Context::of("zone = \"Eur").inside, Inside::Text("Eur"));
        assert_eq!(Context::of("a = 1 # stopline: ignore[").inside, Inside::Comment("# stopline: ignore["));
        assert_eq!(Context::of("a = \"x\" ").inside, Inside::Code);
        assert_eq!(word_before("waive release/fri"), "release/fri");
        assert_eq!(path_before("when plan.window.st"), Some("plan.window"));
        assert_eq!(path_before("when plan"), None);
    }
}
