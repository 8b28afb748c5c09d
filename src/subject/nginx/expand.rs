//! Configurations with their includes in place: what nginx reads from top to bottom.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::diagnostics::{INCLUDE_CYCLE, INCLUDE_NOT_FOUND, INCLUDE_UNSEEN};
use super::include;
use super::library::{Included, Library, Loaded, is_main};
use super::word::Defined;
use crate::diagnostic::Diagnostic;
use crate::document::nginx::Directive;
use crate::source::{FileId, Place};

/// How deep blocks and includes may nest together.
const MAX_DEPTH: usize = 160;
/// How many directives all configurations may hold, each counted wherever it is included.
const MAX_DIRECTIVES: usize = 1_000_000;

/// What a block holds, in order.
#[derive(Debug)]
pub(super) enum Entry<'l> {
    Directive(Node<'l>),
    Gap(Gap),
}

#[derive(Debug)]
pub(super) struct Node<'l> {
    pub(super) directive: &'l Directive,
    pub(super) file: FileId,
    pub(super) inside: Vec<Entry<'l>>,
}

/// A place where anything may stand that was not read.
#[derive(Debug, Clone)]
pub(super) struct Gap {
    pub(super) place: Place,
    pub(super) reason: Arc<str>,
    /// Where it is known what kind of directives stand there: how their names begin.
    pub(super) only: Option<&'static str>,
}

/// Servers that run together.
#[derive(Debug)]
pub(super) struct Instance<'l> {
    /// `http`, `stream` or `mail`.
    pub(super) context: &'static str,
    pub(super) entries: Vec<Entry<'l>>,
    pub(super) defined: &'l Defined,
}

#[derive(Debug, Default)]
pub(super) struct Expanded<'l> {
    pub(super) instances: Vec<Instance<'l>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Where in a configuration something stands: how much depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Main,
    Http,
    Server,
    Other,
}

pub(super) fn expand(library: &Library) -> Expanded<'_> {
    let mut expander = Expander {
        library,
        active: Vec::new(),
        visited: BTreeSet::new(),
        left: MAX_DIRECTIVES,
        said: BTreeSet::new(),
        out: Expanded::default(),
    };
    let indices = || library.files.iter().enumerate();
    for (index, _) in indices().filter(|(_, loaded)| loaded.directives.iter().any(is_main)) {
        expander.configuration(index);
    }
    let included: BTreeSet<usize> = library
        .files
        .iter()
        .flat_map(|loaded| loaded.includes.values())
        .flat_map(|included| match included {
            Included::Files(files) => files.as_slice(),
            Included::Unseen(_) => &[],
        })
        .copied()
        .collect();
    // What nothing includes stands for itself, and so does what is only included in a circle.
    for (index, _) in indices().filter(|(index, _)| !included.contains(index)).chain(indices()) {
        if !expander.visited.contains(&index) {
            expander.configuration(index);
        }
    }
    expander.out
}

struct Expander<'l> {
    library: &'l Library,
    /// The files that are being included, outermost first.
    active: Vec<usize>,
    visited: BTreeSet<usize>,
    left: usize,
    said: BTreeSet<Place>,
    out: Expanded<'l>,
}

impl<'l> Expander<'l> {
    /// A file that nothing includes: a whole configuration, or a part that is judged as if it stood in `http`.
    fn configuration(&mut self, index: usize) {
        let Some(loaded) = self.library.files.get(index) else { return };
        let is_whole = loaded.directives.iter().any(is_main);
        let has_servers = loaded.directives.iter().any(|directive| directive.is("server"));
        let level = match (is_whole, has_servers) {
            (true, _) => Level::Main,
            (false, true) => Level::Http,
            (false, false) => Level::Other,
        };
        self.visited.insert(index);
        self.active.push(index);
        let entries = self.block(loaded, &loaded.directives, level, 0);
        self.active.pop();
        let mut rest = Vec::new();
        for entry in entries {
            match entry {
                Entry::Directive(node) if is_main(node.directive) => {
                    let context = match &*node.directive.name.text {
                        "http" => "http",
                        "stream" => "stream",
                        "mail" => "mail",
                        _ => continue,
                    };
                    self.instance(context, node.inside);
                }
                entry @ (Entry::Directive(_) | Entry::Gap(_)) => rest.push(entry),
            }
        }
        self.instance("http", rest);
    }

