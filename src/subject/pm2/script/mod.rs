//! What a script in JavaScript exports, as far as it stands there as it is. It runs nothing: what would have to be worked
//! out is unresolved, and a script that does more than export is not read at all.

mod cursor;
mod skip;
#[cfg(test)]
mod tests;
mod value;

use self::cursor::Script;
use crate::model::data::Value;
use crate::source::{FileId, Span};

/// Where a script stops being plain, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Program {
    pub(super) span: Span,
    pub(super) why: &'static str,
}

/// How deep values may nest.
const MAX_DEPTH: usize = 64;

/// The value of `module.exports = …` or `export default …`.
pub(super) fn exported(file: FileId, text: &str) -> Result<Value, Program> {
    Script::new(file, text).program()
}

impl Script<'_> {
    /// Declarations, which change nothing outside them, and one export at the end.
    fn program(mut self) -> Result<Value, Program> {
        loop {
            self.blanks()?;
            let start = self.at;
            if self.peek().is_some_and(|letter| matches!(letter, '"' | '\'')) {
                // `'use strict';`
                self.string()?;
                self.accept(";")?;
                continue;
            }
            let exports = match self.word() {
                "const" | "let" | "var" | "import" => {
                    self.declaration()?;
                    continue;
                }
                "module" => self.follow(&[".", "exports", "="])?,
                "export" => self.follow(&["default"])?,
                _ => false,
            };
            if exports {
                return self.export();
            }
            let why = if self.text.get(start..).is_some_and(str::is_empty) {
                "it exports nothing by `module.exports` or `export default`"
            } else {
                "it does more than export what stands in it"
            };
            return Err(self.program_at(start, why));
        }
    }

    fn export(mut self) -> Result<Value, Program> {
        let value = self.value()?;
        self.accept(";")?;
        self.blanks()?;
        if self.peek().is_some() {
            return Err(self.program_at(self.at, "what it exports may be changed here"));
        }
        Ok(value)
    }

    /// To its end: a semicolon, or a line break before the next thing a script may hold.
    fn declaration(&mut self) -> Result<(), Program> {
        loop {
            let before = self.at;
            self.blanks()?;
            let is_new_line = self.text.get(before..self.at).is_some_and(|between| between.contains('\n'));
            let begins = ["const ", "let ", "var ", "import ", "module.", "export "];
            if is_new_line && begins.iter().any(|begin| self.rest().starts_with(begin)) {
                return Ok(());
            }
            if self.skip_piece(&[';'])? {
                return self.accept(";").map(|_| ());
            }
        }
    }
}
