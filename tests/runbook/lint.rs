//! What is emitted is clean under the linters people run.

use std::path::Path;

use stopline::emit::bash::{Clock, emit};
use stopline::runbook::*;

use crate::support::*;

/// It leaves with 0 and says nothing.
#[track_caller]
pub(crate) fn silent(name: &str, arguments: &[&str], path: &Path) {
    let said = accepts(name, arguments, path);
    assert!(said.is_empty(), "{name}:\n{said}");
}

/// It leaves with 0, and may say that all is well.
#[track_caller]
pub(crate) fn accepts(name: &str, arguments: &[&str], path: &Path) -> String {
    let output = tool(name).args(arguments).arg(path).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}:\n{said}\n{}", std::fs::read_to_string(path).unwrap());
    said
}

#[test]
fn the_linters_have_nothing_to_say() {
    let folder = tempfile::tempdir().unwrap();
    let plain = procedure(vec![("deploy", vec![Action::Step(change("a"))])]);
    let hostile = crate::hostile::everywhere(&crate::hostile::HOSTILE.join(" "));
    let each = crate::hostile::HOSTILE.map(|text| {
        let mut step = change("a");
        step.title = text.to_owned();
        step.verify = Some(text.to_owned());
        step.command.env = vec![variable("TEXT", text)];
        step
    });
    let each =
        each.into_iter().enumerate().map(|(index, step)| Action::Step(Step { id: id(&format!("s{index}")), ..step }));
    for (index, procedure) in [plain, hostile, procedure(vec![("deploy", each.collect())])].iter().enumerate() {
        let path = folder.path().join(format!("release-{index}.sh"));
        std::fs::write(&path, emit(procedure, Clock::Machine).unwrap()).unwrap();
        silent("shellcheck", &[], &path);
        silent("shfmt", &["-d"], &path);
    }
}
