//! Texts that rules compute with. Most are parts of a file that is in memory anyway, or names that never change.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::source::Span;

/// A text that costs nothing to hand on.
#[derive(Clone)]
pub struct Text(Kept);

#[derive(Clone)]
enum Kept {
    /// For as long as the program runs.
    Fixed(&'static str),
    /// By the whole that it is a part of.
    Part { whole: Arc<str>, part: Span },
}

impl Text {
    pub const fn fixed(text: &'static str) -> Self {
        Self(Kept::Fixed(text))
    }

    /// A part of a text, without copying it. Empty where no part stands there.
    pub fn part(whole: &Arc<str>, part: Span) -> Self {
        Self(Kept::Part { whole: Arc::clone(whole), part })
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Kept::Fixed(text) => text,
            Kept::Part { whole, part } => part.text(whole),
        }
    }
}

impl<T: Into<Arc<str>>> From<T> for Text {
    fn from(text: T) -> Self {
        let whole: Arc<str> = text.into();
        let part = Span::of(0..whole.len());
        Self(Kept::Part { whole, part })
    }
}

/// The text alone: what it is a part of is nobody's business.
impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, formatter)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self)
    }
}
