//! What `check` and `audit` judge, and by what: the same files, policies and settings for both.

use std::path::PathBuf;

use super::arguments::{Judging, Settings};
use super::config::{self, Found};
use super::disk::Disk;
use super::files::{Loaded, load_everything};
use super::instant::instant;
use super::selection::{overrides, select};
use super::status::Failure;
use crate::diagnostic::Diagnostic;
use crate::model::units::Instant;
use crate::session::{Override, Request, Selection};
use crate::source::SourceMap;

/// Everything that a run reads before it judges.
#[derive(Debug)]
pub(super) struct Brought {
    pub(super) now: Instant,
    pub(super) settled: Found,
    pub(super) loaded: Loaded,
    overrides: Vec<Override>,
    selection: Selection,
    unreadable_policies: Vec<Diagnostic>,
}

impl Brought {
    /// Loads what `paths` name; nothing where they are none at all.
    pub(super) fn for_paths(
        paths: Option<&[PathBuf]>,
        stdin_name: &str,
        (judging, settings): (&Judging, &Settings),
        sources: &mut SourceMap,
    ) -> Result<Self, Failure> {
        let now = instant(judging.at.as_deref())?;
        let settled = config::find(settings, sources);
        let overrides = overrides(judging, &settled)?;
        let loaded = match paths {
            Some(paths) => load_everything(paths, stdin_name, &settled, sources)?,
            None => Loaded::beside(sources),
        };
        let (selection, unreadable_policies) = select(judging, &settled, sources)?;
        Ok(Self { now, settled, loaded, overrides, selection, unreadable_policies })
    }

    pub(super) fn request(&self) -> Request<'_> {
        Request {
            inputs: &self.loaded.inputs,
            candidates: &self.loaded.others,
            config: &self.settled.config,
            selection: self.selection.clone(),
            overrides: &self.overrides,
            now: self.now,
            surroundings: &Disk,
        }
    }

    /// What is wrong with the settings, and what could not be read.
    pub(super) fn unreadable(&self) -> impl Iterator<Item = Diagnostic> + '_ {
        self.settled.findings.iter().chain(&self.loaded.unreadable).chain(&self.unreadable_policies).cloned()
    }
}
