//! `stopline audit`.

use std::path::{Path, PathBuf};

use super::arguments::{Audit, AuditFormat};
use super::baseline;
use super::check::{fail_on, say_what_was_applied};
use super::disk::shown;
use super::files::is_there;
use super::journals::{Journals, is_journal};
use super::judging::Brought;
use super::output::{Executable, file_of, hand_out, options};
use super::overwriting::{refuse, refuse_sources};
use super::progress::Progress;
use super::status::{Failure, Status};
use crate::audit::{self, Gathered};
use crate::diagnostic::Diagnostic;
use crate::journal::{Digest, Scanned, missing_head};
use crate::report::{self, Options, Shown, ShownAudit};
use crate::session::diagnostics::NOTHING_TO_JUDGE;
use crate::session::{self, Catalogue};
use crate::source::SourceMap;

pub(super) fn run(arguments: &Audit) -> Result<Status, Failure> {
    let heads = heads(&arguments.heads)?;
    let progress = Progress::start("judging");
    let paths = if arguments.paths.is_empty() { vec![PathBuf::from(".")] } else { arguments.paths.clone() };
    let (named, documents): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|path| is_journal(path));
    if let Some(missing) = named.iter().find(|path| !is_there(path)) {
        return Err(Failure::new(format!("there is no file `{}`", missing.display()))
            .help("check the path; `release.sh status` says where the journal of a run is"));
    }
    let mut sources = SourceMap::default();
    let to_judge = if arguments.paths.is_empty() { Some([].as_slice()) } else { Some(documents.as_slice()) };
    let to_judge = to_judge.filter(|documents| arguments.paths.is_empty() || !documents.is_empty());
    let by = (&arguments.judging, &arguments.settings);
    let mut brought = Brought::for_paths(to_judge, &arguments.stdin_name, by, &mut sources)?;
    let listed = baseline::read(arguments.baseline.as_deref(), &brought.settled, &mut sources)?;
    let journals = Journals::below(&paths, &mut sources);
    brought.loaded.others.elsewhere = journals.found;
    brought.loaded.others.folders.retain(|folder| !holds_one(&folder.path, &journals.files));
    let checked = session::check(&brought.request(), &mut sources);
    refuse_sources(arguments.output.as_deref(), &sources, &brought.loaded)?;
    refuse(arguments.output.as_deref(), journals.files.iter().map(PathBuf::as_path))?;
    progress.end();
    if arguments.verbose {
        say_what_was_applied(&paths, &brought, &checked.policies, &sources);
    }
    let is_about_nothing = checked.plans.is_empty() && journals.found == 0;
    let more = brought.unreadable().chain(journals.findings).chain(lost(&heads, &journals.scanned));
    let more = more.chain(is_about_nothing.then(nothing_to_audit));
    // The evidence speaks of the same report, whatever of it a baseline leaves out.
    let found = audit::without_past_windows(checked.report.clone(), &checked, &journals.scanned, &sources);
    let found = found.with(more, &sources);
    let shown = Shown::of(found.clone(), &sources);
    let (shown, left_out) = match &listed {
        Some(listed) => listed.apply(&arguments.paths, shown),
        None => (shown, 0),
    };
    let as_named: Vec<String> = paths.iter().map(|path| super::disk::shown(path)).collect();
    let evidence = audit::Audit::of(&Gathered {
        now: brought.now,
        paths: &as_named,
        checked: &checked,
        report: &found,
        sources: &sources,
        journals: &journals.scanned,
        targets: &brought.settled.config.targets,
        left_out,
    });
    let to_file = file_of(arguments.output.as_deref()).is_some();
    let fail_on = fail_on(arguments.fail_on);
    let options =
        Options { catalogue: Catalogue::new(&checked.policies), ..options(arguments.color, fail_on, to_file) };
    let status = Status::from_code(shown.report().exit_status(fail_on));
    let told = ShownAudit::of(evidence, &found, &sources, shown);
    hand_out(arguments.output.as_deref(), &rendered(&told, arguments.format, &options), Executable::No)?;
    Ok(status)
}

fn rendered(told: &ShownAudit<'_>, format: AuditFormat, options: &Options<'_>) -> String {
    let evidence = |format| told.render(format, options);
    let findings = |format| told.shown.render(format, options);
    match format {
        AuditFormat::Human => evidence(report::AuditFormat::Human),
        AuditFormat::Json => evidence(report::AuditFormat::Json),
        AuditFormat::Markdown => evidence(report::AuditFormat::Markdown),
        AuditFormat::Html => evidence(report::AuditFormat::Html),
        AuditFormat::Csv => evidence(report::AuditFormat::Csv),
        AuditFormat::Oscal => evidence(report::AuditFormat::Oscal),
        AuditFormat::Concise => findings(report::Format::Concise),
        AuditFormat::Sarif => findings(report::Format::Sarif),
        AuditFormat::Junit => findings(report::Format::Junit),
        AuditFormat::Github => findings(report::Format::Github),
        AuditFormat::Gitlab => findings(report::Format::Gitlab),
        AuditFormat::Rdjson => findings(report::Format::Rdjson),
    }
}

fn heads(written: &[String]) -> Result<Vec<Digest>, Failure> {
    let head = |text: &String| {
        Digest::parse(text).ok_or_else(|| {
            Failure::new(format!("`--head {text}` is no digest"))
                .help("it is the 64 hexadecimal digits that an earlier audit printed beside the journal")
        })
    };
    written.iter().map(head).collect()
}

/// Of the digests that were kept, those that are of no line any more.
fn lost(heads: &[Digest], journals: &[Scanned]) -> Vec<Diagnostic> {
    let is_there = |head: &&Digest| {
        journals.iter().any(|scanned| scanned.journal.entries.iter().any(|entry| entry.digest == **head))
    };
    heads.iter().filter(|head| !is_there(head)).map(|head| missing_head(&head.to_string())).collect()
}

/// Whatever else is in order: evidence is of plans and of their runs.
fn nothing_to_audit() -> Diagnostic {
    Diagnostic::without_place(&NOTHING_TO_JUDGE, "there is no plan and no journal to gather evidence of")
        .help("name a plan, or the folder in which runbooks keep their state: `release.sh status` says where it is")
}

/// A folder of journals holds something to audit.
fn holds_one(folder: &str, journals: &[PathBuf]) -> bool {
    journals.iter().any(|journal| folder == "." || Path::new(&shown(journal)).starts_with(folder))
}
