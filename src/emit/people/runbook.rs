//! The steps in their order, with all that surrounds them.

use super::Teller;
use super::clock::{at_most, exactly};
use super::failing::spares;
use super::pace::{Leg, Stretch};
use crate::emit::page::{Block, Entry, Section, Words, code, strong, text};
use crate::runbook::{
    Action, Analysis, Canary, Check, Forbidden, Hold, Member, Missing, Parallel, Phase, Probe, Seconds, Step, Undo,
};

const UNWATCHED: &str = "no red flag is armed then, and only people see what goes wrong";

impl Teller<'_> {
    pub(super) fn runbook(&self) -> Section {
        let mut blocks = vec![Block::Under(text("Before anything is touched"), vec![Block::List(self.guards())])];
        if let Some(uncounted) = self.uncounted() {
            let words = format!("Every time and length below is that at worst; {uncounted}.");
            blocks.push(Block::Words(text(words)));
        }
        let mut number = 1;
        for Leg { phase, begins, ends, stretches } in self.legs() {
            let until = if ends > begins { format!(", over after {} at worst", at_most(ends)) } else { String::new() };
            let title = strong(phase.title.as_str()).text(until);
            let entries = stretches.iter().map(|stretch| self.action(phase, stretch)).collect();
            blocks.push(Block::Under(title, vec![Block::Numbered(number, entries)]));
            number += stretches.len();
        }
        Section::new("runbook", "Runbook", blocks)
    }

    fn guards(&self) -> Vec<Entry> {
        let guards = &self.procedure.guards;
        let worst = at_most(self.procedure.worst_case());
        let mut all = vec![match &self.clock.window {
            Some(window) => text("The window is open: ")
                .strong(window.to_string())
                .text(format!(", and what is left of it has room for the worst case, {worst}")),
            None => text("The plan has no window: any time will do that no rule forbids"),
        }];
        let needed = [
            listed("These are on the path: ", &guards.tools),
            listed("These secrets are in the environment: ", self.procedure.secrets()),
            listed("These metrics answer: ", self.procedure.read_by_guards()),
        ];
        all.extend(needed.into_iter().filter(|words| words.0.len() > 1));
        let rules = guards.forbidden.chunk_by(|one, next| one.rule == next.rule);
        all.into_iter().map(Entry::new).chain(rules.map(|times| self.forbidden(times))).collect()
    }

    /// The times that one rule forbids.
    fn forbidden(&self, times: &[Forbidden]) -> Entry {
        let rule = times.first().map_or("", |forbidden| forbidden.rule.as_str());
        let entry = |forbidden: &Forbidden| {
            let (from, until) = (self.clock.moment(forbidden.from), self.clock.moment(forbidden.until));
            let words = text(format!("not from {from} until {until}"));
            Entry::new(match &forbidden.waived {
                Some(waived) => words.text(", ").strong(waived.as_str()),
                None => words,
            })
        };
        let words = text("Nothing runs at a time that ").code(rule).text(" forbids");
        Entry { words, blocks: vec![Block::List(times.iter().map(entry).collect())] }
    }

    fn action(&self, phase: &Phase, stretch: &Stretch<'_>) -> Entry {
        let (action, length) = (stretch.action, stretch.lasts());
        let watched = self.procedure.red_flags.iter().any(|flag| flag.during.contains(&phase.id));
        let words = strong(action.title()).text(" (").code(action.id().as_str()).text(")");
        let limit = if length > Seconds::ZERO { format!(", at most {}", at_most(length)) } else { String::new() };
        match action {
            Action::Step(step) => Entry { words: words.text(limit), blocks: command(step) },
            Action::Hold(held) => Entry { words: strong("HOLD ").and(words), blocks: hold(held) },
            Action::Probe(probe) => Entry { words: words.text(limit), blocks: looked_at(probe) },
            Action::Watch(watch) => Entry::new(words.text(format!(
                ": nobody walks away for {}; {}",
                exactly(watch.lasting),
                if watched {
                    format!("the red flags are looked at every {}", exactly(watch.every))
                } else {
                    UNWATCHED.to_owned()
                }
            ))),
            Action::Notify(notify) => {
                Entry { words: words.text(": tells somebody"), blocks: vec![Block::Code(notify.command.run.clone())] }
            }
            Action::Followup(owed) => {
                let by = owed.by.as_ref().map_or_else(String::new, |by| format!(" by @{by}"));
                Entry::new(words.text(format!(": owed{by} until {}", self.clock.moment(owed.due))))
            }
            Action::Canary(canary) => Entry { words: words.text(limit), blocks: shares(canary, watched) },
            Action::Baseline(baseline) => {
                Entry { words, blocks: vec![Block::Words(listed("Read and kept: ", &baseline.metrics))] }
            }
            Action::Parallel(group) => Entry { words: words.text(limit), blocks: members(group) },
        }
    }
}

fn listed<N: ToString>(label: &str, names: impl IntoIterator<Item = N>) -> Words {
    names.into_iter().enumerate().fold(text(label), |words, (index, name)| {
        let words = if index == 0 { words } else { words.text(", ") };
        words.code(name.to_string())
    })
}

