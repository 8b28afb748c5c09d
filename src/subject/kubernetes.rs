//! Containers of Kubernetes manifests: in pods, in the pod templates of workloads, in lists of either.

use super::fields::{Fields, get, head, items, path, text};
use super::generic::each;
use super::{Found, SourceText, image};
use crate::document::Format;
use crate::model::data::{Data, Value};
use crate::model::subject::CONTAINER;

/// Where each kind of workload keeps the specification of its pods.
const POD_SPECS: &[(&str, &[&str])] = &[
    ("Pod", &["spec"]),
    ("Deployment", &["spec", "template", "spec"]),
    ("StatefulSet", &["spec", "template", "spec"]),
    ("DaemonSet", &["spec", "template", "spec"]),
    ("ReplicaSet", &["spec", "template", "spec"]),
    ("ReplicationController", &["spec", "template", "spec"]),
    ("Job", &["spec", "template", "spec"]),
    ("Rollout", &["spec", "template", "spec"]),
    ("CronJob", &["spec", "jobTemplate", "spec", "template", "spec"]),
    ("PodTemplate", &["template", "spec"]),
];

/// What a container is told by its pod, and what rules call it.
const OF_POD: &[(&str, &str)] = &[
    ("securityContext", "pod-securityContext"),
    ("hostNetwork", "hostNetwork"),
    ("hostPID", "hostPID"),
    ("serviceAccountName", "serviceAccountName"),
    ("automountServiceAccountToken", "automountServiceAccountToken"),
    ("terminationGracePeriodSeconds", "terminationGracePeriodSeconds"),
    ("volumes", "volumes"),
];

pub(super) fn find(files: &[SourceText<'_>]) -> Found {
    each(files, Format::Yaml, containers)
}

fn containers(source: &SourceText<'_>, object: &Value) -> Vec<Value> {
    if get(object, &["apiVersion"]).is_none() {
        return Vec::new();
    }
    let Some(kind) = get(object, &["kind"]).and_then(text) else { return Vec::new() };
    if kind.ends_with("List") {
        let items = get(object, &["items"]).map(items).unwrap_or_default();
        return items.iter().flat_map(|item| containers(source, item)).collect();
    }
    let pod = POD_SPECS.iter().find(|(known, _)| *known == kind).and_then(|(_, path)| get(object, path));
    let Some(pod) = pod else { return Vec::new() };
    [("initContainers", true), ("containers", false)]
        .into_iter()
        .flat_map(|(list, init)| {
            let containers = get(pod, &[list]).map(items).unwrap_or_default();
            containers.iter().map(move |container| self::container(source, object, pod, container, init))
        })
        .collect()
}

fn container(source: &SourceText<'_>, object: &Value, pod: &Value, container: &Value, init: bool) -> Value {
    let place = get(container, &["name"]).map_or_else(|| head(container), |name| name.place);
    let mut known = Fields::known(container, &CONTAINER);
    known.set("path", path(source.path, place));
    known.set("init", Value::new(Data::Bool(init), place));
    for (from, name) in [
        (&["kind"][..], "kind"),
        (&["metadata", "name"], "workload"),
        (&["metadata", "namespace"], "namespace"),
        (&["metadata", "labels"], "labels"),
        (&["spec", "replicas"], "replicas"),
    ] {
        known.set_if(name, get(object, from).cloned());
    }
    let strategy = get(object, &["spec", "strategy"]).or_else(|| get(object, &["spec", "updateStrategy"]));
    known.set_if("strategy", strategy.cloned());
    for (from, name) in OF_POD {
        known.set_if(name, get(pod, &[from]).cloned());
    }
    image::set_parts(&mut known, get(container, &["image"]), &source.text);
    known.into_value(&CONTAINER, place)
}

#[cfg(test)]
mod tests {
    use crate::model::policy::DocumentKind;
    use crate::subject::testing::{Lab, cut, said};

    const MANIFESTS: &str = "\
apiVersion: v1
kind: Service
metadata: {name: web}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  template:
    spec:
      hostNetwork: true
      securityContext: {runAsNonRoot: true}
      initContainers:
        - {name: migrate, image: shop:v1}
      containers:
        - name: web
          image: registry.example.com/shop:v1
          securityContext: {privileged: false}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: report, image: report}]}}}}}
---
name: not a manifest
";

    #[test]
    fn containers_are_found_wherever_a_workload_keeps_them() {
        let lab = Lab::new(&[("k8s/web.yaml", MANIFESTS)]);
        let found = lab.find(DocumentKind::KubernetesContainer).subjects;
        let said_of =
            |at: usize, names: &[&str]| -> Vec<String> { names.iter().map(|name| said(&found[at], name)).collect() };
        assert_eq!(found.len(), 3);
        assert_eq!(said_of(0, &["name", "init", "workload", "replicas"]), ["migrate", "true", "web", "3"]);
        assert_eq!(said_of(1, &["name", "init", "namespace", "image-tag"]), ["web", "false", "shop", "v1"]);
        assert_eq!(said_of(1, &["hostNetwork", "kind"]), ["true", "Deployment"]);
        assert_eq!(
            said_of(2, &["name", "workload", "replicas", "image-tag"]),
            ["report", "report", "missing", "missing"]
        );
        assert_eq!(cut(&lab, &found[1]), "web");
    }

    #[test]
    fn what_the_pod_and_the_container_say_is_kept_apart() {
        let lab = Lab::new(&[("k8s/web.yaml", MANIFESTS)]);
        let found = lab.find(DocumentKind::KubernetesContainer).subjects;
        let own = crate::subject::testing::field(&found[1], "securityContext").unwrap();
        let of_pod = crate::subject::testing::field(&found[1], "pod-securityContext").unwrap();
        assert_eq!((said(own, "privileged"), said(of_pod, "runAsNonRoot")), ("false".to_owned(), "true".to_owned()));
    }
}
