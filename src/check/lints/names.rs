//! Names that a plan says and does not have: the nearest that it has, found with a bounded effort.

use crate::diagnostic::did_you_mean;
use crate::model::read::list_names;

/// Comparing every name with every other would take for ever on a plan made for that.
#[derive(Debug)]
pub(super) struct Nearest {
    /// How many pairs of letters may still be compared.
    effort: usize,
}

/// How many names a message lists.
const SHOWN: usize = 8;

impl Default for Nearest {
    fn default() -> Self {
        Self { effort: 4_000_000 }
    }
}

impl Nearest {
    /// "did you mean `x`?", or else what there is, introduced by `intro`; `none` where there is nothing.
    pub(super) fn cure(&mut self, name: &str, known: &[&str], intro: &str, none: &str) -> String {
        if let Some(meant) = self.to(name, known) {
            return format!("did you mean `{meant}`?");
        }
        if known.is_empty() {
            return none.to_owned();
        }
        let more = if known.len() > SHOWN { " and others" } else { "" };
        format!("{intro} {}{more}", list_names(known.iter().copied().take(SHOWN)))
    }

    pub(super) fn to<'n>(&mut self, name: &str, known: &[&'n str]) -> Option<&'n str> {
        if self.effort < known.len() {
            self.effort = 0;
            return None;
        }
        let cost: usize = known.iter().map(|candidate| (candidate.len() + 1).saturating_mul(name.len() + 1)).sum();
        self.effort = self.effort.saturating_sub(cost);
        if self.effort == 0 { None } else { did_you_mean(name, known.iter().copied()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_named_and_otherwise_what_there_is() {
        let mut nearest = Nearest::default();
        let known = ["backup-db", "migrate"];
        let mut cure = |name: &str, known: &[&str]| nearest.cure(name, known, "there are", "there is nothing");
        assert_eq!(cure("migrte", &known), "did you mean `migrate`?");
        assert_eq!(cure("x", &known), "there are `backup-db` or `migrate`");
        assert_eq!(cure("x", &[]), "there is nothing");
        assert_eq!(cure("xyz", &["a"; 9]), "there are `a`, `a`, `a`, `a`, `a`, `a`, `a`, or `a` and others");
    }

    #[test]
    fn the_search_ends_however_many_names_there_are() {
        let long = "x".repeat(10_000);
        let mut nearest = Nearest::default();
        assert_eq!(nearest.to(&long, &[&long]), None);
        assert_eq!(nearest.to("a", &["a"]), None, "nothing is left for others");
    }
}
