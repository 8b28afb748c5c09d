//! `compose.service`: services of Compose files.

use super::{Shape, Type, field, subject, written};

/// A service.
pub static SERVICE: Shape = subject(
    "compose.service",
    "A service of a Compose file.",
    &[
        field("path", Type::Text, "The path of its file."),
        field("name", Type::Text, "The key it stands under."),
        written("image", Type::Text, "The image it runs, as written."),
        field("image-tag", Type::Text, "The tag of its image; missing where the image names none."),
        field("image-digest", Type::Text, "The digest of its image; missing where the image names none."),
        field("build", Type::Any, "How its image is built."),
        written("command", Type::Any, "What it runs."),
        field("entrypoint", Type::Any, "What it runs its command with."),
        written("restart", Type::Text, "When it is started again."),
        field("healthcheck", Type::Any, "How its health is asked for."),
        field("environment", Type::Any, "Its variables as a mapping, whether a list or a mapping was written."),
        field("env_file", Type::List(&Type::Any), "The files its variables come from."),
        field("depends_on", Type::List(&Type::Text), "The services it waits for."),
        field("ports", Type::List(&Type::Any), "The ports it publishes."),
        field("volumes", Type::List(&Type::Any), "What it mounts, as written."),
        field("mounts", Type::List(&Type::Record(&MOUNT)), "What it mounts, whether in the short or the long form."),
        field("networks", Type::Any, "The networks it joins."),
        written("network_mode", Type::Text, "`host` shares the network of the machine."),
        written("privileged", Type::Bool, "Whether it may do everything the machine may."),
        written("user", Type::Any, "Whom it runs as."),
        written("read_only", Type::Bool, "Whether its file system cannot be written."),
        field("cap_add", Type::List(&Type::Text), "Powers it is given."),
        field("cap_drop", Type::List(&Type::Text), "Powers taken from it."),
        field("security_opt", Type::List(&Type::Text), "Options of its confinement."),
        field("secrets", Type::List(&Type::Any), "The secrets it sees."),
        field("deploy", Type::Any, "Replicas, limits, how updates and rollbacks go."),
        field("logging", Type::Any, "Where its output goes."),
        written("mem_limit", Type::Any, "How much memory it may take."),
        field("labels", Type::Any, "Its labels."),
        field("profiles", Type::List(&Type::Text), "The profiles it belongs to."),
        written("init", Type::Bool, "Whether an init process reaps its children."),
        written("stop_grace_period", Type::Text, "How long it may take to stop."),
    ],
);

/// One of its volumes.
pub static MOUNT: Shape = subject(
    "mount",
    "A volume, folder or file that a service mounts.",
    &[
        field("source", Type::Text, "The volume, folder or file; missing where it has no name."),
        field("target", Type::Text, "Where the service sees it."),
        field("mode", Type::Text, "The options of the short form, such as `ro`."),
        written("read_only", Type::Bool, "Whether the long form says that it cannot be written."),
    ],
);
