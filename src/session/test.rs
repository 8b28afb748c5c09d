//! `test`: the tests beside the policies, each judged apart.

mod case;
mod given_files;
mod thorough;

use super::Report;
use super::check::known_rules;
use super::config::Config;
use super::diagnostics::{INCOMPLETE_TEST, TEST_FAILED, UNKNOWN_TEST_RULE};
use super::input::{Contents, Input, Language, read};
use super::policies::{AppliedPolicy, analyse, resolve};
use super::procedures::LIBRARY;
use super::surroundings::{Beside, Surroundings};
use super::waive;
use crate::check::expand::Procedures;
use crate::check::expression::{path_in_plan, path_in_subject};
use crate::check::plan::check_plan;
use crate::diagnostic::{Diagnostic, did_you_mean, join_with_or};
use crate::eval::{Context, Judgement, NoPen, Outcome, Skipped, judge_rule, places_of_path};
use crate::model::attribute::instant_of;
use crate::model::data::Value;
use crate::model::plan::plan_value;
use crate::model::policy::{Condition, Rule, SubjectKind};
use crate::model::subject::type_of;
use crate::model::units::Instant;
use crate::source::{Place, SourceMap};
use crate::syntax::ast::{self, ExpectationKind, TestClause};

use thorough::Thorough;

pub use case::Case;
pub use thorough::Covered;

/// What came of the tests of a run.
#[derive(Debug)]
pub struct Tested {
    /// Mistakes in the policies, and the tests that failed.
    pub report: Report,
    /// Every test, file by file.
    pub cases: Vec<Case>,
    /// The rules that no test shows to pass, or none to fail.
    pub untested: Vec<Diagnostic>,
    pub coverage: Covered,
}

impl Tested {
    pub fn passed(&self) -> usize {
        self.cases.iter().filter(|case| case.passed).count()
    }

    pub fn failed(&self) -> usize {
        self.cases.len() - self.passed()
    }
}

/// Runs every test in `inputs` against the policies in `inputs`. What is found of the policies may be waived; a test that
/// failed is mended.
pub fn test(
    inputs: &[Input],
    config: &Config,
    now: Instant,
    surroundings: &dyn Surroundings,
    sources: &mut SourceMap,
) -> Tested {
    let mut findings = Vec::new();
    let files: Vec<Contents> = inputs.iter().map(|input| read(*input, sources, &mut findings)).collect();
    let references: Vec<&Contents> = files.iter().collect();
    let policies = resolve(&references, &[], surroundings, sources, &mut findings);
    findings.extend(policies.iter().flat_map(|applied| analyse(std::iter::once(applied))));
    waive::settle(&mut findings, &files, &known_rules(policies.iter()), config, now, sources);
    let mut thorough = Thorough::new(&policies);
    let mut cases = Vec::new();
    for contents in &files {
        for test in &contents.tests {
            let (rule, outcome) = match rule_of(contents, test, policies.iter()) {
                Ok((applied, rule)) => {
                    let bench = Bench { contents, test, rule, applied, now, surroundings };
                    thorough.expects(rule, test);
                    (rule.id.to_string(), bench.run(&mut thorough, sources))
                }
                Err(finding) => (test.rule.value.clone(), Err(finding)),
            };
            let place = |span| Place::new(contents.file, span);
            let (title, extent) = (place(test.title.span), place(test.span));
            cases.push(Case { rule, title, extent, passed: outcome.is_ok() });
            findings.extend(outcome.err().map(|finding| *finding));
        }
    }
    let report = Report::new(findings, sources, inputs.len(), cases.len());
    Tested { report, cases, untested: thorough.untested(&policies), coverage: thorough.covered() }
}

/// The rule a test is for: `pack/rule`, or `rule` where its own file has it, or where only one policy does.
pub(super) fn rule_of<'p>(
    contents: &Contents,
    test: &ast::Test,
    policies: impl Iterator<Item = &'p AppliedPolicy> + Clone,
) -> Result<(&'p AppliedPolicy, &'p Rule), Box<Diagnostic>> {
    let wanted = test.rule.value.as_str();
    let found: Vec<(&AppliedPolicy, &Rule)> = policies
        .clone()
        .flat_map(|applied| applied.policy.rules.iter().map(move |rule| (applied, rule)))
        .filter(|(_, rule)| if wanted.contains('/') { &*rule.id == wanted } else { rule.head.id.value == wanted })
        .collect();
    let own: Vec<_> = found.iter().filter(|(applied, _)| applied.policy.file == contents.file).collect();
    match (own.as_slice(), found.as_slice()) {
        ([one], _) => Ok(**one),
        (_, [one]) => Ok(*one),
        (_, several) => Err(Box::new(unknown_rule(contents, test, policies, several))),
    }
}

