//! What the page for those who come from conftest shows in Rego, put to an engine of Rego: it finds the same as the rule
//! beside it, and a slip in a path is silent there. Reads the page, writes nothing.

use std::io::Write as _;
use std::process::Stdio;

use crate::fences::{fences, texts_of};
use crate::kept;
use crate::tools::tool;

/// Reads the module and the document as two texts of JSON, and prints what `deny` holds.
const ENGINE: &str = "
import json, sys, regopy, yaml
module, document = json.load(sys.stdin)
rego = regopy.Interpreter()
rego.add_module('page', module.replace('package main', 'package main\\nimport rego.v1'))
rego.set_input(yaml.safe_load(document))
for expressions in json.loads(str(rego.query('data.main.deny')))['expressions']:
    print(*sorted(expressions), sep='\\n')
";

fn denied(module: &str, document: &str) -> Vec<String> {
    let mut child = tool("python3").args(["-c", ENGINE]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let given = serde_json::to_vec(&[module, document]).unwrap();
    child.stdin.take().unwrap().write_all(&given).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}

#[test]
fn the_rule_in_rego_finds_what_ours_finds_and_is_silent_where_a_path_is_misspelt() {
    let text = kept::text("docs/migrating/conftest.md");
    let all = fences(&text);
    let module = &all.iter().find(|fence| fence.info == "rego").unwrap().text;
    let documents = texts_of(&all, "k8s/web.yaml");
    let [stopped, mended] = documents.as_slice() else { panic!("{documents:#?}") };
    assert_eq!(denied(module, stopped), ["web has no memory limit"]);
    assert!(text.contains("error[workloads/memory-limit]: web has no memory limit\n"));
    assert!(denied(module, mended).is_empty());
    assert!(denied(&module.replace("spec.containers", "spec.container"), stopped).is_empty());
}
