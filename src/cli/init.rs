//! `stopline init`.

#![expect(clippy::disallowed_methods, reason = "the command line is where files and the environment are read")]

use std::fmt::Write as _;
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use super::arguments::Init;
use super::instant::instant;
use super::output::{Executable, print, say, write_whole};
use super::status::{Failure, Status};
use crate::init::{Answers, Beginning, Found, HOOKS_PATH, beginnings, found};
use crate::model::units::{Date, Instant, Person, UnitError, Weekday, Zone};

pub(super) fn run(arguments: &Init) -> Result<Status, Failure> {
    let folder = &arguments.folder;
    if !folder.is_dir() {
        return Err(Failure::new(format!("there is no folder `{}`", folder.display())));
    }
    let found = found(|sign| match sign.strip_suffix('/') {
        Some(name) => folder.join(name).is_dir(),
        None => folder.join(sign).is_file(),
    });
    let answers = answers(arguments, folder)?;
    let mut report = said(found);
    let (left, missing) = there_and_missing(folder, beginnings(found, &answers))?;
    for beginning in missing {
        if let Err(failure) = write(&folder.join(beginning.path), &beginning) {
            print(&report)?;
            return Err(failure);
        }
        // Writing to a string cannot fail.
        let _ = writeln!(report, "wrote {}", beginning.path);
    }
    print(&(report + &alone(&left)))?;
    say("next: put your commands into release.plan, and run `stopline check`");
    Ok(Status::Go)
}

/// What is there already, and what is not. What bears the name of one and is no file is in the way of both.
fn there_and_missing(folder: &Path, all: Vec<Beginning>) -> Result<(Vec<Beginning>, Vec<Beginning>), Failure> {
    let (there, missing): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|beginning| folder.join(beginning.path).symlink_metadata().is_ok());
    match there.iter().find(|beginning| !folder.join(beginning.path).is_file()) {
        Some(in_the_way) => Err(Failure::new(format!("`{}` is there and is no file", in_the_way.path))
            .help("move it away and say `stopline init` again; nothing was written")),
        None => Ok((there, missing)),
    }
}

fn said(found: Found) -> String {
    match found.by {
        Some(sign) => format!("{sign}: a plan for `{}`\n", found.platform.name()),
        None => "nothing here says where it runs: a plan with scripts of your own\n".to_owned(),
    }
}

fn write(path: &Path, beginning: &Beginning) -> Result<(), Failure> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)
            .map_err(|problem| Failure::new(format!("`{}` cannot be made: {problem}", parent.display())))?;
    }
    write_whole(path, &beginning.text, Executable::No)
}

/// What was there already, and what its owner may want to add.
fn alone(left: &[Beginning]) -> String {
    let mut text = String::new();
    for beginning in left {
        if beginning.path == HOOKS_PATH {
            let _ = writeln!(text, "left {HOOKS_PATH} alone; this belongs under its `repos`:\n");
            let entry = beginning.text.lines().skip(1).flat_map(|line| [line, "\n"]);
            text.extend(entry);
            text.push('\n');
        } else {
            let _ = writeln!(text, "left {} alone", beginning.path);
        }
    }
    text
}

fn answers(arguments: &Init, folder: &Path) -> Result<Answers, Failure> {
    let asks = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let ask = |what: &str, given: &Option<String>, otherwise: String| match given {
        Some(given) => Ok(given.clone()),
        None if asks => question(what, &otherwise),
        None => Ok(otherwise),
    };
    let service = ask("What is deployed?", &arguments.service, name_of(folder))?;
    if service.trim().is_empty() || service.chars().any(char::is_control) {
        return Err(Failure::new("a service needs a name on one line").help("give it with `--service`"));
    }
    let zone = ask("In which time zone do its people work?", &arguments.zone, zone_here())?;
    let lead = ask("Who leads the release?", &arguments.lead, "@lead".to_owned())?;
    let on_call = ask("Who is on call?", &arguments.on_call, "@on-call".to_owned())?;
    let zone = Zone::parse(&zone).map_err(failure)?;
    let now = instant(arguments.at.as_deref())?;
    Ok(Answers { day: next_tuesday(now, &zone), service, lead: person(&lead)?, on_call: person(&on_call)?, zone })
}

fn failure(problem: UnitError) -> Failure {
    Failure { message: problem.message, help: problem.help }
}

fn person(name: &str) -> Result<String, Failure> {
    let name = if name.starts_with('@') { name.to_owned() } else { format!("@{name}") };
    Person::parse(&name).map(|person| person.to_string()).map_err(failure)
}

fn question(what: &str, otherwise: &str) -> Result<String, Failure> {
    let unread = |problem: std::io::Error| Failure::new(format!("the terminal cannot be read: {problem}"));
    let mut terminal = std::io::stderr().lock();
    write!(terminal, "{what} [{otherwise}] ").and_then(|()| terminal.flush()).map_err(unread)?;
    let mut answer = String::new();
    if std::io::stdin().lock().read_line(&mut answer).map_err(unread)? == 0 {
        return Err(Failure::new("nobody answered").help("give the answers as options: `stopline init --help`"));
    }
    let answer = answer.trim();
    Ok(if answer.is_empty() { otherwise.to_owned() } else { answer.to_owned() })
}

/// What the folder is called.
fn name_of(folder: &Path) -> String {
    let whole: PathBuf = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    whole.file_name().and_then(|name| name.to_str()).unwrap_or("service").to_owned()
}

/// The zone of this machine, where it says one.
fn zone_here() -> String {
    let link = std::fs::read_link("/etc/localtime").ok();
    let of_link = link.as_ref().and_then(|link| link.to_str()).and_then(|link| link.split_once("zoneinfo/"));
    let named = std::env::var("TZ").ok().or_else(|| of_link.map(|(_, name)| name.to_owned()));
    // POSIX puts a colon before the name of a zone.
    named
        .map(|name| name.trim_start_matches(':').to_owned())
        .filter(|name| Zone::parse(name).is_ok())
        .unwrap_or_else(|| "UTC".to_owned())
}

/// The first Tuesday that is not today: far from both weekends.
fn next_tuesday(now: Instant, zone: &Zone) -> Date {
    let mut day = zone.local(now).date().next();
    while day.weekday() != Weekday::Tuesday {
        day = day.next();
    }
    day
}
