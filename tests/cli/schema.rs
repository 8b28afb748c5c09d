//! `stopline schema`.

use crate::door::{Cli, repository};

#[test]
fn schemas_are_those_of_the_repository() {
    for name in ["config", "plan", "report"] {
        let schema = repository(&format!("schemas/{name}.schema.json"));
        Cli::new(&["schema", name]).run().is(0, &schema, "");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_no_result() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_stopline"));
    let came = command.args(["schema", "plan"]).stdout(full).output().unwrap();
    assert_eq!(came.status.code(), Some(2), "{came:?}");
    assert!(came.stderr.starts_with(b"error: standard output cannot be written: "), "{came:?}");
}
