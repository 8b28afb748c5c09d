//! The runs that journals tell of: each attempt with who, when and where, what was signed and refused, and how it ended.

use std::path::Path;

use serde::Serialize;

use super::reading::Reading;
use super::scope::KnownPlan;
use crate::journal::{self, End, Entry, Scanned};
use crate::model::enums::Environment;
use crate::model::units::Instant;

#[derive(Debug, Clone, Serialize)]
pub struct Run {
    pub journal: String,
    /// In its journal, from 1, and the line it begins with.
    pub attempt: usize,
    pub line: usize,
    pub service: Option<String>,
    pub environment: Option<String>,
    pub plan: PlanOfRun,
    /// As the runbook names them: `release=1.1.0=<digest>`.
    pub policies: Vec<String>,
    pub stopline: Option<String>,
    pub by: Account,
    pub began: Option<Instant>,
    /// Its last line.
    pub ended: Option<Instant>,
    /// None where the clock was set back meanwhile.
    pub seconds: Option<u64>,
    pub end: End,
    /// Why, what went wrong first before what followed.
    pub why: Vec<String>,
    /// Whether it began something that changes its service.
    pub changed: bool,
    pub approvals: Vec<Said>,
    pub refusals: Vec<Said>,
    pub glass: Vec<Said>,
    /// Guards that said no and were overruled, and those that a waiver lets pass.
    pub overruled: Vec<Said>,
    pub stops: Vec<Said>,
    /// Red flags that were raised, or could not be read.
    pub flags: Vec<Said>,
    pub is_sound: bool,
}

/// Which plan was run.
#[derive(Debug, Clone, Serialize)]
pub struct PlanOfRun {
    pub id: Option<String>,
    pub digest: Option<String>,
    /// Where it stands in this audit; none where it is not in scope, or was changed since.
    pub path: Option<String>,
}

/// Who was there, as the machine knows them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Account {
    pub user: Option<String>,
    pub host: Option<String>,
    /// Where a connection came from.
    pub from: Option<String>,
}

/// A line of a journal that an auditor asks for.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    pub line: usize,
    pub at: Option<Instant>,
    /// The hold or red flag; empty where it is the run itself.
    pub of: String,
    /// Who it is said to be.
    pub who: Option<String>,
    /// On the command line or at a terminal.
    pub how: Option<String>,
    pub why: Option<String>,
    pub by: Account,
}

/// A run, and what it comes to for the measures.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) run: Run,
    pub(super) reading: Reading,
}

/// In the order of their journals, and in them from the first to the last.
pub(super) fn told(journals: &[Scanned], plans: &[KnownPlan<'_>]) -> Vec<Told> {
    let of_journal = |scanned: &Scanned| {
        let runs = journal::Run::each(&scanned.journal).enumerate();
        runs.map(|(index, run)| tell(scanned, index + 1, &run, plans)).collect::<Vec<_>>()
    };
    journals.iter().flat_map(of_journal).collect()
}

fn tell(scanned: &Scanned, attempt: usize, run: &journal::Run<'_>, plans: &[KnownPlan<'_>]) -> Told {
    let open = run.entries.first();
    let fact = |name: &str| open.and_then(|open| open.fact(name)).map(str::to_owned);
    let digest = fact("plan");
    let folder = Folder::of(&scanned.path);
    // One file may hold several plans.
    let is_it = |plan: &&KnownPlan<'_>| {
        digest.as_ref() == Some(&plan.digest) && folder.plan.is_none_or(|id| id == plan.plan.head.id.value)
    };
    let known = plans.iter().find(is_it);
    let text = |text: &str| text.to_owned();
    let service = known.and_then(|known| known.plan.service.as_ref().map(|service| service.value.clone()));
    let environment = known.and_then(|known| known.plan.environment.as_ref()).map(|found| text(found.value.name()));
    let id = known.map(|known| known.plan.head.id.value.clone());
    let instant = |at: Option<i64>| at.and_then(Instant::from_epoch_seconds);
    let (began, ended) = (run.began(), run.ended());
    let all = |event: &str| run.of_event(event).map(Said::of).collect::<Vec<_>>();
    let told = Run {
        journal: scanned.path.clone(),
        attempt,
        line: open.map_or(1, |open| open.line),
        service: service.or_else(|| folder.service.map(text)),
        environment: environment.or_else(|| folder.environment.map(text)),
        plan: PlanOfRun { id: id.or_else(|| folder.plan.map(text)), digest, path: known.map(|known| text(known.path)) },
        policies: fact("policies").map_or_else(Vec::new, |all| all.split_whitespace().map(text).collect()),
        stopline: fact("stopline"),
        by: open.map_or_else(Account::default, Account::of),
        began: instant(began),
        ended: instant(ended),
        seconds: began.zip(ended).and_then(|(began, ended)| u64::try_from(ended.checked_sub(began)?).ok()),
        end: run.end,
        why: run.why.iter().map(|why| text(why)).collect(),
        changed: run.changed(),
        approvals: all("approve"),
        refusals: all("refuse"),
        glass: all("glass"),
        overruled: run.of_event("guard").filter(|entry| is_overruled(entry)).map(Said::of_guard).collect(),
        stops: all("stop"),
        flags: run.of_event("flag").filter(|entry| entry.fact("verdict") != Some("fine")).map(Said::of).collect(),
        is_sound: scanned.is_sound(),
    };
    let reading = Reading::of(&told, run, known.map(|known| known.plan));
    Told { run: told, reading }
}

