//! Cures for what people bring along from other languages.

use super::keyword;
use crate::syntax::expected::Stop;

/// The cure, if what was found tells what was meant. `text` starts with `found`.
pub(super) fn hint(found: &str, text: &str, stop: &Stop) -> Option<String> {
    if stop.wants("an operator") {
        let operator = OPERATORS.iter().find(|(foreign, _)| {
            text.starts_with(foreign) && (found == *foreign || !found.starts_with(char::is_alphabetic))
        });
        if let Some((_, cure)) = operator {
            return Some((*cure).to_owned());
        }
    }
    let cure = match found {
        ";" => "a new line ends an entry: delete the `;`",
        "if" if stop.wants("`when`") => "which ones a rule is about is said with `when`",
        ">" if stop.wants("a value or a path") => "values that differ are compared with `!=`",
        "-" if stop.wants("a value") || stop.wants("a duration") => "only a plain number can be below zero",
        "@" => "a person is a name after an `@`: `@alice`",
        "exists" if stop.wants("an expression") => "`exists` stands behind what it asks for: `plan.ticket exists`",
        "=" if stop.wants("`:`") => "a parameter has a type before its value: `name: duration = 4h`",
        "'" => "a text stands in double quotes",
        "$" => "values reach commands as environment variables; an expression names them without `$`",
        _ if stop.wants("`{`") && stop.wants("a string") && !stop.wants("`=`") => {
            "before the `{` stand an id of one word and a title in quotes, and nothing else"
        }
        _ if stop.wants("`=`") && stop.wants("`{`") => {
            "an attribute is written `name = value`, a block `kind id \"title\" { … }`"
        }
        _ if stop.wants("a string") && found.starts_with(char::is_alphabetic) => "a text stands in double quotes",
        _ => return None,
    };
    Some(cure.to_owned())
}

/// Where a word may stand that cannot stand here.
pub(super) fn elsewhere(word: &str) -> Option<String> {
    if keyword::BLOCK_KINDS.contains(&word) {
        return Some(format!("a `{word}` stands in a plan"));
    }
    let in_policy = keyword::POLICY.iter().any(|keyword| keyword.word == word);
    in_policy.then(|| format!("a `{word}` stands in a policy"))
}

const PRESENT: &str = "what is there `exists`: `plan.ticket exists`";
const ABSENT: &str = "what is not there is `not … exists`: `not plan.ticket exists`";

const OPERATORS: &[(&str, &str)] = &[
    ("not", "`not` stands before what it denies: `not a in b`"),
    ("is", "two values are compared with `==`"),
    ("missing", ABSENT),
    ("absent", ABSENT),
    ("empty", "an empty list is one with `count(…) == 0`, an empty text is `\"\"`"),
    ("present", PRESENT),
    ("exist", PRESENT),
    ("startswith", "how a text begins is asked by `starts_with(text, part)`"),
    ("starts_with", "how a text begins is asked by `starts_with(text, part)`"),
    ("endswith", "how a text ends is asked by `ends_with(text, part)`"),
    ("ends_with", "how a text ends is asked by `ends_with(text, part)`"),
    ("=~", "a text is compared with a pattern by `matches`"),
    ("~", "a text is compared with a pattern by `matches`"),
    ("like", "a text is compared with a pattern by `matches`"),
    ("<>", "values that differ are compared with `!=`"),
    ("&", "conditions are joined with `and`"),
    ("|", "conditions are joined with `or`"),
    ("?", "a choice is written `if … then … else …`"),
    ("%", "there is no remainder of a division"),
    ("(", "only a function is called: its name directly before the `(`"),
];
