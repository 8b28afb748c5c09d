//! What a script knows of its variables at a place.

use std::collections::HashSet;

/// The variables that have a value or were asked for one: whoever asks knows that there may be none.
#[derive(Debug, Default)]
pub(super) struct Known<'s> {
    names: HashSet<&'s str>,
    /// Whatever was known anywhere.
    ever: HashSet<&'s str>,
    /// What was known of a name before it changed, the newest last.
    changes: Vec<(&'s str, bool)>,
}

/// A place to return to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark(usize);

impl<'s> Known<'s> {
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    pub(super) fn ever_had(&self, name: &str) -> bool {
        self.ever.contains(name)
    }

    pub(super) fn set(&mut self, name: &'s str, is_known: bool) {
        let was_known = if is_known { !self.names.insert(name) } else { self.names.remove(name) };
        if is_known {
            self.ever.insert(name);
        }
        if was_known != is_known {
            self.changes.push((name, was_known));
        }
    }

    pub(super) const fn mark(&self) -> Mark {
        Mark(self.changes.len())
    }

    /// Forgets what has happened since, as the shell does behind a subshell.
    pub(super) fn return_to(&mut self, mark: Mark) {
        while self.changes.len() > mark.0
            && let Some((name, was_known)) = self.changes.pop()
        {
            if was_known {
                self.names.insert(name);
            } else {
                self.names.remove(name);
            }
        }
    }
}
