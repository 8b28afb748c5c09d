//! Every place that speaks of a thing.

use gen_lsp_types::Location;

use crate::lsp::document::Document;
use crate::lsp::names;
use crate::lsp::scene::Scene;

pub(in crate::lsp) fn references(
    scene: &Scene<'_>,
    document: &Document,
    offset: u32,
    with_declaration: bool,
) -> Option<Vec<Location>> {
    let mention = names::at(document, offset)?;
    let found = names::everywhere(scene, document, &mention);
    let found = found.into_iter().filter(|(_, mention)| with_declaration || !mention.is_definition());
    Some(found.map(|(document, mention)| document.location(mention.span)).collect())
}
