//! `check`: everything that is wrong with the files of a run, and whether it may go.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Report;
use super::asked::{Asked, Tally};
use super::config::Config;
use super::consequence::drop_consequences;
use super::diagnostics::{NO_RULES, NOT_JUDGED, NOTHING_TO_JUDGE};
use super::documents::{self, Candidates, judge_documents, secrets_of};
use super::fix;
use super::input::{Contents, Input, read};
use super::judge::{Bench, JudgedPlan, judge_plan, take_refusals};
use super::one_cause;
use super::packs::Pack;
use super::policies::{AppliedPolicy, Override, analyse, resolve, resolve_only};
use super::procedures::LIBRARY;
use super::registry::{builtin, judging, reading};
use super::surroundings::Surroundings;
use super::waive::{self, Standing};
use crate::check::expand::Procedures;
use crate::check::waiver::{KnownRules, Waiver, check_waiver};
use crate::diagnostic::Diagnostic;
use crate::model::units::Instant;
use crate::source::{FileId, Place, SourceMap};

/// Which policies judge the plans of a run.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Policies named by the user: only these and `packs` judge. None: those found among the inputs do, and the
    /// recommended packs.
    pub chosen: Option<Vec<Input>>,
    /// Shipped packs by name.
    pub packs: Vec<&'static Pack>,
    pub elsewhere: Elsewhere,
}

/// What becomes of a waiver in a chosen file that is for no plan of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Elsewhere {
    /// It is said to be needless, or to have ended.
    #[default]
    Judged,
    /// Nothing: the plan it is for is judged in another run.
    LeftAlone,
}

/// A run of `check`.
#[derive(Debug)]
pub struct Request<'a> {
    /// The files to judge: their plans against the policies, their policies for themselves.
    pub inputs: &'a [Input],
    /// The other files: rules that speak of files find theirs among them.
    pub candidates: &'a Candidates,
    /// What the repository has settled.
    pub config: &'a Config,
    pub selection: Selection,
    pub overrides: &'a [Override],
    pub now: Instant,
    pub surroundings: &'a dyn Surroundings,
}

/// What came of it.
#[derive(Debug)]
pub struct Checked {
    pub report: Report,
    pub plans: Vec<JudgedPlan>,
    pub policies: Vec<AppliedPolicy>,
    /// What each rule came to, by its id.
    pub tallies: BTreeMap<Arc<str>, Tally>,
    /// What is let pass, and whether anything needed that.
    pub standings: Vec<Standing>,
    /// When each waiver ends, by the place findings name it by.
    pub(super) waiver_ends: HashMap<Place, Instant>,
    /// What it was read from, for whoever wants to let go of everything at once.
    pub trees: Trees,
}

