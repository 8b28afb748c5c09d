//! Answers that a form was filled in with and that say nothing, one list for all formats. Knows no format.

/// There is nothing.
const NOTHING: &[&str] = &[
    "0",
    "false",
    "n",
    "n a",
    "na",
    "nil",
    "no",
    "no reason",
    "none",
    "nope",
    "not applicable",
    "not needed",
    "not urgent",
    "nothing",
    "null",
    "off",
];

/// It is said later, or it is not said what.
const LATER: &[&str] = &[
    "fixme",
    "ok",
    "okay",
    "on",
    "pending",
    "tba",
    "tbc",
    "tbd",
    "to be added",
    "to be announced",
    "to be confirmed",
    "to be decided",
    "to be defined",
    "to be determined",
    "to be done",
    "to do",
    "todo",
    "true",
    "undefined",
    "unknown",
    "wip",
    "y",
    "yep",
    "yes",
];

/// What YAML has taken for true or false, in one of its versions.
const YES_OR_NO: &[&str] = &["false", "no", "off", "on", "true", "yes"];

/// What a shell has, or a program may well be called.
const COMMANDS: &[&str] = &[".", ":", "false", "n", "off", "ok", "on", "pending", "true", "wip", "y", "yes"];

/// How paths, variables and words in quotes begin, whatever they are called.
const NAMES: [char; 6] = ['.', '/', '~', '$', '"', '\''];

/// Whether a text says that there is nothing: `none`, `n/a`, a dash, or no text at all.
pub fn denies(text: &str) -> bool {
    let words = plain(text);
    NOTHING.contains(&words.as_str()) || words.is_empty() && !text.contains('?')
}

/// Whether a text is none of what a reason is: it denies, puts off, or agrees to nothing in particular.
pub fn says_nothing(text: &str) -> bool {
    let words = plain(text);
    words.is_empty() || NOTHING.contains(&words.as_str()) || LATER.contains(&words.as_str())
}

/// Whether a text stands where a command belongs, and there is none.
pub fn is_no_command(text: &str) -> bool {
    let text = text.trim();
    let is_named = text.starts_with(NAMES) && !plain(text).is_empty();
    says_nothing(text) && !is_named && !COMMANDS.contains(&text)
}

/// Whether a word is a truth value to some reader of YAML, and a text to others.
pub fn is_yes_or_no(word: &str) -> bool {
    YES_OR_NO.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// In small letters, with single blanks for everything that is neither letter nor number.
pub fn plain(text: &str) -> String {
    let words: Vec<String> = text
        .split(|found: char| !found.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}
