//! The first files of a repository: a plan for what is there, a policy with its tests, settings, and hooks. Paths and
//! answers in, texts out; knows no disk and asks nobody.

mod found;
mod plan;
#[cfg(test)]
mod tests;

use crate::model::enums::Platform;
use crate::model::units::{Date, Zone};

pub use found::{Found, found};

/// What only people know.
#[derive(Debug)]
pub struct Answers {
    /// What is deployed.
    pub service: String,
    pub zone: Zone,
    /// Names with their `@`.
    pub lead: String,
    pub on_call: String,
    /// The day of the first window.
    pub day: Date,
}

/// A file to begin with.
#[derive(Debug, PartialEq, Eq)]
pub struct Beginning {
    pub path: &'static str,
    pub text: String,
}

/// The files for a repository in which `found` was found.
pub fn beginnings(found: Found, answers: &Answers) -> Vec<Beginning> {
    vec![
        Beginning { path: "release.plan", text: plan::text(found, answers) },
        Beginning { path: "policies/team.policy", text: POLICY.to_owned() },
        Beginning { path: "stopline.toml", text: settings(found.platform) },
        Beginning { path: HOOKS_PATH, text: HOOKS.to_owned() },
    ]
}

/// The pack that judges the files of a platform is named beside the recommended ones, for whoever takes the `#` away: what
/// was never judged is not stopped on the first day.
fn settings(platform: Platform) -> String {
    let pack = match platform {
        Platform::Kubernetes => "kubernetes",
        Platform::Compose => "compose",
        Platform::Pm2 => "pm2",
        Platform::Vercel
        | Platform::Netlify
        | Platform::CloudflarePages
        | Platform::Railway
        | Platform::Render
        | Platform::Fly
        | Platform::Vps
        | Platform::Docker
        | Platform::Lambda
        | Platform::Bench
        | Platform::FrappeDocker
        | Platform::Other => return SETTINGS.to_owned(),
    };
    SETTINGS.replace(RECOMMENDED, &format!("{RECOMMENDED}, \"{pack}\"")).replace(
        "# packs =",
        &format!("# With `{pack}`, what stands here for that platform is judged, too: take away the `#`.\n# packs ="),
    )
}

/// The last of the packs that are recommended.
const RECOMMENDED: &str = "\"workflow\"";

/// Where pre-commit looks for its hooks. A file that is there already is not written over: its owner adds the entry.
pub const HOOKS_PATH: &str = ".pre-commit-config.yaml";

const POLICY: &str = include_str!("files/team.policy");
const SETTINGS: &str = include_str!("files/stopline.toml");
const HOOKS: &str = include_str!("files/pre-commit-config.yaml");
