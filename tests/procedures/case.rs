//! A procedure, the tools it calls, and the world they change: what is called in which order, and that after any failure
//! the world is as it was. Knows no procedure.

use std::process::Command;

use stopline::runbook::*;

use crate::support::lab::Run;
use crate::support::{Lab, secs};
use crate::texts::Texts;
use crate::tools::tool;

/// What every stub does first: it leaves its call, complains like a tool that talks too much, and is in trouble where a
/// file says so. `fails` does nothing, `half` does its work and fails all the same, `killed` ends the run and its own step.
/// Its folder is that of the lab, whatever it is given of the environment.
const STUB: &str = r#"LAB=${0%/bin/*}
printf '%s %s\n' "${0##*/}" "${*//$'\n'/ }" >>"$LAB/calls"
printf 'noise \033[31m %s: "}' "$*" >&2
seq 9 >&2
if [ -e "$LAB/trouble" ]; then
  read -r at kind <"$LAB/trouble"
  if [ "$(wc -l <"$LAB/calls")" -eq "$at" ]; then
    rm "$LAB/trouble"
    case $kind in
    fails) exit 9 ;;
    hangs) exec sleep 600 ;;
    killed) kill -KILL "$(cat "$LAB/pid")" 0 ;;
    half) trap 'exit 9' EXIT ;;
    esac
  fi
fi
cd "$LAB"
"#;

/// What a procedure waits for between two looks is there at once.
const SLEEP: &str = r#"[ "$1" != 5 ] || set -- 0.1
PATH=/usr/bin:/bin exec sleep "$@""#;

/// Of more calls than this, every second one is in trouble; with `STOPLINE_FAULTS=all` in the environment, every one.
const MANY: usize = 12;

/// Of a step in which a call hangs, in seconds: longer than all its calls take on a machine that has much to do.
const LIMIT: u64 = 12;

/// How a run ends that does not know whether a step was done.
const IN_DOUBT: i32 = 79;

pub(crate) struct Case {
    /// What stands in phase `deploy`.
    pub(crate) plan: &'static str,
    /// Beside it in the plan.
    pub(crate) more: &'static str,
    /// Secrets of the environment.
    pub(crate) secrets: &'static [&'static str],
    /// Makes the world, in the lab's folder.
    pub(crate) setup: &'static str,
    pub(crate) stubs: &'static [(&'static str, &'static str)],
    /// Prints the world.
    pub(crate) world: &'static str,
    /// The world when all is well.
    pub(crate) after: &'static str,
    /// Parts of calls, in the order they are made when all is well.
    pub(crate) calls: &'static [&'static str],
    /// A part of a call that the way back makes.
    pub(crate) back: &'static str,
}

/// For those that need no more than this.
pub(crate) const CASE: Case = Case {
    plan: "",
    more: "",
    secrets: &[],
    setup: "",
    stubs: &[],
    world: "cat world",
    after: "new",
    calls: &[],
    back: "",
};

/// The run of a plan with these actions in `deploy`.
pub(crate) fn compiled(actions: &str, more: &str) -> Procedure {
    let text = format!(
        "plan release {{\n  service = \"checkout\"\n  environment = production\n  phase deploy {{\n{actions}\n  }}\n{more}\n}}\n"
    );
    let mut texts = Texts::at("2026-11-23T09:00Z").input("release.plan", &text);
    let checked = texts.check();
    let found: Vec<String> =
        checked.report.findings().iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect();
    assert!(found.is_empty(), "{found:#?}\n{text}");
    texts.procedure()
}

impl Case {
    fn lab(&self, procedure: &Procedure) -> Lab {
        let mut lab = Lab::new(procedure);
        let folder = lab.path("").display().to_string();
        lab.set("LAB", folder.trim_end_matches('/'));
        for secret in self.secrets {
            lab.set(secret, &format!("secret-of-{}", secret.to_lowercase()));
        }
        let jq = tool("jq").get_program().to_owned();
        lab.stub("jq", &format!("exec '{}' \"$@\"", jq.to_str().unwrap()));
        lab.stub("sleep", SLEEP);
        for (name, script) in self.stubs {
            lab.stub(name, &format!("{STUB}{script}"));
        }
        shell(&lab, self.setup);
        let _ = std::fs::remove_file(lab.path("calls"));
        lab
    }

    fn procedure(&self) -> Procedure {
        compiled(self.plan, self.more)
    }

