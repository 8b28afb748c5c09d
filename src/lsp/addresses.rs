//! Which address a path has: the one a client gave it, else that of the file.

use std::collections::BTreeMap;

use gen_lsp_types::Uri;

use super::uri;
use crate::source::{FileId, SourceMap};

/// The folder that paths are seen from, and what clients call what they have open.
#[derive(Debug, Clone, Default)]
pub(super) struct Addresses {
    folder: Option<String>,
    open: BTreeMap<String, String>,
}

impl Addresses {
    pub(super) fn enter(&mut self, folder: &str) {
        self.folder = Some(folder.trim_end_matches('/').to_owned());
    }

    pub(super) const fn is_settled(&self) -> bool {
        self.folder.is_some()
    }

    /// The path findings use for what a client calls `uri`.
    pub(super) fn path(&self, uri: &str) -> String {
        let Some(path) = uri::path_of(uri) else { return uri.to_owned() };
        let folder = self.folder.as_deref();
        let below = folder.and_then(|folder| path.strip_prefix(folder)?.strip_prefix('/'));
        below.map_or(path.clone(), str::to_owned)
    }

    pub(super) fn opened(&mut self, path: &str, uri: &str) {
        self.open.insert(path.to_owned(), uri.to_owned());
    }

    pub(super) fn closed(&mut self, path: &str) {
        self.open.remove(path);
    }

    pub(super) fn of_path(&self, path: &str) -> Option<String> {
        if let Some(uri) = self.open.get(path) {
            return Some(uri.clone());
        }
        if path.starts_with('/') || path.get(1..3) == Some(":/") {
            return Some(uri::of_path(path));
        }
        let mut parts: Vec<&str> = self.folder.as_deref()?.split('/').collect();
        for part in path.split('/') {
            match part {
                "." => {}
                ".." if parts.len() > 1 => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        Some(uri::of_path(&parts.join("/")))
    }

    /// The address of a file of a run; none for what is part of the program.
    pub(super) fn of(&self, sources: &SourceMap, file: FileId) -> Option<Uri> {
        let source = sources.get(file).filter(|source| !source.is_built())?;
        self.of_path(source.path()).map(Uri::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_the_folder_and_finds_back() {
        let mut addresses = Addresses::default();
        addresses.enter("/work/shop/");
        for (uri, path) in [
            ("file:///work/shop/a/b.plan", "a/b.plan"),
            ("file:///work/shopping/b.plan", "/work/shopping/b.plan"),
            ("file:///other/b.plan", "/other/b.plan"),
        ] {
            assert_eq!(addresses.path(uri), path);
            assert_eq!(addresses.of_path(path).as_deref(), Some(uri));
        }
        assert_eq!(addresses.of_path("../x.toml").as_deref(), Some("file:///work/x.toml"));
        assert_eq!(addresses.path("untitled:1"), "untitled:1");
        addresses.opened("a/b.plan", "FILE:///odd");
        assert_eq!(addresses.of_path("a/b.plan").as_deref(), Some("FILE:///odd"));
    }
}
