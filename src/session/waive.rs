//! Waivers and inline ignores: what is let pass is marked, never hidden; what has ended or was never needed is a finding.

mod extent;
mod tested;

use std::collections::HashMap;

use globset::{Glob, GlobBuilder, GlobMatcher};

use self::extent::{block_extent, extent};
pub(super) use self::tested::settle;
use crate::check::waiver::{EXPIRED, KnownRules, NO_REASON, UNUSED, Waiver, known_rule};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Waived};
use crate::document::FOR_STOPLINE;
use crate::model::answer::says_nothing;
use crate::model::located::Located;
use crate::model::units::{Instant, Moment, Zone};
use crate::source::{FileId, Place, SourceMap, Span};
use crate::syntax::Comment;

/// `# stopline: ignore[pack/rule, …] reason`.
#[derive(Debug)]
pub(super) struct Ignore {
    rules: Vec<Located<String>>,
    reason: String,
    place: Place,
    /// What goes with it if it is deleted; none where it names rules that nobody knows.
    extent: Option<Span>,
    /// The line whose findings it lets pass, from 0.
    line: usize,
}

/// A waiver or an ignore of a run, and how it stands.
#[derive(Debug, Clone)]
pub struct Standing {
    pub rule: String,
    /// The only plan, and the only files, it is for.
    pub plan: Option<String>,
    pub path: Option<String>,
    pub reason: String,
    /// An inline ignore has neither person nor end.
    pub by: Option<String>,
    pub until: Option<String>,
    pub ticket: Option<String>,
    pub place: Place,
    pub has_ended: bool,
    /// How many findings it is for.
    pub needed_by: usize,
}

/// Marks the findings that a waiver or ignore lets pass, and adds what is wrong with the waivers themselves. Says how each
/// stands.
pub(super) fn apply(
    findings: &mut Vec<Diagnostic>,
    waivers: &[Waiver],
    ignores: &[Ignore],
    plan_of: &dyn Fn(Place) -> Option<String>,
    now: Instant,
    sources: &SourceMap,
) -> Vec<Standing> {
    let (mut added, mut standings) = (Vec::new(), Vec::new());
    for waiver in waivers {
        let expired = now >= end_of(waiver);
        let matcher = waiver.path.as_ref().map(|path| glob(&path.value));
        if let Some(Err(problem)) = &matcher {
            let place = waiver.path.as_ref().map_or(waiver.rule.place, |path| path.place);
            let message = format!("this path pattern cannot be read: {problem}");
            added.push(Diagnostic::new(crate::check::names::IN_POLICIES.impossible, place, message));
            continue;
        }
        let matcher = matcher.and_then(Result::ok);
        let mut needed_by = 0;
        for finding in findings.iter_mut().filter(|finding| finding.rule == waiver.rule.value) {
            if !covers(waiver, matcher.as_ref(), finding, plan_of, sources) {
                continue;
            }
            needed_by += 1;
            if !expired {
                finding.let_pass(Waived {
                    reason: waiver.reason.value.clone(),
                    by: Some(waiver.by.value.to_string()),
                    until: Some(waiver.until.value.to_string()),
                    ticket: waiver.ticket.as_ref().map(|ticket| ticket.value.clone()),
                    place: waiver.rule.place,
                });
            }
        }
        standings.push(Standing::of(waiver, expired, needed_by));
        let over = || {
            let message = format!("the waiver of `{}` ended on {}", waiver.rule.value, waiver.until.value);
            Diagnostic::new(&EXPIRED, waiver.until.place, message)
        };
        match (expired, needed_by > 0) {
            (true, true) => {
                let help = "repair what it waived and delete it, or let the person in charge set a new end";
                added.push(over().help(help));
            }
            (true, false) => {
                let help = "nothing needs it any more: delete it";
                added.push(over().help(help).fix(without(waiver, sources)));
            }
            (false, false) => {
                let message = format!("nothing needed this waiver of `{}`", waiver.rule.value);
                let unused = Diagnostic::new(&UNUSED, waiver.rule.place, message).help("delete it");
                added.push(unused.fix(without(waiver, sources)));
            }
            (false, true) => {}
        }
    }
    let mut on_line: HashMap<(FileId, usize), Vec<&mut Diagnostic>> = HashMap::new();
    for finding in findings.iter_mut() {
        if let (Some(place), false) = (finding.place, ignores.is_empty()) {
            let line = line_of(sources, place.file, place.span.start);
            on_line.entry((place.file, line)).or_default().push(finding);
        }
    }
    for ignore in ignores {
        let mut here = on_line.get_mut(&(ignore.place.file, ignore.line));
        for rule in &ignore.rules {
            let mut needed_by = 0;
            for finding in here.iter_mut().flat_map(|here| here.iter_mut()) {
                if finding.rule == rule.value {
                    needed_by += 1;
                    finding.let_pass(Waived {
                        reason: ignore.reason.clone(),
                        by: None,
                        until: None,
                        ticket: None,
                        place: ignore.place,
                    });
                }
            }
            standings.push(Standing::of_ignore(ignore, rule, needed_by));
            if needed_by == 0 {
                let message = format!("nothing needed this ignore of `{}`", rule.value);
                let help = "delete it; it stands on the line of the finding, or alone on the line above";
                let finding = Diagnostic::new(&UNUSED, rule.place, message).help(help);
                added.push(match (ignore.rules.as_slice(), ignore.extent) {
                    ([_], Some(extent)) => {
                        finding.fix(Fix::safe("delete it", Place::new(ignore.place.file, extent), ""))
                    }
                    ([..], _) => finding,
                });
            }
        }
    }
    findings.extend(added);
    standings
}