fn unknown_rule<'p>(
    contents: &Contents,
    test: &ast::Test,
    policies: impl Iterator<Item = &'p AppliedPolicy>,
    several: &[(&AppliedPolicy, &Rule)],
) -> Diagnostic {
    let place = Place::new(contents.file, test.rule.span);
    if !several.is_empty() {
        let ids: Vec<String> = several.iter().map(|(_, rule)| format!("`{}`", rule.id)).collect();
        let message = format!("several rules are called `{}`", test.rule.value);
        return Diagnostic::new(&UNKNOWN_TEST_RULE, place, message)
            .help(format!("say which one is tested: {}", join_with_or(&ids)));
    }
    let known: Vec<String> = policies
        .flat_map(|applied| applied.policy.rules.iter())
        .flat_map(|rule| [rule.head.id.value.clone(), rule.id.to_string()])
        .collect();
    let help = did_you_mean(&test.rule.value, known.iter().map(String::as_str))
        .map(|meant| format!("did you mean `{meant}`?"));
    let message = format!("there is no rule `{}` to test", test.rule.value);
    Diagnostic::new(&UNKNOWN_TEST_RULE, place, message).maybe_help(help)
}

/// One test on the bench.
struct Bench<'a> {
    contents: &'a Contents,
    test: &'a ast::Test,
    rule: &'a Rule,
    applied: &'a AppliedPolicy,
    now: Instant,
    surroundings: &'a dyn Surroundings,
}

