//! The shape of the code: which layer may name which, and who may speak to which outside crate.
//! Reads the sources as text; knows nothing of what they do.

#![expect(clippy::disallowed_methods, reason = "this test reads the sources")]
#![expect(clippy::unwrap_used, reason = "a source that cannot be read fails the test")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use reader::{Use, paths_in, tokens};

#[path = "architecture/reader.rs"]
mod reader;

/// Each folder of `src/`, from the ground up. A layer may name the layers of lower ranks, and of its own rank only
/// those listed beside it.
const LAYERS: &[(u8, &str, &[&str])] = &[
    (0, "source", &[]),
    (1, "diagnostic", &[]),
    (2, "syntax", &[]),
    (2, "document", &[]),
    (2, "journal", &[]),
    (3, "model", &[]),
    (3, "format", &[]),
    (4, "check", &[]),
    (4, "subject", &[]),
    (4, "eval", &[]),
    (4, "runbook", &["check", "eval"]),
    (5, "emit", &[]),
    (5, "import", &[]),
    (5, "init", &[]),
    (5, "session", &["emit"]),
    (5, "audit", &["session"]),
    (6, "report", &[]),
    (7, "cli", &["lsp"]),
    (7, "lsp", &[]),
    (8, "main", &[]),
];

/// Each dependency of `Cargo.toml` and the layers that may name it.
const CRATES: &[(&str, &[&str])] = &[
    ("aho_corasick", &["document"]),
    ("calcard", &["model"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("gen_lsp_types", &["lsp"]),
    ("globset", &["eval", "session", "cli"]),
    ("granit_parser", &["document"]),
    ("ignore", &["cli"]),
    ("indicatif", &["cli"]),
    ("jiff", &["model"]),
    ("jsonc_parser", &["document"]),
    ("jsonschema", EVERYWHERE),
    ("miette", &["report"]),
    ("pest", &["syntax"]),
    ("pest_derive", &["syntax"]),
    ("postcard", &["session"]),
    ("proptest", EVERYWHERE),
    // The report only in its tests: what it writes is read back.
    ("pulldown_cmark", &["document", "report"]),
    ("quick_junit", &["report"]),
    ("rayon", &["session"]),
    ("regex_automata", &["model"]),
    ("regex_lite", &["model"]),
    ("rust_decimal", EVERYWHERE),
    ("serde", EVERYWHERE),
    ("serde_json", &["check", "document", "journal", "session", "report", "cli", "lsp"]),
    ("sha2", &["journal", "runbook", "emit", "session"]),
    ("similar", &["report"]),
    ("sqlparser", &["document"]),
    ("strsim", &["diagnostic"]),
    ("tempfile", &["cli"]),
    ("terminal_size", &["cli"]),
    ("toml", EVERYWHERE),
    ("toml_datetime", &["document"]),
    ("toml_parser", &["document"]),
    ("tree_sitter", &["runbook"]),
    ("tree_sitter_bash", &["runbook"]),
    ("uuid", &["report"]),
    ("x509_cert", &["document"]),
];

/// What touches the world: modules of `std` that only these layers may name.
const WORLDLY: &[&str] = &["env", "fs", "net", "os", "process", "thread", "time"];
/// The language server asks the command line for everything but the threads it judges in.
const MAY_TOUCH_THE_WORLD: &[(&str, &[&str])] = &[("cli", WORLDLY), ("lsp", &["thread"]), ("main", WORLDLY)];

/// `Duration` and addresses are plain numbers: they touch nothing.
const HARMLESS: &[[&str; 2]] = &[["time", "Duration"], ["net", "Ipv4Addr"], ["net", "Ipv6Addr"]];

/// Macros stand at the root of the crate, whichever layer exports them.
const EXPORTED_MACROS: &[(&str, &str)] = &[("descriptors", "diagnostic")];

const EVERYWHERE: &[&str] = &["*"];
const LONGEST_FILE: usize = 800;
const UNFINISHED: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX"), concat!("dbg", "!(")];

/// Whether a line holds the word as a word of its own.
fn says(line: &str, word: &str) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric)))
}

