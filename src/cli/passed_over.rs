//! What a walk of folders does not read, for whoever asks: what is ignored, and what lies behind links.

#![expect(clippy::disallowed_methods, reason = "the command line is where folders are walked")]

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::config::{Excluded, Found};
use super::disk::shown;
use super::files::is_store;
use crate::session::Language;
use crate::source::SourceMap;

/// The plans and policies in these folders that were not read, each with the reason.
pub(super) fn passed_over(paths: &[PathBuf], settled: &Found, sources: &SourceMap) -> Vec<String> {
    let left_out = settled.left_out();
    let here = [PathBuf::from(".")];
    let folders = if paths.is_empty() { here.as_slice() } else { paths };
    let read: HashSet<&str> = sources.files().map(|(_, source)| source.path()).collect();
    let mut said = Vec::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let mut walker = WalkBuilder::new(folder);
        walker.standard_filters(false).follow_links(true).sort_by_file_path(Path::cmp);
        walker.filter_entry(|entry| entry.depth() == 0 || !is_store(entry.file_name()));
        // Links that lead round in circles and folders that cannot be entered hold nothing that could be named.
        for entry in walker.build().filter_map(Result::ok) {
            let name = shown(entry.path());
            let is_folder = entry.file_type().is_none_or(|kind| kind.is_dir());
            if !is_folder && Language::of(&name).is_some() && !read.contains(name.as_str()) {
                said.push(format!("passed over `{name}`: {}", reason(folder, entry.path(), left_out.as_deref())));
            }
        }
    }
    said
}

fn reason(folder: &Path, path: &Path, left_out: Option<&Excluded>) -> &'static str {
    let inside = path.ancestors().take_while(|above| *above != folder);
    if left_out.is_some_and(|left_out| inside.clone().any(|above| left_out.holds(above))) {
        return "`stopline.toml` leaves it out";
    }
    let linked = inside.skip(1).any(Path::is_symlink);
    if linked { "it lies behind a link to a folder" } else { "it is ignored, by `.gitignore` or `.ignore`" }
}
