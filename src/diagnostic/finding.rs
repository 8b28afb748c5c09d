//! One diagnostic: what is wrong, where, and what to do.

use std::borrow::Cow;

use super::{Descriptor, Fix, Severity};
use crate::source::Place;

/// A second place that explains the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub place: Place,
    pub text: String,
}

/// Why a finding does not stop anybody: who said so, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    pub reason: String,
    pub by: Option<String>,
    pub until: Option<String>,
    pub ticket: Option<String>,
    /// Where the waiver is written.
    pub place: Place,
}

/// What is said where somebody would let pass what was not decided.
const NOT_LET_PASS: &str = "this lets pass what is found, never what could not be decided";

/// What every layer reports and every renderer prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// `pack/rule` of a policy, or the id of a [`Descriptor`].
    pub rule: Cow<'static, str>,
    pub severity: Severity,
    /// True where nothing could be judged (exit status 2).
    pub undecided: bool,
    /// True where a rule came to no answer: an error of what it judges.
    pub unanswered: bool,
    /// None only for what has no text, such as an empty run.
    pub place: Option<Place>,
    /// Lower case, no full stop, the user's words in backticks; stands alone without its labels.
    pub message: String,
    /// What is said at the underlined place, when more than the message is worth saying there.
    pub label: Option<String>,
    pub help: Option<String>,
    pub related: Vec<Label>,
    pub controls: Vec<String>,
    pub waived: Option<Waived>,
    pub fix: Option<Fix>,
}

impl Diagnostic {
    pub fn new(descriptor: &'static Descriptor, place: Place, message: impl Into<String>) -> Self {
        Self { place: Some(place), ..Self::without_place(descriptor, message) }
    }

    pub fn without_place(descriptor: &'static Descriptor, message: impl Into<String>) -> Self {
        Self {
            rule: Cow::Borrowed(descriptor.id),
            severity: descriptor.severity,
            undecided: descriptor.undecided,
            unanswered: false,
            place: None,
            message: message.into(),
            label: None,
            help: None,
            related: Vec::new(),
            controls: Vec::new(),
            waived: None,
            fix: None,
        }
    }

    /// Whether a waiver, an ignore, a baseline or a setting may make less of it: what was not decided may hide anything.
    pub const fn may_be_let_pass(&self) -> bool {
        !self.undecided && !self.unanswered
    }

    /// Lets it pass, the first time somebody says so; what may not be let pass says that it is not.
    pub fn let_pass(&mut self, waived: Waived) {
        if self.may_be_let_pass() {
            self.waived.get_or_insert(waived);
        } else {
            self.related.push(Label { place: waived.place, text: NOT_LET_PASS.to_owned() });
        }
    }

    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = Some(text.into());
        self
    }

    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }

    #[must_use]
    pub fn related(mut self, place: Place, text: impl Into<String>) -> Self {
        self.related.push(Label { place, text: text.into() });
        self
    }

    /// The help, and the same as a fix: the one way in which the text can be meant.
    #[must_use]
    pub fn cure(self, help: impl Into<String>, place: Place, text: impl Into<String>) -> Self {
        let help = help.into();
        let fix = Fix::safe(help.clone(), place, text);
        self.help(help).fix(fix)
    }

    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}
