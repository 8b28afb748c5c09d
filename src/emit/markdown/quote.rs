//! How texts enter Markdown: nothing in them becomes a link, an image, HTML, emphasis, a heading or a list.

use crate::emit::shown::{is_mail, shown, shown_lines};

/// A text at the beginning of a line. What is read back is the text, without blanks around it.
pub(super) fn quote(text: &str) -> String {
    quote_after("", text)
}

/// A text behind what stands in its line already.
pub(super) fn quote_after(line: &str, text: &str) -> String {
    let text = shown(text);
    let mut quoted = String::with_capacity(text.len() + 8);
    let mut before = line.chars().next_back();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let special = matches!(letter, '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '$')
            // at the end of a heading it would close it
            || (letter == '#' && before.is_none_or(char::is_whitespace))
            // within a word it is nothing, and words like that are common
            || (letter == '_' && !(is_word(before) && is_word(letters.peek().copied())))
            || is_address(letter, before, letters.peek().copied())
            || (line.trim().is_empty() && is_beginning(&quoted, letter, letters.peek().copied()));
        if special {
            quoted.push('\\');
        }
        quoted.push(letter);
        if letter == '@' && is_mail(before, letters.clone()) {
            // Addresses of e-mail are looked for in what escapes stand for: a comment keeps them from being found.
            quoted.push_str("<!-- -->");
        }
        before = Some(letter);
    }
    quoted
}

fn is_word(letter: Option<char>) -> bool {
    letter.is_some_and(char::is_alphanumeric)
}

/// GitHub makes links of bare `https://…` and `www.…`; an escape keeps it from that.
fn is_address(letter: char, before: Option<char>, after: Option<char>) -> bool {
    (letter == ':' && after == Some('/')) || (letter == '.' && matches!(before, Some('w' | 'W')))
}

/// What makes a heading, a list, a rule or an underline of a line that begins with it.
fn is_beginning(quoted: &str, letter: char, after: Option<char>) -> bool {
    let so_far = quoted.trim_start();
    match letter {
        '-' | '+' | '=' => so_far.is_empty(),
        '.' | ')' => {
            !so_far.is_empty()
                && so_far.bytes().all(|byte| byte.is_ascii_digit())
                && after.is_none_or(char::is_whitespace)
        }
        _ => false,
    }
}

/// A text between backticks, as many as it takes. In a table, `|` ends a cell even there.
pub(super) fn code(text: &str, within: Within) -> String {
    let text = shown(text);
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let text = match within {
        Within::Line => text.to_owned(),
        Within::Cell => text.replace('|', "\\|"),
    };
    let fence = "`".repeat(longest_run(&text) + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// Where something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Line,
    Cell,
}

/// A block of code: its lines, and the fence around it.
pub(super) fn fenced(text: &str) -> Vec<String> {
    let text = shown_lines(text);
    let fence = "`".repeat(longest_run(&text).max(2) + 1);
    let lines = text.lines().map(str::to_owned);
    std::iter::once(format!("{fence}sh")).chain(lines).chain([fence.clone()]).collect()
}

/// An address of the web, shown as it is.
pub(super) fn link(address: &str) -> String {
    format!("<{}>", address.replace('|', "%7C").replace('<', "%3C").replace('>', "%3E"))
}

fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default()
}
