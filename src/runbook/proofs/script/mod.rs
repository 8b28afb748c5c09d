//! Which variables a script of bash reads before they have a value.

mod command;
mod known;
mod mention;
mod reader;

use tree_sitter::{Parser, Tree};

/// A tree takes more than twice as long for a script of twice this length at worst, which is made to be slow.
const LONGEST: usize = 16 * 1024;

/// The variables a script reads before it has set them or has asked whether they are set, each once. Whatever is too long or cannot
/// be understood as bash reads all that it mentions.
pub(super) fn needed(script: &str) -> Vec<&str> {
    match tree(script) {
        Some(tree) => reader::needed(script, tree.root_node()),
        None => mention::mentioned(script).collect(),
    }
}

fn tree(script: &str) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_bash::LANGUAGE.into()).ok().filter(|()| script.len() <= LONGEST)?;
    parser.parse(script, None)
}

#[cfg(test)]
mod tests;
