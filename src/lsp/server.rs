//! The loop: what comes from the client and from runs, in its order. Owns what is open and what was said of it; what a
//! request asks for is found by `features`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::Duration;

use serde_json::{Value, json};

use super::addresses::Addresses;
use super::document::Document;
use super::judge::{self, Judged};
use super::publish::by_path;
use super::run::Around;
use super::transport::{self, Incoming, code};
use super::world::{Open, OpenText, Reach, Workspace, World};
use super::{dispatch, start};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceMap, Unit};

/// Nobody types for this long: everything is judged again.
const QUIET: Duration = Duration::from_millis(150);

/// What the loop waits for.
#[derive(Debug)]
pub(super) enum Event {
    Client(Incoming),
    /// Nothing more can be read, and why, unless the input simply ended.
    Closed(Option<io::Error>),
    Judged(Box<Judged>),
}

/// How the server ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As the client asked, after `shutdown`.
    Orderly,
    /// The client said `exit` and nothing before.
    Abrupt,
    /// The client went away.
    Closed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Waiting,
    Serving,
    ShutDown,
}

/// What a client can do.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Abilities {
    /// It can be asked to watch files.
    pub(super) watches: bool,
    /// Suggestions may have places to fill in.
    pub(super) snippets: bool,
}

/// What is to be done once it is quiet.
#[derive(Debug, Clone, Copy)]
struct Needs {
    /// To look at the disk again.
    look: bool,
    /// To judge everything again.
    run: bool,
}

/// Everything the server knows.
#[derive(Debug)]
pub(super) struct Server<W> {
    output: W,
    events: Sender<Event>,
    pub(super) world: Arc<dyn World>,
    pub(super) stage: Stage,
    pub(super) encoding: Unit,
    pub(super) addresses: Addresses,
    pub(super) reach: Reach,
    pub(super) client: Abilities,
    /// By the address the client gave.
    pub(super) documents: BTreeMap<String, Document>,
    pub(super) workspace: Option<Arc<Workspace>>,
    /// What the last run of everything found, and in which texts.
    pub(super) whole: Option<(Vec<Diagnostic>, SourceMap)>,
    /// What was changed and not judged since.
    changed: BTreeSet<String>,
    needs: Needs,
    is_running: bool,
    /// The addresses of which something was said.
    said: BTreeSet<String>,
    /// What a run said that has no place, so that it is said once.
    told: BTreeSet<String>,
}

impl<W: Write> Server<W> {
    pub(super) fn new(world: Arc<dyn World>, output: W, events: Sender<Event>) -> Self {
        Self {
            output,
            events,
            world,
            stage: Stage::Waiting,
            encoding: Unit::Utf16,
            addresses: Addresses::default(),
            reach: Reach::BesideFirst,
            client: Abilities::default(),
            documents: BTreeMap::new(),
            workspace: None,
            whole: None,
            changed: BTreeSet::new(),
            needs: Needs { look: true, run: false },
            is_running: false,
            said: BTreeSet::new(),
            told: BTreeSet::new(),
        }
    }

    /// Serves until the client is done.
    pub(super) fn serve(&mut self, events: &Receiver<Event>) -> io::Result<End> {
        loop {
            let event = if self.needs.run && !self.is_running {
                let wait = if self.workspace.is_none() { Duration::ZERO } else { QUIET };
                match events.recv_timeout(wait) {
                    Ok(event) => Some(event),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => return Ok(End::Closed),
                }
            } else {
                let Ok(event) = events.recv() else { return Ok(End::Closed) };
                Some(event)
            };
            let Some(mut event) = event else {
                self.judge_everything();
                continue;
            };
            loop {
                if let Some(end) = self.handle(event)? {
                    return Ok(end);
                }
                event = match events.try_recv() {
                    Ok(event) => event,
                    Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
                };
            }
            self.judge_changed()?;
        }
    }

    fn handle(&mut self, event: Event) -> io::Result<Option<End>> {
        match event {
            Event::Closed(None) => return Ok(Some(End::Closed)),
            Event::Closed(Some(problem)) => return Err(problem),
            Event::Judged(judged) => self.publish_everything(*judged)?,
            Event::Client(Incoming::Answer) => {}
            Event::Client(Incoming::Broken { id, code, message }) => {
                self.send(&transport::failure(&id, code, &message))?;
            }
            Event::Client(Incoming::Request { id, method, params }) => {
                let result = match self.stage {
                    Stage::Waiting => start::initialize(self, &method, &params),
                    Stage::Serving => dispatch::request(self, &method, params),
                    Stage::ShutDown => Err(Refusal::new(code::INVALID_REQUEST, "the server was shut down")),
                };
                let answer = match result {
                    Ok(result) => transport::answer(&id, &result),
                    Err(refusal) => transport::failure(&id, refusal.code, &refusal.message),
                };
                self.send(&answer)?;
            }
            Event::Client(Incoming::Notification { method, params }) => {
                if method == "exit" {
                    let end = if self.stage == Stage::ShutDown { End::Orderly } else { End::Abrupt };
                    return Ok(Some(end));
                }
                if self.stage == Stage::Serving {
                    dispatch::notification(self, &method, params)?;
                }
            }
        }
        Ok(None)
    }

