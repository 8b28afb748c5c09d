//! What `compile` tells people: which part, and from which journal.

use super::arguments::{Compile, Part, Target};
use super::disk::read_bytes;
use super::output::say;
use super::status::{Failure, Status};
use crate::emit::people::{self, Contents};
use crate::journal::Journal;
use crate::model::units::Instant;

#[derive(Debug)]
pub(super) struct Telling {
    pub(super) contents: Contents,
    pub(super) journal: Option<Journal>,
}

impl Telling {
    pub(super) fn of(arguments: &Compile) -> Result<Self, Failure> {
        let for_people = matches!(arguments.to, Some(Target::Markdown | Target::Html));
        let given = [("--part", arguments.part.is_some()), ("--journal", arguments.journal.is_some())];
        if let Some((option, _)) = given.into_iter().find(|(_, is_given)| *is_given && !for_people) {
            return Err(Failure::new(format!("`{option}` is for `--to markdown` and `--to html`"))
                .help("say one of the two, or leave it out"));
        }
        let contents = contents(arguments.part, arguments.journal.is_some())?;
        let journal = match &arguments.journal {
            Some(path) => Some(read_bytes(path).map(|bytes| Journal::read(&bytes)).map_err(|problem| {
                Failure::new(format!("`{}` cannot be read: {problem}", path.display()))
                    .help("`release.sh status` says where the journal of a run is")
            })?),
            None => None,
        };
        Ok(Self { contents, journal })
    }

    /// When the first run of the journal began: a plan is judged as of then, since its window is over by now.
    pub(super) fn began(&self) -> Option<Instant> {
        let journal = self.journal.as_ref()?;
        let first = journal.entries.iter().find(|entry| entry.event == "open")?;
        Instant::from_epoch_seconds(first.at)
    }

    /// The status, once it is said what is wrong with the journal.
    pub(super) fn trusted(&self, status: Status) -> Status {
        let Some(journal) = &self.journal else { return status };
        for broken in &journal.broken {
            say(&format!("error: the journal is not what was written: {broken}"));
        }
        if let Some(line) = journal.torn {
            say(&format!("note: line {line} of the journal was cut off by a crash, and is left out"));
        }
        if journal.broken.is_empty() { status } else { Status::Stop }
    }
}

fn contents(part: Option<Part>, with_journal: bool) -> Result<Contents, Failure> {
    let contents = match part {
        None if with_journal => return Ok(Contents::Run),
        Some(Part::All) if with_journal => return Ok(Contents::All),
        None | Some(Part::All) => return Ok(Contents::Plan),
        Some(Part::Announcement) => people::Part::Announcement,
        Some(Part::Updates) => people::Part::Updates,
        Some(Part::Checklist) => people::Part::Checklist,
        Some(Part::Runbook) => people::Part::Runbook,
        Some(Part::RollbackCard) => people::Part::RollbackCard,
        Some(Part::IncidentReport) => people::Part::IncidentReport,
        Some(Part::PostUpdate) => people::Part::PostUpdate,
    };
    match (contents.is_of_a_run(), with_journal) {
        (true, false) => Err(Failure::new("this part is told from the journal of a run")
            .help("name it with `--journal`; `release.sh status` says where it is")),
        (false, true) => Err(Failure::new("this part tells what is planned, and a journal says nothing about that")
            .help("leave `--journal` out, or ask for `incident-report`, `post-update` or `all`")),
        (true, true) | (false, false) => Ok(Contents::One(contents)),
    }
}
