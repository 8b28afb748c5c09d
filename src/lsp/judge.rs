//! A run of everything, made beside the loop: it takes what it needs and gives plain data back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::addresses::Addresses;
use super::publish::by_path;
use super::run::{Around, Run};
use super::world::{Open, Reach, Workspace, World};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceMap, Unit};

/// What a run needs.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) world: Arc<dyn World>,
    /// What is known of the disk; none to look again.
    pub(super) workspace: Option<Arc<Workspace>>,
    pub(super) reach: Reach,
    pub(super) open: Open,
    /// Which version of each text is in `open`.
    pub(super) versions: BTreeMap<String, i32>,
    pub(super) addresses: Addresses,
    pub(super) encoding: Unit,
}

/// What came of a run, or why there was none.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) outcome: Result<Found, String>,
    pub(super) versions: BTreeMap<String, i32>,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) workspace: Arc<Workspace>,
    pub(super) published: BTreeMap<String, Vec<gen_lsp_types::Diagnostic>>,
    pub(super) unplaced: BTreeSet<String>,
    pub(super) shown: Vec<Diagnostic>,
    pub(super) sources: SourceMap,
}

pub(super) fn everything(asked: Asked) -> Judged {
    Judged { outcome: found(&asked), versions: asked.versions }
}

fn found(asked: &Asked) -> Result<Found, String> {
    let workspace = match &asked.workspace {
        Some(known) => Arc::clone(known),
        None => Arc::new(asked.world.look_around(&asked.open, asked.reach)?),
    };
    let now = asked.world.now()?;
    let around = Around { workspace: &workspace, open: &asked.open, world: &*asked.world, now };
    let Run { sources, shown, .. } = around.whole();
    let mut published = publish(&shown, &sources, asked);
    let unplaced = shown.iter().filter(|finding| finding.place.is_none());
    let unplaced = unplaced.map(|finding| format!("{}: {}", finding.rule, finding.message)).collect();
    // What is open and no part of the folder is judged for itself.
    for path in asked.open.keys().filter(|path| !is_part(&workspace, path)) {
        let Some((run, file)) = around.narrow(path) else { continue };
        let own: Vec<Diagnostic> = run.shown.iter().filter(|finding| is_in(finding, file)).cloned().collect();
        published.extend(publish(&own, &run.sources, asked));
    }
    Ok(Found { workspace, published, unplaced, shown, sources })
}

fn publish(
    shown: &[Diagnostic],
    sources: &SourceMap,
    asked: &Asked,
) -> BTreeMap<String, Vec<gen_lsp_types::Diagnostic>> {
    by_path(shown, sources, asked.encoding, &|sources, file| asked.addresses.of(sources, file))
}

fn is_part(workspace: &Workspace, path: &str) -> bool {
    let names =
        |input: &crate::session::Input| workspace.files.get(input.file.index()).is_some_and(|(known, _)| known == path);
    workspace.inputs.iter().any(names)
}

pub(super) fn is_in(finding: &Diagnostic, file: FileId) -> bool {
    finding.place.is_some_and(|place| place.file == file)
}