    /// All is well; then every call in turn fails, or does its work and fails, or is where the run is killed and resumed.
    #[track_caller]
    pub(crate) fn holds(&self) {
        let procedure = self.procedure();
        let lab = self.lab(&procedure);
        let before = shell(&lab, self.world);
        lab.run(&[]).ends(0);
        let calls: Vec<String> = lab.text("calls").lines().map(str::to_owned).collect();
        let mut rest = calls.as_slice();
        for part in self.calls {
            let at = rest.iter().position(|call| call.contains(part));
            let Some(at) = at else { panic!("no call of `{part}` where it should be:\n{}", calls.join("\n")) };
            rest = &rest[at + 1..];
        }
        assert_eq!(shell(&lab, self.world), self.after, "{}", lab.text("said"));
        lab.run(&["rollback"]).ends(10);
        assert_eq!(shell(&lab, self.world), before, "{}\n{}", lab.text("said"), lab.text("calls"));
        assert!(lab.text("calls").contains(self.back), "no call of `{}`:\n{}", self.back, lab.text("calls"));
        assert!(!lab.everything_written().contains("secret-of-"), "{}", lab.everything_written());
        let every = std::env::var("STOPLINE_FAULTS").is_ok_and(|faults| faults == "all");
        let stride = if every || calls.len() <= MANY { 1 } else { 2 };
        for at in (1..=calls.len()).step_by(stride) {
            for kind in ["fails", "half", "killed"] {
                if kind == "half" && at % 3 != 1 && !every {
                    continue;
                }
                let lab = self.lab(&procedure);
                let mut run = in_trouble(&lab, at, kind);
                if kind == "killed" {
                    lab.end_orphans();
                    run = lab.run(&["resume"]);
                }
                let world = shell(&lab, self.world);
                let expected = match run.status {
                    0 => self.after,
                    // What cannot be known is put to a person, and nothing is claimed.
                    IN_DOUBT if kind == "killed" => continue,
                    10 | 20 => before.as_str(),
                    _ => "an end of its own",
                };
                let called = calls[at - 1].as_str();
                assert_eq!(world, expected, "call {at} {kind}: {called}\n{}\n{}", run.said, lab.text("calls"));
            }
        }
    }

    pub(crate) fn run(&self) -> Run {
        self.run_after("true").0
    }

    /// What came of it, and what was called, once something more is done to the world.
    pub(crate) fn run_after(&self, more: &str) -> (Run, Vec<String>) {
        let (lab, run) = self.lab_after(more);
        (run, lab.text("calls").lines().map(str::to_owned).collect())
    }

    /// Where it ran, too.
    pub(crate) fn lab_after(&self, more: &str) -> (Lab, Run) {
        let lab = self.lab(&self.procedure());
        shell(&lab, more);
        let run = lab.run(&[]);
        (lab, run)
    }

    /// The run was killed in this call, and nothing of it is left.
    pub(crate) fn killed_at(&self, at: usize, more: &str) -> Lab {
        let lab = self.lab(&self.procedure());
        shell(&lab, more);
        in_trouble(&lab, at, "killed");
        lab.end_orphans();
        lab
    }

    /// The call that holds `part` never ends: the limit ends it, and the world is as it was.
    fn is_ended_in(&self, part: &str) {
        let mut procedure = self.procedure();
        for action in procedure.phases.iter_mut().flat_map(|phase| &mut phase.actions) {
            if let Action::Step(step) = action {
                step.command.timeout = secs(LIMIT);
            }
        }
        let whole = self.lab(&procedure);
        let before = shell(&whole, self.world);
        whole.run(&[]).ends(0);
        let Some(at) = whole.text("calls").lines().position(|call| call.contains(part)) else {
            panic!("no call of `{part}`:\n{}", whole.text("calls"))
        };
        let at = at + 1;
        let lab = self.lab(&procedure);
        let run = in_trouble(&lab, at, "hangs");
        assert!([10, 20].contains(&run.status), "{}", run.said);
        let said = format!("took longer than its limit of {LIMIT} seconds and was ended");
        assert!(run.said.contains(&said), "{part}: {}", run.said);
        assert_eq!(shell(&lab, self.world), before, "{}", run.said);
    }
}

/// Each of these cases with a call that never ends, at once: they only wait.
pub(crate) fn all_are_ended(cases: &[(&Case, &str)]) {
    std::thread::scope(|scope| {
        for (case, part) in cases {
            scope.spawn(|| case.is_ended_in(part));
        }
    });
}

fn in_trouble(lab: &Lab, at: usize, kind: &str) -> Run {
    std::fs::write(lab.path("trouble"), format!("{at} {kind}\n")).unwrap();
    let run = lab.run(&[]);
    assert!(!lab.path("trouble").exists(), "call {at} was never made:\n{}", lab.text("calls"));
    run
}

/// What a command prints in the lab's folder.
#[track_caller]
pub(crate) fn shell(lab: &Lab, script: &str) -> String {
    let output = Command::new("bash").args(["-euc", script]).current_dir(lab.path("")).output().unwrap();
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}
