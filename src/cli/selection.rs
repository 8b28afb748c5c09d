//! Which policies judge: those that were named, or those that are there and the recommended packs.

use std::path::Path;

use super::arguments::Judging;
use super::around::load_around;
use super::files::{Loaded, load_policies};
use super::status::Failure;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::session::{Elsewhere, Input, Override, Pack, Selection};
use crate::source::SourceMap;

/// The policies of a run, and what could not be read of them.
pub(super) fn select(judging: &Judging, sources: &mut SourceMap) -> Result<(Selection, Vec<Diagnostic>), Failure> {
    if !is_named(judging) {
        return Ok((Selection { packs: recommended(), ..Selection::default() }, Vec::new()));
    }
    let mut packs: Vec<&'static Pack> = judging.packs.iter().map(|name| pack(name)).collect::<Result<_, _>>()?;
    packs.sort_by_key(|pack| pack.name);
    packs.dedup_by_key(|pack| pack.name);
    let Loaded { inputs, unreadable, .. } =
        if judging.policies.is_empty() { Loaded::default() } else { load_policies(&judging.policies, sources)? };
    if inputs.is_empty() && unreadable.is_empty() && !judging.policies.is_empty() {
        return Err(Failure::new("there is no policy where `--policy` points")
            .help("name a `.policy` file or a folder that holds one"));
    }
    Ok((Selection { chosen: Some(inputs), packs, ..Selection::default() }, unreadable))
}

/// Whether anything was named to judge by.
pub(super) fn is_named(judging: &Judging) -> bool {
    !judging.policies.is_empty() || !judging.packs.is_empty()
}

/// What `check` without arguments would judge the plan by: every policy of the folder one stands in, those beside the plan,
/// and the recommended packs.
pub(super) fn select_around(plan: &Path, own: &[Input], sources: &mut SourceMap) -> (Selection, Vec<Diagnostic>) {
    let Loaded { inputs, unreadable, .. } = load_around(plan, sources);
    let chosen = own.iter().copied().chain(inputs).collect();
    let selection = Selection { chosen: Some(chosen), packs: recommended(), elsewhere: Elsewhere::LeftAlone };
    (selection, unreadable)
}

fn recommended() -> Vec<&'static Pack> {
    Pack::all().iter().filter(|pack| pack.recommended).collect()
}

/// The parameters that were set.
pub(super) fn overrides(judging: &Judging) -> Result<Vec<Override>, Failure> {
    judging
        .parameters
        .iter()
        .map(|text| Override::parse(text).map_err(|problem| Failure::new(format!("`--param`: {problem}"))))
        .collect()
}

fn pack(name: &str) -> Result<&'static Pack, Failure> {
    Pack::named(name).ok_or_else(|| {
        let known = || Pack::all().iter().map(|pack| pack.name);
        let help = did_you_mean(name, known()).map_or_else(
            || format!("there are: {}", known().collect::<Vec<_>>().join(", ")),
            |meant| format!("did you mean `{meant}`?"),
        );
        Failure::new(format!("there is no pack `{name}`")).help(help)
    })
}
