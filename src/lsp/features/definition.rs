//! Go to definition: from wherever a thing is spoken of to where it is declared.

use gen_lsp_types::{Definition, DefinitionResponse, Location};

use crate::lsp::document::Document;
use crate::lsp::names::{self, Mention};
use crate::lsp::scene::Scene;

pub(in crate::lsp) fn definition(scene: &Scene<'_>, document: &Document, offset: u32) -> Option<DefinitionResponse> {
    let mention = names::at(document, offset)?;
    let found = names::everywhere(scene, document, &mention);
    let found = found.into_iter().filter(|(_, mention)| Mention::is_definition(mention));
    let locations: Vec<Location> = found.map(|(document, mention)| document.location(mention.span)).collect();
    (!locations.is_empty()).then_some(DefinitionResponse::Definition(Definition::LocationList(locations)))
}
