//! Another name for a thing, wherever it is spoken of. What must keep its name is refused, and why is said.

use std::collections::HashMap;

use gen_lsp_types::{PrepareRenamePlaceholder, PrepareRenameResult, TextEdit, Uri, WorkspaceEdit};

use crate::lsp::document::Document;
use crate::lsp::names::{self, Kind, Mention};
use crate::lsp::scene::Scene;
use crate::lsp::server::Refusal;
use crate::lsp::transport::code;
use crate::source::FileId;
use crate::syntax::ast::ExpressionKind;
use crate::syntax::parse_expression;

/// Where the name stands that would be replaced; nothing where none does.
pub(in crate::lsp) fn prepare(
    scene: &Scene<'_>,
    document: &Document,
    offset: u32,
) -> Result<Option<PrepareRenameResult>, Refusal> {
    let Some(mention) = names::at(document, offset) else { return Ok(None) };
    may_be_renamed(scene, document, &mention)?;
    let placeholder = document.slice(mention.span).to_owned();
    Ok(Some(PrepareRenamePlaceholder { range: document.range(mention.span), placeholder }.into()))
}

pub(in crate::lsp) fn rename(
    scene: &Scene<'_>,
    document: &Document,
    offset: u32,
    new_name: &str,
) -> Result<WorkspaceEdit, Refusal> {
    let Some(mention) = names::at(document, offset) else { return Err(refused("nothing here has a name")) };
    may_be_renamed(scene, document, &mention)?;
    if !is_name(new_name) {
        return Err(refused(format!(
            "`{new_name}` cannot be a name: it starts with a letter; then come letters, digits, `_` and `-`"
        )));
    }
    if is_taken(document, &mention, new_name) {
        return Err(refused(format!("there is another {} `{new_name}`", mention.kind.noun())));
    }
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for (document, mention) in names::everywhere(scene, document, &mention) {
        let edit = TextEdit { range: document.range(mention.span), new_text: new_name.to_owned() };
        changes.entry(Uri::from(document.uri.as_str())).or_default().push(edit);
    }
    Ok(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
}

fn may_be_renamed(scene: &Scene<'_>, document: &Document, mention: &Mention) -> Result<(), Refusal> {
    let name = &mention.name;
    if mention.kind == Kind::Role {
        return Err(refused(format!("`{name}` is a role of the language: its name is fixed")));
    }
    if mention.kind == Kind::Phase && PHASES.contains(&name.as_str()) {
        return Err(refused(format!("the phase `{name}` has a meaning by its name")));
    }
    let found = names::everywhere(scene, document, mention);
    let definition = found.iter().find(|(_, mention)| mention.is_definition());
    match definition {
        None => Err(refused(format!("the {} `{name}` is declared nowhere here", mention.kind.noun()))),
        Some((_, definition)) if !definition.is_written && mention.kind == Kind::Variable => {
            Err(refused(format!("`{name}` is what rules call their subject; `as` gives it another name")))
        }
        Some((_, definition)) if !definition.is_written => {
            Err(refused(format!("`{name}` is made of a title: give the {} an id first", mention.kind.noun())))
        }
        Some(_) => Ok(()),
    }
}

/// Those that have a meaning.
const PHASES: &[&str] = &["prepare", "backup", "deploy", "verify", "confirm"];

fn is_name(text: &str) -> bool {
    let parsed = parse_expression(FileId::default(), text, 0);
    let is_word = parsed.tree.is_some_and(|tree| matches!(tree.value, ExpressionKind::Name(word) if word == text));
    is_word && parsed.diagnostics.is_empty()
}

fn is_taken(document: &Document, mention: &Mention, new_name: &str) -> bool {
    let pack = mention.name.rsplit_once('/').map_or(String::new(), |(pack, _)| format!("{pack}/"));
    let wanted = Mention { name: format!("{pack}{new_name}"), ..mention.clone() };
    names::mentions(document).iter().any(|known| known.is_definition() && known.is_same(&wanted))
}

fn refused(message: impl Into<String>) -> Refusal {
    Refusal::new(code::REQUEST_FAILED, message)
}
