//! Makes the fixes of a run, judges what came of them, and takes back what did not cure: texts in, texts out.

mod choose;
mod meant;
mod outcome;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use self::choose::{Chosen, chosen};
use super::Report;
use super::check::{Checked, Request, check};
use super::surroundings::Over;
use crate::diagnostic::Applicability;
use crate::source::SourceMap;

pub use self::choose::{count, is_fixable};
pub(super) use self::meant::offer;

/// After so many rounds, fixes make work for each other.
const MAX_ROUNDS: usize = 50;

/// Which fixes are made.
#[derive(Debug)]
pub struct Wish<'a> {
    /// These and the safer ones.
    pub applicability: Applicability,
    /// The paths that may be changed: what a run happens to look at belongs to somebody else.
    pub paths: &'a HashSet<String>,
    /// The findings that are let be, in the order of the report.
    pub let_be: &'a dyn LetBe,
}

/// What says which findings nobody wants mended.
pub trait LetBe: std::fmt::Debug {
    fn let_be(&self, report: &Report, sources: &SourceMap) -> Vec<bool>;
}

/// Every finding is to be mended.
#[derive(Debug, Clone, Copy)]
pub struct NothingLetBe;

impl LetBe for NothingLetBe {
    fn let_be(&self, report: &Report, _: &SourceMap) -> Vec<bool> {
        vec![false; report.findings().len()]
    }
}

/// One file that is another now.
#[derive(Debug)]
pub struct Rewritten {
    pub path: String,
    pub before: Arc<str>,
    pub after: Arc<str>,
    /// How many findings were mended in it.
    pub fixed: usize,
}

/// A fix that did not cure, and was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    pub path: String,
    pub rule: String,
    pub reason: String,
}

/// What came of it: the last judgement, over the texts as they are now.
#[derive(Debug)]
pub struct Mended {
    pub checked: Checked,
    pub sources: SourceMap,
    pub rewritten: Vec<Rewritten>,
    pub taken_back: Vec<TakenBack>,
    /// Fixes went on making each other necessary, and were stopped.
    pub endless: bool,
}

impl Mended {
    /// The same where only these files could be written: the others are judged as they were.
    #[must_use]
    pub fn only_in(self, written: &HashSet<&str>, request: &Request<'_>, sources: &SourceMap) -> Self {
        let rewritten: Vec<Rewritten> =
            self.rewritten.into_iter().filter(|file| written.contains(file.path.as_str())).collect();
        let texts: Texts = rewritten.iter().map(|file| (file.path.clone(), Arc::clone(&file.after))).collect();
        let (checked, sources) = judge(request, sources, &texts);
        Self { checked, sources, rewritten, ..self }
    }
}

/// Texts as they are after some rounds, by their paths.
type Texts = BTreeMap<String, Arc<str>>;

/// A fix as it is known in another round.
type Known = (String, String, String);

/// What a round left to the next.
#[derive(Debug, Default)]
struct Memory {
    texts: Texts,
    /// The same files as they were.
    originals: Texts,
    fixed: BTreeMap<String, usize>,
    /// Files in which one fix at a time is made, since several together went wrong.
    one_by_one: HashSet<String>,
    banned: HashSet<Known>,
    taken_back: Vec<TakenBack>,
}

/// Mends as long as there is something to mend. `sources` are the texts of the run before it was judged.
pub fn mend(request: &Request<'_>, sources: &SourceMap, wish: &Wish<'_>) -> Mended {
    let mut memory = Memory::default();
    let (mut checked, mut judged) = judge(request, sources, &memory.texts);
    let mut rounds = 0;
    loop {
        let found = chosen(&checked.report, &judged, wish, &memory.banned, &memory.one_by_one);
        if found.is_empty() || rounds == MAX_ROUNDS {
            let endless = !found.is_empty();
            return finished(checked, judged, memory, endless);
        }
        rounds += 1;
        let before = memory.texts.clone();
        for file in &found {
            memory.originals.entry(file.path.clone()).or_insert_with(|| file.old_text(&judged));
            memory.texts.insert(file.path.clone(), file.text(&judged));
        }
        let (next, now) = judge(request, sources, &memory.texts);
        let mut is_sound = true;
        for file in &found {
            match outcome::trouble(file, &checked.report, &judged, &next.report, &now) {
                None => *memory.fixed.entry(file.path.clone()).or_default() += file.fixes.len(),
                Some(reason) => {
                    is_sound = false;
                    take_back(file, reason, &before, &mut memory);
                }
            }
        }
        (checked, judged) = if is_sound { (next, now) } else { judge(request, sources, &memory.texts) };
    }
}

fn take_back(file: &Chosen<'_>, reason: String, before: &Texts, memory: &mut Memory) {
    match before.get(&file.path) {
        Some(text) => memory.texts.insert(file.path.clone(), Arc::clone(text)),
        None => memory.texts.remove(&file.path),
    };
    match file.fixes.as_slice() {
        [only] => {
            memory.banned.insert(only.known(&file.path));
            let rule = only.finding.rule.to_string();
            memory.taken_back.push(TakenBack { path: file.path.clone(), rule, reason });
        }
        // Which of them it was shows when they are made one by one.
        [..] => {
            memory.one_by_one.insert(file.path.clone());
        }
    }
}

/// Judges the texts as they are now; those that were not changed are taken as they are.
fn judge(request: &Request<'_>, sources: &SourceMap, texts: &Texts) -> (Checked, SourceMap) {
    let mut sources = sources.with(texts);
    let surroundings = Over { under: request.surroundings, texts };
    let request = Request { surroundings: &surroundings, selection: request.selection.clone(), ..*request };
    let checked = check(&request, &mut sources);
    (checked, sources)
}

fn finished(checked: Checked, sources: SourceMap, memory: Memory, endless: bool) -> Mended {
    let Memory { texts, mut originals, mut fixed, taken_back, .. } = memory;
    let rewritten = texts.into_iter().filter_map(|(path, after)| {
        let before = originals.remove(&path)?;
        let fixed = fixed.remove(&path).unwrap_or_default();
        (before != after).then_some(Rewritten { path, before, after, fixed })
    });
    let rewritten = rewritten.collect();
    Mended { checked, sources, rewritten, taken_back, endless }
}
