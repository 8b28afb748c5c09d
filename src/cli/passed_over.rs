//! What a walk of folders does not read, for whoever asks: what is ignored, and what lies behind links.

#![expect(clippy::disallowed_methods, reason = "the command line is where folders are walked")]

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::disk::shown;
use super::files::is_store;
use crate::session::Language;
use crate::source::SourceMap;

/// The plans and policies in these folders that were not read, each with the reason.
pub(super) fn passed_over(paths: &[PathBuf], sources: &SourceMap) -> Vec<String> {
    let here = [PathBuf::from(".")];
    let folders = if paths.is_empty() { here.as_slice() } else { paths };
    let mut said = Vec::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let mut walker = WalkBuilder::new(folder);
        walker.standard_filters(false).follow_links(true).sort_by_file_path(Path::cmp);
        walker.filter_entry(|entry| entry.depth() == 0 || !is_store(entry.file_name()));
        // Links that lead round in circles and folders that cannot be entered hold nothing that could be named.
        for entry in walker.build().filter_map(Result::ok) {
            let name = shown(entry.path());
            let is_folder = entry.file_type().is_none_or(|kind| kind.is_dir());
            let is_read = sources.files().any(|(_, known)| known.path() == name);
            if !is_folder && Language::of(&name).is_some() && !is_read {
                said.push(format!("passed over `{name}`: {}", reason(folder, entry.path())));
            }
        }
    }
    said
}

fn reason(folder: &Path, path: &Path) -> &'static str {
    let linked = path.ancestors().skip(1).take_while(|above| *above != folder).any(Path::is_symlink);
    if linked { "it lies behind a link to a folder" } else { "it is ignored, by `.gitignore` or the like" }
}
