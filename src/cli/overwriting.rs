//! What a result must not take the place of: a file that it was made of, or another result.

#![expect(clippy::disallowed_methods, reason = "the command line is where files are compared")]

use std::path::{Path, PathBuf};

use super::files::{Loaded, real};
use super::output::file_of;
use super::status::Failure;
use crate::source::{SourceFile, SourceMap};

/// Refuses an output that is one of the texts of a run, or a file that was named to be judged. What a walk found in other
/// languages may be written: the report of the last run is among it, if it is kept in the repository.
pub(super) fn refuse_sources(output: Option<&Path>, sources: &SourceMap, loaded: &Loaded) -> Result<(), Failure> {
    let others = &loaded.others;
    let is_found = |path: &str| {
        let is_listed = |paths: &[String]| paths.iter().any(|known| known == path);
        is_listed(&others.paths) && !is_listed(&others.named)
    };
    let read = sources.files().map(|(_, source)| source).filter(|source| !source.is_built()).map(SourceFile::path);
    let read = read.filter(|path| !is_found(path)).chain(others.named.iter().map(String::as_str));
    refuse(output, read.map(Path::new))
}

/// Refuses an output that is one of these files, by whatever name.
pub(super) fn refuse<'p>(output: Option<&Path>, read: impl IntoIterator<Item = &'p Path>) -> Result<(), Failure> {
    let Some(output) = file_of(output) else { return Ok(()) };
    if !output.exists() {
        return Ok(());
    }
    let Some(input) = read.into_iter().find(|path| is_same(path, output)) else { return Ok(()) };
    let (output, input) = (output.display().to_string(), input.display().to_string());
    let because =
        if output == input { "this run reads it".to_owned() } else { format!("it is `{input}`, which this run reads") };
    Err(Failure::new(format!("`{output}` is not overwritten: {because}")).help("name another file for the result"))
}

/// Refuses two outputs that are one file.
pub(super) fn refuse_both(one: Option<&Path>, other: Option<&Path>) -> Result<(), Failure> {
    let (Some(one), Some(other)) = (file_of(one), file_of(other)) else { return Ok(()) };
    if place_of(one) != place_of(other) {
        return Ok(());
    }
    let message = format!("`{}` cannot hold the report and the baseline, too", other.display());
    Err(Failure::new(message).help("name two files with `--output` and `--write-baseline`"))
}

/// Where a file stands, or would.
fn place_of(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match path.file_name() {
        Some(name) if !path.exists() => real(folder).join(name),
        Some(_) | None => real(path),
    }
}

#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let known = |path: &Path| std::fs::metadata(path).ok().map(|about| (about.dev(), about.ino()));
    known(one).is_some_and(|one| known(other) == Some(one))
}

#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    one.exists() && real(one) == real(other)
}
