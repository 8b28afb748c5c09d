//! The command line, one file a verb: files and arguments in; status, output and error out.

#![expect(clippy::disallowed_methods, reason = "these tests lay out files and run the binary")]
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

#[path = "cli/audit.rs"]
mod audit;
#[path = "cli/baseline.rs"]
mod baseline;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/compile.rs"]
mod compile;
#[path = "cli/config.rs"]
mod config;
#[path = "cli/door.rs"]
mod door;
#[path = "support/examples.rs"]
mod examples;
#[path = "cli/explain.rs"]
mod explain;
#[path = "cli/files.rs"]
mod files;
#[path = "cli/fix.rs"]
mod fix;
#[path = "cli/fmt.rs"]
mod fmt;
#[path = "cli/formats.rs"]
mod formats;
#[path = "cli/import.rs"]
mod import;
#[path = "cli/init.rs"]
mod init;
#[path = "cli/nginx.rs"]
mod nginx;
#[path = "cli/output.rs"]
mod output;
#[path = "cli/people/mod.rs"]
mod people;
#[path = "cli/precommit.rs"]
mod precommit;
#[path = "cli/proofs.rs"]
mod proofs;
#[path = "cli/ready_made.rs"]
mod ready_made;
#[path = "cli/schema.rs"]
mod schema;
#[path = "cli/shell.rs"]
mod shell;
#[path = "cli/silent_passes.rs"]
mod silent_passes;
#[path = "cli/test.rs"]
mod test;
#[path = "cli/which_files.rs"]
mod which_files;
#[path = "support/tools.rs"]
mod tools;
