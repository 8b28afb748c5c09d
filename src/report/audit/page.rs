//! The evidence as a document: what stands in it, in the order in which an auditor asks.

use super::ShownAudit;
use crate::audit::{Account, Audit, Control, Group, JournalEvidence, Measure, Run, Said, Waiver};
use crate::emit::page::{Block, Entry, Page, Section, Table, Words, code, strong, text};
use crate::journal::{Digest, End};
use crate::model::units::{Instant, in_words};
use crate::report::{Color, Options, verdict};
use crate::session::Verdict;

/// What can be said of a journal at all, beside every table of journals.
const PROVES: &str = "Each line carries the digest of the line before it, so a line that was changed, added or removed is \
    seen, unless somebody wrote every line after it anew. The last line is proven by nothing but its digest, the head: \
    kept elsewhere, it shows (with --head) that nothing was changed before it or cut off behind it. A cut that took the \
    logs of the later commands with it is not seen without a head.";

/// The whole, with verdict and findings.
pub(super) fn page(told: &ShownAudit<'_>, options: &Options<'_>) -> Page {
    let digest = Digest::of(super::json::render(told, options).as_bytes());
    let head = [judged(told, options), findings(told)];
    Page {
        title: "Audit".to_owned(),
        sections: head.into_iter().chain(evidence(told)).collect(),
        of: ("Audit", digest.to_string()),
    }
}

/// The parts beside verdict and findings.
pub(super) fn evidence(told: &ShownAudit<'_>) -> Vec<Section> {
    let audit = &told.audit;
    vec![scope(audit), measures(audit), runs(audit), journals(audit), controls(audit), waivers(audit)]
}

fn judged(told: &ShownAudit<'_>, options: &Options<'_>) -> Section {
    let report = told.shown.report();
    let plain = Options { color: Color::Off, elapsed: None, ..*options };
    let line = verdict::line(report, &plain).split_whitespace().collect::<Vec<_>>().join(" ");
    let tool = format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let rows = vec![
        vec![strong("Verdict"), strong(line)],
        vec![strong("As of"), text(told.audit.at.to_string())],
        vec![strong("By"), text(tool)],
    ];
    let section = Section::new("verdict", "Verdict", vec![Block::Table(Table { head: vec!["", ""], rows })]);
    match report.verdict(options.fail_on) {
        Verdict::Go => section,
        Verdict::Stop => section.alarming(),
    }
}

fn findings(told: &ShownAudit<'_>) -> Section {
    let (report, sources) = (told.shown.report(), told.shown.sources());
    let rows = report.findings().iter().map(|finding| {
        let weight = match (&finding.waived, finding.undecided) {
            (Some(_), _) => "waived",
            (None, true) => "undecided",
            (None, false) => finding.severity.name(),
        };
        let place = finding.place.map_or_else(Words::default, |place| {
            let at = sources.line_column(place.file, place.span.start);
            code(format!("{}:{}:{}", sources.path(place.file), at.line, at.column))
        });
        vec![text(weight), place, text(finding.message.as_str()), code(finding.rule.as_ref())]
    });
    let rows: Vec<_> = rows.collect();
    let block = table(vec!["Weight", "Where", "What", "Rule"], rows, "Nothing was found.");
    Section::new("findings", "Findings", vec![block])
}

fn scope(audit: &Audit) -> Section {
    let scope = &audit.scope;
    let paths = scope.paths.iter().map(|path| Entry::new(code(path.as_str()))).collect();
    let plans = scope.plans.iter().map(|plan| vec![code(&plan.id), code(&plan.path), code(&plan.digest)]);
    let policies = scope.policies.iter().map(|policy| {
        let version = policy.version.as_deref().unwrap_or_default();
        let path = if policy.is_shipped { text("shipped") } else { code(&policy.path) };
        vec![code(&policy.id), text(version), path, code(&policy.digest)]
    });
    let mut blocks = vec![
        Block::Under(text("Read"), vec![Block::List(paths)]),
        Block::Under(text("Plans"), vec![table(vec!["Plan", "File", "SHA-256"], plans.collect(), "None.")]),
        Block::Under(
            text("Judged by"),
            vec![table(vec!["Policy", "Version", "File", "SHA-256"], policies.collect(), "The built-in lints alone.")],
        ),
    ];
    if scope.left_out > 0 {
        let words = format!("{} findings are left out by a baseline.", scope.left_out);
        blocks.push(Block::Words(text(words)));
    }
    Section::new("scope", "Scope", blocks)
}

