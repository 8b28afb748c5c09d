//! What the server asks of the machine it runs on. The command line answers: it knows how files are found.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::model::units::Instant;
use crate::session::{Candidates, Config, Input, Language, Override, Selection, Surroundings};

/// How far the server looks for policies and plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The folder the client opened, with all below it.
    Folder,
    /// No folder was opened: that of the first text, and nothing below it.
    BesideFirst,
}

/// The machine.
pub trait World: fmt::Debug + Send + Sync {
    /// Makes a folder the one that paths are seen from.
    fn enter(&self, folder: &str) -> Result<(), String>;

    /// Everything that `check` would look at in that folder. What is open is what is there.
    fn look_around(&self, open: &Open, reach: Reach) -> Result<Workspace, String>;

    fn now(&self) -> Result<Instant, String>;

    fn surroundings(&self) -> &dyn Surroundings;
}

/// What editors hold, by the paths that findings name; it need not be on the disk yet.
pub type Open = BTreeMap<String, OpenText>;

/// A text in an editor.
#[derive(Debug, Clone)]
pub struct OpenText {
    pub text: Arc<str>,
    /// How it is read; none for what is neither plan nor policy.
    pub language: Option<Language>,
}

/// What a run is made of. It holds texts, so that many runs can be made of it.
#[derive(Debug, Default)]
pub struct Workspace {
    /// Path and text of each file; its place in the list is its number in `inputs` and in places.
    pub files: Vec<(String, Arc<str>)>,
    pub inputs: Vec<Input>,
    pub candidates: Candidates,
    pub config: Config,
    pub selection: Selection,
    pub overrides: Vec<Override>,
    /// What could not be read, and what is wrong with the settings.
    pub findings: Vec<Diagnostic>,
}

/// A world in which what is open hides what is on the disk.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    pub(super) under: &'a dyn Surroundings,
    pub(super) open: &'a Open,
}

impl Surroundings for Seen<'_> {
    fn exists(&self, beside: &str, path: &str) -> bool {
        self.under.exists(beside, path)
    }

    fn read(&self, beside: &str, path: &str) -> Result<(String, String), String> {
        let (shown, text) = self.under.read(beside, path)?;
        let text = self.open.get(&shown).map_or(text, |open| open.text.to_string());
        Ok((shown, text))
    }

    fn reaches(&self, by: &str, path: &str) -> Result<(), String> {
        self.under.reaches(by, path)
    }

    fn matching(&self, beside: &str, pattern: &str) -> Vec<String> {
        self.under.matching(beside, pattern)
    }

    fn cores(&self) -> usize {
        self.under.cores()
    }
}
