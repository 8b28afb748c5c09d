//! The shipped packs: parsed when Stopline is built, decoded only when a run wants them.

use super::input::{Contents, sorted};
use crate::source::SourceMap;

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

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

impl Pack {
    pub fn all() -> &'static [Self] {
        PACKS
    }

    pub fn named(name: &str) -> Option<&'static Self> {
        PACKS.iter().find(|pack| pack.name == name)
    }

    /// The text it was built from.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Adds its text to the run and decodes its tree; its tests were left out when it was built.
    ///
    /// A tree that cannot be decoded is read from the text again: a pack is never silently absent.
    pub(super) fn load(&self, sources: &mut SourceMap) -> Contents {
        let file = sources.add_built(format!("<pack {}>", self.name), self.text);
        let tree = postcard::from_bytes(self.tree).unwrap_or_else(|_| crate::syntax::parse(file, self.text).tree);
        Contents { pack_digest: Some(self.digest), ..sorted(file, tree, Vec::new()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::ast;

    #[test]
    fn every_tree_decodes_to_what_its_text_says() {
        assert!(!Pack::all().is_empty());
        for pack in Pack::all() {
            assert_eq!(pack.digest, super::super::policies::digest(pack.text));
            let mut parsed = crate::syntax::parse(crate::source::FileId::default(), pack.text).tree;
            parsed.items.retain(|item| !matches!(item, ast::Item::Test(_)));
            let decoded: ast::File = postcard::from_bytes(pack.tree).unwrap();
            assert_eq!(decoded, parsed, "{}", pack.name);
        }
    }
}
