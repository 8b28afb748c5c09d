//! Which policies judge: those that were named, or those that are there and the recommended packs.

use super::arguments::Judging;
use super::files::{Loaded, load_policies};
use super::status::Failure;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::session::{Override, Pack, Selection};
use crate::source::SourceMap;

/// The policies of a run, and what could not be read of them.
pub(super) fn select(judging: &Judging, sources: &mut SourceMap) -> Result<(Selection, Vec<Diagnostic>), Failure> {
    if judging.policies.is_empty() && judging.packs.is_empty() {
        let packs = Pack::all().iter().filter(|pack| pack.recommended).collect();
        return Ok((Selection { chosen: None, packs }, Vec::new()));
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
    Ok((Selection { chosen: Some(inputs), packs }, unreadable))
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
