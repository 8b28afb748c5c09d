//! A file and its items.

use pest::Parser;

use super::junk::FILE;
use super::separator::Before;
use super::{Lower, Parts};
use crate::source::Span;
use crate::syntax::ast::{Expression, File, Item, Name, Value};
use crate::syntax::diagnostics::UNEXPECTED;
use crate::syntax::expected::Stop;
use crate::syntax::grammar::{Grammar, Pair, Rule};

impl<'a> Lower<'a> {
    pub(in crate::syntax) fn whole_file(&mut self) -> File {
        let file = match Grammar::parse(Rule::file, self.text) {
            Ok(mut pairs) => pairs.next(),
            Err(error) => {
                self.halted(&Stop::of(&error));
                None
            }
        };
        let mut items = Vec::new();
        for pair in file.into_iter().flat_map(Parts::of) {
            items.extend(self.item(pair));
        }
        File { items }
    }

    pub(in crate::syntax) fn whole_expression(&mut self) -> Option<Expression> {
        self.expression_in(self.everything())
    }

    pub(in crate::syntax) fn whole_value(&mut self) -> Option<Value> {
        self.only(Rule::whole_value, Rule::value, self.everything(), Self::value)
    }

    /// An expression that is all of a slice of the file.
    pub(super) fn expression_in(&mut self, slice: Span) -> Option<Expression> {
        self.only(Rule::whole_expression, Rule::expression, slice, Self::expression)
    }

    fn item(&mut self, pair: Pair<'a>) -> Option<Item> {
        let opened = pair.as_rule();
        if opened == Rule::EOI {
            return None;
        }
        if opened == Rule::item_junk {
            return self.junk(FILE, &pair, Before(None), Self::item_of, |_| None);
        }
        let mut parts = Parts::of(pair);
        let keyword = parts.next()?;
        let keyword = self.name(&keyword);
        self.item_of(opened, keyword, parts)
    }

    /// The item that a keyword opens.
    fn item_of(&mut self, opened: Rule, keyword: Name, parts: Parts<'a>) -> Option<Item> {
        if opened == Rule::plan {
            return Some(Item::Plan(self.block(keyword, parts)));
        }
        if opened == Rule::calendar {
            return Some(Item::Calendar(self.block(keyword, parts)));
        }
        if opened == Rule::procedure {
            return Some(Item::Procedure(self.procedure(keyword, parts)));
        }
        if opened == Rule::policy {
            return Some(Item::Policy(self.policy(keyword.span, parts)));
        }
        if opened == Rule::waiver {
            return self.waiver(keyword.span, parts).map(Item::Waiver);
        }
        self.test(keyword.span, parts).map(Item::Test)
    }

    /// A slice that is one `part` and nothing else.
    fn only<T>(
        &mut self,
        whole: Rule,
        part: Rule,
        slice: Span,
        lower_part: impl FnOnce(&mut Self, Pair<'a>) -> Option<T>,
    ) -> Option<T> {
        let read = self.reread(whole, slice, |lower, mut pairs| {
            let pair = Parts::of(pairs.next()?).find(|pair| pair.as_rule() == part)?;
            lower_part(lower, pair)
        });
        match read {
            Ok(read) => read,
            Err(error) => {
                if !self.is_known(slice) {
                    self.stopped_at(slice, &Stop::of(&error));
                }
                None
            }
        }
    }

    /// The whole text could not be read: only where the stack would not have held.
    fn halted(&mut self, stop: &Stop) {
        let at = Span::at(self.offset + u32::try_from(stop.at).unwrap_or_default());
        if stop.is_too_deep {
            return self.too_deep(at);
        }
        let diagnostic = self.error(&UNEXPECTED, at, "the file cannot be read from here on");
        self.report(diagnostic);
    }
}
