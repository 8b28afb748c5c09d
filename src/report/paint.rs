//! Colours, or none.

use crate::diagnostic::Severity;
use crate::report::Color;

#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    color: Color,
}

impl Paint {
    pub(super) const fn new(color: Color) -> Self {
        Self { color }
    }

    pub(super) fn severity(self, severity: Severity, text: &str) -> String {
        match severity {
            Severity::Error => self.paint("1;31", text),
            Severity::Warning => self.paint("1;33", text),
            Severity::Note => self.paint("1;36", text),
        }
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    pub(super) fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// The word before a remark.
    pub(super) fn label(self, text: &str) -> String {
        self.paint("36", text)
    }

    /// A text that opens an address where the terminal can (OSC 8); elsewhere the text alone is seen.
    pub(super) fn link(self, address: &str, text: &str) -> String {
        match self.color {
            Color::On => format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\"),
            Color::Off => text.to_owned(),
        }
    }

    fn paint(self, code: &str, text: &str) -> String {
        match self.color {
            Color::On => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            Color::Off => text.to_owned(),
        }
    }
}