    pub(super) fn send(&mut self, message: &Value) -> io::Result<()> {
        transport::write(&mut self.output, message)
    }

    /// Says something to whoever reads the client's log.
    pub(super) fn log(&mut self, message: &str) -> io::Result<()> {
        let warning = 2;
        self.send(&transport::notification("window/logMessage", &json!({ "type": warning, "message": message })))
    }

    /// Says, once as long as it holds, why nothing can be judged, where the user sees it.
    fn show(&mut self, problem: &str) -> io::Result<()> {
        if self.told.insert(problem.to_owned()) {
            let error = 1;
            let params = json!({ "type": error, "message": problem });
            self.send(&transport::notification("window/showMessage", &params))?;
        }
        Ok(())
    }

    /// Takes note that a text is another one now.
    pub(super) fn note_change(&mut self, uri: &str) {
        self.changed.insert(uri.to_owned());
        self.needs.run = true;
    }

    /// Takes note that files may be others now.
    pub(super) fn note_disk(&mut self) {
        self.needs.look = true;
        self.needs.run = true;
    }

    /// What is open, for a run.
    pub(super) fn open(&self) -> Open {
        let text = |document: &Document| OpenText { text: Arc::clone(&document.text), language: document.language };
        self.documents.values().map(|document| (document.path.clone(), text(document))).collect()
    }

    /// Judges each text that was changed, by what is known of everything else.
    fn judge_changed(&mut self) -> io::Result<()> {
        let Some(workspace) = self.workspace.clone() else { return Ok(()) };
        let changed = std::mem::take(&mut self.changed);
        if changed.is_empty() {
            return Ok(());
        }
        let Ok(now) = self.world.now() else { return Ok(()) };
        let (open, world) = (self.open(), Arc::clone(&self.world));
        let around = Around { workspace: &workspace, open: &open, world: &*world, now };
        for uri in changed {
            let Some(document) = self.documents.get(&uri) else { continue };
            let Some((run, file)) = around.narrow(&document.path) else { continue };
            let of_file: Vec<Diagnostic> =
                run.shown.into_iter().filter(|finding| finding.place.is_some_and(|place| place.file == file)).collect();
            let addresses = &self.addresses;
            let address = |sources: &SourceMap, file| addresses.of(sources, file);
            let published = by_path(&of_file, &run.sources, self.encoding, &address).into_values().flatten().collect();
            self.publish(&uri, published)?;
        }
        Ok(())
    }

    /// Begins a run of everything, beside the loop.
    fn judge_everything(&mut self) {
        self.needs.run = false;
        if self.documents.is_empty() && self.reach == Reach::BesideFirst {
            return;
        }
        self.is_running = true;
        let workspace = if std::mem::take(&mut self.needs.look) { None } else { self.workspace.clone() };
        let asked = judge::Asked {
            world: Arc::clone(&self.world),
            workspace,
            reach: self.reach,
            open: self.open(),
            versions: self.documents.values().map(|known| (known.path.clone(), known.version)).collect(),
            addresses: self.addresses.clone(),
            encoding: self.encoding,
        };
        let events = self.events.clone();
        std::thread::spawn(move || events.send(Event::Judged(Box::new(judge::everything(asked)))));
    }

    fn publish_everything(&mut self, judged: Judged) -> io::Result<()> {
        self.is_running = false;
        let Judged { outcome, versions } = judged;
        let found = match outcome {
            Ok(found) => found,
            Err(problem) => {
                self.needs.look = true;
                return self.show(&problem);
            }
        };
        self.workspace = Some(found.workspace);
        // A text that was changed meanwhile is judged by itself, and with everything once it rests.
        let rests = |server: &Self, path: &str| {
            let document = server.documents.values().find(|document| document.path == path);
            document.is_none_or(|document| versions.get(path) == Some(&document.version))
        };
        let mut silent: BTreeSet<String> = self.said.clone();
        for (path, published) in found.published {
            let Some(uri) = self.addresses.of_path(&path) else { continue };
            silent.remove(&uri);
            if rests(self, &path) {
                self.publish(&uri, published)?;
            }
        }
        for uri in silent {
            let path = self.documents.get(&uri).map(|document| document.path.clone());
            if path.is_none_or(|path| rests(self, &path)) {
                self.publish(&uri, Vec::new())?;
            }
        }
        self.whole = Some((found.shown, found.sources));
        self.tell(found.unplaced)
    }

    /// Logs what has no place, each once as long as it holds.
    fn tell(&mut self, unplaced: BTreeSet<String>) -> io::Result<()> {
        for message in unplaced.difference(&self.told.clone()) {
            self.log(message)?;
        }
        self.told = unplaced;
        Ok(())
    }

    pub(super) fn publish(&mut self, uri: &str, published: Vec<gen_lsp_types::Diagnostic>) -> io::Result<()> {
        if published.is_empty() {
            self.said.remove(uri);
        } else {
            self.said.insert(uri.to_owned());
        }
        let version = self.documents.get(uri).map(|document| document.version);
        let params = gen_lsp_types::PublishDiagnosticsParams { uri: uri.into(), version, diagnostics: published };
        let params = serde_json::to_value(params).unwrap_or_default();
        self.send(&transport::notification("textDocument/publishDiagnostics", &params))
    }
}

/// Why a request got no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: i32,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}
