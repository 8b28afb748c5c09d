//! What can be wrong between nginx files.

use crate::descriptors;

descriptors! {
    /// Every diagnostic of nginx configurations.
    NGINX_DIAGNOSTICS;
    INCLUDE_NOT_FOUND = {
        id: "document/include-not-found", severity: Error, undecided: true,
        summary: "nginx includes a file that this run does not hold",
        doc: include_str!("docs/include-not-found.md"),
    }
    INCLUDE_UNSEEN = {
        id: "document/include-unseen", severity: Note, undecided: false,
        summary: "what nginx includes stands outside this run",
        doc: include_str!("docs/include-unseen.md"),
    }
    INCLUDE_CYCLE = {
        id: "document/include-cycle", severity: Error, undecided: true,
        summary: "nginx files include each other without end",
        doc: include_str!("docs/include-cycle.md"),
    }
    DEFAULT_SERVER_DECIDES = {
        id: "document/default-server-decides", severity: Note, undecided: false,
        summary: "before nginx 1.29.2 the TLS versions of another server count",
        doc: include_str!("docs/default-server-decides.md"),
    }
}