impl Bench<'_> {
    fn run(&self, thorough: &mut Thorough, sources: &mut SourceMap) -> Result<(), Box<Diagnostic>> {
        let (mut given, mut expected, mut now) = (Vec::new(), None, self.now);
        for clause in &self.test.clauses {
            match clause {
                TestClause::Given(found) => given.push(found),
                TestClause::At(value) => {
                    now = instant_of(value).ok_or_else(|| {
                        Box::new(self.incomplete(value.span, "`at` needs an instant: a date and time with its zone"))
                    })?;
                }
                TestClause::Expect(found) => expected = Some(found),
            }
        }
        let title = self.test.title.span;
        let expected = expected.ok_or_else(|| Box::new(self.incomplete(title, "this test expects nothing")))?;
        let (judgement, subjects) = match (self.rule.subject.kind, given.as_slice()) {
            (_, []) => return Err(Box::new(self.incomplete(title, "this test gives nothing to judge"))),
            (SubjectKind::Document(kind), files) => {
                let (judgement, subjects) = self.judge_files(kind, files, now, sources)?;
                for subject in &subjects {
                    let beside = Beside { surroundings: self.surroundings, path: sources.path(subject.place.file) };
                    thorough.subject(self.rule, subject, &self.context(now, &beside));
                }
                (judgement, subjects)
            }
            (SubjectKind::Plan | SubjectKind::PlanPart(_), [given]) => {
                let plan = self.given_plan(given, sources)?;
                let beside = Beside { surroundings: self.surroundings, path: sources.path(self.contents.file) };
                let context = self.context(now, &beside);
                thorough.plan(self.rule, &plan, &context);
                (judge_rule(self.rule, &plan, &context), vec![plan])
            }
            (SubjectKind::Plan | SubjectKind::PlanPart(_), [_, second, ..]) => {
                return Err(Box::new(
                    self.incomplete(second.format.span, "a test of a rule about plans gives one plan"),
                ));
            }
        };
        self.compare(expected, &judgement, &subjects, sources)
    }

    fn context<'c>(&'c self, now: Instant, files: &'c Beside<'c>) -> Context<'c> {
        Context { now, parameters: &self.applied.parameters, files, pen: &NoPen }
    }

    fn given_plan(&self, given: &ast::Given, sources: &mut SourceMap) -> Result<Value, Box<Diagnostic>> {
        if let (None, "yaml" | "json") = (&given.path, given.format.value.as_str()) {
            let format = &given.format.value;
            let message = format!("`given {format}` does not say what the text is: a path is missing");
            let help = format!("for a plan, write `given {format} \"x.plan.{format}\" …`");
            return Err(Box::new(self.incomplete(given.format.span, &message).help(help)));
        }
        let name = given.path.as_ref().map_or("given.plan", |path| &path.value.value);
        let language = match given.format.value.as_str() {
            "plan" => Some(Language::Stopline),
            "yaml" | "json" | "markdown" => Language::of(name).filter(|language| *language != Language::Stopline),
            _ => None,
        };
        let Some(language) = language else {
            let message = format!("`{}` speaks of plans, and this gives `{}`", self.rule.id, given.format.value);
            let help = "write `given plan \"\"\"…\"\"\"`, or `given yaml \"release.plan.yaml\"` for a plan in YAML";
            return Err(Box::new(self.incomplete(given.format.span, &message).help(help)));
        };
        let file = sources.add(name, given.text.value.value.as_str());
        let mut mistakes = Vec::new();
        let contents = read(Input { file, language }, sources, &mut mistakes);
        let written = contents.procedures.iter().map(|procedure| (file, procedure));
        let procedures = Procedures::new(written, LIBRARY, &mut mistakes);
        if contents.plans.len() > 1 {
            return Err(Box::new(self.incomplete(given.text.span, "a test judges one plan, and here are several")));
        }
        let plan = contents.plans.first().map(|block| {
            let block = procedures.expand(file, block, &mut mistakes).plan;
            check_plan(file, &block, &mut mistakes)
        });
        if let Some(mistake) = mistakes.into_iter().next() {
            let failed =
                self.failed(given.text.span, format!("the plan given here has a mistake: {}", mistake.message));
            let failed = failed.maybe_help(mistake.help);
            return Err(Box::new(match mistake.place {
                Some(place) => failed.related(place, "here"),
                None => failed,
            }));
        }
        let plan = plan.ok_or_else(|| Box::new(self.failed(given.text.span, "no plan is given here".to_owned())))?;
        Ok(plan_value(&plan.plan))
    }

    fn compare(
        &self,
        expected: &ast::Expectation,
        judgement: &Judgement,
        subjects: &[Value],
        sources: &SourceMap,
    ) -> Result<(), Box<Diagnostic>> {
        let actual = judgement.overall();
        let found = actual.map_or("nothing: what is given holds nothing the rule speaks of", Outcome::name);
        let wanted = match &expected.value {
            ExpectationKind::Pass => "pass",
            ExpectationKind::Fail { .. } => "fail",
            ExpectationKind::Skip => "skip",
            ExpectationKind::Error => "error",
        };
        if actual.map(Outcome::name) != Some(wanted) {
            let message = format!("`{}` was expected to {wanted}, but came to {found}", self.test.title.value.value);
            let failed =
                judgement.findings().fold(self.failed(expected.span, message), |failed, finding| match finding.place {
                    Some(place) => failed.related(place, finding.message.clone()),
                    None => failed,
                });
            return Err(Box::new(match actual {
                Some(actual) => self.why(actual, failed),
                None => failed,
            }));
        }
        let ExpectationKind::Fail { at: Some(path) } = &expected.value else { return Ok(()) };
        let mut mistakes = Vec::new();
        let typed = match self.rule.subject.kind {
            SubjectKind::Document(kind) => {
                let variable = (&*self.rule.subject.variable.name, type_of(kind));
                path_in_subject(self.contents.file, path, variable, &mut mistakes)
            }
            SubjectKind::Plan | SubjectKind::PlanPart(_) => path_in_plan(self.contents.file, path, &mut mistakes),
        };
        let (Some(typed), None) = (typed, mistakes.pop()) else {
            return Err(Box::new(self.incomplete(path.span, "this path leads nowhere in what the rule speaks of")));
        };
        let wanted: Vec<Place> =
            subjects.iter().flat_map(|subject| places_of_path(&typed, subject, self.now)).collect();
        let Some(first) = wanted.first() else {
            return Err(Box::new(self.incomplete(path.span, "this path leads nowhere in what is given")));
        };
        if judgement.findings().any(|finding| finding.place.is_some_and(|place| wanted.contains(&place))) {
            return Ok(());
        }
        let message = format!(
            "`{}` failed, but not at `{}`",
            self.test.title.value.value,
            path.span.text(sources.text(self.contents.file))
        );
        let failed = self.failed(expected.span, message).related(*first, "expected here");
        Err(Box::new(judgement.findings().fold(failed, |failed, finding| match finding.place {
            Some(place) => failed.related(place, format!("found here: {}", finding.message)),
            None => failed,
        })))
    }

    /// Shows in the rule what let it pass or skipped it: there is no finding that would.
    fn why(&self, actual: &Outcome, failed: Diagnostic) -> Diagnostic {
        let rule = self.rule;
        let when = rule.subject.when.as_ref().map(|when| when.place);
        let (place, said) = match actual {
            Outcome::Pass => (Some(decisive_place(rule)), "the rule holds: this says so"),
            Outcome::Skip(Skipped::When) => (when, "the rule is skipped: this is false"),
            Outcome::Skip(Skipped::WhenMissing) => (when, "the rule is skipped: something in this is missing"),
            Outcome::Skip(Skipped::Unless) => {
                (rule.decision.unless.as_ref().map(|unless| unless.place), "the rule is skipped: this is true")
            }
            Outcome::Fail(_) | Outcome::Error(_) => (None, ""),
        };
        match place {
            Some(place) => failed.related(place, said),
            None => failed,
        }
    }

    fn failed(&self, span: crate::source::Span, message: String) -> Diagnostic {
        Diagnostic::new(&TEST_FAILED, Place::new(self.contents.file, span), message)
    }

    fn incomplete(&self, span: crate::source::Span, message: &str) -> Diagnostic {
        Diagnostic::new(&INCOMPLETE_TEST, Place::new(self.contents.file, span), message)
    }
}

fn decisive_place(rule: &Rule) -> Place {
    match &rule.decision.condition {
        Condition::Require(condition) | Condition::Forbid(condition) => condition.place,
    }
}
