//! The shipped packs: parsed when Stopline is built, decoded only when a run wants them.

use super::input::{Contents, sorted};
use crate::check::policy::{StoredClauses, StoredRule};
use crate::diagnostic::did_you_mean;
use crate::source::SourceMap;
use crate::syntax::ast;

/// A shipped policy.
#[derive(Debug)]
pub struct Pack {
    pub name: &'static str,
    /// Whether it is applied where nobody chose policies.
    pub recommended: bool,
    text: &'static str,
    /// SHA-256 of the text, in lower-case hexadecimal digits.
    digest: &'static str,
    tree: &'static [u8],
}

/// That no pack has a name, and which one may be meant.
#[derive(Debug)]
pub struct UnknownPack {
    pub message: String,
    pub help: String,
}

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

impl Pack {
    pub fn all() -> &'static [Self] {
        PACKS
    }

    pub fn named(name: &str) -> Option<&'static Self> {
        PACKS.iter().find(|pack| pack.name == name)
    }

    /// The same for a name that somebody wrote.
    pub fn find(name: &str) -> Result<&'static Self, UnknownPack> {
        Self::named(name).ok_or_else(|| {
            let known = || PACKS.iter().map(|pack| pack.name);
            let help = did_you_mean(name, known()).map_or_else(
                || format!("there are: {}", known().collect::<Vec<_>>().join(", ")),
                |meant| format!("did you mean `{meant}`?"),
            );
            UnknownPack { message: format!("there is no pack `{name}`"), help }
        })
    }

    /// The text it was built from.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Adds its text to the run and decodes its tree; its tests were left out when it was built, and most of each rule is
    /// decoded when it is needed.
    ///
    /// A tree that cannot be decoded is read from the text again: a pack is never silently absent.
    pub(super) fn load(&self, sources: &mut SourceMap) -> Contents {
        let file = sources.add_built(format!("<pack {}>", self.name), self.text);
        let (tree, stored) =
            self.decoded().unwrap_or_else(|_| (crate::syntax::parse(file, self.text).tree, Vec::new()));
        Contents { pack_digest: Some(self.digest), stored, ..sorted(file, tree, Vec::new()) }
    }

    fn decoded(&self) -> Result<(ast::File, Vec<StoredRule>), postcard::Error> {
        let (tree, rules): (ast::File, Vec<[&'static [u8]; 2]>) = postcard::from_bytes(self.tree)?;
        let clauses = |bytes| StoredClauses { bytes, decode };
        let stored = |[decides, says]: [_; 2]| StoredRule { decides: clauses(decides), says: clauses(says) };
        Ok((tree, rules.into_iter().map(stored).collect()))
    }
}

fn decode(bytes: &'static [u8]) -> Vec<ast::Clause> {
    postcard::from_bytes(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::policies::{AppliedPolicy, resolve_only};
    use crate::session::surroundings::Nothing;

    fn resolved(contents: &Contents, sources: &mut SourceMap) -> Vec<AppliedPolicy> {
        let mut said = Vec::new();
        let policies = resolve_only(&[contents], &Nothing, sources, &mut said);
        assert!(said.is_empty(), "{said:#?}");
        policies
    }

    /// Everything, what is deferred too.
    fn shown(policies: &[AppliedPolicy]) -> String {
        for rule in policies.iter().flat_map(|applied| &applied.policy.rules) {
            let (_, _) = (&*rule.decision, &*rule.words);
        }
        format!("{policies:#?}")
    }

    #[test]
    fn every_pack_is_what_its_text_says() {
        assert!(!Pack::all().is_empty());
        for pack in Pack::all() {
            assert_eq!(pack.digest, super::super::policies::digest(pack.text));
            let mut sources = SourceMap::default();
            let built = pack.load(&mut sources);
            let tree = crate::syntax::parse(built.file, pack.text).tree;
            let written = Contents { pack_digest: built.pack_digest, ..sorted(built.file, tree, Vec::new()) };
            assert!(!built.stored.is_empty(), "{}", pack.name);
            let (built, written) = (resolved(&built, &mut sources), resolved(&written, &mut sources));
            assert_eq!(shown(&built), shown(&written), "{}", pack.name);
        }
    }
}
