//! Directives, and what they hold.

use super::Word;
use crate::source::Span;

/// `name argument …;` or `name argument … { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    pub name: Word,
    pub arguments: Vec<Word>,
    pub body: Body,
    /// From its name to its `;` or `}`.
    pub span: Span,
}

/// What stands between the braces of a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// It ends with `;`.
    None,
    Block(Vec<Directive>),
    /// A program, which nginx hands to another language.
    Lua(Span),
}

impl Directive {
    pub fn is(&self, name: &str) -> bool {
        &*self.name.text == name
    }

    /// What its block holds; nothing where it has none.
    pub fn block(&self) -> &[Self] {
        match &self.body {
            Body::Block(directives) => directives,
            Body::None | Body::Lua(_) => &[],
        }
    }

    /// Its name and arguments, without `;` or block.
    pub fn head(&self) -> Span {
        self.arguments.last().map_or(self.name.outer(), |last| self.name.outer().to(last.outer()))
    }
}
