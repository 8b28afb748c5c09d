//! Which policies judge: those that were named, or those that are there and the recommended packs.

use std::path::{Path, PathBuf};

use super::arguments::Judging;
use super::around::load_around;
use super::config::Found;
use super::disk::shown;
use super::files::{Loaded, is_there, load_policies};
use super::status::Failure;
use crate::diagnostic::Diagnostic;
use crate::model::located::Located;
use crate::session::diagnostics::WRONG_SETTING;
use crate::session::{Elsewhere, Input, Override, Pack, Selection};
use crate::source::SourceMap;

/// The policies of a run, and what could not be read of them: those named on the command line, else those the repository
/// has settled, else those that are found and the recommended packs.
pub(super) fn select(
    judging: &Judging,
    settled: &Found,
    sources: &mut SourceMap,
) -> Result<(Selection, Vec<Diagnostic>), Failure> {
    if !is_named(judging) {
        let Loaded { inputs, unreadable, .. } = settled_policies(settled, sources)?;
        let chosen = settled.config.policies.as_ref().map(|_| inputs);
        return Ok((Selection { chosen, packs: settled_packs(settled), ..Selection::default() }, unreadable));
    }
    let mut packs: Vec<&'static Pack> = judging.packs.iter().map(|name| pack(name)).collect::<Result<_, _>>()?;
    packs.sort_by_key(|pack| pack.name);
    packs.dedup_by_key(|pack| pack.name);
    let Loaded { inputs, unreadable, others, .. } =
        if judging.policies.is_empty() { Loaded::default() } else { load_policies(&judging.policies, sources)? };
    if let Some(folder) = others.folders.first() {
        return Err(Failure::new(format!("there is no policy in `{}`, where `--policy` points", folder.path))
            .help("name a `.policy` file or a folder that holds one"));
    }
    Ok((Selection { chosen: Some(inputs), packs, ..Selection::default() }, unreadable))
}

/// Whether anything was named to judge by.
pub(super) fn is_named(judging: &Judging) -> bool {
    !judging.policies.is_empty() || !judging.packs.is_empty()
}

/// What `check` without arguments would judge the plan by: what the repository has settled, else every policy of the folder
/// one stands in and those beside the plan.
pub(super) fn select_around(
    plan: &Path,
    own: &[Input],
    settled: &Found,
    sources: &mut SourceMap,
) -> Result<(Selection, Vec<Diagnostic>), Failure> {
    let Loaded { inputs, unreadable, .. } = match &settled.config.policies {
        Some(_) => settled_policies(settled, sources)?,
        None => load_around(plan, settled, sources),
    };
    let chosen = own.iter().copied().chain(inputs).collect();
    let selection = Selection { chosen: Some(chosen), packs: settled_packs(settled), elsewhere: Elsewhere::LeftAlone };
    Ok((selection, unreadable))
}

fn settled_policies(settled: &Found, sources: &mut SourceMap) -> Result<Loaded, Failure> {
    let Some(policies) = &settled.config.policies else { return Ok(Loaded::default()) };
    let mut missing = Vec::new();
    let mut paths: Vec<PathBuf> = Vec::with_capacity(policies.len());
    for named in policies {
        let path = settled.path(&named.value);
        if is_there(&path) {
            paths.push(path);
        } else {
            let message = format!("there is no file or folder `{}`", path.display());
            let help = "paths are seen from the folder in which `stopline.toml` stands";
            missing.push(Diagnostic::new(&WRONG_SETTING, named.place, message).help(help));
        }
    }
    let mut loaded = if paths.is_empty() { Loaded::default() } else { load_policies(&paths, sources)? };
    let idle = |named: &&Located<String>| {
        let path = shown(&settled.path(&named.value));
        loaded.others.folders.iter().any(|folder| folder.path == path)
    };
    missing.extend(policies.iter().filter(idle).map(|named| {
        let message = format!("there is no policy in `{}`", named.value);
        Diagnostic::new(&WRONG_SETTING, named.place, message).help("name a `.policy` file or a folder that holds one")
    }));
    loaded.unreadable.extend(missing);
    Ok(loaded)
}

fn settled_packs(settled: &Found) -> Vec<&'static Pack> {
    match &settled.config.packs {
        Some(packs) => packs.clone(),
        None => Pack::all().iter().filter(|pack| pack.recommended).collect(),
    }
}

/// The parameters that were set; the command line has the last word.
pub(super) fn overrides(judging: &Judging, settled: &Found) -> Result<Vec<Override>, Failure> {
    let settled = settled.config.parameters.iter().cloned().map(Ok);
    let said = judging.parameters.iter();
    let said = said.map(|text| Override::parse(text).map_err(|problem| Failure::new(format!("`--param`: {problem}"))));
    settled.chain(said).collect()
}

fn pack(name: &str) -> Result<&'static Pack, Failure> {
    Pack::find(name).map_err(|unknown| Failure::new(unknown.message).help(unknown.help))
}