fn measures(audit: &Audit) -> Section {
    let mut blocks: Vec<Block> = audit.measures.iter().map(group).collect();
    if blocks.is_empty() {
        blocks.push(Block::Words(text("There is no journal, so nothing was measured.")));
    }
    Section::new("measures", "Measures", blocks)
}

fn group(group: &Group) -> Block {
    let name = match (&group.service, &group.environment) {
        (Some(service), Some(environment)) => format!("{service} in {environment}"),
        (_, _) => "All".to_owned(),
    };
    let runs = if group.runs == 1 { "1 run".to_owned() } else { format!("{} runs", group.runs) };
    let times = format!("{runs}, from {} until {}", when(group.from), when(group.until));
    let row = |measure: &Measure| {
        let figure = measure.figure.map_or_else(|| "unknown".to_owned(), |figure| figure.to_string());
        vec![
            text(measure.title),
            strong(figure),
            text(measure.target.to_string()),
            text(measure.met.name()),
            text(format!("{} of {}", measure.counted, measure.of)),
            text(measure.why.as_deref().unwrap_or_default()),
        ]
    };
    let rows = group.measures.iter().map(row).collect();
    let head = vec!["Measure", "Figure", "Target", "Met", "Runs", "Why"];
    Block::Under(text(name), vec![Block::Words(text(times)), Block::Table(Table { head, rows })])
}

fn runs(audit: &Audit) -> Section {
    let mut blocks: Vec<Block> = audit.runs.iter().map(run).collect();
    if blocks.is_empty() {
        blocks.push(Block::Words(text("There is no journal, so no run is known.")));
    }
    Section::new("runs", "Runs", blocks)
}

fn run(run: &Run) -> Block {
    let unknown = || "unknown".to_owned();
    let service = run.service.clone().unwrap_or_else(unknown);
    let title = format!("{service} in {}, {}", run.environment.clone().unwrap_or_else(unknown), when(run.began));
    let mut rows: Vec<Vec<Words>> = Vec::new();
    let mut row = |name: &str, words: Words| rows.push(vec![strong(name), words]);
    row("Ended", strong(run.end.name()).text(format!(", {}", ended(run.end))));
    let lasted = run.seconds.map_or_else(|| "unknown: the clock was set back".to_owned(), in_words);
    row("From, until", text(format!("{}, {}, {lasted}", when(run.began), when(run.ended))));
    row("Begun by", text(account(&run.by)));
    let plan = code(run.plan.id.as_deref().unwrap_or("unknown"));
    row(
        "Plan",
        match (&run.plan.path, &run.plan.digest) {
            (Some(path), Some(digest)) => plan.text(", in scope: ").code(path).text(", ").code(digest),
            (_, Some(digest)) => plan.text(", not in scope, or changed since: ").code(digest),
            (_, None) => plan.text(", and its digest is unknown"),
        },
    );
    row("Policies", run.policies.iter().fold(Words::default(), |words, policy| words.code(policy).text(" ")));
    row("Changed something", text(if run.changed { "yes" } else { "no" }));
    if !run.why.is_empty() {
        row("Why", text(run.why.join("; then: ")));
    }
    let sound = if run.is_sound { "nothing that can be seen was changed or removed" } else { "NOT what was written" };
    let line = format!(":{}, attempt {}: {sound}", run.line, run.attempt);
    row("Journal", code(&run.journal).text(line));
    let mut blocks = vec![Block::Table(Table { head: vec!["", ""], rows })];
    for (title, said) in [
        ("Signed", &run.approvals),
        ("Refused", &run.refusals),
        ("Glass broken", &run.glass),
        ("Guards that were overruled or waived", &run.overruled),
        ("Red flags", &run.flags),
        ("Stopped", &run.stops),
    ] {
        if !said.is_empty() {
            let entries = said.iter().map(|said| Entry::new(line_of(said))).collect();
            blocks.push(Block::Under(text(title), vec![Block::List(entries)]));
        }
    }
    Block::Under(text(title), blocks)
}

