//! What `.gitignore` and `.ignore` leave out of a walk: those of the repository, and no others. What else git would go by
//! (files above the repository, of a person, of one clone) differs from machine to machine, and a policy that it hides
//! would judge on one and not on the other. Knows nothing of plans and policies.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::Match;
use ignore::gitignore::Gitignore;

use super::disk::repository;
use super::files::real;

/// In the order in which they count.
const NAMES: [&str; 2] = [".ignore", ".gitignore"];

/// The files that say what is left out, from a folder that is walked up to the root of its repository.
#[derive(Debug)]
pub(super) struct Ignored {
    /// The folder that is walked, as it was said and where it really stands.
    said: PathBuf,
    real: PathBuf,
    /// The last folder upward that has a say.
    root: PathBuf,
    known: Mutex<HashMap<PathBuf, Option<Arc<Level>>>>,
}

/// What one folder says, and the next one upward that says anything.
#[derive(Debug)]
struct Level {
    /// One for each of the names.
    says: [Option<Gitignore>; NAMES.len()],
    above: Option<Arc<Level>>,
}

impl Ignored {
    /// Outside of any repository, no folder has a say above the one the run started in.
    pub(super) fn below(folder: &Path) -> Self {
        let (real, here) = (real(folder), real(Path::new(".")));
        let root = match repository(&real) {
            Some(root) => root.to_owned(),
            None if real.starts_with(&here) => here,
            None => real.clone(),
        };
        Self { said: folder.to_owned(), real, root, known: Mutex::default() }
    }

    /// Whether something that the walk has come to is left out. For each name, the nearest file that speaks of it decides.
    pub(super) fn holds(&self, path: &Path, is_folder: bool) -> bool {
        let path = path.strip_prefix(&self.said).map_or_else(|_| path.to_owned(), |inside| self.real.join(inside));
        let Some(nearest) = path.parent().and_then(|folder| self.level(folder)) else { return false };
        (0..NAMES.len())
            .find_map(|name| match nearest.says_of(name, &path, is_folder) {
                Match::None => None,
                Match::Ignore(()) => Some(true),
                Match::Whitelist(()) => Some(false),
            })
            .unwrap_or(false)
    }

    fn level(&self, folder: &Path) -> Option<Arc<Level>> {
        if !folder.starts_with(&self.root) {
            return None;
        }
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(folder).cloned();
        if let Some(known) = known {
            return known;
        }
        let above = folder.parent().and_then(|above| self.level(above));
        let says = NAMES.map(|name| read(&folder.join(name)));
        let level = if says.iter().all(Option::is_none) { above } else { Some(Arc::new(Level { says, above })) };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned(), level.clone());
        level
    }
}

impl Level {
    fn says_of(&self, name: usize, path: &Path, is_folder: bool) -> Match<()> {
        let own = self.says.get(name).and_then(Option::as_ref);
        let said = own.map_or(Match::None, |own| own.matched(path, is_folder).map(|_| ()));
        match (&said, &self.above) {
            (Match::None, Some(above)) => above.says_of(name, path, is_folder),
            (Match::None | Match::Ignore(()) | Match::Whitelist(()), _) => said,
        }
    }
}

/// None where it says nothing; a line of it that cannot be read leaves nothing out.
#[expect(clippy::disallowed_methods, reason = "the command line is where files are read")]
fn read(path: &Path) -> Option<Gitignore> {
    let said = path.is_file().then(|| Gitignore::new(path).0);
    said.filter(|said| !said.is_empty())
}