/// The trees of a run.
#[derive(Debug)]
pub struct Trees(#[expect(dead_code, reason = "held, never looked at")] Vec<Contents>);

/// Judges every plan of a run. Texts are in `sources` already; those of packs and calendars are added to it.
pub fn check(request: &Request<'_>, sources: &mut SourceMap) -> Checked {
    let mut findings = Vec::new();
    let inputs: Vec<Contents> = request.inputs.iter().map(|input| read(*input, sources, &mut findings)).collect();
    let chosen: Vec<Contents> = request
        .selection
        .chosen
        .iter()
        .flatten()
        .filter(|policy| inputs.iter().all(|input| input.file != policy.file))
        .map(|policy| read(*policy, sources, &mut findings))
        .collect();
    let packs: Vec<Contents> = request.selection.packs.iter().map(|pack| pack.load(sources)).collect();
    let applying = applying(&inputs, &chosen, &packs, request);
    if request.selection.chosen.is_some() && applying.iter().all(|contents| contents.policies.is_empty()) {
        findings.push(
            Diagnostic::without_place(&NO_RULES, "what was chosen to judge by holds no policy")
                .help("name a `.policy` file with a policy in it, or a pack"),
        );
    }
    let policies = resolve(&applying, request.overrides, request.surroundings, sources, &mut findings);
    let only_linted = only_linted(&inputs, &applying, request, sources, &mut findings);
    let every: Vec<&AppliedPolicy> = policies.iter().chain(&only_linted).collect();
    check_tests(&inputs, &every, &mut findings);
    findings.extend(analyse(policies.iter()));
    // Those that do not judge are no set: each stands for itself.
    findings.extend(only_linted.iter().flat_map(|applied| analyse(std::iter::once(applied))));
    let known = known_rules(every.iter().copied());
    let waivers = waivers(inputs.iter().chain(&chosen).chain(&packs), &known, &mut findings);

    let written =
        inputs.iter().flat_map(|contents| contents.procedures.iter().map(|procedure| (contents.file, procedure)));
    let procedures = Procedures::new(written, LIBRARY, &mut findings);
    let bench = Bench {
        procedures: &procedures,
        policies: &policies,
        now: request.now,
        surroundings: request.surroundings,
        sources,
    };
    let mut asked = Asked::default();
    let mut plans = Vec::new();
    for contents in &inputs {
        for block in &contents.plans {
            plans.push(judge_plan(contents.file, block, &bench, &mut asked));
        }
    }
    findings.extend(plans.iter().flat_map(|plan| plan.findings.iter().cloned()));
    findings.extend(take_refusals(&mut plans, &findings, &policies));
    let bench = documents::Bench {
        policies: &policies,
        candidates: request.candidates,
        plans: &texts_of_plans(&inputs, sources),
        surroundings: request.surroundings,
        nginx: &request.config.nginx(),
        now: request.now,
    };
    let mut looked = judge_documents(&bench, sources, &mut asked);
    findings.append(&mut looked.findings);
    // Where something was not understood, nobody can say what rules would have found.
    if findings.iter().all(|finding| !finding.undecided && reading().all(|id| finding.rule != id.id)) {
        findings.extend(asked.never(&policies));
    }
    let has_policy = inputs.iter().any(|contents| !contents.policies.is_empty());
    let undecided = findings.iter().any(|finding| finding.undecided);
    let elsewhere = request.candidates.elsewhere;
    if plans.is_empty() && !has_policy && looked.files + elsewhere == 0 && !undecided {
        findings.push(nothing_to_judge("").help("name a `.plan` file, or a folder that holds one"));
    } else {
        let help = "name another folder, or leave it out; `--verbose` names what was passed over";
        findings.extend(looked.idle.iter().map(|folder| nothing_to_judge(&format!(" in `{folder}`")).help(help)));
    }
    findings.extend(looked.unseen.iter().map(|path| not_judged(path)));
    let rules =
        policies.iter().map(|applied| applied.policy.rules.len() + applied.policy.red_flags.len()).sum::<usize>();
    let written = inputs.iter().map(|contents| (contents.file, contents.comments.as_slice()));
    let ignores: Vec<waive::Ignore> = written
        .chain(looked.comments.iter().map(|(file, comments)| (*file, comments.as_slice())))
        .flat_map(|(file, comments)| waive::ignores(file, comments, &known, sources, &mut findings))
        .collect();
    let waivers: Vec<Waiver> =
        waivers.into_iter().filter(|waiver| concerns(waiver, &plans, request, sources)).collect();
    let plan_of = |place: Place| plan_at(&plans, place);
    let standings = waive::apply(&mut findings, &waivers, &ignores, &plan_of, request.now, sources);
    findings.extend(take_refusals(&mut plans, &findings, &policies));
    request.config.weigh(&known, &mut findings);
    drop_consequences(&mut findings, inputs.iter().chain(&chosen));
    one_cause::say_once(&mut findings);
    fix::offer(&mut findings, sources);
    if !findings.is_empty() {
        looked.secrets.extend(secrets_of(&looked.let_go, sources, request.surroundings));
    }
    let files = request.inputs.len() + looked.files + elsewhere;
    let report = Report::new(findings, sources, files, rules + builtin().count()).hiding(looked.secrets);
    let trees = Trees(inputs.into_iter().chain(chosen).chain(packs).collect());
    let waiver_ends = waivers.iter().map(|waiver| (waiver.rule.place, waive::end_of(waiver))).collect();
    Checked { report, plans, policies, tallies: asked.tallies(), standings, waiver_ends, trees }
}

/// The files that hold plans. One that holds policies too holds their tests, and what these give is made up.
fn texts_of_plans(inputs: &[Contents], sources: &SourceMap) -> Vec<(FileId, String)> {
    let plans = inputs.iter().filter(|contents| !contents.plans.is_empty() && contents.policies.is_empty());
    plans.map(|contents| (contents.file, sources.path(contents.file).to_owned())).collect()
}

/// The files whose policies judge.
fn applying<'c>(
    inputs: &'c [Contents],
    chosen: &'c [Contents],
    packs: &'c [Contents],
    request: &Request<'_>,
) -> Vec<&'c Contents> {
    let named = |contents: &&Contents| match &request.selection.chosen {
        None => true,
        Some(chosen) => chosen.iter().any(|policy| policy.file == contents.file),
    };
    inputs.iter().filter(named).chain(chosen).chain(packs).collect()
}