    fn instance(&mut self, context: &'static str, entries: Vec<Entry<'l>>) {
        let is_server = |entry: &Entry<'_>| matches!(entry, Entry::Directive(node) if node.directive.is("server"));
        if entries.iter().any(is_server) {
            self.out.instances.push(Instance { context, entries, defined: &self.library.defined });
        }
    }

    fn block(&mut self, loaded: &'l Loaded, directives: &'l [Directive], level: Level, depth: usize) -> Vec<Entry<'l>> {
        let mut entries = Vec::with_capacity(directives.len());
        for directive in directives {
            let place = Place::new(loaded.file, directive.head());
            if depth >= MAX_DEPTH || self.left == 0 {
                entries.push(self.endless(place));
                return entries;
            }
            self.left -= 1;
            let inside = self.block(loaded, directive.block(), level.inside(directive), depth + 1);
            entries.push(Entry::Directive(Node { directive, file: loaded.file, inside }));
            if directive.is("include") {
                self.include(loaded, directive, level, depth, &mut entries);
            }
        }
        entries
    }

    fn include(
        &mut self,
        loaded: &'l Loaded,
        directive: &'l Directive,
        level: Level,
        depth: usize,
        entries: &mut Vec<Entry<'l>>,
    ) {
        let place = Place::new(loaded.file, directive.head());
        let pattern = directive.arguments.first().map_or("", |pattern| &*pattern.text);
        let files = match loaded.includes.get(&directive.span.start) {
            Some(Included::Files(files)) => files,
            Some(Included::Unseen(_)) if include::is_stock(pattern) => return,
            Some(Included::Unseen(reason)) => {
                self.say_unseen(place, pattern, reason, level);
                entries.push(Entry::Gap(Gap { place, reason: Arc::clone(reason), only: include::known_kind(pattern) }));
                return;
            }
            None => return,
        };
        for index in files {
            let Some(included) = self.library.files.get(*index) else { continue };
            self.visited.insert(*index);
            if self.active.contains(index) {
                entries.push(self.endless(place));
            } else if included.is_sound {
                self.active.push(*index);
                entries.extend(self.block(included, &included.directives, level, depth + 1));
                self.active.pop();
            } else {
                let reason = format!("`{}`, which is included here, cannot be understood", included.path);
                entries.push(Entry::Gap(Gap { place, reason: reason.into(), only: None }));
            }
        }
    }

    fn endless(&mut self, place: Place) -> Entry<'l> {
        if self.said.insert(place) {
            let message = "this includes itself, or includes more than nginx could read";
            let cycle =
                Diagnostic::new(&INCLUDE_CYCLE, place, message).help("remove one of the includes of the circle");
            self.out.diagnostics.push(cycle);
        }
        Entry::Gap(Gap { place, reason: "what is included here has no end".into(), only: None })
    }

    fn say_unseen(&mut self, place: Place, pattern: &str, reason: &str, level: Level) {
        if level == Level::Other || !self.said.insert(place) {
            return;
        }
        let found = match (level, include::is_glob(pattern)) {
            (Level::Main | Level::Http, false) => {
                let message = format!("{reason}: the servers and values in it are not judged");
                Diagnostic::new(&INCLUDE_NOT_FOUND, place, message)
            }
            (Level::Main | Level::Http, true) => {
                let message = format!("{reason}: what it may find is not judged");
                Diagnostic::new(&INCLUDE_UNSEEN, place, message)
            }
            (Level::Server | Level::Other, _) => {
                let message = format!("{reason}: a rule that depends on it is not decided");
                Diagnostic::new(&INCLUDE_UNSEEN, place, message)
            }
        };
        let help = "let the run see it; `root` of `[nginx]` in `stopline.toml` says which folder of the run stands for `/etc/nginx`";
        self.out.diagnostics.push(found.help(help));
    }
}

impl Level {
    /// The level of what stands in a directive's block.
    fn inside(self, directive: &Directive) -> Self {
        match (self, &*directive.name.text) {
            (Self::Main, "http" | "stream" | "mail") => Self::Http,
            (Self::Http, "server") | (Self::Server, _) => Self::Server,
            (Self::Main | Self::Http | Self::Other, _) => Self::Other,
        }
    }
}
