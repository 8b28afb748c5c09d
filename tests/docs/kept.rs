//! Parts of the documents that are made from the program. They are compared with what stands in the repository, or, where
//! `UPDATE=1` is in the environment, put there. Knows no part.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const CURE: &str = "make it again with `UPDATE=1 cargo test --test docs`, and look at what changed";

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_default()
}

/// A document that is made as a whole.
pub(crate) fn whole(path: &str, made: &str) {
    let file: PathBuf = root().join(path);
    if text(path) == made {
        return;
    }
    let differs =
        text(path).lines().zip(made.lines()).find(|(kept, made)| kept != made).map(|(_, made)| made.to_owned());
    let first = differs.unwrap_or_default();
    assert!(updating(), "`{path}` is not what the program says now, first in `{first}`: {CURE}");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, made).unwrap();
}

/// A document in which what stands between `<!-- made: NAME -->` and `<!-- end -->` is made.
pub(crate) fn sections(path: &str, make: &dyn Fn(&str) -> Option<String>) {
    whole(path, &filled(&text(path), make));
}

/// The names of the parts that are made.
pub(crate) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(name)
}

fn name(line: &str) -> Option<&str> {
    line.strip_prefix("<!-- made: ")?.strip_suffix(" -->")
}

fn filled(text: &str, make: &dyn Fn(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        writeln!(filled, "{line}").unwrap();
        let Some(name) = name(line) else { continue };
        let part = make(name);
        assert!(part.is_some(), "nobody knows how to make `{name}`");
        assert!(lines.by_ref().any(|line| line == "<!-- end -->"), "`made: {name}` has no `<!-- end -->`");
        writeln!(filled, "\n{}\n\n<!-- end -->", part.unwrap().trim_end()).unwrap();
    }
    filled
}

fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

mod filling {
    use super::{filled, names};

    #[test]
    fn what_stands_between_the_marks_is_exchanged() {
        let text = "a\n<!-- made: b -->\nold\n<!-- end -->\nc\n";
        let made = filled(text, &|name| (name == "b").then(|| "new".to_owned()));
        assert_eq!(made, "a\n<!-- made: b -->\n\nnew\n\n<!-- end -->\nc\n");
        assert_eq!(filled(&made, &|_| Some("new".to_owned())), made);
        assert_eq!(names(&made).collect::<Vec<_>>(), ["b"]);
    }
}
