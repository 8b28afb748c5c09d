//! What can be wrong with a configuration of PM2.

use crate::descriptors;

descriptors! {
    /// Every diagnostic of PM2's configurations.
    PM2_DIAGNOSTICS;
    PROGRAM = {
        id: "document/program", severity: Error, undecided: true,
        summary: "a configuration is a program",
        doc: "
The file is a script that works out what it exports: it calls something, takes it from another file, or changes it afterwards.

## Why is this bad?
What comes of it depends on the machine and the moment it runs. Nothing in the file is judged by guessing, and so the run is
undecided.

## What to do
Export what stands in the file: `module.exports = { apps: [ … ] }`, with plain values. One value may be worked out
(`PORT: process.env.PORT`): only a rule that asks for it is then undecided. Or write the configuration as JSON or YAML, or leave
it out of the paths on purpose.
",
    }
}
