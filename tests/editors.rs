//! What editors are given besides the server: the extension for Visual Studio Code, held against its own tools.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and its folder and its tools are its own"
)]

#[path = "support/tools.rs"]
mod tools;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tools::tool;

const GRAMMAR: &str = "syntaxes/stopline.tmLanguage.json";

fn extension() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode")
}

fn succeeds(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (output, error) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{command:?}: {output}{error}");
    output.into_owned()
}

#[test]
fn its_grammar_colours_what_its_tests_name() {
    let tests = "tests/*.test.*";
    succeeds(tool("vscode-tmgrammar-test").current_dir(extension()).args(["-g", GRAMMAR, tests]));
}

#[test]
fn a_test_of_its_grammar_that_is_wrong_fails() {
    let folder = tempfile::tempdir().unwrap();
    let wrong =
        "# SYNTAX TEST \"source.stopline\" \"wrong\"\nplan checkout {\n# <---- string.quoted.double.stopline\n}\n";
    std::fs::write(folder.path().join("wrong.test.plan"), wrong).unwrap();
    let grammar = extension().join(GRAMMAR);
    let mut command = tool("vscode-tmgrammar-test");
    command.current_dir(folder.path()).arg("-g").arg(grammar).arg("*.test.plan");
    assert!(!command.output().unwrap().status.success());
}

#[test]
fn it_packs_with_the_client_it_needs_and_nothing_of_its_tests() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().join("vscode");
    // `tools/install` got what the extension depends on, by its own lock file.
    let installed = Path::new(tool("vsce").get_program()).ancestors().nth(2).unwrap().join("vscode/node_modules");
    succeeds(Command::new("cp").arg("-R").arg(extension()).arg(&here));
    succeeds(Command::new("cp").arg("-R").arg(installed).arg(&here));
    succeeds(tool("vsce").current_dir(&here).args(["package", "--allow-missing-repository", "--out", "out.vsix"]));
    let list = "import sys, zipfile; print('\\n'.join(zipfile.ZipFile(sys.argv[1]).namelist()))";
    let packed = succeeds(tool("python3").current_dir(&here).args(["-c", list, "out.vsix"]));
    let packed: Vec<&str> = packed.lines().collect();
    for wanted in ["extension.js", GRAMMAR, "node_modules/vscode-languageclient/lib/node/main.js"] {
        assert!(packed.contains(&format!("extension/{wanted}").as_str()), "{wanted}: {packed:#?}");
    }
    assert!(!packed.iter().any(|name| name.contains("tests/")), "{packed:#?}");
}
