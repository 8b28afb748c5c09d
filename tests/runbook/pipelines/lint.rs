//! What is written carries no text of a plan, the same procedure gives the same bytes, and the linters are silent.

use std::path::{Path, PathBuf};

use stopline::emit::{EmitError, Pipeline, ansible, github, gitlab};
use stopline::runbook::*;

use super::release;
use crate::hostile::{HOSTILE, everywhere};

type Emit = fn(&Procedure, &str) -> Result<Pipeline, EmitError>;

const ALL: [(&str, Emit); 3] = [("github", github::emit), ("gitlab", gitlab::emit), ("ansible", ansible::emit)];

fn procedures() -> [Procedure; 2] {
    [release(), Procedure { phases: everywhere(&HOSTILE.join(" ")).phases, ..everywhere("\"\n- {{ x }}: ${{ y }}") }]
}

fn each(emit: Emit, name: &str, ask: impl Fn(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    for procedure in procedures() {
        std::fs::write(&path, emit(&procedure, "deploy/release.sh").unwrap().text).unwrap();
        ask(&path);
    }
}

#[test]
fn the_linters_have_nothing_to_say_of_the_workflow() {
    each(github::emit, "release.yml", |path| {
        crate::lint::accepts("actionlint", &[], path);
        crate::lint::accepts("zizmor", &["--offline", "--no-progress", "--persona=auditor"], path);
        crate::lint::accepts("check-jsonschema", &["--builtin-schema", "vendor.github-workflows"], path);
        let timeouts = ["--builtin-schema", "custom.github-workflows-require-timeout"];
        crate::lint::accepts("check-jsonschema", &timeouts, path);
    });
}

#[test]
fn the_linters_have_nothing_to_say_of_the_pipeline() {
    each(gitlab::emit, ".gitlab-ci.yml", |path| {
        let schema = ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"];
        crate::lint::accepts("check-jsonschema", &schema, path);
    });
}

#[test]
fn the_linters_have_nothing_to_say_of_the_playbook() {
    each(ansible::emit, "deploy.yml", |path| {
        let said = crate::lint::accepts("ansible-lint", &["--offline", "--nocolor", "--profile=production"], path);
        assert!(said.contains("Passed: 0 failure(s), 0 warning(s) in 1 files"), "{said}");
    });
}

/// What stands in the scripts, as the shell gets it.
#[test]
fn the_linters_have_nothing_to_say_of_their_scripts_either() {
    for (folder, shell) in [("github", "bash"), ("ansible", "bash"), ("pipeline", "sh"), ("gitlab", "sh")] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/emit/templates").join(folder);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            crate::lint::silent("shellcheck", &[&format!("--shell={shell}"), "--exclude=SC2154"], &path);
            let dialect = if shell == "sh" { "posix" } else { shell };
            crate::lint::silent("shfmt", &[&format!("-ln={dialect}"), "-i=2", "-ci", "-d"], &path);
        }
    }
}

/// GitLab puts in the inputs of a file, GitHub expressions, Ansible templates: none of the three may see what a plan says.
#[test]
fn they_carry_no_text_of_the_plan() {
    let templates =
        ["{{ 1 + 1 }}", "{% raw %}", "{# #}", "${{ github.token }}", "$[[ inputs.x ]]", "!unsafe x", "%{x}"];
    for (name, emit) in ALL {
        let written = |text: &str| emit(&everywhere(text), "release.sh").unwrap().text;
        let harmless = written("x");
        for hostile in HOSTILE.into_iter().chain(templates) {
            assert_eq!(written(hostile), harmless, "{name}: {hostile:?}");
        }
    }
}

#[test]
fn nul_is_refused_by_all_of_them() {
    for (name, emit) in ALL {
        assert!(matches!(emit(&everywhere("a\0b"), "release.sh"), Err(EmitError::Nul { .. })), "{name}");
    }
}

#[test]
fn a_path_that_could_say_something_else_is_refused() {
    for path in ["", "/etc/x", "../x", "a b", "-x", "a//b", "$(x)", "a\nb", "{{x}}", "a'b"] {
        for (name, emit) in ALL {
            assert!(emit(&release(), path).is_err(), "{name}: {path:?}");
        }
    }
}

/// Ansible makes a template of whatever has these in it.
#[test]
fn no_script_of_a_playbook_is_a_template() {
    for folder in ["ansible", "pipeline"] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/emit/templates").join(folder);
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            assert!(["{{", "{%", "{#"].iter().all(|opening| !text.contains(opening)), "{text}");
        }
    }
}
