//! What is secret in files that were judged and let go of before anything was said. Where nothing is said in a whole run,
//! nothing can be shown, and no file is searched.

use super::cores::on_every_core;
use crate::document::secret::Secrets;
use crate::session::surroundings::Surroundings;
use crate::source::{FileId, SourceMap};

/// Reads the files again. What cannot be read any more cannot be searched: its values are in no text that is held.
pub(in crate::session) fn secrets_of(
    files: &[FileId],
    sources: &SourceMap,
    surroundings: &dyn Surroundings,
) -> Secrets {
    let stretches = on_every_core(files, surroundings, |files| {
        let mut secrets = Secrets::default();
        for file in files {
            if let Ok((_, text)) = surroundings.read("", sources.path(*file)) {
                secrets.search(&text);
            }
        }
        secrets
    });
    let mut all = Secrets::default();
    for secrets in stretches {
        all.extend(secrets);
    }
    all
}
