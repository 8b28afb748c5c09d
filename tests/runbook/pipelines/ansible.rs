//! The Ansible playbook, run by Ansible itself.

use std::collections::BTreeMap;
use std::process::Output;

use stopline::emit::ansible;
use stopline::runbook::*;

use super::world::World;
use super::{left_with, release};
use crate::support::*;
use crate::tools::tool;

pub(super) struct Ansible {
    pub(super) world: World,
}

impl Ansible {
    pub(super) fn new(procedure: &Procedure) -> Self {
        let mut world = World::new(procedure);
        let playbook = ansible::emit(procedure, "release.sh").unwrap().text;
        std::fs::write(world.path("deploy.yml"), playbook).unwrap();
        let home = world.path("home").display().to_string();
        for (key, value) in [
            ("HOME", home.as_str()),
            ("XDG_STATE_HOME", ""),
            ("ANSIBLE_NOCOLOR", "1"),
            ("ANSIBLE_LOCALHOST_WARNING", "false"),
            ("ANSIBLE_INVENTORY_UNPARSED_WARNING", "false"),
        ] {
            world.set(key, value);
        }
        Self { world }
    }

    /// The playbook, with who has signed what and more arguments.
    pub(super) fn play(&self, signed: &BTreeMap<String, Vec<String>>, arguments: &[&str]) -> Output {
        let machine = self.world.machine();
        let given = serde_json::json!({ "stopline_approvals": signed }).to_string();
        let program = tool("ansible-playbook").get_program().to_str().unwrap().to_owned();
        let playbook = self.world.path("deploy.yml").display().to_string();
        let folder = [("PWD".to_owned(), machine.path("").display().to_string())];
        machine.run(&[&[program.as_str(), &playbook, "-e", &given], arguments].concat(), &folder)
    }

    fn run(&self, signed: &[(&str, &[&str])], arguments: &[&str]) -> Output {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        self.play(&signed.iter().map(|(hold, names)| ((*hold).to_owned(), owned(names))).collect(), arguments)
    }

    pub(super) fn state(&self) -> std::path::PathBuf {
        self.world.path("home/.local/state/stopline")
    }
}

const SIGNED: &[(&str, &[&str])] = &[("go-live", &["alice"]), ("go-on", &["alice", "bob"])];

#[test]
fn the_play_does_what_the_script_does_and_check_mode_touches_nothing() {
    let ansible = Ansible::new(&release());
    left_with(&ansible.run(SIGNED, &["--check"]), 0);
    assert_eq!((ansible.world.did(), ansible.state().exists()), (String::new(), false));
    left_with(&ansible.run(SIGNED, &[]), 0);
    assert_eq!(ansible.world.did(), "look migrate switch tell ");
    left_with(&ansible.run(&[], &[]), 0);
    assert_eq!(ansible.world.did(), "look migrate switch tell ");
}

/// A success of which nothing was done would be a lie.
#[test]
fn no_tag_leaves_anything_out() {
    let ansible = Ansible::new(&release());
    left_with(&ansible.run(SIGNED, &["--tags", "deploy"]), 0);
    assert_eq!(ansible.world.did(), "look migrate switch tell ");
}

#[test]
fn a_hold_that_nobody_has_signed_ends_the_play_and_undoes_nothing() {
    let ansible = Ansible::new(&release());
    let said = left_with(&ansible.run(&[], &[]), 2);
    assert!(said.contains("go-live is not signed, and nothing is undone"), "{said}");
    assert_eq!(ansible.world.did(), "look ");
    let said = left_with(&ansible.run(&[("go-live", &["mallory"])], &[]), 2);
    assert!(said.contains("mallory may not sign go-live"), "{said}");
    assert_eq!(ansible.world.did(), "look ");
    // One of two has signed; the next day the other does.
    left_with(&ansible.run(&SIGNED[..1], &[]), 2);
    left_with(&ansible.run(&[("go-on", &["alice"])], &[]), 2);
    assert_eq!(ansible.world.did(), "look migrate ");
    left_with(&ansible.run(&[("go-on", &["bob"])], &[]), 0);
    assert_eq!(ansible.world.did(), "look migrate switch tell ");
}

#[test]
fn what_fails_is_undone_and_the_play_fails() {
    let ansible = Ansible::new(&release());
    ansible.world.mark("broken");
    let said = left_with(&ansible.run(SIGNED, &[]), 2);
    assert!(said.contains("it did not come to its end"), "{said}");
    assert_eq!(ansible.world.did(), "look migrate switch undo switch undo migrate ");
}

/// The runbook itself cannot undo what it has begun.
fn killed_in_migrate() -> Procedure {
    let dies = format!("{}; kill -KILL $PPID", note("migrate"));
    let steps = vec![Action::Step(quiet("look", &note("look"))), Action::Step(changing("migrate", &dies))];
    procedure(vec![("deploy", steps)])
}

#[test]
fn what_a_runbook_that_was_killed_has_begun_is_undone() {
    let ansible = Ansible::new(&killed_in_migrate());
    left_with(&ansible.run(&[], &[]), 2);
    assert_eq!(ansible.world.did(), "look migrate undo migrate ");
}

/// Neither what the operator's shell calls like something of ours, nor what an inventory says of the machine Ansible runs on.
#[test]
fn an_operator_and_an_inventory_have_no_say() {
    let mut ansible = Ansible::new(&killed_in_migrate());
    for (name, value) in
        [("FINISHED", "it is"), ("ASKED", "yes"), ("WHO", "mallory"), ("UNTIL", "tell"), ("HOLD", "go-on")]
    {
        ansible.world.set(name, value);
    }
    let inventory = ansible.world.path("inventory").display().to_string();
    let says =
        "localhost ansible_connection=ssh ansible_host=192.0.2.1 ansible_become=true ansible_become_user=nobody\n";
    std::fs::write(&inventory, says).unwrap();
    left_with(&ansible.run(&[], &["-i", &inventory]), 2);
    assert_eq!(ansible.world.did(), "look migrate undo migrate ");
}

#[test]
fn what_is_in_doubt_waits_for_a_person() {
    let dies = format!(
        "{}; kill -9 \"$(sed -n 's/^process \\([0-9]*\\) .*/\\1/p' \"$HOME\"/.local/state/stopline/*/holder)\"",
        note("migrate")
    );
    let steps = vec![Action::Step(quiet("look", &note("look"))), Action::Step(changing("migrate", &dies))];
    let ansible = Ansible::new(&procedure(vec![("deploy", steps)]));
    let killed = ansible.world.machine().run(&["bash", "release.sh", "run"], &[]);
    assert_ne!(killed.status.code(), Some(0), "{killed:?}");
    let said = left_with(&ansible.run(&[], &[]), 2);
    assert!(said.contains("migrate is in doubt"), "{said}");
    assert_eq!(ansible.world.did(), "look migrate ", "nothing is undone");
}

#[test]
fn what_a_name_holds_is_data() {
    let ansible = Ansible::new(&release());
    for name in ["$(touch pwned)", "{{ 1 }}; * --state"] {
        left_with(&ansible.run(&[("go-live", &[name])], &[]), 2);
    }
    assert_eq!(ansible.world.did(), "look ");
}
