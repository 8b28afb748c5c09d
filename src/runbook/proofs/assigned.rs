//! Whether a script sets a variable itself, as far as its words tell.

/// What comes before a command, and leaves the next word to be one.
const BEFORE_A_COMMAND: [&str; 14] =
    ["then", "do", "else", "elif", "if", "while", "until", "!", "{", "time", "export", "local", "readonly", "typeset"];
/// Commands that set the variables they are given.
const SETTING: [&str; 7] = ["read", "mapfile", "readarray", "for", "select", "getopts", "printf"];

/// Only where a word is read as an assignment, or by a command that sets what it names: `echo "OLD=$OLD"` and `make OLD=1` do not.
pub(super) fn sets(script: &str, name: &str) -> bool {
    let (mut begins, mut setting) = (true, false);
    for word in words(script) {
        if word == SEPARATOR {
            (begins, setting) = (true, false);
        } else if begins && assigns(word) {
            if of(word) == name {
                return true;
            }
        } else if begins && (BEFORE_A_COMMAND.contains(&word) || word == "declare") {
            setting = false;
        } else if begins && SETTING.contains(&word) {
            (begins, setting) = (false, true);
        } else if setting && word == name {
            return true;
        } else if !(begins && word.starts_with('-')) {
            // `export -n NAME=…` has its options before the name.
            begins = false;
        }
    }
    false
}

const SEPARATOR: &str = ";";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Single,
    Double,
}

/// The words of a script as they are written, quotes included, and a separator for whatever ends a command.
fn words(script: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut quote, mut escaped, mut from) = (Quote::None, false, None);
    for (at, character) in script.char_indices() {
        let is_bare = quote == Quote::None && !escaped;
        if is_bare && (character.is_whitespace() || ";&|()`".contains(character)) {
            words.extend(from.take().and_then(|from| script.get(from..at)));
            if character == '\n' || !character.is_whitespace() {
                words.push(SEPARATOR);
            }
            continue;
        }
        from = from.or(Some(at));
        let is_escaped = std::mem::take(&mut escaped);
        match (quote, character) {
            _ if is_escaped => {}
            (Quote::None | Quote::Double, '\\') => escaped = true,
            (Quote::None, '\'') => quote = Quote::Single,
            (Quote::None, '"') => quote = Quote::Double,
            (Quote::Single, '\'') | (Quote::Double, '"') => quote = Quote::None,
            _ => {}
        }
    }
    words.extend(from.and_then(|from| script.get(from..)));
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
    use super::sets;

    #[test]
    fn what_the_shell_would_assign_is_set() {
        for script in [
            "OLD=$(cat old); ./back \"$OLD\"",
            "OLD=1",
            "cd x && OLD+=1",
            "if true; then OLD=\"a b\"; fi",
            "A='x y' OLD=1 ./back",
            "export -n A=1 OLD=2",
            "local OLD=2",
            "(OLD=3)",
            "read -r A OLD <old; ./back",
            "for OLD in a b; do :; done",
            "printf -v OLD '%s' x",
            "cat old | { read OLD; ./back; }",
        ] {
            assert!(sets(script, "OLD"), "{script}");
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
            "",
        ] {
            assert!(!sets(script, "OLD"), "{script}");
        }
    }
}
