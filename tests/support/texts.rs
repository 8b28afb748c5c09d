//! A run over texts, with nothing around it: no files, no settings, no clock. Knows not what is expected of it.

use stopline::model::units::Instant;
use stopline::runbook::Procedure;
use stopline::session::{Candidates, Checked, Config, Input, Language, Nothing, Request, Selection, check};
use stopline::source::SourceMap;

pub(crate) struct Texts {
    pub(crate) sources: SourceMap,
    inputs: Vec<Input>,
    selection: Selection,
    now: Instant,
}

impl Texts {
    /// Judged as of this instant, by the recommended packs.
    pub(crate) fn at(now: &str) -> Self {
        let now = Instant::parse(now).unwrap();
        Self { sources: SourceMap::default(), inputs: Vec::new(), selection: Selection::default(), now }
    }

    /// A text to judge; its name says how it is read.
    pub(crate) fn input(mut self, name: &str, text: &str) -> Self {
        let language = match name.rsplit_once('.') {
            Some((_, "yaml" | "yml")) => Language::Yaml,
            Some((_, "json")) => Language::Json,
            Some((_, "md")) => Language::Markdown,
            _ => Language::Stopline,
        };
        self.inputs.push(Input { file: self.sources.add(name, text), language });
        self
    }

    /// Judged by this policy, and by nothing that was not named.
    pub(crate) fn judged_by(mut self, text: &str) -> Self {
        let policy = Input { file: self.sources.add("p.policy", text), language: Language::Stopline };
        self.selection.chosen.get_or_insert_default().push(policy);
        self
    }

    pub(crate) fn check(&mut self) -> Checked {
        self.checked_then(|checked, _, _| checked)
    }

    /// The run of the only plan, which has to be one.
    pub(crate) fn procedure(&mut self) -> Procedure {
        self.checked_then(|checked, request, sources| {
            checked.procedure(request, sources).unwrap_or_else(|said| panic!("{said:#?}\n{:#?}", checked.report))
        })
    }

    fn checked_then<T>(&mut self, then: impl FnOnce(Checked, &Request<'_>, &SourceMap) -> T) -> T {
        let request = Request {
            inputs: &self.inputs,
            candidates: &Candidates::default(),
            config: &Config::default(),
            selection: self.selection.clone(),
            overrides: &[],
            now: self.now,
            surroundings: &Nothing,
        };
        let checked = check(&request, &mut self.sources);
        then(checked, &request, &self.sources)
    }
}
