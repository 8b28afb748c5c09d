//! Variables that no plan can set, since the shell or the runbook has them already.

/// What bash sets or goes by: a value given under such a name is lost, or changes what a command means.
const OF_THE_SHELL: [&str; 35] = [
    "CDPATH",
    "COPROC",
    "DIRSTACK",
    "ENV",
    "EPOCHREALTIME",
    "EPOCHSECONDS",
    "EUID",
    "EXECIGNORE",
    "FUNCNAME",
    "FUNCNEST",
    "GLOBIGNORE",
    "GLOBSORT",
    "GROUPS",
    "HISTCMD",
    "IFS",
    "LINENO",
    "MAPFILE",
    "OLDPWD",
    "OPTARG",
    "OPTERR",
    "OPTIND",
    "PATH",
    "PIPESTATUS",
    "POSIXLY_CORRECT",
    "PPID",
    "PS4",
    "PWD",
    "RANDOM",
    "REPLY",
    "SECONDS",
    "SHELLOPTS",
    "SHLVL",
    "SRANDOM",
    "TMOUT",
    "UID",
];
/// `BASH_ENV` runs a file, `LD_…` and `DYLD_…` load one; the rest is the runbook's own.
const PREFIXES: [&str; 5] = ["BASH", "LD_", "DYLD_", "STOPLINE_", "sl_"];

/// What every command gets from the machine. A plan may set it to what it says, but it is neither a secret, which would be
/// taken from all other commands, nor what was there before a change.
const OF_THE_MACHINE: [&str; 11] =
    ["HOME", "LANG", "LC_ALL", "LOGNAME", "SHELL", "SSH_CONNECTION", "TERM", "TMPDIR", "TZ", "USER", "XDG_STATE_HOME"];

/// Whether no command of a plan can be given this variable. `_` is the shell's, alone and in front.
pub fn is_kept(name: &str) -> bool {
    name.starts_with('_') || OF_THE_SHELL.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Whether it comes from the machine: `env` may set it, `secrets` and `capture` may not.
pub fn is_of_the_machine(name: &str) -> bool {
    OF_THE_MACHINE.contains(&name)
}
