//! Who is who.

use super::Teller;
use crate::emit::page::{Block, Section, Table, strong, text};
use crate::model::plan::Team;

impl Teller<'_> {
    pub(super) fn team(&self) -> Section {
        let rows = Team::roles().filter_map(|role| {
            let people = self.people_of(role);
            (!people.is_empty()).then(|| vec![strong(named(role)), text(people.join(", "))])
        });
        let rows: Vec<_> = rows.collect();
        let blocks =
            if rows.is_empty() { Vec::new() } else { vec![Block::Table(Table { head: vec!["Role", "Who"], rows })] };
        Section::new("team", "Who is who", blocks)
    }

    /// `@alice`, …
    pub(super) fn people_of(&self, role: &str) -> Vec<String> {
        let people = self.plan.team.as_ref().and_then(|team| team.role(role));
        people.into_iter().flat_map(|people| &people.0).map(|(person, _)| format!("@{}", person.name())).collect()
    }
}

/// `on_call` as a person writes it.
fn named(role: &str) -> String {
    let mut letters = role.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|letter| if letter == '_' { ' ' } else { letter })).collect()
}
