//! Programs that must be there before anything begins: the first word of every command that runs on this machine.

use crate::runbook::{Action, Check, Metric, Phase, Rollback, Step, ToolName, Undo};

/// What bash reads itself.
const OF_THE_SHELL: &[&str] = &[
    "alias",
    "bg",
    "bind",
    "break",
    "builtin",
    "caller",
    "case",
    "cd",
    "command",
    "compgen",
    "complete",
    "compopt",
    "continue",
    "coproc",
    "declare",
    "dirs",
    "disown",
    "do",
    "done",
    "echo",
    "elif",
    "else",
    "enable",
    "esac",
    "eval",
    "exec",
    "exit",
    "export",
    "false",
    "fc",
    "fg",
    "fi",
    "for",
    "function",
    "getopts",
    "hash",
    "help",
    "history",
    "if",
    "jobs",
    "kill",
    "let",
    "local",
    "mapfile",
    "popd",
    "printf",
    "pushd",
    "pwd",
    "read",
    "readarray",
    "readonly",
    "return",
    "select",
    "set",
    "shift",
    "shopt",
    "source",
    "test",
    "time",
    "times",
    "trap",
    "true",
    "type",
    "typeset",
    "ulimit",
    "umask",
    "unset",
    "until",
    "unalias",
    "wait",
    "while",
    "then",
];

pub(super) fn tools(phases: &[Phase], rollback: &Rollback, metrics: &[Metric]) -> Vec<ToolName> {
    let actions = phases.iter().flat_map(|phase| &phase.actions);
    let commands = actions.flat_map(commands_of).chain(rollback.steps.iter().flat_map(commands_of_step));
    let commands = commands.chain(metrics.iter().map(|metric| metric.command.run.as_str()));
    let mut tools: Vec<ToolName> = commands.filter_map(first_word).collect();
    tools.sort_unstable();
    tools.dedup();
    tools
}

fn commands_of(action: &Action) -> Vec<&str> {
    match action {
        Action::Step(step) => commands_of_step(step),
        Action::Parallel(_) => action.members().flat_map(commands_of_step).collect(),
        Action::Canary(canary) => {
            let captures = canary.captures.iter().map(|capture| capture.run.as_str());
            captures.chain([canary.command.run.as_str()]).chain(undo(&canary.undo)).collect()
        }
        Action::Probe(probe) => match &probe.check {
            Check::Script { run, .. } => vec![run],
            Check::Http { .. } => Vec::new(),
        },
        // one that cannot be told stops nothing
        Action::Notify(_) | Action::Hold(_) | Action::Watch(_) | Action::Followup(_) | Action::Baseline(_) => {
            Vec::new()
        }
    }
}

/// Of a step on another machine nothing is needed here.
fn commands_of_step(step: &Step) -> Vec<&str> {
    if step.host.is_some() {
        return Vec::new();
    }
    let captures = step.captures.iter().map(|capture| capture.run.as_str());
    let own = [step.command.run.as_str()].into_iter().chain(step.verify.as_deref()).chain(undo(&step.undo));
    captures.chain(own).collect()
}

fn undo(undo: &Undo) -> Option<&str> {
    if let Undo::Command(text) = undo { Some(text) } else { None }
}

/// None where it is a path, a word of the shell, or nothing that can be told before it runs.
fn first_word(script: &str) -> Option<ToolName> {
    let runs_nothing = |line: &&str| line.starts_with('#') || line.starts_with("export -n ");
    let lines = script.lines().map(str::trim).skip_while(runs_nothing);
    let mut words = lines.flat_map(str::split_whitespace).skip_while(|word| is_assignment(word));
    let word = words.next()?;
    let followed = words.next().unwrap_or_default();
    if OF_THE_SHELL.contains(&word) || followed.starts_with("()") {
        return None;
    }
    ToolName::new(word).ok()
}

fn is_assignment(word: &str) -> bool {
    let Some((name, value)) = word.split_once('=') else { return false };
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    !name.is_empty() && plain(name) && !value.contains(['"', '\'', '$', '`', '\\'])
}

#[cfg(test)]
mod tests {
    use super::first_word;

    #[test]
    fn only_a_bare_name_is_looked_for() {
        let found = |script| first_word(script).map(|tool| tool.to_string());
        assert_eq!(found("kubectl rollout undo x"), Some("kubectl".to_owned()));
        assert_eq!(found("  A=1 B=x npm run build\n"), Some("npm".to_owned()));
        assert_eq!(found("# why\nexport -n A B\n  docker compose up"), Some("docker".to_owned()));
        for script in
            ["./deploy.sh", "set -e; x", "cd /app && npm ci", "A=\"b c\" npm", "$TOOL x", "f () { x; }", "(x)", ""]
        {
            assert_eq!(found(script), None, "{script}");
        }
    }
}
