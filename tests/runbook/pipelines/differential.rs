//! One plan, through the script alone and through each pipeline that calls it: the same things happen in the same order
//! and come to the same end.

use std::collections::BTreeMap;

use serde_json::Value;
use stopline::runbook::*;

use super::ansible::Ansible;
use super::github_runner::Github;
use super::gitlab_runner::Gitlab;
use super::world::{SSH, World, journal};
use crate::examples::{Example, examples};
use crate::support::*;
use crate::texts::Texts;

/// One of them by its name.
fn example(name: &str) -> Example {
    examples().into_iter().find(|example| example.name == name).unwrap()
}

/// The run of a plan of `examples/`, judged by the release pack.
fn run_of(example: &Example) -> Procedure {
    let policy = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/policies/release.policy")).unwrap();
    quickly(Texts::at(&example.at).judged_by(&policy).input(&example.name, &example.text).procedure())
}

/// The same run with commands that only note that they were run, and nothing to wait for.
fn quickly(mut procedure: Procedure) -> Procedure {
    procedure.guards = Guards::default();
    for metric in &mut procedure.metrics {
        metric.command = command("echo 1");
        metric.every = secs(1);
    }
    for flag in &mut procedure.red_flags {
        flag.lasting = Seconds::ZERO;
    }
    for action in procedure.phases.iter_mut().flat_map(|phase| &mut phase.actions) {
        match action {
            Action::Step(step) => noted(step),
            Action::Parallel(group) => {
                group.limit = 1;
                group.members.iter_mut().for_each(|member| noted(&mut member.step));
            }
            Action::Probe(probe) => {
                probe.check = Check::Script { run: "true".to_owned(), expect: 0 };
                (probe.every, probe.lasting, probe.timeout) = (secs(1), Seconds::ZERO, secs(20));
                probe.secrets.clear();
            }
            Action::Watch(watch) => (watch.lasting, watch.every) = (Seconds::ZERO, secs(1)),
            Action::Notify(notify) => notify.command = command(&note(notify.id.as_str())),
            Action::Canary(canary) => {
                canary.command = command(&note(canary.id.as_str()));
                canary.undo = undone(&canary.undo, &canary.id);
                (canary.analyze, canary.every) = (Seconds::ZERO, secs(1));
            }
            Action::Hold(_) | Action::Followup(_) | Action::Baseline(_) => {}
        }
    }
    procedure.rollback.steps.iter_mut().for_each(noted);
    procedure
}

fn noted(step: &mut Step) {
    step.undo = undone(&step.undo, &step.id);
    step.captures.iter_mut().for_each(|capture| "echo before".clone_into(&mut capture.run));
    step.command = command(&note(step.id.as_str()));
    step.verify = step.verify.as_ref().map(|_| "true".to_owned());
}

fn undone(undo: &Undo, id: &Id) -> Undo {
    match undo {
        Undo::Command(_) => Undo::Command(note(&format!("undo {id}"))),
        Undo::Irreversible(_) | Undo::With(_) | Undo::None => undo.clone(),
    }
}

/// The last step that changes production and can be undone.
fn last_change(procedure: &mut Procedure) -> &mut Step {
    let actions = procedure.phases.iter_mut().flat_map(|phase| &mut phase.actions);
    let steps = actions.filter_map(|action| if let Action::Step(step) = action { Some(step) } else { None });
    steps.filter(|step| step.changes && matches!(step.undo, Undo::Command(_))).last().unwrap()
}

/// Everything that happened, and how it ended. When somebody was waited for, or what the guards said, may differ.
fn trace(journal: &str) -> Vec<String> {
    const SILENT: [&str; 6] = ["open", "resume", "guard", "stop", "metric", "glass"];
    let events = journal.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    // That a flag is fine is said once a process.
    let fine = |event: &Value| super::text(event, "event") == "flag" && super::text(event, "verdict") == "fine";
    let told = events.filter(|event| !SILENT.contains(&super::text(event, "event")) && !fine(event));
    told.map(|event| {
        let words = ["event", "of", "part", "status", "share", "who", "verdict"].map(|key| super::text(&event, key));
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    })
    .collect()
}

