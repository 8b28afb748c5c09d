//! Files laid out: each in `tests/fixtures/format` becomes what stands beside it in `….expected`, or stays as it is;
//! and every plan and policy of this repository that can be read keeps what the formatter promises.
#![expect(clippy::disallowed_methods, reason = "the fixtures are files")]

use std::fs;
use std::path::{Path, PathBuf};

use stopline::format::{FormatError, format};
use stopline::source::FileId;
use stopline::syntax::parse;

fn laid_out(text: &str) -> Result<String, FormatError> {
    format(text, &parse(FileId::default(), text))
}

/// The plans and policies below a folder of this repository; what is ignored does not count.
fn files(folder: &str) -> Result<Vec<PathBuf>, ignore::Error> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let is_ours = |path: &Path| path.extension().is_some_and(|extension| extension == "plan" || extension == "policy");
    let walk = ignore::WalkBuilder::new(root).filter_entry(|entry| entry.file_name() != "target").build();
    let mut files: Vec<PathBuf> = walk.map(|entry| entry.map(ignore::DirEntry::into_path)).collect::<Result<_, _>>()?;
    files.retain(|path| path.is_file() && is_ours(path));
    files.sort();
    Ok(files)
}

#[test]
fn fixtures_become_what_is_expected() {
    let files = files("tests/fixtures/format").unwrap();
    assert!(!files.is_empty());
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let mut beside = path.clone().into_os_string();
        beside.push(".expected");
        let expected = fs::read_to_string(beside).unwrap_or_else(|_| text.clone());
        assert_eq!(laid_out(&text).unwrap(), expected, "{}", path.display());
    }
}

#[test]
fn the_examples_stay_as_they_are() {
    let examples = files("examples").unwrap();
    assert!(!examples.is_empty());
    for path in examples {
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(laid_out(&text).unwrap(), text, "{}", path.display());
    }
}

#[test]
fn every_file_of_the_repository_keeps_the_promises() {
    for path in files(".").unwrap() {
        let text = fs::read_to_string(&path).unwrap();
        let before = parse(FileId::default(), &text);
        let once = match format(&text, &before) {
            Ok(once) => once,
            Err(FormatError::Unparsable(diagnostics)) => {
                assert_eq!(diagnostics, before.diagnostics);
                continue;
            }
            Err(error @ FormatError::Internal(_)) => panic!("{}: {error}", path.display()),
        };
        let after = parse(FileId::default(), &once);
        assert_eq!(after.diagnostics, [], "{}", path.display());
        assert_eq!(after.tree, before.tree, "{}", path.display());
        assert_eq!(after.comments.len(), before.comments.len(), "{}", path.display());
        assert_eq!(laid_out(&once).unwrap(), once, "{}", path.display());
    }
}