impl Standing {
    fn of(waiver: &Waiver, has_ended: bool, needed_by: usize) -> Self {
        let text = |text: &Option<Located<String>>| text.as_ref().map(|text| text.value.clone());
        Self {
            rule: waiver.rule.value.clone(),
            plan: text(&waiver.plan),
            path: text(&waiver.path),
            reason: waiver.reason.value.clone(),
            by: Some(waiver.by.value.to_string()),
            until: Some(waiver.until.value.to_string()),
            ticket: text(&waiver.ticket),
            place: waiver.rule.place,
            has_ended,
            needed_by,
        }
    }

    fn of_ignore(ignore: &Ignore, rule: &Located<String>, needed_by: usize) -> Self {
        Self {
            rule: rule.value.clone(),
            plan: None,
            path: None,
            reason: ignore.reason.clone(),
            by: None,
            until: None,
            ticket: None,
            place: rule.place,
            has_ended: false,
            needed_by,
        }
    }
}

/// Deletes a waiver. Somebody has signed it, and a run on another day or over other files may need it: nobody but a person
/// knows that none will.
fn without(waiver: &Waiver, sources: &SourceMap) -> Fix {
    let Place { file, span } = waiver.block;
    let place = Place::new(file, block_extent(sources.text(file), span));
    Fix::at(Applicability::Unsafe, format!("delete the waiver of `{}`", waiver.rule.value), place, "")
}

