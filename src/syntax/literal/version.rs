//! Versions: numbers between dots.

use super::Flaw;
use crate::syntax::diagnostics::{BAD_VERSION, OUT_OF_RANGE};

pub(super) fn read(text: &str) -> Result<Vec<u64>, Flaw> {
    text.trim_start_matches('v').split('.').map(str::parse).collect::<Result<_, _>>().map_err(|_| {
        Flaw::whole(&OUT_OF_RANGE, text, format!("`{text}` has a component that is too large"))
            .help("a component holds up to 19 digits")
    })
}

pub(super) fn malformed(text: &str) -> Flaw {
    Flaw::whole(&BAD_VERSION, text, format!("`{text}` is not a version")).help(format!(
        "a version is `v` and numbers between dots, as in `v1.2.3`; any other stands in quotes: `\"{text}\"`"
    ))
}