/// What people do while it runs.
#[derive(Clone, Copy, PartialEq)]
enum People {
    /// They sign every hold.
    Sign,
    /// They sign all holds but this one, and want back.
    Refuse(&'static str),
    /// They sign every hold, mend what held the run, and go on.
    Mend,
}

struct Run {
    procedure: Procedure,
    people: People,
}

const MENDED: &str = "mended";

impl Run {
    fn holds(&self) -> impl Iterator<Item = &Hold> {
        let holds = self.procedure.actions();
        holds.filter_map(|action| if let Action::Hold(hold) = action { Some(hold) } else { None })
    }

    fn refused(&self) -> Option<&str> {
        if let People::Refuse(hold) = self.people { Some(hold) } else { None }
    }

    /// Hold, number of the signature, and name.
    fn signatures(&self) -> Vec<(String, usize, String)> {
        let signed = self.holds().filter(|hold| self.refused() != Some(hold.id.as_str()));
        signed
            .flat_map(|hold| {
                let names = hold.by.iter().take(usize::try_from(hold.needs).unwrap()).enumerate();
                names.map(|(index, who)| (hold.id.to_string(), index + 1, who.to_string()))
            })
            .collect()
    }

    fn environment(&self, hold: &str, number: usize) -> String {
        let one = self.holds().any(|known| known.id.as_str() == hold && known.needs == 1);
        let environment = &self.procedure.environment;
        if one { format!("{environment}-{hold}") } else { format!("{environment}-{hold}-{number}") }
    }

    fn script(&self) -> Vec<String> {
        let mut lab = Lab::new(&self.procedure);
        lab.stub("ssh", SSH).set("DATABASE_URL", "postgres://hush");
        let signed: Vec<String> = self
            .signatures()
            .into_iter()
            .flat_map(|(hold, _, who)| ["--approve".to_owned(), hold, "--as".to_owned(), who])
            .collect();
        lab.run(&signed.iter().map(String::as_str).collect::<Vec<_>>());
        match self.people {
            People::Sign => {}
            People::Refuse(_) => _ = lab.run(&["rollback"]),
            People::Mend => {
                std::fs::write(lab.path(MENDED), "").unwrap();
                lab.run(&["resume"]);
            }
        }
        trace(&journal(&lab.path("state")))
    }

    fn github(&self) -> Vec<String> {
        let lines = self.signatures().into_iter();
        let lines = lines.map(|(hold, number, who)| [&self.environment(&hold, number), " ", &who, "\n"].concat());
        let signed = lines.collect::<String>();
        let mut github = Github::new(&self.procedure, &signed);
        let rejected = self.refused().map(|hold| format!("h-{hold}-1"));
        github.run(rejected.as_deref());
        if self.people == People::Mend {
            github.world.mark(MENDED);
            github.next();
            github.run(None);
        }
        trace(&journal(&github.artifacts()))
    }

    fn gitlab(&self) -> Vec<String> {
        let mut gitlab = Gitlab::new(&self.procedure);
        let pressed: Vec<(String, String)> =
            self.signatures().into_iter().map(|(hold, number, who)| (format!("h-{hold}-{number}"), who)).collect();
        let pressed: Vec<_> = pressed.iter().map(|(button, who)| (button.as_str(), who.as_str())).collect();
        gitlab.run(&pressed);
        match self.people {
            People::Sign => {}
            People::Refuse(_) => _ = gitlab.job("rollback-now", "somebody"),
            People::Mend => {
                gitlab.world.mark(MENDED);
                gitlab.run(&pressed);
            }
        }
        trace(&journal(gitlab.state().path()))
    }

