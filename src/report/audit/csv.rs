//! The evidence as one table, as RFC 4180 has it: a fact a row, so that a spreadsheet can filter. No cell is a formula.

use super::ShownAudit;
use crate::audit::{Audit, Control, Group, Run, Said};
use crate::model::units::Instant;
use crate::report::{Options, json, printable};

const HEAD: [&str; 15] = [
    "section",
    "id",
    "status",
    "service",
    "environment",
    "from",
    "until",
    "by",
    "account",
    "value",
    "target",
    "path",
    "line",
    "digest",
    "text",
];

/// One row; what a fact does not have is empty.
#[derive(Default)]
struct Row {
    section: &'static str,
    id: String,
    status: String,
    service: String,
    environment: String,
    from: String,
    until: String,
    by: String,
    account: String,
    value: String,
    target: String,
    path: String,
    line: String,
    digest: String,
    text: String,
}

pub(super) fn render(told: &ShownAudit<'_>, options: &Options<'_>) -> String {
    let mut text = line(&HEAD.map(str::to_owned));
    for row in rows(told, options) {
        text.push_str(&line(&row.cells()));
    }
    text
}

impl Row {
    fn of(section: &'static str, id: impl Into<String>) -> Self {
        Self { section, id: id.into(), ..Self::default() }
    }

    fn cells(self) -> [String; HEAD.len()] {
        let Self { section, id, status, service, environment, from, until, by, account, .. } = self;
        let Self { value, target, path, line, digest, text, .. } = self;
        let section = section.to_owned();
        [section, id, status, service, environment, from, until, by, account, value, target, path, line, digest, text]
    }
}

