//! The one emitter of YAML. Every value is double-quoted: plain scalars change type (`on`, `1.10`, `12:30`), and JSON's
//! escapes are not all YAML's.

use std::fmt::Write as _;

#[derive(Debug, Default)]
pub(in crate::emit) struct Yaml {
    text: String,
    depth: usize,
}

impl Yaml {
    pub(in crate::emit) fn finish(self) -> String {
        self.text
    }

    /// A comment or an empty line; never a text of the plan.
    pub(in crate::emit) fn raw(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// `key: "value"`
    pub(in crate::emit) fn text(&mut self, key: &str, value: &str) {
        self.line(&format!("{key}: {}", quoted(value)));
    }

    /// `key: value`, for numbers, booleans and `{}`.
    pub(in crate::emit) fn bare(&mut self, key: &str, value: impl std::fmt::Display) {
        self.line(&format!("{key}: {value}"));
    }

    /// `key: "value" # remark`
    pub(in crate::emit) fn remarked(&mut self, key: &str, value: &str, remark: &'static str) {
        self.line(&format!("{key}: {} # {remark}", quoted(value)));
    }

    /// `uses: "action@digest" # version`
    pub(in crate::emit) fn uses(&mut self, action: &str, version: &str) {
        self.line(&format!("uses: {} # {version}", quoted(action)));
    }

    /// `key: ["a", "b"]`
    pub(in crate::emit) fn list(&mut self, key: &str, values: &[String]) {
        let values: Vec<_> = values.iter().map(|value| quoted(value)).collect();
        self.line(&format!("{key}: [{}]", values.join(", ")));
    }

    /// `key: |` and fixed texts of ours, one after the other.
    pub(in crate::emit) fn block(&mut self, key: &str, texts: &[&'static str]) {
        self.lines(&format!("{key}: |"), texts);
    }

    /// `- "value"`
    pub(in crate::emit) fn entry(&mut self, value: &str) {
        self.line(&format!("- {}", quoted(value)));
    }

    /// `- key: "value"`
    pub(in crate::emit) fn entry_text(&mut self, key: &str, value: &str) {
        self.line(&format!("- {key}: {}", quoted(value)));
    }

    /// `- |` and fixed texts of ours, one after the other.
    pub(in crate::emit) fn entry_block(&mut self, texts: &[&'static str]) {
        self.lines("- |", texts);
    }

    fn lines(&mut self, opening: &str, texts: &[&'static str]) {
        self.line(opening);
        self.depth += 1;
        texts.iter().flat_map(|text| text.lines()).for_each(|line| self.line(line));
        self.depth -= 1;
    }

    /// `key:` and what is under it.
    pub(in crate::emit) fn under(&mut self, key: &str, body: impl FnOnce(&mut Self)) {
        self.line(&format!("{key}:"));
        self.depth += 1;
        body(self);
        self.depth -= 1;
    }

    /// `- name: "…"` and the rest of the item.
    pub(in crate::emit) fn item(&mut self, name: &str, body: impl FnOnce(&mut Self)) {
        self.entry_text("name", name);
        self.depth += 1;
        body(self);
        self.depth -= 1;
    }

    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.text.extend(std::iter::repeat_n("  ", self.depth));
        }
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// `\\ \" \n \r \t \xNN \uNNNN`; what lies outside the basic plane stands as it is.
fn quoted(value: &str) -> String {
    let mut quoted = String::from("\"");
    for character in value.chars() {
        match character {
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            ' '..='~' | '\u{10000}'.. => quoted.push(character),
            _ if u32::from(character) < 0x100 => _ = write!(quoted, "\\x{:02X}", u32::from(character)),
            _ => _ = write!(quoted, "\\u{:04X}", u32::from(character)),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_plain_ascii_is_escaped_as_yaml_reads_it() {
        assert_eq!(quoted("a\"b\\c\n\r\t\u{7f}\u{85}é\u{2028}🚀"), "\"a\\\"b\\\\c\\n\\r\\t\\x7F\\x85\\xE9\\u2028🚀\"");
        assert_eq!(quoted("on"), "\"on\"");
    }
}