#[test]
fn layers_name_only_what_lies_below_them() {
    complain(&each_source("src", |file| {
        file.uses().iter().filter_map(|used| Some((used.line, file.layer_trouble(used)?))).collect()
    }));
}

#[test]
fn outside_crates_stay_in_the_layers_that_own_them() {
    complain(&each_source("src", |file| {
        file.uses().iter().filter_map(|used| Some((used.line, file.crate_trouble(used)?))).collect()
    }));
}

#[test]
fn only_the_top_touches_the_world() {
    complain(&each_source("src", |file| {
        file.uses().iter().filter_map(|used| Some((used.line, file.world_trouble(used)?))).collect()
    }));
}

#[test]
fn every_file_is_introduced_short_and_finished() {
    for folder in ["src", "tests", "benches"] {
        complain(&each_source(folder, SourceText::manners));
    }
}

#[test]
fn the_tables_name_what_is_there() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let declared = dependencies(&manifest);
    let listed: Vec<&str> = CRATES.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed, declared, "the table of crates and Cargo.toml differ");
    for (name, layers) in CRATES {
        for layer in layers.iter().filter(|layer| **layer != "*") {
            assert!(rank(layer).is_some(), "the table lets `{name}` into `{layer}`, which is no layer");
        }
    }
    for entry in std::fs::read_dir(root().join("src")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let name = name.trim_end_matches(".rs");
        assert!(name == "lib" || rank(name).is_some(), "`src/{name}` is in no row of the table of layers");
    }
}

/// One source file: where it stands and what it says.
struct SourceText {
    /// From the root of the package, with `/`.
    path: String,
    text: String,
}

impl SourceText {
    fn layer(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inside.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// How many modules deep the file is: `src/syntax/mod.rs` is 1, `src/syntax/ast/node.rs` is 3.
    fn module_depth(&self) -> usize {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path).trim_end_matches(".rs");
        inside.split('/').filter(|part| !matches!(*part, "mod" | "lib" | "main")).count()
    }

    fn uses(&self) -> Vec<Use> {
        paths_in(&tokens(&self.text))
    }

    /// The folder of `src/` that a path leads into, if it leaves its own module tree by the root.
    fn entered<'a>(&self, used: &'a Use) -> Option<&'a str> {
        let mut segments = used.segments.iter().map(String::as_str).skip_while(|segment| *segment == "self").peekable();
        match *segments.peek()? {
            "crate" | "stopline" => segments.nth(1),
            "super" => {
                let climbed = segments.clone().take_while(|segment| *segment == "super").count();
                if climbed >= self.module_depth() + used.depth { segments.nth(climbed) } else { None }
            }
            _ => None,
        }
    }

    fn layer_trouble(&self, used: &Use) -> Option<String> {
        let entered = self.entered(used)?;
        let entered = EXPORTED_MACROS.iter().find(|(name, _)| *name == entered).map_or(entered, |(_, layer)| layer);
        let own = self.layer();
        if own == "lib" || own == entered {
            return None;
        }
        let Some(theirs) = rank(entered) else {
            return Some(format!("`{entered}` is in no row of the table of layers"));
        };
        let mine = rank(own)?;
        let beside = LAYERS.iter().any(|(_, name, beside)| *name == own && beside.contains(&entered));
        (theirs >= mine && !beside)
            .then(|| format!("`{own}` (layer {mine}) must not name `{entered}` (layer {theirs})"))
    }

    fn crate_trouble(&self, used: &Use) -> Option<String> {
        let (name, owners) =
            CRATES.iter().find(|(name, _)| used.segments.first().is_some_and(|first| first == name))?;
        let own = self.layer();
        let allowed = own == "lib" || owners.contains(&"*") || owners.contains(&own);
        (!allowed).then(|| format!("`{own}` must not name `{name}`, which belongs to {}", owners.join(", ")))
    }

    fn world_trouble(&self, used: &Use) -> Option<String> {
        let [first, module, rest @ ..] = used.segments.as_slice() else { return None };
        let worldly = first == "std" && WORLDLY.contains(&module.as_str());
        let harmless = HARMLESS.iter().any(|[of, name]| module == of && rest.first().is_some_and(|item| item == name));
        let own = self.layer();
        let tests = self.path.ends_with("/tests.rs") || self.path.contains("/tests/");
        let may = MAY_TOUCH_THE_WORLD.iter().any(|(layer, part)| *layer == own && part.contains(&module.as_str()));
        (worldly && !harmless && !tests && !may)
            .then(|| format!("`{own}` must not name `std::{module}`: the command line touches the world"))
    }

    fn manners(&self) -> Vec<(usize, String)> {
        let mut troubles = Vec::new();
        if !self.text.starts_with("//! ") {
            troubles.push((1, "the file does not open with a `//!` sentence".to_owned()));
        }
        let length = self.text.lines().count();
        if length > LONGEST_FILE {
            troubles.push((length, format!("the file has {length} lines, more than {LONGEST_FILE}")));
        }
        for (index, line) in self.text.lines().enumerate() {
            let unfinished = UNFINISHED.iter().filter(|word| says(line, word));
            troubles.extend(unfinished.map(|word| (index + 1, format!("`{word}` must not land"))));
            if line.trim() == "use super::*;" && !self.in_tests(index) {
                troubles.push((index + 1, "`use super::*` outside tests".to_owned()));
            }
        }
        let tokens = tokens(&self.text);
        for window in tokens.windows(3) {
            if matches!(window, [hash, open, ignore] if hash.text == "#" && open.text == "[" && ignore.text == "ignore")
            {
                troubles.push((window.first().map_or(1, |token| token.line), "a test is ignored".to_owned()));
            }
        }
        troubles
    }

    /// Whether the line (counted from 0) belongs to tests: a file of them, or what follows `#[cfg(test)]`.
    fn in_tests(&self, line: usize) -> bool {
        let file_of_tests = self.path.starts_with("tests/") || self.path.ends_with("/tests.rs");
        file_of_tests || self.text.lines().take(line).any(|line| line.trim() == "#[cfg(test)]")
    }
}

