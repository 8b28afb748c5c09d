//! The policies that would judge a plan if the folder around it were checked.

use std::path::{Path, PathBuf};

use super::config::Found;
use super::files::{Loaded, Others, PassedOver, Walk, is_policy, real, walk};
use crate::session::Language;
use crate::source::SourceMap;

/// Loads what can judge a plan though nobody named it: what holds policies or waivers in the folder one stands in, and
/// beside the plan where it stands elsewhere.
pub(super) fn load_around(plan: &Path, settled: &Found, sources: &mut SourceMap) -> Loaded {
    let mut loaded = Loaded::default();
    let mut known: Vec<PathBuf> = plan.canonicalize().into_iter().collect();
    let here = Path::new(".");
    let is_below = here.canonicalize().is_ok_and(|here| known.iter().all(|plan| plan.starts_with(&here)));
    let beside = if is_below { None } else { plan.parent() };
    let walks = [(here, None)].into_iter().chain(beside.map(|beside| (beside, Some(1))));
    for (folder, depth) in walks {
        let mut found = Loaded::beside(sources);
        let passed_over = PassedOver::AsRepositoriesDo;
        let how = Walk { wanted: may_judge, others: Others::Refused, passed_over, depth, settled: Some(settled) };
        walk(folder, &how, sources, &mut found);
        for input in found.inputs {
            let (path, text) = (sources.path(input.file), sources.text(input.file));
            let real = real(Path::new(path));
            let judges = is_policy(path) || text.contains("policy") || text.contains("waive");
            if judges && !known.contains(&real) {
                known.push(real);
                loaded.inputs.push(input);
            }
        }
        loaded.unreadable.extend(found.unreadable);
    }
    loaded
}

/// Plans in YAML and JSON hold a plan and nothing else.
fn may_judge(name: &str) -> bool {
    Language::of(name) == Some(Language::Stopline)
}
