//! "Did you mean": the nearest known name, and lists as people say them.

/// The nearest of `known` to `name`, if one is near enough to be what was meant.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let is_begun = |candidate: &str| wanted.len() >= BEGINNING && candidate.to_lowercase().starts_with(&wanted);
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= tolerance(name.len().max(candidate.len())) || is_begun(candidate))
        // Whoever broke off meant what goes on like that, unless something else is but a letter away.
        .min_by_key(|(distance, candidate)| (*distance > 1 && !is_begun(candidate), *distance, *candidate))
        .map(|(_, candidate)| candidate)
}

/// The one of `known` that a word is a slip of: a letter or two away, and beginning alike. For words that stand in prose, where
/// [`did_you_mean`] would see too much.
pub fn misspelt<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let slips = if wanted.len() < SLIPS_TWICE { 1 } else { 2 };
    known
        .into_iter()
        .filter(|candidate| candidate.chars().next() == wanted.chars().next())
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, candidate), candidate))
        .filter(|(distance, _)| (1..=slips).contains(distance))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The name in the help "did you mean `name`?".
pub fn meant(help: &str) -> Option<&str> {
    help.strip_prefix("did you mean `")?.split('`').next()
}

/// How many letters tell what was begun.
const BEGINNING: usize = 3;

/// From which length on a word in prose may hold a second slip.
const SLIPS_TWICE: usize = 8;

/// How many slips a name of this length may hold: one in three characters, at least one.
fn tolerance(length: usize) -> usize {
    (length / 3).max(1)
}

/// `a`, `a or b`, `a, b, or c`.
pub fn join_with_or<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [one, two] => format!("{} or {}", one.as_ref(), two.as_ref()),
        [init @ .., last] => {
            let init: Vec<&str> = init.iter().map(AsRef::as_ref).collect();
            format!("{}, or {}", init.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        assert_eq!(did_you_mean("enviroment", ["service", "environment"]), Some("environment"));
        assert_eq!(did_you_mean("Retires", ["retries", "timeout"]), Some("retries"));
        assert_eq!(did_you_mean("banana", ["service", "environment"]), None);
        assert_eq!(did_you_mean("ot", ["at", "on"]), Some("at"));
        assert_eq!(did_you_mean("prod", ["staging", "production"]), Some("production"));
        assert_eq!(
            did_you_mean("release/friday", ["release/freeze", "release/friday-deploy"]),
            Some("release/friday-deploy")
        );
        assert_eq!(did_you_mean("time", ["timeout", "timer", "tame"]), Some("tame"));
    }

    #[test]
    fn in_prose_only_a_slip_is_one() {
        assert_eq!(misspelt("Rolback", ["rollback", "backup"]), Some("rollback"));
        assert_eq!(misspelt("verfication", ["verify", "verification"]), Some("verification"));
        for (word, known) in [("undo", "undo"), ("old", "hold"), ("time", "timeout"), ("configuration", "confirmation")]
        {
            assert_eq!(misspelt(word, [known]), None, "{word}");
        }
    }

    #[test]
    fn lists_read_as_people_say_them() {
        assert_eq!(join_with_or(&["a"]), "a");
        assert_eq!(join_with_or(&["a", "b"]), "a or b");
        assert_eq!(join_with_or(&["a", "b", "c"]), "a, b, or c");
    }
}
