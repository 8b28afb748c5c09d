//! What can be wrong with a plan because it is Markdown; everything else is said as in the language.

use crate::descriptors;

descriptors! {
    /// Every diagnostic of plans written in Markdown.
    FROM_MARKDOWN_DESCRIPTORS;
    NOT_UNDERSTOOD = {
        id: "plan/not-understood", severity: Error, undecided: true,
        summary: "a place in a Markdown plan that means something, and it is not clear what",
        doc: include_str!("docs/not-understood.md"),
    }
    NOT_READ = {
        id: "plan/not-read", severity: Note, undecided: false,
        summary: "a part of a Markdown plan that nothing judges",
        doc: include_str!("docs/not-read.md"),
    }
}
