//! What can be said on the command line.

mod audit;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use audit::{Audit, AuditFormat};

/// Says GO or STOP to a deployment plan, and compiles a plan that may go into a runbook that keeps the same rules.
#[derive(Debug, Parser)]
#[command(
    name = "stopline",
    version = env!("STOPLINE_VERSION"),
    about,
    disable_help_subcommand = true,
    after_help = "Exit status: 0 go, 1 stop, 2 it could not be decided."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lint plans and policies, and judge plans by policies
    Check(Check),
    /// Write a runbook, a pipeline or documents for people, for a plan that may go
    Compile(Compile),
    /// Gather evidence for auditors, of plans, waivers and journals
    Audit(Audit),
    /// Run the tests beside the policies
    Test(Test),
    /// Lay files out
    Fmt(Fmt),
    /// Turn a Markdown checklist or plan into a plan or a policy
    Import(Import),
    /// Write a first plan, policy, settings and hooks for what is in a folder
    Init(Init),
    /// Say what a rule or a diagnostic means, why, and what to do
    Explain(Explain),
    /// Print a JSON Schema
    Schema(Schema),
    /// Print the script that completes command lines in a shell
    Completions(Completions),
    /// Print a manual page
    Man(Man),
    /// Serve an editor on standard input and output
    Lsp(Lsp),
}

/// Which policies judge, and as of when.
#[derive(Debug, Args)]
pub(super) struct Judging {
    /// Judge by this policy file, or every policy in this folder, and by nothing else that was not named
    #[arg(long = "policy", value_name = "PATH")]
    pub(super) policies: Vec<PathBuf>,
    /// Judge by this shipped pack, and by nothing else that was not named
    #[arg(long = "pack", value_name = "NAME")]
    pub(super) packs: Vec<String>,
    /// Set a policy's parameter
    #[arg(long = "param", value_name = "PACK.NAME=VALUE")]
    pub(super) parameters: Vec<String>,
    /// Judge as of this instant instead of now, such as 2026-11-23T09:00+01:00
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
}

/// What the repository has settled.
#[derive(Debug, Args)]
pub(super) struct Settings {
    /// Take settings from this file instead of the next `stopline.toml` upward
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// Take no settings from any file
    #[arg(long)]
    pub(super) no_config: bool,
}

/// How findings are shown.
#[derive(Debug, Args)]
pub(super) struct Showing {
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// Whether colours are used
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    pub(super) color: ColorChoice,
    /// Show nothing but what stops
    #[arg(long, short, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say on standard error what is applied, and what is passed over
    #[arg(long, short)]
    pub(super) verbose: bool,
}

/// What is mended.
#[derive(Debug, Args)]
pub(super) struct Fixing {
    /// Make the fixes that are safe, and report what remains
    #[arg(long, group = "mending")]
    pub(super) fix: bool,
    /// Make those too that guess, or change what a service does
    #[arg(long, requires = "mending")]
    pub(super) unsafe_fixes: bool,
    /// Show what `--fix` would change instead, and write nothing
    #[arg(long, group = "mending")]
    pub(super) diff: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Files and folders; the folder one stands in if none is given, standard input for `-`
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) judging: Judging,
    #[command(flatten)]
    pub(super) settings: Settings,
    #[command(flatten)]
    pub(super) showing: Showing,
    #[command(flatten)]
    pub(super) fixing: Fixing,
    /// The level from which a finding stops
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Level::Error)]
    pub(super) fail_on: Level,
    /// Leave out what this file lists, and say what is new; what could not be decided is never left out
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// List what is found now in this file, and leave it out from now on
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(super) write_baseline: Option<PathBuf>,
    /// What standard input is called: its ending says how it is read
    #[arg(long, value_name = "NAME", default_value = "stdin.plan")]
    pub(super) stdin_name: String,
    /// Write the report here, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Compile {
    /// The plan
    #[arg(value_name = "PLAN")]
    pub(super) plan: PathBuf,
    /// What to write
    #[arg(long, value_enum, required_unless_present = "explain")]
    pub(super) to: Option<Target>,
    /// Write every path a run can take and how it ends, and the path that breaks a proof
    #[arg(long, conflicts_with_all = ["to", "check", "script", "part", "journal"])]
    pub(super) explain: bool,
    #[command(flatten)]
    pub(super) judging: Judging,
    #[command(flatten)]
    pub(super) settings: Settings,
    /// Write here, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Only say whether FILE is what the plan compiles to now
    #[arg(long, requires = "output")]
    pub(super) check: bool,
    /// For a pipeline: where the compiled script will stand in the repository
    #[arg(long, value_name = "PATH")]
    pub(super) script: Option<String>,
    /// For people: only this part
    #[arg(long, value_enum, value_name = "PART")]
    pub(super) part: Option<Part>,
    /// For people: the journal of a run, to tell what became of the plan
    #[arg(long, value_name = "FILE")]
    pub(super) journal: Option<PathBuf>,
    /// Whether colours are used
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    pub(super) color: ColorChoice,
}

