//! Ids of a procedure: what is written stays as written, what is derived from a title is made to fit, and no two are alike.

use std::collections::{HashMap, HashSet};

use super::diagnostics::UNSUPPORTED_NAME;
use crate::check::names::IN_PLANS;
use crate::diagnostic::Diagnostic;
use crate::model::read::Head;
use crate::runbook::{Id, Unfit};
use crate::source::Place;

/// The ids of one kind of thing.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Written in the plan: nothing that is derived may take them.
    reserved: HashSet<String>,
    taken: HashMap<Id, Place>,
    /// By what the plan calls them.
    known: HashMap<String, Id>,
    /// The next number to try for an id that is taken.
    next: HashMap<Id, u64>,
}

impl Names {
    pub(super) fn reserving<'h>(heads: impl IntoIterator<Item = &'h Head>) -> Self {
        let written = heads.into_iter().filter(|head| is_written(head)).map(|head| head.id.value.clone());
        Self { reserved: written.collect(), ..Self::default() }
    }

    /// The id of something with a head; none after saying why it cannot have one.
    pub(super) fn claim(&mut self, head: &Head, diagnostics: &mut Vec<Diagnostic>) -> Option<Id> {
        let (name, place) = (&head.id.value, head.id.place);
        if !is_written(head) {
            let id = self.free(name, place);
            self.known.entry(name.clone()).or_insert_with(|| id.clone());
            return Some(id);
        }
        let id = match Id::new(name.as_str()) {
            Ok(id) => id,
            Err(unfit) => {
                diagnostics.push(refusal(&unfit, place).help(format!("call it `{}`", Id::nearest(name))));
                return None;
            }
        };
        if let Some(first) = self.taken.get(&id) {
            diagnostics.push(
                Diagnostic::new(IN_PLANS.repeated, place, format!("`{id}` stands there twice"))
                    .related(*first, "it was named here first")
                    .help("give one of the two another id: the journal must know which is meant"),
            );
            return None;
        }
        self.taken.insert(id.clone(), place);
        self.known.insert(name.clone(), id.clone());
        Some(id)
    }

    /// An id nobody has, as near to `text` as can be.
    pub(super) fn free(&mut self, text: &str, place: Place) -> Id {
        let wanted = Id::nearest(text);
        let mut id = wanted.clone();
        while self.taken.contains_key(&id) || self.reserved.contains(id.as_str()) {
            let number = self.next.entry(wanted.clone()).or_insert(1);
            *number += 1;
            // cut, so that the number still fits
            id = Id::nearest(&format!("{:.40}-{number}", wanted.as_str()));
        }
        self.taken.insert(id.clone(), place);
        id
    }

    /// The id of what the plan calls `name`.
    pub(super) fn find(&self, name: &str) -> Option<&Id> {
        self.known.get(name)
    }

    /// What the plan calls them, for "did you mean".
    pub(super) fn known(&self) -> impl Iterator<Item = &str> {
        let mut known: Vec<&str> = self.known.keys().map(String::as_str).collect();
        known.sort_unstable();
        known.into_iter()
    }

    pub(super) fn place(&self, id: &str) -> Option<Place> {
        Id::new(id).ok().and_then(|id| self.taken.get(&id).copied())
    }
}

pub(super) fn refusal(unfit: &Unfit, place: Place) -> Diagnostic {
    Diagnostic::new(&UNSUPPORTED_NAME, place, unfit.to_string())
}

/// Whether the id was written rather than derived from the title.
fn is_written(head: &Head) -> bool {
    head.title.as_ref().is_none_or(|title| title.place != head.id.place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::located::Located;
    use crate::source::{FileId, Span};

    fn head(id: &str, title: Option<&str>) -> Head {
        let place = Place::new(FileId::default(), Span::at(7));
        let title = title.map(|title| Located::new(title.to_owned(), place));
        Head { kind: "step", id: Located::new(id.to_owned(), place), title, place }
    }

    #[test]
    fn a_written_id_comes_before_one_from_a_title() {
        let written = head("tell-them", None);
        let mut names = Names::reserving([&written]);
        let mut said = Vec::new();
        let derived = names.claim(&head("tell-them", Some("Tell them")), &mut said).unwrap();
        let again = names.claim(&head("tell-them", Some("Tell them")), &mut said).unwrap();
        let written = names.claim(&written, &mut said).unwrap();
        assert_eq!([derived.as_str(), again.as_str(), written.as_str()], ["tell-them-2", "tell-them-3", "tell-them"]);
        assert!(said.is_empty());
    }

    #[test]
    fn many_long_titles_still_get_ids_of_their_own() {
        let mut names = Names::default();
        let place = Place::default();
        let ids: HashSet<Id> = (0..2000).map(|_| names.free(&"long ".repeat(40), place)).collect();
        assert_eq!(ids.len(), 2000);
    }
}
