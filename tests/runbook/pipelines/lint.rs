//! What is written carries no text of a plan, the same procedure gives the same bytes, and the linters are silent.

use std::path::{Path, PathBuf};

use stopline::emit::{EmitError, Pipeline, ansible, bash, github, gitlab};
use stopline::runbook::*;

use super::release;
use crate::hostile::{HOSTILE, everywhere};
use crate::support::{hold, name};

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
        // Of what is done under which rules it carries a digest.
        let written = |text: &str| {
            let procedure = everywhere(text);
            emit(&procedure, "release.sh").unwrap().text.replace(&bash::rules(&procedure).unwrap(), "")
        };
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

/// A secret would be taken for a variable of the pipeline, or the other way round.
#[test]
fn no_secret_is_called_like_a_variable_of_a_pipeline() {
    let emitted =
        [github::emit(&release(), "release.sh").unwrap().text, gitlab::emit(&release(), "release.sh").unwrap().text];
    let own = regex_lite::Regex::new(r"(?m)(?:^ {10}|[ \x22])([A-Z][A-Z_]+)(?:=|: )").unwrap();
    let code = emitted.iter().flat_map(|text| text.lines()).filter(|line| !line.trim_start().starts_with('#'));
    let found = code.flat_map(|line| own.captures_iter(line)).map(|found| found.get(1).unwrap().as_str());
    let mut names: Vec<&str> = found.collect();
    names.extend(["CI_JOB_TOKEN", "GITHUB_OUTPUT", "status", "who"]);
    names.sort_unstable();
    names.dedup();
    assert!(names.len() > 20, "{names:?}");
    for own in names.into_iter().filter(|own| !["DATABASE_URL", "PRIVATE"].contains(own)) {
        let mut taken = release();
        let Action::Step(look) = &mut taken.phases[0].actions[0] else { panic!() };
        look.command.secrets = vec![name(own)];
        for refused in [github::emit(&taken, "release.sh").err(), gitlab::emit(&taken, "release.sh").err()] {
            let said = refused.unwrap_or_else(|| panic!("{own} is let pass")).to_string();
            assert!(said.contains(&format!("`{own}`")), "{said}");
        }
    }
}

/// A signature for one would be one for the other.
#[test]
fn no_two_holds_share_an_environment() {
    let mut sharing = release();
    sharing.phases[1].actions.push(Action::Hold(hold("go-on-1")));
    for refused in [github::emit(&sharing, "release.sh").err(), gitlab::emit(&sharing, "release.sh").err()] {
        let said = refused.unwrap().to_string();
        assert!(said.contains("environment `production-go-on-1`") && said.contains("two holds"), "{said}");
    }
}
