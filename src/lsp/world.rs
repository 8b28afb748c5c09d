//! What the server asks of the machine it runs on. The command line answers: it knows how files are found.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::model::units::Instant;
use crate::session::{self, Baseline, Candidates, Config, Input, Language, Over, Override, Selection, Surroundings};

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
    /// What was found before and is left out.
    pub listed: Option<Listed>,
    /// What could not be read, and what is wrong with the settings.
    pub findings: Vec<Diagnostic>,
}

/// A baseline that the repository has settled.
#[derive(Debug)]
pub struct Listed {
    pub baseline: Baseline,
    /// How much of what it speaks of a run of everything judges.
    pub reach: session::Reach,
}

/// A world in which what is open hides what is on the disk.
pub(super) type Seen<'a> = Over<'a, OpenText>;

impl AsRef<str> for OpenText {
    fn as_ref(&self) -> &str {
        &self.text
    }
}
