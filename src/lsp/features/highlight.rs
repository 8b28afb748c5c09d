//! Every place in one text that speaks of what the cursor stands on.

use gen_lsp_types::{DocumentHighlight, DocumentHighlightKind};

use crate::lsp::document::Document;
use crate::lsp::names::{self, Mention};

pub(in crate::lsp) fn highlights(document: &Document, offset: u32) -> Option<Vec<DocumentHighlight>> {
    let wanted = names::at(document, offset)?;
    let found = names::mentions(document).into_iter().filter(|mention| mention.is_same(&wanted));
    Some(found.map(|mention| highlight(document, &mention)).collect())
}

fn highlight(document: &Document, mention: &Mention) -> DocumentHighlight {
    let kind = if mention.is_definition() { DocumentHighlightKind::Write } else { DocumentHighlightKind::Read };
    DocumentHighlight { range: document.range(mention.span), kind: Some(kind) }
}