/// Policies that stand among the inputs but do not judge this run: they are linted all the same.
fn only_linted(
    inputs: &[Contents],
    applying: &[&Contents],
    request: &Request<'_>,
    sources: &mut SourceMap,
    findings: &mut Vec<Diagnostic>,
) -> Vec<AppliedPolicy> {
    let rest: Vec<&Contents> =
        inputs.iter().filter(|contents| applying.iter().all(|applied| applied.file != contents.file)).collect();
    resolve_only(&rest, request.surroundings, sources, findings)
}

pub(super) fn known_rules<'p>(policies: impl Iterator<Item = &'p AppliedPolicy>) -> KnownRules<'p> {
    let of_policies: BTreeSet<&str> = policies
        .flat_map(|applied| {
            let rules = applied.policy.rules.iter().map(|rule| &*rule.id);
            rules.chain(applied.policy.red_flags.iter().map(|flag| &*flag.id))
        })
        .collect();
    // What was not understood or not decided cannot be waived.
    let (undecided, lints): (Vec<_>, Vec<_>) = judging().partition(|descriptor| descriptor.undecided);
    let lints = lints.into_iter().map(|descriptor| descriptor.id);
    KnownRules {
        waivable: of_policies.into_iter().chain(lints).collect(),
        never: reading().chain(undecided).map(|descriptor| descriptor.id).collect(),
    }
}

/// Whichever policies judge, a waiver that somebody wrote is applied, or said to be needless.
fn waivers<'c>(
    files: impl Iterator<Item = &'c Contents>,
    known: &KnownRules<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Waiver> {
    files
        .flat_map(|contents| contents.waivers.iter().map(|waiver| (contents.file, waiver)))
        .filter_map(|(file, waiver)| check_waiver(file, waiver, known, findings))
        .collect()
}

/// Whether a waiver has its say in this run.
fn concerns(waiver: &Waiver, plans: &[JudgedPlan], request: &Request<'_>, sources: &SourceMap) -> bool {
    let is_input = |file| request.inputs.iter().any(|input| input.file == file);
    if request.selection.elsewhere == Elsewhere::Judged || is_input(waiver.rule.place.file) {
        return true;
    }
    let heads = || plans.iter().map(|judged| &judged.plan.plan.head);
    waiver.plan.as_ref().is_none_or(|plan| heads().any(|head| head.id.value == plan.value))
        && waive::reaches(waiver, request.inputs.iter().map(|input| sources.path(input.file)))
}

/// A test that names no rule asserts nothing.
fn check_tests(inputs: &[Contents], policies: &[&AppliedPolicy], findings: &mut Vec<Diagnostic>) {
    for contents in inputs {
        for test in &contents.tests {
            if let Err(finding) = super::test::rule_of(contents, test, policies.iter().copied()) {
                findings.push(*finding);
            }
        }
    }
}

fn nothing_to_judge(place: &str) -> Diagnostic {
    let message = format!("there is no plan, no policy and no file that a rule speaks of{place}");
    Diagnostic::without_place(&NOTHING_TO_JUDGE, message)
}

/// Whoever names a file expects that it is looked at.
fn not_judged(path: &str) -> Diagnostic {
    Diagnostic::without_place(&NOT_JUDGED, format!("no rule of this run speaks of `{path}`"))
        .help("select the policy or pack that speaks of it, with `--policy` or `--pack`")
}

/// The id of the plan a place stands in.
fn plan_at(plans: &[JudgedPlan], place: Place) -> Option<String> {
    plans
        .iter()
        .map(|judged| &judged.plan.plan.head)
        .find(|head| head.place.file == place.file && head.place.span.contains(place.span))
        .map(|head| head.id.value.clone())
}
