//! How texts of a plan enter a script: as one single-quoted word.

/// One word for the shell, whatever the text. NUL is the caller's to refuse. What formats a script, or takes it out of a
/// repository, may take a carriage return at the end of a line away: it is written as an escape.
pub(super) fn word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''").replace('\r', r"'$'\r''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_one_word() {
        assert_eq!(word("it's $(rm) `x`"), r"'it'\''s $(rm) `x`'");
        assert_eq!(word(""), "''");
        assert_eq!(word("a\r\nb"), "'a'$'\\r''\nb'");
    }
}
