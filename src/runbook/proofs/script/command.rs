//! What a command does to the variables of the shell it runs in.

use tree_sitter::Node;

use super::mention::leading_name;
use super::reader::{Reader, children};

impl<'t, 's> Reader<'t, 's> {
    /// What stands before a command is there for it alone, and its own words are expanded without it.
    pub(super) fn command(&mut self, node: Node<'t>) {
        let is_before = |child: &Node<'t>| child.kind() == "variable_assignment";
        let words: Vec<Node<'t>> = children(node).filter(|child| !is_before(child)).collect();
        for word in &words {
            self.read(*word);
        }
        let before: Vec<(&'s str, bool)> = children(node)
            .filter(is_before)
            .map(|assignment| {
                let name = leading_name(self.text(assignment));
                let was_known = self.known.has(name);
                self.assign(assignment);
                (name, was_known)
            })
            .collect();
        self.run(&words);
        for (name, was_known) in before.into_iter().rev() {
            self.known.set(name, was_known);
        }
    }

    fn run(&mut self, words: &[Node<'t>]) {
        let words: Vec<&str> = words.iter().map(|word| unquoted(self.text(*word))).collect();
        let mut words = words.into_iter().skip_while(|word| ["command", "builtin", "time"].contains(word));
        let Some(name) = words.next() else { return };
        match name {
            "read" | "mapfile" | "readarray" | "getopts" => words.for_each(|word| self.learn(word)),
            "printf" | "wait" | "test" => self.learn_behind_option(words),
            "export" | "readonly" | "declare" | "typeset" | "local" | "let" => {
                words.filter(|word| word.contains('=')).for_each(|word| self.learn(leading_name(word)));
            }
            _ => self.call(name),
        }
    }

    /// `-v NAME` of `printf` and `test`, `-p NAME` of `wait`.
    fn learn_behind_option(&mut self, words: impl Iterator<Item = &'s str>) {
        let mut is_next = false;
        for word in words {
            if std::mem::replace(&mut is_next, ["-v", "-p"].contains(&word)) {
                self.learn(word);
            }
        }
    }

    fn learn(&mut self, word: &'s str) {
        if leading_name(word) == word {
            self.known.set(word, true);
        }
    }

    /// `export`, `local` and their like, as the grammar knows them.
    pub(super) fn declare(&mut self, node: Node<'t>) {
        let mut words = children(node).map(|child| self.text(child));
        let keyword = words.next().unwrap_or_default();
        let is_global = words.any(|word| word.starts_with('-') && word.contains('g'));
        let is_local = !is_global && ["local", "declare", "typeset"].contains(&keyword);
        for child in children(node).skip(1) {
            match child.kind() {
                "variable_assignment" => {
                    self.keep_until_the_end(leading_name(self.text(child)), is_local);
                    self.assign(child);
                }
                "variable_name" => {
                    let name = self.text(child);
                    if self.keep_until_the_end(name, is_local) {
                        self.known.set(name, false);
                    }
                }
                _ => self.read(child),
            }
        }
    }

    /// Whether it is a variable of the function alone.
    fn keep_until_the_end(&mut self, name: &'s str, is_local: bool) -> bool {
        let was_known = self.known.has(name);
        let function = self.locals.last_mut().filter(|_| is_local);
        function.map(|locals| locals.push((name, was_known))).is_some()
    }
}

fn unquoted(word: &str) -> &str {
    word.trim_matches(['"', '\''])
}
