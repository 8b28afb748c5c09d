//! What the pure layers may ask of the world, answered by the caller.

use std::collections::BTreeMap;
use std::fmt;

/// Reads what policies and plans name. The caller decides what "there" is: a disk, an editor, a test. Several files are
/// judged at once, so it answers to several at once.
pub trait Surroundings: fmt::Debug + Sync {
    /// Whether `path` exists, seen from the folder of `beside`.
    fn exists(&self, beside: &str, path: &str) -> bool;

    /// The text of `path`, seen from the folder of `beside`, and the path to report it under.
    fn read(&self, beside: &str, path: &str) -> Result<(String, String), String>;

    /// Whether a text that stands in `by` may be answered with what stands in `path`: both seen from the folder of the
    /// run. Else why not. What a file of a repository names outside of it may be anything on the machine, and a finding
    /// would show it.
    fn reaches(&self, by: &str, path: &str) -> Result<(), String>;

    /// The files that a path or glob names, seen from the folder of `beside`: paths to report them under, in order.
    fn matching(&self, beside: &str, pattern: &str) -> Vec<String>;

    /// How many files may be judged at once, asked where there are many. It changes how long a run takes, nothing else.
    fn cores(&self) -> usize {
        1
    }
}

/// A world without files.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl Surroundings for Nothing {
    fn exists(&self, _: &str, _: &str) -> bool {
        false
    }

    fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
        Err(format!("`{path}` cannot be read here"))
    }

    fn reaches(&self, _: &str, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn matching(&self, _: &str, _: &str) -> Vec<String> {
        Vec::new()
    }
}

/// A world in which some texts hide what is there under their paths.
#[derive(Debug)]
pub struct Over<'a, T> {
    pub under: &'a dyn Surroundings,
    pub texts: &'a BTreeMap<String, T>,
}

impl<T: AsRef<str> + fmt::Debug + Sync> Surroundings for Over<'_, T> {
    fn exists(&self, beside: &str, path: &str) -> bool {
        self.under.exists(beside, path)
    }

    fn read(&self, beside: &str, path: &str) -> Result<(String, String), String> {
        let (shown, text) = self.under.read(beside, path)?;
        let text = self.texts.get(&shown).map_or(text, |hiding| hiding.as_ref().to_owned());
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

/// Answers `file_exists` for one plan.
#[derive(Debug)]
pub(super) struct Beside<'a> {
    pub(super) surroundings: &'a dyn Surroundings,
    pub(super) path: &'a str,
}

impl crate::eval::Files for Beside<'_> {
    fn exists(&self, path: &str) -> bool {
        self.surroundings.exists(self.path, path)
    }
}
