//! A small GitLab: it runs the jobs of a pipeline as they stand in the file, each on a machine of its own, and keeps their
//! artifacts and what they put into the registry. It knows nothing of how the pipeline is written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use stopline::emit::gitlab;
use stopline::runbook::Procedure;

use super::world::{Machine, World, copy};
use super::{text, texts, yaml};
use crate::support::forge;
use crate::tools::tool;

/// The package registry: a folder. A token that is no longer good gets nothing, and it takes no more than `takes` says. Where
/// there is `elsewhere`, it keeps what is uploaded in a store that nobody may tell a token.
pub(super) const CURL: &str = r#"answer=/dev/null file='' write='' said='' token=''
read -r _ _ _ token
while [ $# -gt 1 ]; do
  case $1 in
  --output) answer=$2 ;;
  --upload-file) file=$2 ;;
  --write-out) write=yes ;;
  esac
  shift
done
takes=9
[ ! -e "$REGISTRY.takes" ] || read -r takes <"$REGISTRY.takes"
kept=$REGISTRY/$(printf '%s' "$1" | tr '/:' '__')
status=200
if [ -z "$file" ] && [ -e "$REGISTRY.elsewhere" ] && [ "$1" != "$(cat "$REGISTRY.elsewhere")" ]; then
  status=302
  said=" $(cat "$REGISTRY.elsewhere")"
