//! What a feature may look at besides the text it is asked about: what else is open, and what lies in the folder.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use gen_lsp_types::{Location, Uri};

use super::addresses::Addresses;
use super::document::Document;
use super::judge::is_in;
use super::publish;
use super::run::Around;
use super::server::Server;
use super::world::{Open, Workspace, World};
use crate::diagnostic::Diagnostic;
use crate::source::{Place, SourceMap, Span, Unit};

/// Everything around one request.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    documents: &'a BTreeMap<String, Document>,
    workspace: Option<&'a Workspace>,
    /// What the last run of everything found.
    pub(super) whole: Option<&'a (Vec<Diagnostic>, SourceMap)>,
    world: &'a dyn World,
    addresses: &'a Addresses,
    encoding: Unit,
    open: Open,
    pub(super) takes_snippets: bool,
}

impl<W: Write> Server<W> {
    pub(super) fn scene(&self) -> Scene<'_> {
        Scene {
            documents: &self.documents,
            workspace: self.workspace.as_deref(),
            whole: self.whole.as_ref(),
            world: &*self.world,
            addresses: &self.addresses,
            encoding: self.encoding,
            open: self.open(),
            takes_snippets: self.client.snippets,
        }
    }
}

impl Scene<'_> {
    /// What a run needs; nothing before the folder was looked at.
    pub(super) fn around(&self) -> Option<Around<'_>> {
        let now = self.world.now().ok()?;
        Some(Around { workspace: self.workspace?, open: &self.open, world: self.world, now })
    }

    /// Every rule and diagnostic there is; none before the folder was looked at.
    pub(super) fn explained(&self) -> Vec<crate::session::Explained> {
        self.around().map(|around| around.explained()).unwrap_or_default()
    }

    pub(super) fn now(&self) -> Option<crate::model::units::Instant> {
        self.world.now().ok()
    }

    /// Every text whose words may name things of other texts: what is open, and what lies in the folder.
    pub(super) fn texts(&self) -> Vec<(String, Arc<str>)> {
        let on_disk = self.workspace.iter().flat_map(|workspace| &workspace.files);
        let on_disk = on_disk.filter(|(path, _)| !self.open.contains_key(path)).cloned();
        let open = self.open.iter().map(|(path, open)| (path.clone(), Arc::clone(&open.text)));
        open.chain(on_disk).collect()
    }

    /// A text as a document: the one that is open, or one made of what is on the disk.
    pub(super) fn document(&self, path: &str, text: &Arc<str>) -> Option<Document> {
        let uri = self.addresses.of_path(path)?;
        let open = self.documents.values().find(|document| document.path == path);
        let language = open.map_or_else(|| Document::language_of(path, ""), |document| document.language);
        Some(Document::new(&uri, path, language, text, self.encoding))
    }
}

/// What was found in a text as it stands.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) findings: Vec<Diagnostic>,
    pub(super) sources: SourceMap,
}

impl Scene<'_> {
    /// What is found in a text as it stands: by judging it, or, of what is neither plan nor policy, by the last run of
    /// everything, unless the text is another one since.
    pub(super) fn found(&self, document: &Document) -> Option<Found> {
        if document.language.is_some() {
            let (run, file) = self.around()?.narrow(&document.path)?;
            let findings = run.shown.into_iter().filter(|finding| is_in(finding, file)).collect();
            return Some(Found { findings, sources: run.sources });
        }
        let (findings, sources) = self.whole?;
        let file = sources.at(&document.path)?;
        if *sources.text(file) != *document.text {
            return None;
        }
        let findings: Vec<Diagnostic> = findings.iter().filter(|finding| is_in(finding, file)).cloned().collect();
        let mut copy = SourceMap::default();
        for (_, source) in sources.files() {
            copy.add(source.path(), source.shared_text());
        }
        Some(Found { findings, sources: copy })
    }

    /// A finding as it was published.
    pub(super) fn published(&self, found: &Found, finding: &Diagnostic) -> Option<gen_lsp_types::Diagnostic> {
        publish::published(finding, finding.place?, &found.sources, self.encoding, &|sources, file| {
            self.addresses.of(sources, file)
        })
    }

    pub(super) fn location(&self, found: &Found, place: Place) -> Option<Location> {
        publish::location(place, &found.sources, self.encoding, &|sources, file| self.addresses.of(sources, file))
    }
}

impl Document {
    /// A part of it, as the protocol says it.
    pub(super) fn location(&self, span: Span) -> Location {
        Location { uri: Uri::from(self.uri.as_str()), range: self.range(span) }
    }
}
