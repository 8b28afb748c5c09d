//! What the files of a repository say about where it runs.

use crate::model::enums::Platform;

/// How a repository is deployed, as far as its files tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub platform: Platform,
    /// The file that says so; none where none does.
    pub by: Option<&'static str>,
}

/// What is asked first decides: what names one platform before what any may have.
const SIGNS: &[(&str, Platform)] = &[
    ("apps.txt", Platform::Bench),
    ("sites/apps.txt", Platform::Bench),
    ("ecosystem.config.js", Platform::Pm2),
    ("ecosystem.config.cjs", Platform::Pm2),
    ("ecosystem.config.json", Platform::Pm2),
    ("vercel.json", Platform::Vercel),
    ("netlify.toml", Platform::Netlify),
    ("wrangler.toml", Platform::CloudflarePages),
    ("fly.toml", Platform::Fly),
    ("railway.json", Platform::Railway),
    ("railway.toml", Platform::Railway),
    ("render.yaml", Platform::Render),
    ("Chart.yaml", Platform::Kubernetes),
    ("kustomization.yaml", Platform::Kubernetes),
    ("k8s/", Platform::Kubernetes),
    ("kubernetes/", Platform::Kubernetes),
    ("compose.yaml", Platform::Compose),
    ("compose.yml", Platform::Compose),
    ("docker-compose.yml", Platform::Compose),
    ("docker-compose.yaml", Platform::Compose),
    ("Dockerfile", Platform::Docker),
    ("Containerfile", Platform::Docker),
];

/// `exists` says whether a file, or a folder whose name ends in `/`, is there.
pub fn found(exists: impl Fn(&str) -> bool) -> Found {
    let sign = SIGNS.iter().find(|(sign, _)| exists(sign));
    sign.map_or(Found { platform: Platform::Other, by: None }, |(sign, platform)| Found {
        platform: *platform,
        by: Some(sign),
    })
}
