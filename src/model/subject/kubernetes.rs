//! `kubernetes.container`: containers of whatever workload, with what their pod and workload say of them.

use super::{Shape, Type, field, subject, written};

/// A container.
pub static CONTAINER: Shape = subject(
    "kubernetes.container",
    "A container in a pod, or in the pod template of a workload.",
    &[
        field("path", Type::Text, "The path of its manifest."),
        field("kind", Type::Text, "The kind of its workload: `Deployment`, `CronJob`, `Pod`, …"),
        field("workload", Type::Text, "The name of its workload."),
        field("namespace", Type::Text, "The namespace of its workload."),
        field("labels", Type::Any, "The labels of its workload."),
        written("replicas", Type::Number, "How many pods its workload keeps."),
        field("strategy", Type::Any, "How its workload is updated."),
        field("init", Type::Bool, "Whether it runs before the others start."),
        field("name", Type::Text, "Its name."),
        written("image", Type::Text, "The image it runs, as written."),
        field("image-tag", Type::Text, "The tag of its image; missing where the image names none."),
        field("image-digest", Type::Text, "The digest of its image; missing where the image names none."),
        written("imagePullPolicy", Type::Text, "When its image is pulled."),
        field("command", Type::List(&Type::Text), "What it runs."),
        field("args", Type::List(&Type::Text), "What it hands to what it runs."),
        field("env", Type::List(&Type::Any), "Its variables."),
        field("envFrom", Type::List(&Type::Any), "Where variables come from."),
        field("ports", Type::List(&Type::Any), "The ports it listens on."),
        field("resources", Type::Any, "What it asks for and what it may take."),
        field("livenessProbe", Type::Any, "How it is found to be dead."),
        field("readinessProbe", Type::Any, "How it is found to be ready."),
        field("startupProbe", Type::Any, "How it is found to have started."),
        field("lifecycle", Type::Any, "What happens after it starts and before it stops."),
        field("securityContext", Type::Any, "How it is confined."),
        field("volumeMounts", Type::List(&Type::Any), "What it mounts."),
        field("pod-securityContext", Type::Any, "How its whole pod is confined."),
        written("hostNetwork", Type::Bool, "Whether its pod shares the network of the machine."),
        written("hostPID", Type::Bool, "Whether its pod sees the processes of the machine."),
        written("serviceAccountName", Type::Text, "Whom its pod acts as."),
        written("automountServiceAccountToken", Type::Bool, "Whether its pod is handed the token of its account."),
        written("terminationGracePeriodSeconds", Type::Number, "How many seconds its pod may take to stop."),
        field("volumes", Type::List(&Type::Any), "What its pod can mount."),
    ],
);
