//! The GitLab pipeline in somebody else's runner: gitlab-ci-local, which reads stages, rules, buttons and artifacts as it
//! understands them. It needs no container and no network.

use stopline::emit::gitlab;
use stopline::runbook::*;

use super::gitlab_runner::CURL;
use super::said;
use super::world::World;
use crate::support::*;
use crate::tools::tool;

fn release() -> Procedure {
    let checked = changing("switch", &format!("{}; [ ! -e broken ]", note("switch")));
    procedure(vec![
        ("prepare", vec![Action::Step(quiet("look", &note("look")))]),
        ("deploy", vec![Action::Hold(hold("go")), Action::Step(change("migrate")), Action::Step(checked)]),
    ])
}

/// When these buttons are pressed its jobs do just that, and the pipeline passes or does not. Returns what it said.
#[track_caller]
fn does(world: &mut World, procedure: &Procedure, buttons: &[&str], passes: bool, did: &str) -> String {
    for program in ["gitlab-ci-local", "rsync"] {
        let path = tool(program).get_program().to_string_lossy().into_owned();
        world.stub(program, &format!("exec '{path}' \"$@\""));
    }
    world.stub("curl", CURL);
    let registry = world.path("registry").display().to_string();
    world.set("REGISTRY", &registry);
    let machine = world.machine();
    std::fs::write(machine.path(".gitlab-ci.yml"), gitlab::emit(procedure, "release.sh").unwrap().text).unwrap();
    let repository = "git init -q && git add -A && git -c user.name=a -c user.email=a@b.test commit -qm a &&
        git remote add origin https://gitlab.test/shop/shop.git";
    assert!(machine.run(&["sh", "-c", repository], &[]).status.success());
    let mut words = vec!["gitlab-ci-local", "--force-shell-executor", "--no-color"];
    let variables = [
        "CI_PIPELINE_SOURCE=web",
        "CI_API_V4_URL=https://gitlab.test/api/v4",
        "CI_PROJECT_ID=5",
        "CI_JOB_TOKEN=good",
        "GITLAB_USER_LOGIN=alice",
    ];
    words.extend(variables.iter().flat_map(|variable| ["--variable", variable]));
    words.extend(buttons.iter().flat_map(|button| ["--manual", button]));
    let output = machine.run(&words, &[]);
    assert_eq!(world.did(), did, "{}", said(&output));
    assert_eq!(output.status.success(), passes, "{}", said(&output));
    said(&output)
}

#[test]
fn another_runner_understands_the_pipeline_the_same_way() {
    let release = release();
    let mut world = World::new(&release);
    // This runner goes past a button that nobody pressed, which GitLab does not; the job behind it does not.
    let unsigned = does(&mut world, &release, &[], false, "look ");
    assert!(unsigned.contains("nobody has signed: start job h-go-1 by hand"), "{unsigned}");
    does(&mut world, &release, &["h-go-1"], true, "look migrate switch ");
    let mut world = World::new(&release);
    world.mark("broken");
    does(&mut world, &release, &["h-go-1"], false, "look migrate switch undo switch undo migrate ");
}
