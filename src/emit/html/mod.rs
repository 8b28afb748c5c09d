//! A document as one HTML file: no network, and no script needed to read it.

mod escape;
mod policy;
mod timeline;
mod write;

use super::EmitError;
use super::page::Page;
use super::people::{Contents, Told, page};

/// Writes it. The same plan, procedure and journal give the same bytes.
pub fn emit(told: Told<'_>, contents: Contents) -> Result<String, EmitError> {
    page(told, contents).map(|page| write(&page))
}

/// Writes any document.
pub fn write(page: &Page) -> String {
    write::write(page)
}
