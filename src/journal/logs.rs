//! The logs of a run beside its journal: what a command printed, under a name that says which line began it, with a digest
//! in the line that ended it. A chain cannot show that its end was cut off; a log without its line can.

use std::collections::{BTreeMap, HashMap};

use super::{Digest, Journal};

/// A file in the folder of logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Its name without the folder: `14-backup-db-run.log`.
    pub name: String,
    /// None where it cannot be read.
    pub digest: Option<Digest>,
}

/// What the logs say of a journal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Logs {
    /// How many digests of logs the journal holds.
    pub named: usize,
    /// How many of these logs are what was written.
    pub proven: usize,
    pub doubts: Vec<Doubt>,
}

/// One log that is not what the journal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The line that ended the command names another digest.
    Changed { log: String, line: usize },
    /// The line names a log that is gone, while others are there.
    Missing { log: String, line: usize },
    /// It is there, and what is in it cannot be read.
    Unreadable { log: String, line: usize },
    /// It was begun with this line of the run, and the journal has none such.
    CutOff { log: String, number: u64 },
    /// None of them is there: nothing says whether the end of the journal was cut off.
    NoneHere { line: usize },
}

/// What the journal knows of one log.
struct Command {
    /// The line with the digest, once the command has ended.
    ended: Option<(usize, Digest)>,
}

impl Logs {
    /// Holds the logs that are there against the lines that speak of them.
    pub fn beside(journal: &Journal, there: &[Log]) -> Self {
        let commands = commands(journal);
        let here: BTreeMap<&str, &Log> = there.iter().map(|log| (log.name.as_str(), log)).collect();
        let mut logs = Self::default();
        let mut ended: Vec<(&String, usize, Digest)> = commands
            .iter()
            .filter_map(|(name, command)| command.ended.map(|(line, digest)| (name, line, digest)))
            .collect();
        ended.sort_by_key(|(_, line, _)| *line);
        logs.named = ended.len();
        let is_without = ended.iter().all(|(name, _, _)| !here.contains_key(name.as_str()));
        for (name, line, digest) in ended.iter().filter(|_| !is_without) {
            let (log, line) = ((*name).clone(), *line);
            match here.get(name.as_str()).map(|log| log.digest) {
                Some(Some(found)) if found == *digest => logs.proven += 1,
                Some(Some(_)) => logs.doubts.push(Doubt::Changed { log, line }),
                Some(None) => logs.doubts.push(Doubt::Unreadable { log, line }),
                None => logs.doubts.push(Doubt::Missing { log, line }),
            }
        }
        if let (true, Some((_, line, _))) = (is_without, ended.first()) {
            logs.doubts.push(Doubt::NoneHere { line: *line });
        }
        let mut unknown: Vec<(u64, &str)> = here
            .keys()
            .filter(|name| !commands.contains_key(**name))
            .filter_map(|name| Some((number(name)?, *name)))
            .collect();
        unknown.sort_unstable();
        logs.doubts.extend(unknown.into_iter().map(|(number, log)| Doubt::CutOff { log: log.to_owned(), number }));
        logs
    }
}

/// The commands of a journal by the names of their logs.
fn commands(journal: &Journal) -> HashMap<String, Command> {
    let mut commands: HashMap<String, Command> = HashMap::new();
    let mut running: HashMap<(&str, &str), String> = HashMap::new();
    for entry in &journal.entries {
        let Some(part) = entry.fact("part") else { continue };
        let of = (entry.of.as_str(), part);
        match entry.event.as_str() {
            "begin" => {
                let name = format!("{}-{}-{part}.log", entry.number, entry.of);
                commands.insert(name.clone(), Command { ended: None });
                running.insert(of, name);
            }
            "end" => {
                let digest = entry.fact("output").and_then(Digest::parse);
                let command = running.remove(&of).and_then(|name| commands.get_mut(&name));
                if let Some((command, digest)) = command.zip(digest) {
                    command.ended = Some((entry.line, digest));
                }
            }
            _ => {}
        }
    }
    commands
}

/// The number of the line a log was begun with; what has none is no log.
fn number(name: &str) -> Option<u64> {
    let (number, _) = name.strip_suffix(".log")?.split_once('-')?;
    number.parse().ok()
}
