//! The files that a path or glob names on this machine.

#![expect(clippy::disallowed_methods, reason = "the command line is where folders are read")]

use std::path::{Component, Path, PathBuf};

use globset::Glob;

use super::disk::shown;

/// Paths as reports show them, in order. Links are followed to files, as whoever includes them does.
pub(super) fn matching(pattern: &Path) -> Vec<String> {
    let found = pattern.components().fold(vec![PathBuf::new()], |folders, component| match component {
        Component::Normal(name) if is_glob(&name.to_string_lossy()) => {
            folders.iter().flat_map(|folder| entries(folder, &name.to_string_lossy())).collect()
        }
        Component::Normal(_) | Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => {
            folders.into_iter().map(|folder| folder.join(component)).collect()
        }
    });
    let mut paths: Vec<String> = found.iter().filter(|path| path.is_file()).map(|path| shown(path)).collect();
    paths.sort();
    paths
}

fn is_glob(name: &str) -> bool {
    name.contains(['*', '?', '['])
}

fn entries(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let Ok(matcher) = Glob::new(pattern).map(|glob| glob.compile_matcher()) else { return Vec::new() };
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = std::fs::read_dir(here) else { return Vec::new() };
    entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name())
        // As in a shell, a glob does not find what is hidden.
        .filter(|name| pattern.starts_with('.') || !name.to_string_lossy().starts_with('.'))
        .filter(|name| matcher.is_match(Path::new(name)))
        .map(|name| folder.join(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_finds_files_in_each_folder_it_names_and_nothing_hidden() {
        let root = tempfile::tempdir().unwrap();
        for file in ["a/one.conf", "b/two.conf", "b/.hidden.conf", "b/three.txt"] {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let found = matching(&root.path().join("*/*.conf"));
        let names: Vec<&str> = found.iter().filter_map(|path| path.rsplit('/').next()).collect();
        assert_eq!(names, ["one.conf", "two.conf"]);
        assert!(matching(&root.path().join("c/*.conf")).is_empty());
        assert_eq!(matching(&root.path().join("a/one.conf")).len(), 1);
    }
}