fn command(step: &Step) -> Vec<Block> {
    let mut blocks = vec![Block::Code(step.command.run.clone())];
    let mut notes = Vec::new();
    if let Some(host) = &step.host {
        notes.push(text("on ").code(host.as_str()));
    }
    if step.retries > 0 {
        let times = if step.retries == 1 { "once".to_owned() } else { format!("up to {} times", step.retries) };
        notes.push(text(format!("where it fails, tried again {times}, after {}", exactly(step.retry_delay))));
    }
    if !step.command.secrets.is_empty() {
        notes.push(listed("is given ", &step.command.secrets));
    }
    if step.changes {
        notes.push(match &step.undo {
            Undo::Command(undo) if undo.contains('\n') => {
                text("changes production; the rollback card says how it is undone")
            }
            Undo::Command(undo) => text("changes production; undone by ").code(undo.as_str()),
            Undo::Irreversible(why) => strong("changes production, and cannot be undone: ").text(why.as_str()),
            Undo::With(before) => text("changes production; undone with ").code(before.as_str()),
            Undo::None => text("changes production"),
        });
    }
    if !notes.is_empty() {
        blocks.push(Block::List(notes.into_iter().map(Entry::new).collect()));
    }
    if let Some(verify) = &step.verify {
        blocks.push(Block::Words(text("Done when this succeeds:")));
        blocks.push(Block::Code(verify.clone()));
    }
    blocks
}

fn hold(hold: &Hold) -> Vec<Block> {
    let people: Vec<String> = hold.by.iter().map(|person| format!("@{person}")).collect();
    let expires = match hold.expires {
        Some(expires) => format!(" within {} of when it is first reached. Silence is no", exactly(expires)),
        None => ", and it waits until they do".to_owned(),
    };
    let who = text(format!("{} of ", hold.needs)).strong(people.join(", ")).text(format!(
        " must sign{expires}. A no takes back what was begun; once it is signed, every guard is judged again."
    ));
    let sign =
        text("Where there is no terminal: ").code(format!("bash release.sh resume --approve {} --as WHO", hold.id));
    let sign = if hold.needs > 1 { sign.text(", once for each of them") } else { sign };
    vec![Block::Words(who), Block::Words(sign)]
}

fn looked_at(probe: &Probe) -> Vec<Block> {
    let asked = match &probe.check {
        Check::Http { url, expect } => Block::Words(text("GET ").code(url.as_str()).text(format!(" answers {expect}"))),
        Check::Script { run, .. } => Block::Code(run.clone()),
    };
    let stays = if probe.lasting > Seconds::ZERO {
        format!(", and stays so for {}", exactly(probe.lasting))
    } else {
        String::new()
    };
    let rule =
        format!("Looked at every {}{stays}; {} bad in a row is a failure.", exactly(probe.every), probe.failures);
    vec![asked, Block::Words(text(rule))]
}

fn shares(canary: &Canary, watched: bool) -> Vec<Block> {
    let shares: Vec<String> = canary.shares.iter().map(|share| format!("{} %", share.normalize())).collect();
    let analysis = match canary.analysis {
        Some(analysis) => looks(analysis, canary.every),
        None if watched => format!("the red flags are watched for {}", exactly(canary.analyze)),
        None => format!("it stays so for {}; {UNWATCHED}", exactly(canary.analyze)),
    };
    let mut blocks = vec![
        Block::Words(strong(shares.join(" → ")).text(format!("; after each, {analysis}"))),
        Block::Code(canary.command.run.clone()),
    ];
    if let Undo::Command(undo) = &canary.undo {
        blocks.push(Block::Words(text("Undone by ").and(if undo.contains('\n') {
            text("what the rollback card says")
        } else {
            code(undo.trim())
        })));
    }
    blocks
}

/// How many of them may find what: one more acts.
fn looks(analysis: Analysis, every: Seconds) -> String {
    let Analysis { looks, failures, inconclusive, missing } = analysis;
    let undecided = match missing {
        Missing::Failed => String::new(),
        Missing::Inconclusive => format!(", and {inconclusive} may be undecided (one more is a hold)"),
    };
    format!("{looks} looks, {} apart: {failures} may find a red flag of the plan raised{undecided}", exactly(every))
}

fn members(group: &Parallel) -> Vec<Block> {
    let limit = match group.limit {
        0 | 1 => "One after the other".to_owned(),
        limit => format!("At the same time, at most {limit} at once"),
    };
    let rule = match spares(group) {
        0 => format!("{limit}:"),
        spares => format!("{limit}; {spares} may fail: what does is taken back by itself, and the others go on:"),
    };
    let entry = |Member { step, needs }: &Member| {
        let mut words = strong(step.title.as_str()).text(" (").code(step.id.as_str()).text(")");
        if !needs.is_empty() {
            words = words.and(listed(", after ", needs));
        }
        Entry { words, blocks: command(step) }
    };
    vec![Block::Words(text(rule)), Block::List(group.members.iter().map(entry).collect())]
}
