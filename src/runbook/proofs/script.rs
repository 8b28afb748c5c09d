//! What of a script the shell reads as commands, and what it only passes on.

use std::str::Chars;

/// A script without its comments and joined lines.
#[derive(Debug, Default)]
pub(super) struct Script {
    pub(super) commands: String,
    /// The here-documents in which variables are filled in.
    pub(super) documents: String,
}

/// What a character stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    None,
    Single,
    Double,
}

impl Quote {
    /// What the next one stands in.
    pub(super) const fn behind(self, character: char) -> Self {
        match (self, character) {
            (Self::None, '\'') => Self::Single,
            (Self::None, '"') => Self::Double,
            (Self::Single, '\'') | (Self::Double, '"') => Self::None,
            _ => self,
        }
    }
}

struct Document {
    delimiter: String,
    is_indented: bool,
    is_filled_in: bool,
}

impl Script {
    pub(super) fn of(text: &str) -> Self {
        let mut script = Self::default();
        let mut rest = text.chars();
        let (mut quote, mut begins, mut pending) = (Quote::None, true, Vec::new());
        while let Some(character) = rest.next() {
            let begun = std::mem::replace(&mut begins, false);
            match (quote, character) {
                (Quote::None | Quote::Double, '\\') => match rest.next() {
                    Some('\n') => begins = begun,
                    Some(escaped) => script.commands.extend(['\\', escaped]),
                    None => script.commands.push('\\'),
                },
                (Quote::None, '#') if begun => {
                    rest = rest.as_str().trim_start_matches(|character| character != '\n').chars();
                    begins = true;
                }
                (Quote::None, '$') if rest.as_str().starts_with('\'') => {
                    skip_escaped(&mut rest);
                    script.commands.push_str("''");
                }
                (Quote::None, '<') if rest.as_str().starts_with('<') && !rest.as_str().starts_with("<<") => {
                    rest.next();
                    script.commands.push_str("<<");
                    pending.push(document(rest.as_str()));
                }
                (Quote::None, '\n') => {
                    script.commands.push('\n');
                    for document in pending.drain(..) {
                        script.read(&document, &mut rest);
                    }
                    begins = true;
                }
                _ => {
                    script.commands.push(character);
                    quote = quote.behind(character);
                    begins = quote == Quote::None && (character.is_whitespace() || ";&|()".contains(character));
                }
            }
        }
        script
    }

    /// The lines up to the delimiter.
    fn read(&mut self, document: &Document, rest: &mut Chars<'_>) {
        loop {
            let text = rest.as_str();
            let (line, after) = text.split_once('\n').unwrap_or((text, ""));
            *rest = after.chars();
            let bare = if document.is_indented { line.trim_start_matches('\t') } else { line };
            if bare == document.delimiter || text.is_empty() {
                return;
            }
            if document.is_filled_in {
                self.documents.push_str(line);
                self.documents.push('\n');
            }
        }
    }
}

/// `$'…'`, in which a backslash hides a quote.
fn skip_escaped(rest: &mut Chars<'_>) {
    rest.next();
    while let Some(character) = rest.next() {
        match character {
            '\\' => _ = rest.next(),
            '\'' => return,
            _ => {}
        }
    }
}

/// What stands behind `<<`.
fn document(after: &str) -> Document {
    let is_indented = after.starts_with('-');
    let word = after.trim_start_matches('-').trim_start_matches([' ', '\t']);
    let quoted = word.chars().next().filter(|quote| "'\"".contains(*quote));
    let closing = quoted.and_then(|quote| Some(word.get(1..)?.find(quote)? + 2));
    let end = word.find(|character: char| character.is_whitespace() || ";&|()<>".contains(character));
    let word = word.get(..closing.or(end).unwrap_or(word.len())).unwrap_or_default();
    let is_quote = |character: char| "'\"\\".contains(character);
    Document { delimiter: word.replace(is_quote, ""), is_indented, is_filled_in: !word.contains(is_quote) }
}

#[cfg(test)]
mod tests {
    use super::Script;

    #[test]
    fn comments_and_joined_lines_are_gone() {
        let commands = |text| Script::of(text).commands;
        assert_eq!(commands("# don't\na # b's\nc#d '#e' \"#f\" $#"), "\na \nc#d '#e' \"#f\" $#");
        assert_eq!(commands("a && \\\n b \\\n# c"), "a &&  b ");
        assert_eq!(commands("a $'it\\'s' b 'x\\' c"), "a '' b 'x\\' c");
    }

    #[test]
    fn here_documents_stand_apart() {
        let script = Script::of("cat <<EOF | x\nit's $OLD\nEOF\ncat <<-'END'\n\tit's $NEW\n\tEND\ny <<<\"$z\"");
        assert_eq!(script.commands, "cat <<EOF | x\ncat <<-'END'\ny <<<\"$z\"");
        assert_eq!(script.documents, "it's $OLD\n");
        assert_eq!(Script::of("a <<X").commands, "a <<X");
        assert_eq!(Script::of("a <<'END OF IT'\n$x\nEND OF IT\nb").commands, "a <<'END OF IT'\nb");
    }
}