#[derive(Debug, Args)]
pub(super) struct Test {
    /// Policies, and folders that hold some; the folder one stands in if none is given
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) settings: Settings,
    /// Judge tests that name no time as of this instant instead of now
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
    /// Say which clauses no test decides, and stop at rules without a passing and a failing test
    #[arg(long)]
    pub(super) coverage: bool,
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// Whether colours are used
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    pub(super) color: ColorChoice,
}

#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// Files and folders; the folder one stands in if none is given, standard input for `-`
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) settings: Settings,
    /// Change nothing: say what would change
    #[arg(long)]
    pub(super) check: bool,
    /// What standard input is called: its ending says how it is read
    #[arg(long, value_name = "NAME", default_value = "stdin.plan")]
    pub(super) stdin_name: String,
    /// Whether colours are used
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    pub(super) color: ColorChoice,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The Markdown file; standard input for `-`
    #[arg(value_name = "FILE.md")]
    pub(super) file: PathBuf,
    /// What to make of it; without it, a plan of a plan and of a list somebody has begun to tick, else a policy
    #[arg(long, value_enum, value_name = "FORM")]
    pub(super) to: Option<Form>,
    /// Take what looks like a task in a block of code, too: a template to copy
    #[arg(long)]
    pub(super) fenced: bool,
    /// What standard input is called
    #[arg(long, value_name = "NAME", default_value = "stdin.md")]
    pub(super) stdin_name: String,
    /// Write here, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder of the repository
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(super) folder: PathBuf,
    /// What is deployed; without it, asked on a terminal, else the name of the folder
    #[arg(long, value_name = "NAME")]
    pub(super) service: Option<String>,
    /// The time zone its people work in; without it, asked on a terminal, else that of this machine
    #[arg(long, value_name = "ZONE")]
    pub(super) zone: Option<String>,
    /// Who leads the release
    #[arg(long, value_name = "@WHO")]
    pub(super) lead: Option<String>,
    /// Who is on call
    #[arg(long, value_name = "@WHO")]
    pub(super) on_call: Option<String>,
    /// The first window is on the Tuesday after this instant instead of now
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A rule or diagnostic as findings name it: `release/friday-deploy`, `plan/missing-undo`
    #[arg(value_name = "RULE", required_unless_present = "list")]
    pub(super) rule: Option<String>,
    /// List all of them
    #[arg(long, conflicts_with = "rule")]
    pub(super) list: bool,
    /// Look for rules in these policies too
    #[arg(long = "policy", value_name = "PATH")]
    pub(super) policies: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// For which shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// Of which command; without it, of all of them
    #[arg(value_name = "COMMAND")]
    pub(super) verb: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Lsp {
    /// What editors add; it changes nothing
    #[arg(long, hide = true)]
    pub(super) stdio: bool,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Which one
    #[arg(value_enum, value_name = "NAME")]
    pub(super) name: SchemaName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the source and colours, for people
    Human,
    /// One line a finding
    Concise,
    /// One object, as schemas/report.schema.json says
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    #[value(help = "JUnit XML, for test reporters")]
    Junit,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab Code Quality
    Gitlab,
    /// Reviewdog's diagnostic format
    Rdjson,
    /// A summary, for a pull request or the page of a run
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    Error,
    Warning,
    Note,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Target {
    /// A self-contained shell runbook
    Bash,
    /// A GitHub Actions workflow that calls the shell runbook
    Github,
    /// A GitLab pipeline that calls the shell runbook
    Gitlab,
    /// An Ansible playbook that calls the shell runbook
    Ansible,
    /// A document for people, in parts that can be pasted
    Markdown,
    /// The same as one file to open or print, with the timeline drawn
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Part {
    /// What users and stakeholders are told before
    Announcement,
    /// What they are told meanwhile
    Updates,
    /// What must have been done, and by when
    Checklist,
    /// The steps, with all that surrounds them
    Runbook,
    /// When and how one goes back
    RollbackCard,
    /// What happened, from a journal
    IncidentReport,
    /// What users and stakeholders are told afterwards, from a journal
    PostUpdate,
    /// Everything there is
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// Each heading a checklist, each box an item
    Plan,
    /// Each box a rule for every plan
    Policy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaName {
    /// Of `stopline.toml`
    Config,
    /// Plans in YAML and JSON
    Plan,
    /// What `check --format json` prints
    Report,
    /// What `audit --format json` prints
    Audit,
    /// `site_config.json` of a Frappe site
    #[value(name = "site_config")]
    SiteConfig,
    /// `common_site_config.json` of a bench
    #[value(name = "common_site_config")]
    CommonSiteConfig,
    /// An export of System Settings of a Frappe site
    #[value(name = "system_settings")]
    SystemSettings,
}
