//! `stopline lsp`: the language server, given the disk, the clock and the two streams.

use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use super::arguments::{Judging, Settings};
use super::baseline;
use super::config::find_by;
use super::disk::{Disk, read_text, shown};
use super::files::load_folder;
use super::instant::instant;
use super::selection::{overrides, select};
use super::status::{Failure, Status};
use crate::lsp::{self, End, Listed, Open, Reach, Workspace, World};
use crate::model::units::Instant;
use crate::session::{self, Surroundings};
use crate::source::SourceMap;

/// What `check` takes where nothing is said.
const JUDGING: Judging = Judging { policies: Vec::new(), packs: Vec::new(), parameters: Vec::new(), at: None };
const SETTINGS: Settings = Settings { config: None, no_config: false };

pub(super) fn run() -> Result<Status, Failure> {
    let ended = lsp::serve(Arc::new(Machine), BufReader::new(std::io::stdin()), std::io::stdout());
    match ended {
        Ok(End::Orderly | End::Closed) => Ok(Status::Go),
        // So the protocol wants it.
        Ok(End::Abrupt) => Ok(Status::Stop),
        Err(problem) if problem.kind() == std::io::ErrorKind::BrokenPipe => Ok(Status::Go),
        Err(problem) => Err(Failure::new(format!("the editor cannot be understood any more: {problem}")).help(
            "start the server from an editor: it speaks the language server protocol on standard input and output",
        )),
    }
}

/// This machine.
#[derive(Debug)]
struct Machine;

impl World for Machine {
    fn enter(&self, folder: &str) -> Result<(), String> {
        std::env::set_current_dir(folder).map_err(|problem| problem.to_string())
    }

    fn look_around(&self, open: &Open, reach: Reach) -> Result<Workspace, String> {
        look_around(open, reach).map_err(|failure| match failure.help {
            Some(help) => format!("{}; {help}", failure.message),
            None => failure.message,
        })
    }

    fn now(&self) -> Result<Instant, String> {
        instant(None).map_err(|failure| failure.message)
    }

    fn surroundings(&self) -> &dyn Surroundings {
        &Disk
    }
}

/// As `check` without arguments does, but for settings that are being edited.
fn look_around(open: &Open, reach: Reach) -> Result<Workspace, Failure> {
    let mut sources = SourceMap::default();
    let read = |path: &Path| match open.get(&shown(path)) {
        Some(open) => Ok(open.text.to_string()),
        None => read_text(path),
    };
    let settled = find_by(&SETTINGS, &mut sources, &read);
    let overrides = overrides(&JUDGING, &settled)?;
    let depth = match reach {
        Reach::Folder => None,
        Reach::BesideFirst => Some(1),
    };
    let loaded = load_folder(depth, &settled, &mut sources)?;
    let (selection, unreadable) = select(&JUDGING, &settled, &mut sources)?;
    let listed = baseline::settled_one(&settled, &read, &mut sources);
    let (listed, mistake) = listed.map_or_else(|mistake| (None, Some(*mistake)), |listed| (listed, None));
    let judged = match reach {
        Reach::Folder => session::Reach::Whole,
        Reach::BesideFirst => session::Reach::Part,
    };
    let files = sources.files().map(|(_, file)| (file.path().to_owned(), file.shared_text())).collect();
    Ok(Workspace {
        files,
        inputs: loaded.inputs,
        candidates: loaded.others,
        selection,
        overrides,
        listed: listed.map(|baseline| Listed { baseline, reach: judged }),
        findings: settled.findings.into_iter().chain(loaded.unreadable).chain(unreadable).chain(mistake).collect(),
        config: settled.config,
    })
}