fn line_of(said: &Said) -> Words {
    let mut words = text(format!("line {}, {}: ", said.line, when(said.at)));
    if !said.of.is_empty() {
        words = words.code(&said.of).text(" ");
    }
    if let Some(who) = &said.who {
        words = words.text("by ").strong(format!("@{who}")).text(" ");
    }
    if let Some(how) = &said.how {
        words = words.text(format!("({how}) "));
    }
    if said.by.user.is_some() || said.by.host.is_some() {
        words = words.text(format!("as {}", account(&said.by)));
    }
    match &said.why {
        Some(why) => words.text(": ").text(why.as_str()),
        None => words,
    }
}

fn account(by: &Account) -> String {
    let user = by.user.as_deref().unwrap_or("somebody");
    let host = by.host.as_deref().unwrap_or("an unknown host");
    let from = by.from.as_ref().map_or_else(String::new, |from| format!(", from {from}"));
    format!("{user} on {host}{from}")
}

/// The end in one sentence.
const fn ended(end: End) -> &'static str {
    match end {
        End::Confirmed => "everything was done and verified",
        End::RolledBack => "everything that was begun has been taken back",
        End::Stopped => "stopped before any change",
        End::Handed => "the way back is not complete, and handed to a person",
        End::Held => "changes are in place, and it waits for people",
        End::InDoubt => "nobody knows how far a step came",
        End::Paused => "paused where somebody asked for it",
        End::Open => "the journal breaks off",
    }
}

fn journals(audit: &Audit) -> Section {
    let row = |journal: &JournalEvidence| {
        vec![
            code(&journal.path),
            text(journal.lines.to_string()),
            text(journal.runs.to_string()),
            strong(if journal.is_sound { "sound" } else { "BROKEN" }),
            text(format!("{} of {}", journal.logs_proven, journal.logs_named)),
            code(journal.head.as_deref().unwrap_or("none")),
        ]
    };
    let rows: Vec<_> = audit.journals.iter().map(row).collect();
    let is_broken = audit.journals.iter().any(|journal| !journal.is_sound);
    let head = vec!["Journal", "Lines", "Runs", "Chain", "Logs proven", "Head"];
    let mut blocks = vec![table(head, rows, "None was found.")];
    if !audit.journals.is_empty() {
        blocks.push(Block::Words(text(PROVES)));
    }
    let section = Section::new("journals", "Journals", blocks);
    if is_broken { section.alarming() } else { section }
}

fn controls(audit: &Audit) -> Section {
    let rows = audit.controls.iter().flat_map(|control: &Control| {
        control.rules.iter().map(|rule| {
            vec![
                strong(format!("{} {}", control.framework, control.id)),
                text(control.status.name()),
                code(&rule.id),
                text(rule.status().name()),
                text(rule.passed.to_string()),
                text(rule.failed.to_string()),
                text(rule.waived.to_string()),
                text(rule.undecided.to_string()),
                text(rule.skipped.to_string()),
            ]
        })
    });
    let head = vec!["Control", "Is", "Rule", "Came to", "Passed", "Failed", "Waived", "Undecided", "Skipped"];
    let block = table(head, rows.collect(), "No rule that judged speaks for a control.");
    Section::new("controls", "Controls", vec![block])
}

fn waivers(audit: &Audit) -> Section {
    let row = |waiver: &Waiver| {
        let reach = [&waiver.plan, &waiver.path].into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
        vec![
            code(&waiver.rule),
            text(waiver.state.name()),
            text(waiver.reason.as_str()),
            text(waiver.by.as_deref().unwrap_or_default()),
            text(waiver.until.as_deref().unwrap_or("no end")),
            text(waiver.ticket.as_deref().unwrap_or_default()),
            text(reach.join(", ")),
            code(format!("{}:{}", waiver.file, waiver.line)),
        ]
    };
    let head = vec!["Rule", "State", "Why", "By", "Until", "Ticket", "For", "Where"];
    let block = table(head, audit.waivers.iter().map(row).collect(), "Nothing is let pass.");
    Section::new("waivers", "Waivers", vec![block])
}

fn table(head: Vec<&'static str>, rows: Vec<Vec<Words>>, none: &str) -> Block {
    if rows.is_empty() { Block::Words(text(none)) } else { Block::Table(Table { head, rows }) }
}

fn when(at: Option<Instant>) -> String {
    at.map_or_else(|| "an unknown time".to_owned(), |at| at.to_string())
}