elif [ "$1" = "$(cat "$REGISTRY.elsewhere" 2>/dev/null)" ]; then
  [ -z "$token" ] || exit 99
  kept=$(printf '%s\n' "$REGISTRY"/*)
  cp "$kept" "$answer" 2>/dev/null || status=404
elif [ "$token" != 'good"' ] || [ -e "$REGISTRY/down" ]; then
  status=401
elif [ -n "$file" ] && [ "$takes" = 0 ]; then
  status=503
elif [ -n "$file" ]; then
  [ ! -e "$REGISTRY.takes" ] || printf '%s\n' "$((takes - 1))" >"$REGISTRY.takes"
  cp "$file" "$kept" || exit 9
elif [ -e "$kept" ]; then
  cp "$kept" "$answer" || exit 9
else
  status=404
fi
[ -z "$write" ] || printf '%s' "$status$said"
[ -n "$write" ] || [ "$status" = 200 ]"#;

/// Between two tries to hand in the state, no test waits.
const SLEEP: &str = "[ \"$1\" != 15 ] || exit 0
PATH=${PATH#*:}
exec sleep \"$@\"";

/// Nobody else than the shell of the job is killed.
const KILLS: &str = "bash real.sh \"$@\"
! ps -o args= -p \"$PPID\" | grep -q 'job[.]sh' || kill -KILL \"$PPID\"
";

pub(super) struct Gitlab {
    pub(super) world: World,
    pub(super) file: Value,
    /// The jobs in the order of their stages.
    pub(super) order: Vec<String>,
    pub(super) results: BTreeMap<String, i32>,
}

/// What happens to a job.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Luck {
    Good,
    /// Cancelled while it runs: its token is no longer good.
    Cancelled,
    /// Its runner is gone, and nothing of it is left.
    Lost,
    /// Once it has begun, the registry takes nothing more.
    Unheard,
    /// Its script is killed as soon as the runbook has ended.
    Killed,
    /// Its script can be told to end while the runbook runs: the number of its shell is in `shell`.
    Told,
    /// The same, and what the runbook says goes elsewhere: it may be left behind.
    Left,
}

impl Luck {
    /// What it says that it begins is the last that the registry takes of its script.
    fn hands_in(self) -> bool {
        match self {
            Self::Good | Self::Killed | Self::Told | Self::Left => true,
            Self::Cancelled | Self::Lost | Self::Unheard => false,
        }
    }

    /// What stands in the place of the runbook, which it calls.
    fn instead(self) -> Option<&'static str> {
        match self {
            Self::Killed => Some(KILLS),
            Self::Told => Some("printf '%s\\n' \"$PPID\" >shell\nexec bash real.sh \"$@\"\n"),
            Self::Left => Some("printf '%s\\n' \"$PPID\" >shell\nexec bash real.sh \"$@\" >said 2>&1\n"),
            Self::Good | Self::Cancelled | Self::Lost | Self::Unheard => None,
        }
    }
}

fn file_of(procedure: &Procedure) -> Value {
    yaml(&gitlab::emit(procedure, "release.sh").unwrap().text)
}

impl Gitlab {
    pub(super) fn new(procedure: &Procedure) -> Self {
        let mut world = World::new(procedure);
        world.stub("curl", CURL);
        world.stub("sleep", SLEEP);
        for (key, value) in [
            ("CI_API_V4_URL", "https://gitlab.test/api/v4"),
            ("CI_PROJECT_ID", "5"),
            ("CI_PROJECT_URL", "https://gitlab.test/shop/shop"),
            ("CI_PIPELINE_ID", "7"),
            ("CI_JOB_ID", "41"),
        ] {
            world.set(key, value);
        }
        let registry = world.path("registry").display().to_string();
        world.set("REGISTRY", &registry);
        let file = file_of(procedure);
        let jobs = || file.as_object().unwrap().iter().filter(|(_, value)| value["stage"].is_string());
        let order = texts(&file["stages"])
            .into_iter()
            .flat_map(|stage| jobs().filter(move |(_, job)| text(job, "stage") == stage).map(|(name, _)| name.clone()))
            .collect();
        Self { world, file, order, results: BTreeMap::new() }
    }

    /// From now on the repository has the pipeline of this procedure.
    pub(super) fn edit(&mut self, procedure: &Procedure) {
        self.world.edit(procedure);
        self.file = file_of(procedure);
    }

    /// A pipeline from its beginning to where it ends or waits: `pressed` says who presses which button.
    pub(super) fn run(&mut self, pressed: &[(&str, &str)]) {
        let mut failed = false;
        for name in self.order.clone() {
            let job = &self.file[&name];
            let by = pressed.iter().find(|(button, _)| *button == name).map(|(_, who)| *who);
            match text(job, "when") {
                "manual" if job["allow_failure"] == false && !failed => match by {
                    Some(who) => _ = self.job(&name, who),
                    None => return,
                },
                "" if !failed => _ = self.job(&name, "starter"),
                "on_failure" if failed => _ = self.job(&name, "starter"),
                _ => continue,
            }
            failed |= self.results[&name] != 0 && text(&self.file[&name], "when") != "on_failure";
        }
    }

    /// One job, started by this user.
    pub(super) fn job(&mut self, name: &str, who: &str) -> Output {
        self.job_with(name, who, Luck::Good)
    }

    pub(super) fn job_with(&mut self, name: &str, who: &str, luck: Luck) -> Output {
        let job = self.file[name].clone();
        let machine = self.world.machine();
        for from in self.left_for(name, &job) {
            let left = self.world.path("artifacts").join(from);
            if left.exists() {
                lay_out(&left, &machine);
            }
        }
        let env = |token: &str| {
            let mut env = vec![("CI_JOB_TOKEN".to_owned(), token.to_owned())];
            env.push(("GITLAB_USER_LOGIN".to_owned(), who.to_owned()));
            env
        };
        if let Some(instead) = luck.instead() {
            std::fs::rename(machine.path("release.sh"), machine.path("real.sh")).unwrap();
            let text = std::fs::read_to_string(machine.path("real.sh")).unwrap();
            let is_asked = |line: &&str| line.starts_with("sl_key=") || line.starts_with("sl_rules=");
            let asked: Vec<&str> = text.lines().filter(is_asked).collect();
            std::fs::write(machine.path("release.sh"), format!("{}\n{instead}", asked.join("\n"))).unwrap();
        }
        let takes = self.world.path("registry.takes");
        if !luck.hands_in() {
            std::fs::write(&takes, "1\n").unwrap();
        }
        let output = shell(&machine, &job["script"], &env("good"));
        let kept = self.world.path("artifacts").join(name);
        let _ = std::fs::remove_dir_all(&kept);
        self.results.insert(name.to_owned(), output.status.code().unwrap_or(137));
        if luck == Luck::Lost {
            let _ = std::fs::remove_file(&takes);
            return output;
        }
        shell(&machine, &job["after_script"], &env(if luck == Luck::Cancelled { "expired" } else { "good" }));
        let _ = std::fs::remove_file(&takes);
        if output.status.success() || text(&job["artifacts"], "when") == "always" {
            for path in texts(&job["artifacts"]["paths"]) {
                let path = path.trim_end_matches('/');
                if machine.path(path).exists() {
                    copy(&machine.path(path), &kept.join(path));
                }
            }
        }
        output
    }

    /// The jobs whose artifacts it gets.
    fn left_for(&self, name: &str, job: &Value) -> Vec<String> {
        if job["needs"].is_array() {
            assert!(texts(&job["needs"]).is_empty());
            return Vec::new();
        }
        if job["dependencies"].is_array() {
            return texts(&job["dependencies"]).into_iter().map(str::to_owned).collect();
        }
        let stage = text(job, "stage");
        self.order
            .iter()
            .take_while(|other| text(&self.file[other.as_str()], "stage") != stage && *other != name)
            .cloned()
            .collect()
    }

    /// From now on the registry has this state.
    pub(super) fn put(&self, state: &tempfile::TempDir) {
        for entry in std::fs::read_dir(self.world.path("registry")).unwrap() {
            let tar = entry.unwrap().path();
            let done = std::process::Command::new("tar")
                .arg("-cf")
                .arg(tar)
                .arg("-C")
                .arg(state.path())
                .args([".", "whole"])
                .status();
            assert!(done.unwrap().success());
        }
    }

    /// From now on its journal ends with this.
    pub(super) fn forge(&self, event: &str) {
        let state = self.state();
        forge(&journal_in(&state), event);
        self.put(&state);
    }

    /// The state, as the registry has it.
    pub(super) fn state(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(self.world.path("registry")).unwrap() {
            let tar = entry.unwrap().path();
            let done = std::process::Command::new("tar").arg("-xf").arg(tar).arg("-C").arg(folder.path()).status();
            assert!(done.unwrap().success());
        }
        folder
    }
}

/// The only journal of a state.
pub(super) fn journal_in(state: &tempfile::TempDir) -> PathBuf {
    let place = std::fs::read_dir(state.path().join("checkout-production")).unwrap();
    place.map(|entry| entry.unwrap().path().join("journal.jsonl")).find(|path| path.exists()).unwrap()
}

/// Artifacts are laid over what is there.
fn lay_out(from: &Path, machine: &Machine<'_>) {
    let from = from.join(".").display().to_string();
    let to = machine.path(".").display().to_string();
    assert!(machine.run(&["cp", "-R", &from, &to], &[]).status.success());
}

/// Entry after entry in one shell. GitLab takes bash where there is one, else sh: the strictest will do.
fn shell(machine: &Machine<'_>, script: &Value, env: &[(String, String)]) -> Output {
    std::fs::write(machine.path("job.sh"), texts(script).join("\n")).unwrap();
    machine.run(&[&small("dash"), "-e", "job.sh"], env)
}

/// A shell that knows what POSIX says and little more.
pub(super) fn small(name: &str) -> String {
    tool(name).get_program().to_str().unwrap().to_owned()
}
