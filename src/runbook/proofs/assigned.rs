//! Where a script sets a variable itself, or asks whether it is set, as far as its words tell.

use super::script::Quote;

/// Behind these, the next word is a command.
const BEFORE_A_COMMAND: [&str; 12] =
    ["then", "do", "else", "elif", "if", "while", "until", "!", "{", "time", "command", "builtin"];
/// Every assignment behind these is one.
const DECLARING: [&str; 6] = ["export", "local", "readonly", "typeset", "declare", "let"];
/// These set what they name.
const SETTING: [&str; 4] = ["read", "mapfile", "readarray", "getopts"];
/// These set what comes next.
const NAMING: [&str; 3] = ["for", "select", "-v"];

/// What the words before mean for the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Command,
    Declared,
    Set,
    Named,
    Word,
}

/// How far a script without comments has been read when it has set this variable, or has asked whether it is set: whoever does
/// knows that it may not be.
pub(super) fn known_from(script: &str, name: &str) -> Option<usize> {
    let set = set_from(script, name);
    let asked = [":-", "-", ":+", "+", ":=", "="].iter().filter_map(|how| script.find(&format!("${{{name}{how}")));
    set.into_iter().chain(asked).min()
}

/// Only where a word is read as an assignment, or by a command that sets what it names: `echo "OLD=$OLD"` and `make OLD=1` do not.
fn set_from(script: &str, name: &str) -> Option<usize> {
    let mut next = Next::Command;
    for (at, word) in words(script) {
        let sets = match next {
            Next::Command | Next::Declared => assigns(word) && of(word) == name,
            Next::Set | Next::Named => word == name,
            Next::Word => false,
        };
        if sets {
            return Some(at + word.len());
        }
        next = match next {
            _ if word == SEPARATOR => Next::Command,
            _ if word == "-v" => Next::Named,
            Next::Command if assigns(word) || BEFORE_A_COMMAND.contains(&word) => Next::Command,
            Next::Command if DECLARING.contains(&word) => Next::Declared,
            Next::Command if SETTING.contains(&word) => Next::Set,
            Next::Command if NAMING.contains(&word) => Next::Named,
            Next::Declared => Next::Declared,
            Next::Set => Next::Set,
            Next::Command | Next::Named | Next::Word => Next::Word,
        };
    }
    None
}

const SEPARATOR: &str = ";";

/// The words of a script as they are written, quotes included, and a separator for whatever ends a command.
fn words(script: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let (mut quote, mut escaped, mut from) = (Quote::None, false, None);
    for (at, character) in script.char_indices() {
        let is_bare = quote == Quote::None && !escaped;
        if is_bare && (character.is_whitespace() || ";&|()`".contains(character)) {
            words.extend(from.take().and_then(|from| Some((from, script.get(from..at)?))));
            if character == '\n' || !character.is_whitespace() {
                words.push((at, SEPARATOR));
            }
            continue;
        }
        from = from.or(Some(at));
        if std::mem::take(&mut escaped) {
            continue;
        }
        escaped = quote != Quote::Single && character == '\\';
        quote = quote.behind(character);
    }
    words.extend(from.and_then(|from| Some((from, script.get(from..)?))));
    words
}

/// `NAME=…` and `NAME+=…`.
fn assigns(word: &str) -> bool {
    let name = of(word);
    let rest = word.get(name.len()..).unwrap_or_default();
    !name.is_empty() && (rest.starts_with('=') || rest.starts_with("+="))
}

fn of(word: &str) -> &str {
    let end = word.find(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    word.get(..end.unwrap_or(word.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::known_from;

    #[test]
    fn what_the_shell_would_assign_is_set() {
        for script in [
            "OLD=$(cat old); ./back \"$OLD\"",
            "OLD=1",
            "cd x && OLD+=1",
            "if true; then OLD=\"a b\"; fi",
            "A='x y' OLD=1 ./back",
            "export NS OLD=2",
            "export -n A=1 OLD=2",
            "local OLD=2",
            "(OLD=3)",
            "read -r A OLD <old; ./back",
            "command read -r OLD",
            "for OLD in a b; do :; done",
            "printf -v OLD '%s' x",
            "cat old | { read OLD; ./back; }",
            "[[ -v OLD ]] && echo $OLD",
            ": \"${OLD:=x}\"",
            "[ -z \"${OLD-}\" ]",
        ] {
            assert!(known_from(script, "OLD").is_some(), "{script}");
        }
    }

    #[test]
    fn what_only_speaks_of_it_sets_nothing() {
        for script in [
            "./back \"$OLD\" ${OLD} $OLDER",
            "echo \"restoring OLD=$OLD\"",
            "echo 'x; OLD=1'",
            "echo x \\; OLD=1",
            "make OLD=$OLD",
            "./back --OLD=1",
            "OLDER=1; ./back",
            "echo read OLD",
            "printf '%s\\n' OLD",
            "for x in OLD; do :; done",
            "",
        ] {
            assert!(known_from(script, "OLD").is_none(), "{script}");
        }
    }

    #[test]
    fn it_is_known_behind_its_value() {
        assert_eq!(known_from("OLD=$OLD x", "OLD"), Some(8));
    }
}
