//! Lines of shell: assignments and cases, nothing else. Every text goes through [`word`](super::word::word).

use super::word::word;
use crate::emit::EmitError;
use crate::emit::shown::shown;

/// Linux lets one argument or variable be 128 KiB long.
const LONGEST: usize = 120_000;

#[derive(Debug, Default)]
pub(super) struct Writer {
    script: String,
    depth: usize,
}

impl Writer {
    pub(super) fn finish(self) -> String {
        self.script
    }

    /// A line of our own; never a text of the plan.
    pub(super) fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.script.extend(std::iter::repeat_n('\t', self.depth));
        }
        self.script.push_str(line);
        self.script.push('\n');
    }

    /// `name='text'`; `of` says whose text it is.
    pub(super) fn assign(&mut self, name: &str, text: &str, of: &str) -> Result<(), EmitError> {
        let value = checked(text, of)?;
        self.line(&format!("{name}={value}"));
        Ok(())
    }

    /// A name, an id, a number, or several with spaces between them.
    pub(super) fn plain(&mut self, name: &str, value: impl std::fmt::Display) {
        self.line(&format!("{name}={}", word(&value.to_string())));
    }

    /// `name='text'` for a text that is only shown.
    pub(super) fn label(&mut self, name: &str, text: &str, of: &str) -> Result<(), EmitError> {
        let value = checked_label(text, of)?;
        self.line(&format!("{name}={value}"));
        Ok(())
    }

    /// A command, plain words for it, and texts that are only shown, on one line.
    pub(super) fn call(&mut self, command: &str, plain: &[String], texts: &[&str], of: &str) -> Result<(), EmitError> {
        let texts = texts.iter().map(|text| checked_label(text, of)).collect::<Result<Vec<_>, _>>()?;
        let plain = plain.iter().map(|text| word(text));
        let line = std::iter::once(command.to_owned()).chain(plain).chain(texts).collect::<Vec<_>>().join(" ");
        self.line(&line);
        Ok(())
    }

    pub(super) fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
    }

    pub(super) fn close(&mut self, line: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(line);
    }

    /// `name() { … }`
    pub(super) fn function(
        &mut self,
        name: &str,
        body: impl FnOnce(&mut Self) -> Result<(), EmitError>,
    ) -> Result<(), EmitError> {
        self.line("");
        self.open(&format!("{name}() {{"));
        body(self)?;
        self.close("}");
        Ok(())
    }

    /// `case $1 in …`, one arm for each item that has something to say.
    pub(super) fn cases<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        label: impl Fn(&T) -> String,
        body: impl Fn(&mut Self, &T) -> Result<(), EmitError>,
    ) -> Result<(), EmitError> {
        self.line("case $1 in");
        for item in items {
            let label = label(&item);
            // Bare, this one would end the list.
            let label = if label == "esac" { word(&label) } else { label };
            self.open(&format!("{label})"));
            body(self, &item)?;
            self.line(";;");
            self.depth = self.depth.saturating_sub(1);
        }
        self.line("*) ;;");
        self.line("esac");
        Ok(())
    }
}

fn checked(text: &str, of: &str) -> Result<String, EmitError> {
    if text.contains('\0') {
        return Err(EmitError::Nul { of: of.to_owned() });
    }
    if text.len() > LONGEST {
        return Err(EmitError::TooLong { of: of.to_owned(), bytes: text.len(), most: LONGEST });
    }
    Ok(word(text))
}

fn checked_label(text: &str, of: &str) -> Result<String, EmitError> {
    checked(text, of)?;
    Ok(word(&shown(text)))
}
