//! The door of these tests: files in, servers as text out.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is shown as it is written")]

use std::fmt::Write as _;
use std::sync::Arc;

use super::Nginx;
use crate::model::data::{Data, Value};
use crate::model::units::Version;
use crate::source::{FileId, SourceMap};
use crate::subject::{Found, Neighbour, Neighbours, SourceText};

/// A run over some files, with others beside it.
#[derive(Debug, Default)]
pub(super) struct World {
    asked: Vec<(FileId, String)>,
    beside: Vec<String>,
    sources: SourceMap,
    nginx: Nginx,
}

impl World {
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        files.iter().fold(Self::default(), |mut world, (path, text)| {
            let file = world.sources.add(*path, *text);
            world.asked.push((file, (*path).to_owned()));
            world
        })
    }

    pub(super) fn beside(mut self, path: &str, text: &str) -> Self {
        self.sources.add(path, text);
        self.beside.push(path.to_owned());
        self
    }

    pub(super) fn version(mut self, version: &str) -> Self {
        self.nginx.version = Some(Version::parse(version).unwrap());
        self
    }

    pub(super) fn root(mut self, root: &str) -> Self {
        self.nginx.root = Some(root.to_owned());
        self
    }

    pub(super) fn find(&self) -> Found {
        let texts: Vec<SourceText<'_>> = self
            .asked
            .iter()
            .map(|(file, path)| SourceText::new(*file, path, self.sources.get(*file).unwrap().shared_text()))
            .collect();
        super::find(&texts, &mut Around { world: self })
    }

    /// The values of some paths in each server, one server a line.
    pub(super) fn see(&self, fields: &[&str]) -> String {
        let mut out = String::new();
        for subject in self.find().subjects {
            write!(out, "{}:", self.shown(member(&subject, "id").unwrap())).unwrap();
            for field in fields {
                let found = field.split('.').try_fold(&subject, |value, name| member(value, name));
                write!(out, " {}", found.map_or_else(|| "-".to_owned(), |value| self.shown(value))).unwrap();
            }
            out.push('\n');
        }
        out
    }

    /// What was said, one finding a line: id, the text it stands at, message.
    pub(super) fn said(&self) -> String {
        self.find().diagnostics.iter().fold(String::new(), |mut out, found| {
            writeln!(out, "{} `{}`: {}", found.rule, self.sources.slice(found.place.unwrap()), found.message).unwrap();
            out
        })
    }

    /// A value, and where it stands if that is not its own text.
    fn shown(&self, value: &Value) -> String {
        let written = self.sources.slice(value.place);
        match &value.data {
            Data::List(items) => {
                format!("[{}]", items.iter().map(|item| self.shown(item)).collect::<Vec<_>>().join(" "))
            }
            Data::Record(record) => {
                let fields: Vec<String> =
                    record.fields.iter().map(|(name, value)| format!("{name}={}", self.shown(value))).collect();
                format!("{{{}}}", fields.join(" "))
            }
            Data::Unresolved(_) => format!("?`{written}`"),
            Data::Bool(known) => format!("{known}`{written}`"),
            data if data.to_string() == written => written.to_owned(),
            data => format!("{data}`{written}`"),
        }
    }
}

fn member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match &value.data {
        Data::Record(record) => record.field(name),
        Data::List(items) => items.get(name.parse::<usize>().ok()?),
        _ => None,
    }
}

#[derive(Debug)]
struct Around<'w> {
    world: &'w World,
}

impl Neighbours for Around<'_> {
    fn matching(&mut self, _: &str, pattern: &str, _: Option<&str>) -> Vec<Neighbour> {
        let found = self.world.beside.iter().filter(|path| super::include::matches(pattern, path));
        found
            .map(|path| {
                let file = self.world.sources.at(path).unwrap();
                Neighbour { path: path.clone(), text: Ok((file, Arc::from(self.world.sources.text(file)))) }
            })
            .collect()
    }

    fn nginx(&self) -> Nginx {
        self.world.nginx.clone()
    }
}