    fn ansible(&self) -> Vec<String> {
        let ansible = Ansible::new(&self.procedure);
        let mut signed: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (hold, _, who) in self.signatures() {
            signed.entry(hold).or_default().push(who);
        }
        ansible.play(&signed, &[]);
        match self.people {
            People::Sign => {}
            People::Refuse(_) => {
                let state = ansible.state().display().to_string();
                ansible.world.machine().run(&["bash", "release.sh", "rollback", "--state", &state], &[]);
            }
            People::Mend => {
                ansible.world.mark(MENDED);
                ansible.play(&signed, &[]);
            }
        }
        trace(&journal(&ansible.state()))
    }
}

/// All of them do the same, and it ends like this.
#[track_caller]
fn same(procedure: Procedure, people: People, end: &str) -> Vec<String> {
    let run = Run { procedure, people };
    let script = run.script();
    assert_eq!(script.last().map(String::as_str), Some(end), "{script:#?}");
    assert_eq!(run.github(), script, "GitHub");
    assert_eq!(run.gitlab(), script, "GitLab");
    assert_eq!(run.ansible(), script, "Ansible");
    script
}

#[test]
fn every_example_comes_to_its_end() {
    // Most of a run is waiting.
    std::thread::scope(|scope| {
        for example in examples() {
            scope.spawn(move || _ = same(run_of(&example), People::Sign, "confirmed"));
        }
    });
}

#[test]
fn a_step_that_fails_is_undone() {
    let mut procedure = run_of(&example("pm2.plan"));
    last_change(&mut procedure).command.run.push_str("; false");
    same(procedure, People::Sign, "rolled-back");
}

#[test]
fn an_undo_that_fails_is_handed_to_a_person_and_not_tried_again() {
    let mut procedure = run_of(&example("frappe.plan"));
    let last = last_change(&mut procedure);
    last.command.run.push_str("; false");
    last.undo = Undo::Command("false".to_owned());
    same(procedure, People::Sign, "handed");
}

#[test]
fn a_hold_that_is_refused_takes_back_what_was_begun() {
    same(run_of(&example("blue-green.plan")), People::Refuse("switch"), "rolled-back");
    same(super::release(), People::Refuse("go-on"), "rolled-back");
}

#[test]
fn a_red_flag_takes_everything_back() {
    // Looked at between steps and not during them, where it would be a matter of speed what it sees.
    let every = secs(600);
    let errors = Metric { every, ..metric("errors", "if grep -q switch did; then echo 9; else echo 1; fi") };
    let raised = flag("errors-rise", &["deploy"], above("errors", number("5")), Consequence::Rollback);
    let mut procedure = Procedure { metrics: vec![errors], red_flags: vec![raised], ..super::release() };
    procedure.rollback.steps = vec![changing("restart", &note("restart"))];
    procedure.phases[1].actions.push(Action::Step(quiet("later", &note("later"))));
    same(procedure, People::Sign, "rolled-back");
}

#[test]
fn what_a_red_flag_held_goes_on_once_it_is_mended() {
    let raised = format!("if grep -q switch did && [ ! -e {MENDED} ]; then echo 9; else echo 1; fi");
    let errors = Metric { every: secs(600), ..metric("errors", &raised) };
    let holds = flag("errors-rise", &["deploy"], above("errors", number("5")), Consequence::Hold);
    let mut procedure = Procedure { metrics: vec![errors], red_flags: vec![holds], ..super::release() };
    procedure.phases[1].actions.push(Action::Step(quiet("later", &note("later"))));
    let happened = same(procedure, People::Mend, "confirmed");
    assert!(happened.contains(&"flag errors-rise raised".to_owned()), "{happened:#?}");
}

#[test]
fn hosts_are_exchanged_in_batches_and_some_may_fail() {
    for (tolerated, end) in [(1, "confirmed"), (0, "rolled-back")] {
        let on = |host: &str, run: &str| {
            let mut step = changing(&format!("on-{host}"), run);
            step.host = Some(Host::new(host).unwrap());
            step
        };
        let members = vec![
            (on("web1", &note("web1")), &[][..]),
            (on("web2", "false"), &["on-web1"][..]),
            (on("web3", &note("web3")), &["on-web2"][..]),
        ];
        let group = Action::Parallel(Parallel { tolerated, ..group(1, members) });
        same(procedure(vec![("deploy", vec![Action::Hold(hold("go")), group])]), People::Sign, end);
    }
}

#[test]
fn what_is_compared_says_what_happened() {
    let run = Run { procedure: super::release(), people: People::Sign };
    let happened = run.script();
    assert!(happened.contains(&"end switch run 0".to_owned()), "{happened:#?}");
    assert!(happened.contains(&"approve go-on bob".to_owned()), "{happened:#?}");
    let empty = World::new(&run.procedure);
    assert!(trace(&journal(&empty.path("registry"))).is_empty());
}