impl Said {
    fn of(entry: &Entry) -> Self {
        let fact = |name: &str| entry.fact(name).map(str::to_owned);
        Self {
            line: entry.line,
            at: Instant::from_epoch_seconds(entry.at),
            of: entry.of.clone(),
            who: fact("who"),
            how: fact("how"),
            why: fact("why").or_else(|| fact("reason")).or_else(|| fact("verdict")),
            by: Account::of(entry),
        }
    }

    fn of_guard(entry: &Entry) -> Self {
        let fact = |name: &str| entry.fact(name).unwrap_or_default().to_owned();
        Self { of: fact("name"), how: Some(fact("verdict")), ..Self::of(entry) }
    }
}

fn is_overruled(guard: &Entry) -> bool {
    matches!(guard.fact("verdict"), Some("broken" | "waived"))
}

impl Account {
    fn of(entry: &Entry) -> Self {
        let fact = |name: &str| entry.fact(name).map(str::to_owned);
        Self { user: fact("user"), host: fact("host"), from: fact("from") }
    }
}

/// What the folder of a run says, `<service>-<environment>/<plan>-<key>`: the journal itself does not.
#[derive(Debug, Default)]
struct Folder<'a> {
    service: Option<&'a str>,
    environment: Option<&'a str>,
    plan: Option<&'a str>,
}

impl<'a> Folder<'a> {
    fn of(path: &'a str) -> Self {
        let mut above = Path::new(path).ancestors().skip(1).filter_map(|folder| folder.file_name()?.to_str());
        let (home, place) = (above.next(), above.next());
        let is_environment = |name: &str| Environment::ALL.iter().any(|known| known.name() == name);
        let plan = home.and_then(journal::plan_of_home);
        let place = place.and_then(|place| place.rsplit_once('-')).filter(|(_, name)| is_environment(name));
        match (plan, place) {
            (Some(plan), Some((service, environment))) => {
                Self { service: Some(service), environment: Some(environment), plan: Some(plan) }
            }
            _ => Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_a_run_says_what_was_deployed_where() {
        let said = |path| {
            let folder = Folder::of(path);
            (folder.service, folder.environment, folder.plan)
        };
        let path = "state/check-out-production/checkout-1-2-0123456789abcdef/journal.jsonl";
        assert_eq!(said(path), (Some("check-out"), Some("production"), Some("checkout-1-2")));
        for other in ["journal.jsonl", "a/b/journal.jsonl", "check-prod/x-0123456789abcdef/journal.jsonl", "/"] {
            assert_eq!(said(other), (None, None, None), "{other}");
        }
    }
}
