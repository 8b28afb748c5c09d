//! What can be wrong with a configuration of PM2.

use crate::descriptors;

descriptors! {
    /// Every diagnostic of PM2's configurations.
    PM2_DIAGNOSTICS;
    PROGRAM = {
        id: "document/program", severity: Error, undecided: true,
        summary: "a configuration is a program",
        doc: include_str!("docs/program.md"),
    }
}
