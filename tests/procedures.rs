//! Shipped procedures, compiled in a plan and run by a real bash: against stubs that behave like the tools, and against
//! the tools themselves where Debian has them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and its folder and its tools are its own"
)]

#[path = "runbook/support/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the runbook's own tests use the rest")]
mod support;
#[path = "support/daemons.rs"]
mod daemons;
#[path = "support/texts.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod texts;
#[path = "support/tools.rs"]
mod tools;

#[path = "procedures/case.rs"]
mod case;
#[path = "procedures/coats.rs"]
mod coats;
#[path = "procedures/databases.rs"]
mod databases;
#[path = "procedures/emergencies.rs"]
mod emergencies;
#[path = "procedures/frappe.rs"]
mod frappe;
#[path = "procedures/hosting.rs"]
mod hosting;
#[path = "procedures/mariadb.rs"]
mod mariadb;
#[path = "procedures/nginx.rs"]
mod nginx;
#[path = "procedures/servers.rs"]
mod servers;
#[path = "procedures/shipped.rs"]
mod shipped;
