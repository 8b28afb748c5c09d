//! `workflow`, `workflow.job`, `workflow.step`: GitHub Actions, as files in `.github/workflows` say it.

use super::{Shape, Type, field, subject, written};

/// A workflow file.
pub static WORKFLOW: Shape = subject(
    "workflow",
    "A workflow of GitHub Actions: one file.",
    &[
        field("path", Type::Text, "The path of its file."),
        written("name", Type::Text, "Its name."),
        field("triggers", Type::List(&Type::Text), "The events it runs on, however `on` writes them."),
        field("on", Type::Any, "`on` as written: a string, a list or a mapping."),
        written("permissions", Type::Any, "What its token may do: a string or a mapping."),
        field("concurrency", Type::Record(&CONCURRENCY), "Which runs wait for each other."),
        field("env", Type::Any, "Variables for every job."),
        field("defaults", Type::Any, "Defaults for every job."),
        field("jobs", Type::List(&Type::Record(&JOB)), "Its jobs."),
    ],
);

/// `concurrency`, of which the short form gives the group alone.
pub static CONCURRENCY: Shape = subject(
    "concurrency",
    "Runs of one group wait for each other.",
    &[
        written("group", Type::Text, "The name of the group."),
        written("cancel-in-progress", Type::Bool, "Whether a new run kills the one that is under way."),
    ],
);

/// A job.
pub static JOB: Shape = subject(
    "workflow.job",
    "A job of a workflow.",
    &[
        field("path", Type::Text, "The path of the workflow's file."),
        field("workflow", Type::Text, "The name of the workflow."),
        field("triggers", Type::List(&Type::Text), "The events the workflow runs on."),
        field("workflow-concurrency", Type::Record(&CONCURRENCY), "The `concurrency` of the whole workflow."),
        field("workflow-permissions", Type::Any, "The `permissions` of the whole workflow."),
        field("id", Type::Text, "The key it stands under."),
        written("name", Type::Text, "Its name."),
        written("runs-on", Type::Any, "Where it runs."),
        field("needs", Type::List(&Type::Text), "The jobs it waits for, one or several."),
        written("if", Type::Text, "The condition it runs under."),
        written("environment", Type::Text, "The environment it deploys to, in the short or the long form."),
        written("permissions", Type::Any, "What its token may do: a string or a mapping."),
        field("concurrency", Type::Record(&CONCURRENCY), "Which runs of it wait for each other."),
        written("timeout-minutes", Type::Number, "After how many minutes it is killed; 360 where nothing is said."),
        written("continue-on-error", Type::Bool, "Whether its failure lets the workflow pass."),
        field("strategy", Type::Any, "Its matrix."),
        field("env", Type::Any, "Variables for every step."),
        field("outputs", Type::Any, "What it hands to other jobs."),
        field("container", Type::Any, "The container it runs in."),
        field("services", Type::Any, "Containers beside it."),
        written("uses", Type::Text, "The workflow it calls."),
        field("with", Type::Any, "What it hands to the workflow it calls."),
        field("secrets", Type::Any, "The secrets it hands to the workflow it calls."),
        field("steps", Type::List(&Type::Record(&STEP)), "Its steps; empty where it calls a workflow."),
        field(
            "deploys",
            Type::Bool,
            "Whether it deploys: its name or an action says so, it names an environment, or it runs a command known to deploy.",
        ),
        field(
            "production",
            Type::Bool,
            "Whether it deploys and neither its environment nor its name says that it is staging, preview, test or the like.",
        ),
        field("commands", Type::List(&Type::Text), "What its steps run in a shell."),
        field("actions", Type::List(&Type::Text), "The actions its steps use, without their versions."),
    ],
);

/// A step.
pub static STEP: Shape = subject(
    "workflow.step",
    "A step of a job of a workflow.",
    &[
        field("path", Type::Text, "The path of the workflow's file."),
        field("job", Type::Text, "The key of its job."),
        field("id", Type::Text, "Its id."),
        written("name", Type::Text, "Its name."),
        written("if", Type::Text, "The condition it runs under."),
        written("uses", Type::Text, "The action it uses, as written."),
        field("action", Type::Text, "The action it uses, without its version."),
        field("ref", Type::Text, "The version of the action it uses: what stands after `@`."),
        field("deploys", Type::Bool, "Whether its action or a command of its script is known to deploy."),
        field("with", Type::Any, "What it hands to the action."),
        written("run", Type::Text, "What it runs in a shell."),
        written("shell", Type::Text, "The shell it runs in."),
        written("working-directory", Type::Text, "The folder it runs in."),
        field("env", Type::Any, "Its variables."),
        written("timeout-minutes", Type::Number, "After how many minutes it is killed."),
        written("continue-on-error", Type::Bool, "Whether its failure lets the job pass."),
    ],
);
