//! What can be wrong between nginx files.

use crate::descriptors;

descriptors! {
    /// Every diagnostic of nginx configurations.
    NGINX_DIAGNOSTICS;
    INCLUDE_NOT_FOUND = {
        id: "document/include-not-found", severity: Error, undecided: true,
        summary: "nginx includes a file that this run does not hold",
        doc: "
A configuration names a file with `include`, outside any server, and the run holds no such file.

## Why is this bad?
Servers may stand in it that nobody judged, and values that all servers inherit. nginx itself does not start without it.

## What to do
Let the run see the file. Paths that are not absolute are seen from nginx's own folder (`/etc/nginx`); `root` of `[nginx]` in `stopline.toml` says
which folder of the run stands for it.
",
    }
    INCLUDE_UNSEEN = {
        id: "document/include-unseen", severity: Note, undecided: false,
        summary: "what nginx includes stands outside this run",
        doc: "
A configuration includes files that the run does not hold: by a pattern that matches none, or inside one server.

## Why is this bad?
What stands there is not judged. A rule that depends on it says so and is undecided.

## What to do
Let the run see the files. `root` of `[nginx]` in `stopline.toml` says which folder of the run stands for nginx's own (`/etc/nginx`); where it is
given, a pattern that matches nothing includes nothing, as nginx has it.
",
    }
    INCLUDE_CYCLE = {
        id: "document/include-cycle", severity: Error, undecided: true,
        summary: "nginx files include each other without end",
        doc: "
A file includes itself, directly or through others, or includes more than a million directives.

## Why is this bad?
nginx does not start with it, and what it holds cannot be known.

## What to do
Remove one of the includes.
",
    }
    DEFAULT_SERVER_DECIDES = {
        id: "document/default-server-decides", severity: Note, undecided: false,
        summary: "before nginx 1.29.2 the TLS versions of another server count",
        doc: "
Several servers share an address, and one that is not the default server of it has an `ssl_protocols` of its own.

## Why is this bad?
Before nginx 1.29.2 a TLS version is chosen before the name of the server is known: only what the default server of the
address says counts.

## What to do
Write `ssl_protocols` once, in `http { … }`, or the same words in each server of the address.
",
    }
}
