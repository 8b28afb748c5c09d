//! The evidence for people at a terminal: its parts as text, then the findings with the source drawn, then GO or STOP.

use super::{ShownAudit, page, terminal};
use crate::report::{Format, Options};

pub(super) fn render(told: &ShownAudit<'_>, options: &Options<'_>) -> String {
    let mut text = terminal::write(&page::evidence(told), options);
    text.push_str(&told.shown.render(Format::Human, options));
    text
}
