//! The card one holds in the hand when it has to go back.

use super::Teller;
use super::clock::{at_most, exactly};
use crate::emit::page::{Block, Entry, Section, Words, code, strong, text};
use crate::runbook::{Action, Canary, Capture, Command, Step, Undo};

impl Teller<'_> {
    pub(super) fn rollback_card(&self) -> Section {
        let mut blocks = vec![
            Block::Under(text("When"), vec![Block::List(self.reasons())]),
            Block::Under(
                text("How"),
                vec![
                    Block::Words(text(
                        "A run that is going on is interrupted first (Ctrl-C): that alone undoes nothing.",
                    )),
                    Block::Code("bash release.sh rollback".to_owned()),
                    Block::Words(self.how_long()),
                ],
            ),
        ];
        let steps = self.way_back();
        if steps.is_empty() {
            blocks.push(Block::Alarm(text("This plan changes nothing that is undone, and says no way back.")));
        } else {
            let far = if self.irreversible().is_empty() {
                "and only that"
            } else {
                "until it comes to what cannot be undone"
            };
            let order = format!("The runbook undoes what was begun, {far}. By hand, in this order:");
            let order = vec![Block::Words(text(order)), Block::Numbered(1, steps)];
            blocks.push(Block::Under(text("Last to first"), order));
        }
        let people = ["lead", "on_call", "database"].map(|role| self.people_of(role)).concat();
        if !people.is_empty() {
            blocks.push(Block::Words(strong("Call: ").text(people.join(", "))));
        }
        Section::new("rollback", "Rollback card", blocks).alarming()
    }

    fn how_long(&self) -> Words {
        let words = text("At worst it takes ").strong(at_most(self.procedure.worst_rollback()));
        match self.procedure.rollback.within {
            Some(within) => words.text(", and the plan promises ").strong(exactly(within)).text("."),
            None => words.text("."),
        }
    }

    pub(super) fn way_back(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = self.procedure.actions().filter_map(undone).flatten().collect();
        entries.reverse();
        entries.extend(self.procedure.rollback.steps.iter().map(returned));
        entries
    }
}

fn undone(action: &Action) -> Option<Vec<Entry>> {
    match action {
        Action::Step(step) => Some(of_step(step).into_iter().collect()),
        Action::Parallel(group) => Some(group.members.iter().filter_map(|member| of_step(&member.step)).collect()),
        Action::Canary(Canary { id, title, undo, command, captures, .. }) => {
            entry(id.as_str(), title, undo, given(command, captures)).map(|entry| vec![entry])
        }
        Action::Hold(_)
        | Action::Probe(_)
        | Action::Watch(_)
        | Action::Notify(_)
        | Action::Followup(_)
        | Action::Baseline(_) => None,
    }
}

fn of_step(step: &Step) -> Option<Entry> {
    let mut entry = entry(step.id.as_str(), &step.title, &step.undo, given(&step.command, &step.captures))?;
    if let Some(host) = &step.host {
        entry.words = entry.words.text(" on ").code(host.as_str());
    }
    Some(entry)
}

fn entry(id: &str, title: &str, undo: &Undo, given: Option<Block>) -> Option<Entry> {
    let named = |words: Words| words.strong(title).text(" (").code(id).text(")");
    match undo {
        Undo::Command(command) => {
            let blocks = given.into_iter().chain([Block::Code(command.clone())]).collect();
            Some(Entry { words: named(text("Undo ")), blocks })
        }
        Undo::Irreversible(why) => {
            let alarm = Block::Alarm(strong("It cannot be undone: ").text(why.as_str()));
            Some(Entry { words: named(text("Stop at ")), blocks: vec![alarm] })
        }
        Undo::With(before) => Some(Entry::new(named(Words::default()).text(" comes back with ").code(before.as_str()))),
        Undo::None => None,
    }
}

/// What a command finds in its environment, for somebody who types it.
fn given(command: &Command, captures: &[Capture]) -> Option<Block> {
    let of_plan = command.env.iter().map(|variable| format!("{}={}", variable.name, variable.value));
    let secrets = command.secrets.iter().map(|secret| (secret.to_string(), " (a secret)"));
    let noted = captures.iter().map(|capture| (capture.name.to_string(), " (the journal says what was noted)"));
    let all: Vec<(String, &str)> = of_plan.map(|variable| (variable, "")).chain(secrets).chain(noted).collect();
    let (last, before) = all.split_last()?;
    let with = before.iter().fold(text("With "), |words, (name, what)| words.code(name).text(format!("{what}, ")));
    Some(Block::Words(with.code(&last.0).text(format!("{}:", last.1))))
}

fn returned(step: &Step) -> Entry {
    let mut blocks: Vec<Block> = given(&step.command, &[]).into_iter().collect();
    blocks.push(Block::Code(step.command.run.clone()));
    if let Some(verify) = &step.verify {
        blocks.push(Block::Words(text("It is back when this succeeds:")));
        blocks.push(Block::Code(verify.clone()));
    }
    let words = strong(step.title.as_str()).text(" (").and(code(step.id.as_str()));
    Entry { words: words.text("), only where a change was begun"), blocks }
}