fn rank(layer: &str) -> Option<u8> {
    LAYERS.iter().find(|(_, name, _)| *name == layer).map(|(rank, ..)| *rank)
}

/// The names in the dependency tables of a manifest, as Rust spells them.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut inside = false;
    let mut names: Vec<String> = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if let (true, Some((name, _))) = (inside, line.split_once('=')) {
            names.push(name.trim().replace('-', "_"));
        }
    }
    names.sort();
    names.dedup();
    names
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What `judge` says of each Rust file of a folder, with the place and the line itself.
fn each_source(folder: &str, judge: impl Fn(&SourceText) -> Vec<(usize, String)>) -> String {
    let mut report = String::new();
    for path in rust_files(&root().join(folder)) {
        let shown = path.strip_prefix(root()).unwrap().components();
        let shown: Vec<_> = shown.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        let file = SourceText { path: shown.join("/"), text: std::fs::read_to_string(&path).unwrap() };
        for (line, trouble) in judge(&file) {
            let said = file.text.lines().nth(line - 1).unwrap_or_default().trim();
            writeln!(report, "{}:{line}: {trouble}\n    {said}", file.path).unwrap();
        }
    }
    report
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
    let own = files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    own.chain(folders.iter().flat_map(|folder| rust_files(folder))).collect()
}

#[track_caller]
fn complain(report: &str) {
    assert!(report.is_empty(), "\n{report}");
}

mod the_judge {
    use super::SourceText;

    fn source(path: &str, text: &str) -> SourceText {
        SourceText { path: path.to_owned(), text: text.to_owned() }
    }

    fn layers(path: &str, text: &str) -> Vec<String> {
        let file = source(path, text);
        let said = |used: &super::Use| Some(format!("{}: {}", used.line, file.layer_trouble(used)?));
        file.uses().iter().filter_map(said).collect()
    }

    fn crates(path: &str, text: &str) -> Vec<String> {
        let file = source(path, text);
        file.uses().iter().filter_map(|used| file.crate_trouble(used)).collect()
    }

