//! `nginx.server`: the servers of nginx configurations, each with what nginx will make of its own directives, of those it
//! inherits and of those that are included.

mod block;
mod diagnostics;
mod expand;
mod header;
mod include;
mod library;
mod listen;
mod location;
mod protocols;
mod recognise;
mod redirect;
mod server;
mod socket;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod word;

use super::{Found, Neighbours, SourceText};
use crate::model::units::Version;

pub use diagnostics::{DEFAULT_SERVER_DECIDES, INCLUDE_CYCLE, INCLUDE_NOT_FOUND, INCLUDE_UNSEEN, NGINX_DIAGNOSTICS};

/// What a run knows of the nginx that will read its files.
#[derive(Debug, Clone, Default)]
pub struct Nginx {
    /// The folder that stands for nginx's own, `/etc/nginx` where it is installed. Unless it is given, it is guessed: the
    /// folder of the file that holds `http { … }`.
    pub root: Option<String>,
    /// Decides what holds where nobody says anything.
    pub version: Option<Version>,
}

/// Every server in `files` and in what they include.
pub(super) fn find(files: &[SourceText<'_>], neighbours: &mut dyn Neighbours) -> Found {
    let nginx = neighbours.nginx();
    let mut library = library::Library::read(files, &nginx, neighbours);
    let mut found = Found {
        diagnostics: std::mem::take(&mut library.diagnostics),
        comments: std::mem::take(&mut library.comments),
        subjects: Vec::new(),
    };
    let expanded = expand::expand(&library);
    found.diagnostics.extend(expanded.diagnostics);
    for instance in &expanded.instances {
        server::servers(instance, &nginx, &mut found);
    }
    found.subjects.sort_by_key(|subject| subject.place);
    found
}
