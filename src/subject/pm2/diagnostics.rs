//! What can be wrong with a configuration of PM2.

use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::source::Place;

/// What is there depends on what comes of a program.
pub(super) fn worked_out(place: Place, why: &str) -> Diagnostic {
    let message = format!("this is a program, and nobody but Node.js knows what comes of it: {why}");
    Diagnostic::new(&PROGRAM, place, message)
        .help("export what stands in the file, without working anything out, or write it as JSON or YAML")
}

/// PM2 would start nothing from what is there.
pub(super) fn nothing_starts(place: Place, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&NO_APPLICATION, place, message).help(
        "list the applications under `apps`, each with its `script`: `{ \"apps\": [{ \"script\": \"server.js\" }] }`",
    )
}

descriptors! {
    /// Every diagnostic of PM2's configurations.
    PM2_DIAGNOSTICS;
    PROGRAM = {
        id: "document/program", severity: Error, undecided: true,
        summary: "a configuration is a program",
        doc: include_str!("docs/program.md"),
    }
    NO_APPLICATION = {
        id: "document/no-application", severity: Error, undecided: true,
        summary: "a configuration of PM2 lists no application",
        doc: include_str!("docs/no-application.md"),
    }
}
