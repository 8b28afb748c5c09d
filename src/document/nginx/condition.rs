//! What stands between the brackets of an `if`, as far as nginx takes it apart before it starts. Knows no value.

use super::Word;

/// What compares.
const OPERATORS: &[&str] = &["=", "!=", "~", "~*", "!~", "!~*"];
/// What asks about files.
const TESTS: &[&str] = &["-f", "!-f", "-d", "!-d", "-e", "!-e", "-x", "!-x"];
/// What somebody will put in the place of before nginx reads it.
const FILLED_IN: &[&str] = &["@", "%%", "__"];

/// The word that nginx does not start with; `None` where the condition is one.
pub(super) fn fault(arguments: &[Word]) -> Option<&Word> {
    let (first, last) = (arguments.first()?, arguments.last()?);
    if arguments.iter().any(is_filled_in) {
        return None;
    }
    let Some(opened) = first.text.strip_prefix('(') else { return Some(first) };
    if !last.text.ends_with(')') {
        return Some(last);
    }
    let mut words: Vec<(&Word, &str)> = arguments.iter().map(|word| (word, &*word.text)).collect();
    if let Some(begin) = words.first_mut() {
        begin.1 = opened;
    }
    if let Some(end) = words.last_mut() {
        end.1 = end.1.strip_suffix(')').unwrap_or(end.1);
    }
    // A bracket may stand by itself.
    if opened.is_empty() && words.len() > 1 {
        words.remove(0);
    }
    if last.text.len() == 1 {
        words.pop();
    }
    let asked: Vec<&str> = words.iter().map(|(_, text)| *text).collect();
    let is_variable = |text: &str| text.len() > 1 && text.starts_with('$');
    match asked.as_slice() {
        [variable] if is_variable(variable) => None,
        [variable, operator, _] if is_variable(variable) && OPERATORS.contains(operator) => None,
        [variable, _, _] if is_variable(variable) => words.get(1).map(|(word, _)| *word),
        [test, _] if TESTS.contains(test) => None,
        _ => words.first().map_or(Some(first), |(word, _)| Some(word)),
    }
}

fn is_filled_in(word: &Word) -> bool {
    let name = word.text.trim_start_matches('(').trim_end_matches(')');
    FILLED_IN.iter().any(|mark| name.len() > mark.len() * 2 && name.starts_with(mark) && name.ends_with(mark))
}
