//! Who works on the release, what goes out, and what must have been done before.

use crate::model::attribute::{Command, Done, Due, ListOf, People, Reference, Statement};
use crate::model::enums::ChangeKind;
use crate::model::record::record;
use crate::model::types::Naming;
use crate::model::units::{Moment, Person};

record! {
    /// Who does what. Holds and sign-offs name these roles.
    pub struct Team = "team", Naming::Anonymous;
    attributes {
        /// who leads the deployment
        optional lead "lead": People;
        /// who is called when something breaks
        optional on_call "on_call": People;
        /// who answers for the database
        optional database "database": People;
        /// who tells users and stakeholders
        optional communication "communication": People;
        /// who may approve
        optional approvers "approvers": People;
        /// who runs the systems
        optional operations "operations": People;
        /// who answers for security
        optional security "security": People;
        /// who answers for the product
        optional product "product": People;
        /// who answers for the business
        optional business "business": People;
        /// who helps users
        optional support "support": People;
        /// who tested the release
        optional quality "quality": People;
        /// who reviewed the changes
        optional reviewers "reviewers": People;
    }
    blocks {}
    derived {}
}

record! {
    /// When and how the same version passed staging.
    pub struct Staged = "staged", Naming::Anonymous;
    attributes {
        /// when it passed
        required at "at": Moment;
        /// where that can be seen
        required evidence "evidence": Statement;
    }
    blocks {}
    derived {}
}

record! {
    /// One thing that goes out with this release.
    pub struct Change = "change", Naming::Named;
    attributes {
        /// what it is about
        required kind "kind": ChangeKind;
        /// the feature flag it hides behind
        optional flag "flag": Statement;
        /// where it is tracked
        optional ticket "ticket": Statement;
        /// whether it can be taken back
        optional reversible "reversible": bool;
    }
    blocks {}
    derived {}
}

record! {
    /// What must have been done, and by when.
    pub struct Checklist = "checklist", Naming::Named;
    attributes {
        /// when all of its items are due
        optional due "due": Due;
    }
    blocks {
        many items "items": Item;
    }
    derived {}
}

record! {
    /// One thing to do: checked by a command, signed by a person, shown by evidence, done, or skipped with a reason.
    pub struct Item = "item", Naming::Named;
    attributes {
        /// the command that checks it
        optional run "run": Command;
        /// who signs for it
        optional by "by": Person;
        /// where it can be seen
        optional evidence "evidence": Statement;
        /// whether, or when, it was done
        optional done "done": Done;
        /// why it does not apply
        optional skip "skip": Statement;
        /// when this one is due, if not with its checklist
        optional due "due": Due;
        /// the areas it belongs to
        optional tags "tags": ListOf<Reference>;
    }
    blocks {}
    derived {
        /// the title of the checklist it stands in
        "checklist": crate::model::types::Type::Text;
        /// true where a command, a signature, evidence, `done` or `skip` settles it
        "settled": crate::model::types::Type::Bool;
        /// how long before the window opens it is due; negative where it is due after
        "ahead": crate::model::types::Type::Duration;
    }
}

impl Team {
    /// The names of all roles.
    pub fn roles() -> impl Iterator<Item = &'static str> {
        use crate::model::read::BlockType;
        Self::SHAPE.attributes.iter().map(|role| role.name)
    }

    /// Who holds a role.
    pub fn role(&self, name: &str) -> Option<&People> {
        let role = match name {
            "lead" => &self.lead,
            "on_call" => &self.on_call,
            "database" => &self.database,
            "communication" => &self.communication,
            "approvers" => &self.approvers,
            "operations" => &self.operations,
            "security" => &self.security,
            "product" => &self.product,
            "business" => &self.business,
            "support" => &self.support,
            "quality" => &self.quality,
            "reviewers" => &self.reviewers,
            _ => return None,
        };
        role.as_ref().map(|found| &found.value)
    }

    /// Everybody in the team, each once, in the order of the roles.
    pub fn everybody(&self) -> Vec<&Person> {
        let mut people: Vec<&Person> = Vec::new();
        for role in Self::roles() {
            for (person, _) in self.role(role).iter().flat_map(|people| &people.0) {
                if !people.contains(&person) {
                    people.push(person);
                }
            }
        }
        people
    }
}

impl Item {
    /// Whether the item says how it is satisfied, or why it need not be.
    pub fn is_settled(&self) -> bool {
        self.run.is_some()
            || self.by.is_some()
            || self.evidence.is_some()
            || self.skip.is_some()
            || self.done.as_ref().is_some_and(|done| done.value != Done::Flag(false))
    }
}
