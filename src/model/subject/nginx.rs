//! `nginx.server`: a server of an nginx configuration, as nginx will run it.

use super::{Shape, Type, field, subject, written};

const TEXTS: Type = Type::List(&Type::Text);

/// A server with everything that is in effect for it, wherever it was written.
pub static NGINX_SERVER: Shape = subject(
    "server",
    "A `server { … }` of an nginx configuration: its own directives, those of its includes, and those it inherits.",
    &[
        field("id", Type::Text, "How messages call it: its first name, else its first address."),
        field("context", Type::Text, "`http`, `stream` or `mail`: the block it stands in."),
        field("listens", Type::List(&Type::Record(&LISTEN)), "Its addresses."),
        field("listens_tls", Type::Bool, "Whether one of its addresses speaks TLS or QUIC."),
        field("listens_plain", Type::Bool, "Whether one of its addresses speaks neither TLS nor QUIC."),
        field("default_server", Type::Bool, "Whether it answers for names that no server of its address has."),
        field("server_names", TEXTS, "The names it answers to; empty where it has none."),
        field(
            "ssl_protocols",
            TEXTS,
            "The TLS versions it offers, each at its word. Missing where nobody says them and the version of nginx is not known.",
        ),
        written("ssl_ciphers", Type::Text, "The ciphers it offers to TLS 1.2 and older."),
        written("ssl_prefer_server_ciphers", Type::Text, "`on` or `off`."),
        field("ssl_certificate", TEXTS, "Its certificates."),
        field("ssl_certificate_key", TEXTS, "The keys of its certificates."),
        field("headers", Type::List(&Type::Record(&HEADER)), "What it adds to answers outside its locations."),
        field("locations", Type::List(&Type::Record(&LOCATION)), "Its locations, those inside others included."),
        field("returns", Type::List(&Type::Record(&RETURN)), "What it answers itself, before any location."),
        field("redirects_to_https", Type::Bool, "Whether what it is asked for is answered with an address in https."),
        field("refuses", Type::Bool, "Whether it answers everything with an error, and serves nothing."),
        field("proxies_tls", Type::Bool, "Whether it passes requests on over TLS."),
        field("proxy_ssl_protocols", TEXTS, "The TLS versions it speaks to the servers behind it, where that is said."),
        written("server_tokens", Type::Text, "Whether nginx tells its version: `on`, `off`, `build` or a text."),
        written("client_max_body_size", Type::Text, "The largest request it takes."),
        field("includes", TEXTS, "The files that it includes, as written."),
        field(
            "directives",
            Type::Map(&TEXTS),
            "By name, the arguments of each directive in effect: `server.directives.ssl_session_tickets[0]`.",
        ),
        field("all", Type::List(&Type::Record(&DIRECTIVE)), "Every directive inside it, at any depth, in order."),
    ],
);

pub static LISTEN: Shape = subject(
    "listen",
    "An address that a server listens on.",
    &[
        field("address", Type::Text, "The address without its port: `*`, `127.0.0.1`, `[::]`, `unix:/run/a.sock`."),
        field("port", Type::Number, "Its port; missing for a socket of the file system."),
        field("ssl", Type::Bool, "Whether it speaks TLS; nginx lets all servers of one address share that."),
        field("quic", Type::Bool, "Whether it speaks QUIC."),
        field("http2", Type::Bool, "Whether the address says `http2`."),
        field("default_server", Type::Bool, "Whether the server is the default one of this address."),
        field("proxy_protocol", Type::Bool, "Whether it expects the PROXY protocol."),
        field("parameters", TEXTS, "What is written behind the address."),
    ],
);

pub static HEADER: Shape = subject(
    "header",
    "A header that is added to answers.",
    &[
        field("name", Type::Text, "Its name, as written."),
        field("value", Type::Text, "Its value."),
        field("always", Type::Bool, "Whether it is added to answers that are errors, too."),
    ],
);

pub static LOCATION: Shape = subject(
    "location",
    "A part of a server, chosen by the path of the request.",
    &[
        field("modifier", Type::Text, "`=`, `~`, `~*`, `^~`, or empty."),
        field("pattern", Type::Text, "The path or pattern, or the name of a named location."),
        field(
            "headers",
            Type::List(&Type::Record(&HEADER)),
            "What is added to its answers: its own, else what it inherits.",
        ),
        field("returns", Type::List(&Type::Record(&RETURN)), "What it answers itself."),
        field("proxy_pass", Type::Text, "Where it passes requests on to."),
        field("directives", Type::Map(&TEXTS), "By name, the arguments of each directive in it."),
    ],
);

pub static RETURN: Shape = subject(
    "return",
    "An answer that a server gives itself: `return` or a `rewrite` to another address.",
    &[
        field("code", Type::Number, "The status."),
        field("target", Type::Text, "The address or text; missing where there is none."),
        field("condition", Type::Text, "What `if` asks first; missing where nothing is asked."),
    ],
);

pub static DIRECTIVE: Shape = subject(
    "directive",
    "One directive.",
    &[
        field("name", Type::Text, "Its name."),
        field("args", TEXTS, "Its arguments."),
        field("block", Type::Text, "The block that holds it: `server`, `location /api`, `if ($scheme = http)`."),
    ],
);
