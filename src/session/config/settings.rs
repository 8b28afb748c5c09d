//! What `stopline.toml` may say: one table for reading, "did you mean", the JSON Schema and the reference.

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Texts,
    Text,
    /// A table of `pack` to a table of `name = value`.
    Parameters,
    /// A table of `pack/rule` to `error`, `warning` or `note`.
    Severities,
    /// A table of settings of its own.
    Table(&'static [Setting]),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
    pub(super) doc: &'static str,
}

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "packs",
        holds: Holds::Texts,
        doc: "The shipped packs that judge, instead of the recommended ones.",
    },
    Setting {
        name: "policies",
        holds: Holds::Texts,
        doc: "The files and folders of policies that judge, instead of every policy that is found.",
    },
    Setting {
        name: "exclude",
        holds: Holds::Texts,
        doc: "Patterns of files and folders that a walk of folders passes over. A file that is named is judged all the same.",
    },
    Setting {
        name: "baseline",
        holds: Holds::Text,
        doc: "The file that lists what `stopline check` leaves out, as `--baseline` does.",
    },
    Setting { name: "params", holds: Holds::Parameters, doc: "The parameters of policies: `[params.release]`." },
    Setting {
        name: "severity",
        holds: Holds::Severities,
        doc: "How much a rule weighs here: `\"pack/rule\" = \"warning\"`.",
    },
    Setting { name: "nginx", holds: Holds::Table(NGINX), doc: "What is known of the nginx that reads the files." },
    Setting { name: "audit", holds: Holds::Table(AUDIT), doc: "What `stopline audit` holds deployments against." },
];

pub(super) const AUDIT: &[Setting] = &[
    Setting {
        name: "per-day",
        holds: Holds::Text,
        doc: "At least so many confirmed deployments a day; `2` without it.",
    },
    Setting { name: "lead-time", holds: Holds::Text, doc: "Lead times are shorter than this; `1h` without it." },
    Setting { name: "time-to-recover", holds: Holds::Text, doc: "Recoveries are shorter than this; `1h` without it." },
    Setting { name: "change-failures", holds: Holds::Text, doc: "A smaller share of changes fails; `15%` without it." },
    Setting { name: "rollbacks", holds: Holds::Text, doc: "A smaller share is rolled back; `5%` without it." },
    Setting { name: "degradation", holds: Holds::Text, doc: "Response times grow by less; `10%` without it." },
    Setting { name: "errors", holds: Holds::Text, doc: "A smaller share of requests fails; `1%` without it." },
];

pub(super) const NGINX: &[Setting] = &[
    Setting { name: "root", holds: Holds::Text, doc: "The folder that stands for nginx's own, `/etc/nginx`." },
    Setting {
        name: "version",
        holds: Holds::Text,
        doc: "Its version, which decides what holds where nothing is said.",
    },
];