fn line(cells: &[String]) -> String {
    cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// In one line, in quotes where it has to be. What a spreadsheet would work out is behind a quote that makes it text.
fn cell(text: &str) -> String {
    let text = printable::line(text);
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let text = if is_formula { format!("'{text}") } else { text.into_owned() };
    if text.contains(['"', ',', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

fn rows(told: &ShownAudit<'_>, options: &Options<'_>) -> Vec<Row> {
    let audit = &told.audit;
    let mut rows = vec![Row {
        status: json::verdict(told.shown.report(), options).to_owned(),
        from: audit.at.to_string(),
        text: format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
        ..Row::of("verdict", "verdict")
    }];
    rows.extend(scope(audit));
    rows.extend(findings(told));
    rows.extend(audit.measures.iter().flat_map(measures));
    rows.extend(audit.runs.iter().flat_map(run));
    rows.extend(audit.journals.iter().map(|journal| Row {
        status: if journal.is_sound { "sound" } else { "broken" }.to_owned(),
        value: journal.lines.to_string(),
        path: journal.path.clone(),
        digest: text(journal.head.as_ref()),
        text: format!("{} of {} logs proven", journal.logs_proven, journal.logs_named),
        ..Row::of("journal", journal.path.clone())
    }));
    rows.extend(audit.controls.iter().flat_map(control));
    rows.extend(audit.waivers.iter().map(|waiver| Row {
        status: waiver.state.name().to_owned(),
        until: text(waiver.until.as_ref()),
        by: text(waiver.by.as_ref()),
        value: waiver.needed_by.to_string(),
        target:
            [&waiver.plan, &waiver.path, &waiver.ticket].into_iter().flatten().cloned().collect::<Vec<_>>().join(" "),
        path: waiver.file.clone(),
        line: waiver.line.to_string(),
        text: waiver.reason.clone(),
        ..Row::of("waiver", waiver.rule.clone())
    }));
    rows
}

fn scope(audit: &Audit) -> impl Iterator<Item = Row> {
    let paths = audit.scope.paths.iter().map(|path| Row { path: path.clone(), ..Row::of("path", path.clone()) });
    let plans = audit.scope.plans.iter().map(|plan| Row {
        path: plan.path.clone(),
        digest: plan.digest.clone(),
        ..Row::of("plan", plan.id.clone())
    });
    let policies = audit.scope.policies.iter().map(|policy| Row {
        status: if policy.is_shipped { "shipped" } else { "own" }.to_owned(),
        value: text(policy.version.as_ref()),
        path: policy.path.clone(),
        digest: policy.digest.clone(),
        ..Row::of("policy", policy.id.clone())
    });
    paths.chain(plans).chain(policies)
}

fn findings<'a>(told: &'a ShownAudit<'_>) -> impl Iterator<Item = Row> + 'a {
    let sources = told.shown.sources();
    told.shown.report().findings().iter().map(move |finding| {
        let at = finding.place.map(|place| (place, sources.line_column(place.file, place.span.start)));
        let status = match (&finding.waived, finding.undecided) {
            (Some(_), _) => "waived",
            (None, true) => "undecided",
            (None, false) => finding.severity.name(),
        };
        Row {
            status: status.to_owned(),
            path: at.map_or_else(String::new, |(place, _)| sources.path(place.file).to_owned()),
            line: at.map_or_else(String::new, |(_, at)| at.line.to_string()),
            value: finding.controls.join("; "),
            text: finding.message.clone(),
            ..Row::of("finding", finding.rule.to_string())
        }
    })
}

fn measures(group: &Group) -> impl Iterator<Item = Row> + '_ {
    group.measures.iter().map(|measure| Row {
        status: measure.met.name().to_owned(),
        service: group.service.clone().unwrap_or_else(|| "all".to_owned()),
        environment: group.environment.clone().unwrap_or_else(|| "all".to_owned()),
        from: when(group.from),
        until: when(group.until),
        value: measure.figure.map_or_else(|| "unknown".to_owned(), |figure| figure.to_string()),
        target: measure.target.to_string(),
        text: format!(
            "{} of {} runs{}",
            measure.counted,
            measure.of,
            measure.why.as_ref().map_or_else(String::new, |why| format!("; {why}"))
        ),
        ..Row::of("measure", measure.id)
    })
}

fn run(run: &Run) -> Vec<Row> {
    let row = |section: &'static str, id: &str| Row {
        service: text(run.service.as_ref()),
        environment: text(run.environment.as_ref()),
        path: run.journal.clone(),
        ..Row::of(section, id)
    };
    let own = Row {
        status: run.end.name().to_owned(),
        from: when(run.began),
        until: when(run.ended),
        account: account(run.by.user.as_ref(), run.by.host.as_ref(), run.by.from.as_ref()),
        value: run.seconds.map_or_else(|| "unknown".to_owned(), |seconds| format!("{seconds} s")),
        line: run.line.to_string(),
        digest: text(run.plan.digest.as_ref()),
        text: run.why.join("; then: "),
        ..row("run", run.plan.id.as_deref().unwrap_or("unknown"))
    };
    let said = |section: &'static str, said: &Said| Row {
        from: when(said.at),
        by: text(said.who.as_ref()),
        account: account(said.by.user.as_ref(), said.by.host.as_ref(), said.by.from.as_ref()),
        status: text(said.how.as_ref()),
        line: said.line.to_string(),
        text: text(said.why.as_ref()),
        ..row(section, &said.of)
    };
    let lists = [
        ("approval", &run.approvals),
        ("refusal", &run.refusals),
        ("glass", &run.glass),
        ("overruled", &run.overruled),
        ("red-flag", &run.flags),
        ("stop", &run.stops),
    ];
    let lines = lists.into_iter().flat_map(|(section, all)| all.iter().map(move |one| said(section, one)));
    std::iter::once(own).chain(lines).collect()
}

fn control(control: &Control) -> impl Iterator<Item = Row> + '_ {
    control.rules.iter().map(|rule| Row {
        status: rule.status().name().to_owned(),
        value: format!(
            "{} passed; {} failed; {} waived; {} undecided; {} skipped",
            rule.passed, rule.failed, rule.waived, rule.undecided, rule.skipped
        ),
        target: control.status.name().to_owned(),
        text: format!("{}: {}", rule.id, rule.title),
        ..Row::of("control", format!("{} {}", control.framework, control.id).trim().to_owned())
    })
}

fn account(user: Option<&String>, host: Option<&String>, from: Option<&String>) -> String {
    let parts = [("", user), ("on ", host), ("from ", from)];
    let parts = parts.into_iter().filter_map(|(word, part)| part.map(|part| format!("{word}{part}")));
    parts.collect::<Vec<_>>().join(" ")
}

fn text(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

fn when(at: Option<Instant>) -> String {
    at.map_or_else(String::new, |at| at.to_string())
}
