//! Where `stopline.toml` is found, and what of it concerns the files of a run.

#![expect(clippy::disallowed_methods, reason = "the command line is where files are looked for")]

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use globset::{GlobSet, GlobSetBuilder};

use super::arguments::Settings;
use super::disk::{read_text, shown, stays_in};
use super::files::unreadable;
use crate::diagnostic::Diagnostic;
use crate::session::{Config, read_config};
use crate::source::{SourceFile, SourceMap};

const NAME: &str = "stopline.toml";

/// The configuration of a run, and where it stands.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) config: Config,
    /// The folder its paths are seen from; none where there is no configuration.
    pub(super) folder: Option<PathBuf>,
    /// What is wrong with it.
    pub(super) findings: Vec<Diagnostic>,
    excluded: Option<Arc<Excluded>>,
}

/// What a walk passes over.
#[derive(Debug)]
pub(super) struct Excluded {
    patterns: GlobSet,
    /// From the configuration's folder to the one the run started in.
    below: PathBuf,
}

/// Reads the configuration that was named, or the next one upward.
pub(super) fn find(settings: &Settings, sources: &mut SourceMap) -> Found {
    find_by(settings, sources, &read_text)
}

/// The same, for whoever knows better what is in a file.
pub(super) fn find_by(
    settings: &Settings,
    sources: &mut SourceMap,
    read: &dyn Fn(&Path) -> Result<String, String>,
) -> Found {
    let path = match &settings.config {
        _ if settings.no_config => None,
        Some(named) => Some(named.clone()),
        None => upward(),
    };
    let Some(path) = path else { return Found::default() };
    let mut found = Found { folder: path.parent().map(Path::to_owned), ..Found::default() };
    let text = match stays_in(&path).and_then(|()| read(&path)) {
        Ok(text) => text,
        Err(problem) => {
            let help = "mend that, name another one with `--config`, or take none with `--no-config`";
            found.findings.push(unreadable(&shown(&path), &problem, sources).help(help));
            return found;
        }
    };
    let file = sources.add(shown(&path), text);
    let text = sources.get(file).map(SourceFile::shared_text);
    if let Some(text) = text {
        found.config = read_config(file, &text, &mut found.findings);
        if let Some(root) = found.config.nginx_root.take() {
            let seen = shown(&found.path(&root.value));
            found.config.nginx_root = Some(root.map(|_| seen));
        }
    }
    if !found.config.exclude.is_empty() {
        found.excluded = Some(Arc::new(found.excluded()));
    }
    found
}

/// The next configuration from the folder one stands in upward, within the repository.
fn upward() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let mut path = PathBuf::new();
    for folder in here.ancestors() {
        let candidate = path.join(NAME);
        if candidate.is_file() {
            return Some(candidate);
        }
        if folder.join(".git").exists() {
            return None;
        }
        path.push("..");
    }
    None
}

impl Found {
    /// A path of the configuration, seen from the folder the run started in.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        match &self.folder {
            Some(folder) if !folder.as_os_str().is_empty() => folder.join(path),
            Some(_) | None => PathBuf::from(path),
        }
    }

    /// None where nothing is left out.
    pub(super) fn left_out(&self) -> Option<Arc<Excluded>> {
        self.excluded.clone()
    }

    fn excluded(&self) -> Excluded {
        let mut patterns = GlobSetBuilder::new();
        for pattern in &self.config.exclude {
            patterns.add(pattern.clone());
        }
        let folder = self.folder.as_deref().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let here = Path::new(".").canonicalize().ok();
        let below = here
            .zip(folder.canonicalize().ok())
            .and_then(|(here, folder)| here.strip_prefix(folder).ok().map(Path::to_owned));
        Excluded { patterns: patterns.build().unwrap_or_default(), below: below.unwrap_or_default() }
    }
}

impl Excluded {
    /// Whether a file is passed over, or a folder with all that is in it.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.patterns.is_match(plain(&self.below.join(path)))
    }
}

/// Without `.` and, where something stands before it, without `..`.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut plain, component| {
        match component {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::ParentDir | Component::Normal(_) => {
                plain.push(component);
            }
        }
        plain
    })
}