/// Reads the ignores out of a file's comments.
pub(super) fn ignores(
    file: FileId,
    comments: &[Comment],
    known_rules: &KnownRules<'_>,
    sources: &SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Ignore> {
    let text = sources.text(file);
    let mut ignores = Vec::new();
    // From the last to the first: a comment in a line of its own speaks of what the next one speaks of, if no text stands
    // between them.
    let mut next: Option<(Comment, usize)> = None;
    for comment in comments.iter().rev() {
        let own = line_of(sources, file, comment.span.start);
        let line = match next {
            _ if !comment.own_line => own,
            Some((below, line)) if below.own_line && is_blank(text, comment.span.end, below.span.start) => line,
            _ => next_line_with_text(text, comment.span.end, own),
        };
        next = Some((*comment, line));
        ignores.extend(ignore(file, *comment, line, known_rules, sources, diagnostics));
    }
    ignores.reverse();
    ignores
}

fn is_blank(text: &str, from: u32, to: u32) -> bool {
    text.get(from as usize..to as usize).is_some_and(|between| between.trim().is_empty())
}

/// Whether a comment says something to Stopline.
pub(super) fn is_said_to_stopline(comment: &str) -> bool {
    after_mark(comment).is_some()
}

fn after_mark(comment: &str) -> Option<&str> {
    let body = comment.strip_prefix("<!--").unwrap_or(comment);
    body.trim_start_matches(['#', '/', ' ', '\t']).strip_prefix(FOR_STOPLINE)
}

fn ignore(
    file: FileId,
    comment: Comment,
    line: usize,
    known_rules: &KnownRules<'_>,
    sources: &SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Ignore> {
    let written = comment.span.text(sources.text(file));
    let written = written.strip_suffix("-->").unwrap_or(written);
    let rest = after_mark(written)?.trim_start();
    let place = Place::new(file, comment.span);
    let Some((rules, reason)) = rest.strip_prefix("ignore[").and_then(|rest| rest.split_once(']')) else {
        let message = "this comment speaks to stopline, but says nothing it knows";
        diagnostics
            .push(Diagnostic::new(&NO_REASON, place, message).help("write `# stopline: ignore[pack/rule] reason`"));
        return None;
    };
    if says_nothing(reason) {
        diagnostics.push(
            Diagnostic::new(&NO_REASON, place, "this ignore does not say why")
                .help("write the reason after the bracket: `# stopline: ignore[pack/rule] reason`"),
        );
        return None;
    }
    let start = comment.span.start as usize + written.len() - rest.len() + "ignore[".len();
    let mut offset = start;
    let mut named = Vec::new();
    for part in rules.split(',') {
        let lead = part.len() - part.trim_start().len();
        let span = Span::of(offset + lead..offset + lead + part.trim().len());
        offset += part.len() + 1;
        let rule = Located::new(part.trim().to_owned(), Place::new(file, span));
        if known_rule(&rule, known_rules, diagnostics) {
            named.push(rule);
        }
    }
    let extent = (rules.split(',').count() == named.len()).then(|| extent(sources.text(file), comment.span));
    Some(Ignore { rules: named, extent, reason: reason.trim().to_owned(), place, line })
}

/// The line of the first text after a comment that is not another comment.
fn next_line_with_text(text: &str, after: u32, own: usize) -> usize {
    let rest = text.get(after as usize..).unwrap_or_default();
    let blank =
        rest.lines().skip(1).take_while(|line| line.trim().is_empty() || line.trim_start().starts_with('#')).count();
    own + 1 + blank
}

fn line_of(sources: &SourceMap, file: FileId, offset: u32) -> usize {
    sources.get(file).map_or(0, |source| source.lines().line(offset))
}

fn covers(
    waiver: &Waiver,
    matcher: Option<&GlobMatcher>,
    finding: &Diagnostic,
    plan_of: &dyn Fn(Place) -> Option<String>,
    sources: &SourceMap,
) -> bool {
    let Some(place) = finding.place else { return false };
    if waiver.plan.as_ref().is_some_and(|plan| plan_of(place).as_ref() != Some(&plan.value)) {
        return false;
    }
    matcher.is_none_or(|matcher| matcher.is_match(sources.path(place.file)))
}

/// Whether the path of a waiver takes in one of these; one that cannot be read is left to whoever says so.
pub(super) fn reaches<'p>(waiver: &Waiver, mut paths: impl Iterator<Item = &'p str>) -> bool {
    let Some(path) = &waiver.path else { return true };
    glob(&path.value).map_or(true, |glob| paths.any(|path| glob.is_match(path)))
}

/// A pattern for paths: `*` and `?` stay within a folder, `**` does not.
pub(super) fn pattern(written: &str) -> Result<Glob, String> {
    GlobBuilder::new(written).literal_separator(true).build().map_err(|problem| problem.kind().to_string())
}

/// The same, ready to be asked.
pub(super) fn glob(written: &str) -> Result<GlobMatcher, String> {
    pattern(written).map(|glob| glob.compile_matcher())
}

/// A date counts through its end, in UTC; a time without a zone is read in UTC.
pub(super) fn end_of(waiver: &Waiver) -> Instant {
    match &waiver.until.value {
        Moment::Date(date) => Zone::utc().end_of(*date),
        // no clock in UTC is ever changed: there is no time it does not have
        Moment::Civil(civil) => Zone::utc().resolve(*civil).unwrap_or_else(|_| Zone::utc().start_of(civil.date())),
        Moment::Zoned(zoned) => zoned.instant(),
    }
}
