//! The rules that results point at, and the controls that rules point at.

use std::collections::HashMap;

use super::super::page::page;
use super::level_of;
use super::shape::{Configuration, Descriptor, Help, Id, Message, Properties, Relationship, Taxon, Taxonomy};
use crate::diagnostic::{Diagnostic, Severity};
use crate::session::{Catalogue, Explained};

/// What code scanning shows of a description, in characters.
const DESCRIPTION: usize = 1024;

/// Rules in the order in which results first speak of them.
pub(super) struct Rules<'a> {
    catalogue: Catalogue<'a>,
    book: Option<&'a str>,
    index: HashMap<String, usize>,
    descriptors: Vec<Descriptor>,
    taxonomies: Vec<Taxonomy>,
}

impl<'a> Rules<'a> {
    pub(super) fn new(catalogue: Catalogue<'a>, book: Option<&'a str>) -> Self {
        Self { catalogue, book, index: HashMap::new(), descriptors: Vec::new(), taxonomies: Vec::new() }
    }

    pub(super) fn index(&mut self, finding: &Diagnostic) -> usize {
        if let Some(index) = self.index.get(&*finding.rule) {
            return *index;
        }
        let index = self.descriptors.len();
        self.index.insert(finding.rule.to_string(), index);
        let explained = self.catalogue.explain(&finding.rule).unwrap_or_else(|| unknown(finding));
        let descriptor = self.descriptor(explained);
        self.descriptors.push(descriptor);
        index
    }

    pub(super) fn into_parts(self) -> (Vec<Descriptor>, Vec<Taxonomy>) {
        (self.descriptors, self.taxonomies)
    }

    fn descriptor(&mut self, explained: Explained) -> Descriptor {
        let Explained { id, severity, summary, doc, controls } = explained;
        let doc = if doc.trim().is_empty() { summary.clone() } else { doc.trim().to_owned() };
        let full = first_paragraph(&doc).unwrap_or(&summary);
        Descriptor {
            name: pascal_case(&id),
            short_description: Message::plain(&cut(&summary)),
            full_description: Message::plain(&cut(full)),
            help_uri: page(&id, self.book),
            help: Help { text: doc.clone(), markdown: doc },
            default_configuration: Configuration { level: level_of(severity) },
            relationships: controls.iter().filter_map(|control| self.relationship(control)).collect(),
            properties: Properties {
                tags: id.split_once('/').map(|(pack, _)| pack.to_owned()).into_iter().collect(),
                precision: "very-high",
                severity: match severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Note => "recommendation",
                },
            },
            id,
        }
    }

    /// `SOC2 CC8.1` is `CC8.1` of `SOC2`.
    fn relationship(&mut self, control: &str) -> Option<Relationship> {
        let (list, id) = control.trim().split_once(char::is_whitespace)?;
        let id = id.trim();
        let found = self.taxonomies.iter().position(|taxonomy| taxonomy.name == list);
        let index = found.unwrap_or_else(|| {
            self.taxonomies.push(Taxonomy {
                name: list.to_owned(),
                short_description: Message::plain(&format!("controls of {list}")),
                taxa: Vec::new(),
            });
            self.taxonomies.len() - 1
        });
        let taxa = &mut self.taxonomies.get_mut(index)?.taxa;
        let at = taxa.iter().position(|taxon| taxon.id == id).unwrap_or_else(|| {
            taxa.push(Taxon { id: id.to_owned() });
            taxa.len() - 1
        });
        let component = Id { index: Some(index), ..Id::named(list) };
        let target =
            Id { id: Some(id.to_owned()), index: Some(at), tool_component: Some(Box::new(component)), name: None };
        Some(Relationship { target, kinds: ["relevant"] })
    }
}

/// A rule that the run does not know any more says for itself what it is about.
fn unknown(finding: &Diagnostic) -> Explained {
    Explained {
        id: finding.rule.to_string(),
        severity: finding.severity,
        summary: finding.message.clone(),
        doc: String::new(),
        controls: finding.controls.clone(),
    }
}

/// The first paragraph that is no heading.
fn first_paragraph(doc: &str) -> Option<&str> {
    doc.split("\n\n")
        .map(str::trim)
        .map(|paragraph| match paragraph.strip_prefix('#') {
            Some(heading) => heading.split_once('\n').map_or("", |(_, rest)| rest.trim()),
            None => paragraph,
        })
        .find(|paragraph| !paragraph.is_empty())
}

fn cut(text: &str) -> String {
    if text.chars().nth(DESCRIPTION).is_none() {
        return text.to_owned();
    }
    text.chars().take(DESCRIPTION - 1).chain(['…']).collect()
}

/// `release/friday-deploy` as `ReleaseFridayDeploy`.
fn pascal_case(id: &str) -> String {
    id.split(['/', '-', '_', '.'])
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<Vec<_>>()
        })
        .collect()
}
