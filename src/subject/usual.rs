//! Where subjects are found when a rule names no files, and how tests give them.

use std::sync::Arc;

use crate::model::located::Located;
use crate::model::policy::DocumentKind;

/// The files a rule without `in …` speaks of.
const fn usual_paths(kind: DocumentKind) -> &'static [&'static str] {
    match kind {
        DocumentKind::Json => &["**/*.json"],
        DocumentKind::Yaml | DocumentKind::KubernetesContainer => &["**/*.yaml", "**/*.yml"],
        DocumentKind::Toml => &["**/*.toml"],
        DocumentKind::Env => &["**/.env", "**/.env.*", "**/*.env"],
        DocumentKind::Ini => &["**/*.ini", "**/*.cfg"],
        DocumentKind::Certificate => &["**/*.pem", "**/*.crt", "**/*.cer"],
        DocumentKind::File => &["**/*"],
        DocumentKind::NginxServer => {
            &["**/nginx*.conf", "**/nginx/**/*.conf", "**/conf.d/*.conf", "**/sites-available/*", "**/sites-enabled/*"]
        }
        DocumentKind::MarkdownTask => &["**/*.md"],
        DocumentKind::CalendarEvent => &["**/*.ics"],
        DocumentKind::Secret => SECRETIVE,
        DocumentKind::SqlScript | DocumentKind::SqlStatement => &["**/*.sql"],
        DocumentKind::Workflow | DocumentKind::WorkflowJob | DocumentKind::WorkflowStep => {
            &["**/.github/workflows/*.yaml", "**/.github/workflows/*.yml"]
        }
        DocumentKind::ComposeService => &[
            "**/compose.yaml",
            "**/compose.yml",
            "**/compose.*.yaml",
            "**/compose.*.yml",
            "**/docker-compose*.yaml",
            "**/docker-compose*.yml",
        ],
        DocumentKind::DocType => &["**/doctype/*/*.json"],
        DocumentKind::Pm2App => &[
            "**/{ecosystem,pm2,process}.{json,yaml,yml}",
            "**/{ecosystem,pm2,process}.config.{js,cjs,mjs,json,yaml,yml}",
        ],
    }
}

/// Texts that settings are kept in, and scripts that use them.
const SECRETIVE: &[&str] = &[
    "**/*.{yaml,yml,json,jsonc,toml,ini,cfg,cnf,conf,config,properties,xml,tf,tfvars,hcl,env}",
    "**/*.{sh,bash,zsh,ps1,bat,sql,py,rb,js,ts,mjs,cjs,go,php,java,kt,cs,pl,lua,gradle,j2,tpl,tmpl}",
    "**/*.{pem,key,asc,p8,txt,md,service,plist,npmrc,pypirc,netrc,pgpass}",
    "**/.env*",
    "**/.{npmrc,pypirc,netrc,pgpass,htpasswd,dockercfg,git-credentials}",
    "**/{Dockerfile,Containerfile,Jenkinsfile,Procfile,Makefile,Vagrantfile}*",
    "**/id_{rsa,dsa,ecdsa,ed25519}",
];

/// The patterns of the files a rule speaks of: its own, else the usual ones.
pub fn paths(kind: DocumentKind, own: &[Located<Arc<str>>]) -> Vec<&str> {
    if own.is_empty() { usual_paths(kind).to_vec() } else { own.iter().map(|pattern| &*pattern.value).collect() }
}

/// The words that may stand after `given` in a test of a rule about this kind.
pub const fn given_formats(kind: DocumentKind) -> &'static [&'static str] {
    match kind {
        DocumentKind::Json => &["json"],
        DocumentKind::Yaml => &["yaml"],
        DocumentKind::Toml => &["toml"],
        DocumentKind::Env => &["env"],
        DocumentKind::Ini => &["ini"],
        DocumentKind::Certificate => &["certificate", "pem"],
        DocumentKind::File => &["file"],
        DocumentKind::NginxServer => &["nginx"],
        DocumentKind::MarkdownTask => &["markdown"],
        DocumentKind::Secret => &["text", "env", "json", "toml", "yaml"],
        DocumentKind::SqlScript | DocumentKind::SqlStatement => &["sql"],
        DocumentKind::Workflow | DocumentKind::WorkflowJob | DocumentKind::WorkflowStep => &["workflow", "yaml"],
        DocumentKind::KubernetesContainer => &["kubernetes", "yaml"],
        DocumentKind::ComposeService => &["compose", "yaml"],
        DocumentKind::DocType => &["doctype", "json"],
        DocumentKind::Pm2App => &["pm2"],
        DocumentKind::CalendarEvent => &["calendar", "ics"],
    }
}

/// What a given text is called where its test names no path.
pub const fn given_path(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Json => "given.json",
        DocumentKind::Yaml | DocumentKind::KubernetesContainer => "given.yaml",
        DocumentKind::Toml => "given.toml",
        DocumentKind::Env => ".env",
        DocumentKind::Ini => "given.ini",
        DocumentKind::Certificate => "given.pem",
        DocumentKind::File => "given.txt",
        DocumentKind::NginxServer => "conf.d/given.conf",
        DocumentKind::MarkdownTask => "given.md",
        DocumentKind::Secret => "given.env",
        DocumentKind::SqlScript | DocumentKind::SqlStatement => "given.sql",
        DocumentKind::Workflow | DocumentKind::WorkflowJob | DocumentKind::WorkflowStep => {
            ".github/workflows/given.yaml"
        }
        DocumentKind::ComposeService => "compose.yaml",
        DocumentKind::DocType => "app/doctype/given/given.json",
        DocumentKind::Pm2App => "ecosystem.config.js",
        DocumentKind::CalendarEvent => "given.ics",
    }
}