    #[test]
    fn an_upper_layer_is_refused_with_its_line() {
        assert_eq!(
            layers("src/model/plan.rs", "use crate::source::Span;\nuse crate::{\n    cli::run,\n};"),
            ["3: `model` (layer 3) must not name `cli` (layer 7)"]
        );
        assert_eq!(layers("src/report/human.rs", "use crate::eval::Outcome; use crate::session::Run;").len(), 0);
    }

    #[test]
    fn layers_of_one_rank_keep_apart_unless_the_table_says_otherwise() {
        assert_eq!(
            layers("src/eval/rule.rs", "use crate::runbook::Step;"),
            ["1: `eval` (layer 4) must not name `runbook` (layer 4)"]
        );
        assert_eq!(layers("src/cli/lsp.rs", "crate::lsp::serve()").len(), 0);
        assert_eq!(layers("src/lsp/mod.rs", "crate::cli::run()").len(), 1);
    }

    #[test]
    fn climbing_out_by_super_is_seen() {
        assert_eq!(layers("src/model/plan.rs", "use super::super::cli::run;").len(), 1);
        assert_eq!(layers("src/model/plan.rs", "use super::cli::run;").len(), 0);
        assert_eq!(layers("src/model/plan.rs", "mod tests { use super::super::cli::run; }").len(), 0);
        assert_eq!(layers("src/model/mod.rs", "mod tests { fn f() {} use super::super::cli::run; }").len(), 1);
        assert_eq!(layers("src/model/mod.rs", "mod tests {} use super::source::Span;").len(), 0);
    }

    #[test]
    fn a_module_without_a_row_is_refused_and_an_exported_macro_has_its_layer() {
        assert_eq!(
            layers("src/model/plan.rs", "use crate::util::x;"),
            ["1: `util` is in no row of the table of layers"]
        );
        assert_eq!(layers("src/model/plan.rs", "crate::descriptors! {}").len(), 0);
        assert_eq!(layers("src/source/span.rs", "crate::descriptors! {}").len(), 1);
    }

    #[test]
    fn a_crate_outside_its_layer_is_refused() {
        assert_eq!(
            crates("src/eval/rule.rs", "fn f() -> pest::Span<'static> {}"),
            ["`eval` must not name `pest`, which belongs to syntax"]
        );
        assert_eq!(crates("src/model/plan.rs", "#[derive(serde::Serialize)] use miette;").len(), 1);
        assert_eq!(crates("src/syntax/parse.rs", "use pest::Parser; use own::pest::Rule;").len(), 0);
    }

    #[test]
    fn the_world_is_for_the_top() {
        let troubles = |path: &str, text: &str| {
            let file = source(path, text);
            file.uses().iter().filter_map(|used| file.world_trouble(used)).count()
        };
        assert_eq!(troubles("src/eval/rule.rs", "use std::{fs, fmt}; std::process::id()"), 2);
        assert_eq!(troubles("src/eval/rule.rs", "use std::time::Duration; use std::time::Instant;"), 1);
        assert_eq!(troubles("src/cli/files.rs", "use std::fs;"), 0);
        assert_eq!(troubles("src/eval/tests/deep.rs", "use std::thread;"), 0);
    }

    #[test]
    fn manners_are_judged() {
        let troubles = |text: &str| source("src/eval/rule.rs", text).manners();
        assert!(troubles("//! Owns rules.\nfn f() {}\n").is_empty());
        assert_eq!(troubles("fn f() {}\n").len(), 1);
        assert_eq!(troubles(&format!("//! Long.\n{}", "\n".repeat(super::LONGEST_FILE))).len(), 1);
        assert_eq!(troubles(concat!("//! Unfinished.\n// TO", "DO\n")).len(), 1);
        assert_eq!(troubles("//! Stars.\nuse super::*;\n#[cfg(test)]\nmod tests {\n    use super::*;\n}\n").len(), 1);
        assert_eq!(troubles(concat!("//! Lazy.\n#[ign", "ore]\nfn f() {}\n")).len(), 1);
    }

    #[test]
    fn dependencies_are_read_from_the_manifest() {
        let manifest =
            "[package]\nname = \"x\"\n[dependencies]\nb-c = \"1\"\n[dev-dependencies]\na = { version = \"1\" }\n";
        assert_eq!(super::dependencies(manifest), ["a", "b_c"]);
    }
}
