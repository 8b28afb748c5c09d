//! Goes through the tree of a script in the order in which bash runs it, and keeps what is known of its variables.

use std::collections::HashMap;

use tree_sitter::Node;

use super::known::Known;
use super::mention::{asks, is_name, leading_name, mentioned};

/// Trees deeper than this are taken by what they mention, so that no script exhausts the stack.
const DEEPEST: usize = 150;
/// Calls are followed until this many nodes were seen, so that functions that call each other come to an end.
const MOST: usize = 100_000;

/// What is expanded in these parts is not in the tree.
const UNPARSED: [&str; 3] = ["ERROR", "regex", "extglob_pattern"];
/// What is set within these is gone behind them.
const APART: [&str; 3] = ["subshell", "command_substitution", "process_substitution"];

pub(super) struct Reader<'t, 's> {
    pub(super) script: &'s str,
    pub(super) known: Known<'s>,
    functions: HashMap<&'s str, Function<'t>>,
    /// How many functions the shell is in, and the variables that end with the last one.
    pub(super) locals: Vec<Vec<(&'s str, bool)>>,
    needed: Vec<&'s str>,
    depth: usize,
    seen: usize,
}

struct Function<'t> {
    body: Node<'t>,
    is_called: bool,
}

pub(super) fn needed<'s>(script: &'s str, root: Node<'_>) -> Vec<&'s str> {
    let mut reader = Reader {
        script,
        known: Known::default(),
        functions: HashMap::new(),
        locals: Vec::new(),
        needed: Vec::new(),
        depth: 0,
        seen: 0,
    };
    reader.read(root);
    reader.read_the_uncalled();
    if root.has_error() {
        reader.need_what_nothing_sets();
    }
    reader.needed
}

impl<'t, 's> Reader<'t, 's> {
    pub(super) fn read(&mut self, node: Node<'t>) {
        if self.depth == DEEPEST {
            self.need_what_is_mentioned(node);
            return;
        }
        self.depth += 1;
        self.seen += 1;
        self.read_shallow(node);
        self.depth -= 1;
    }

    fn read_shallow(&mut self, node: Node<'t>) {
        match node.kind() {
            kind if APART.contains(&kind) => self.apart(|reader| reader.read_children(node)),
            kind if UNPARSED.contains(&kind) => {
                self.need_what_is_mentioned(node);
                self.read_children(node);
            }
            "pipeline" => children(node).for_each(|child| self.apart(|reader| reader.read(child))),
            "function_definition" => self.define(node),
            "command" => self.command(node),
            "declaration_command" => self.declare(node),
            "unset_command" => self.unset(node),
            "variable_assignment" => self.assign(node),
            "for_statement" => self.repeat(node),
            "redirected_statement" => self.redirect(node),
            "unary_expression" => {
                self.read_children(node);
                self.ask(node);
            }
            "expansion" => self.expand(node),
            "binary_expression" => self.calculate(node),
            // By itself or in arithmetic: whoever sets one does so above.
            "variable_name" => self.need(self.text(node)),
            _ => self.read_children(node),
        }
    }

    fn read_some(&mut self, node: Option<Node<'t>>) {
        if let Some(node) = node {
            self.read(node);
        }
    }

    pub(super) fn text(&self, node: Node<'_>) -> &'s str {
        self.script.get(node.byte_range()).unwrap_or_default()
    }

    pub(super) fn apart(&mut self, read: impl FnOnce(&mut Self)) {
        let mark = self.known.mark();
        read(self);
        self.known.return_to(mark);
    }

    fn read_children(&mut self, node: Node<'t>) {
        let mut children = children(node).peekable();
        while let Some(child) = children.next() {
            if children.peek().is_some_and(|next| next.kind() == "&") {
                self.apart(|reader| reader.read(child));
            } else {
                self.read(child);
            }
        }
    }

    fn need(&mut self, name: &'s str) {
        if is_name(name) && !self.known.has(name) && !self.needed.contains(&name) {
            self.needed.push(name);
        }
    }

    fn need_what_is_mentioned(&mut self, node: Node<'t>) {
        mentioned(self.text(node)).for_each(|name| self.need(name));
    }

    /// Where a part is no bash that the grammar knows, what it mentions may stand anywhere.
    fn need_what_nothing_sets(&mut self) {
        for name in mentioned(self.script) {
            if !self.known.ever_had(name) {
                self.need(name);
            }
        }
    }

    fn define(&mut self, node: Node<'t>) {
        if let (Some(name), Some(body)) = (node.child_by_field_name("name"), node.child_by_field_name("body")) {
            self.functions.insert(self.text(name), Function { body, is_called: false });
        }
    }

    /// Runs the function of this name, where there is one.
    pub(super) fn call(&mut self, name: &str) {
        let is_too_much = self.seen > MOST;
        let Some(function) = self.functions.get_mut(name).filter(|_| !is_too_much) else { return };
        function.is_called = true;
        let body = function.body;
        self.locals.push(Vec::new());
        self.read(body);
        for (name, was_known) in self.locals.pop().into_iter().flatten().rev() {
            self.known.set(name, was_known);
        }
    }

    /// A trap may call them, or a name that is made up.
    fn read_the_uncalled(&mut self) {
        let mut bodies: Vec<Node<'t>> =
            self.functions.values().filter(|function| !function.is_called).map(|function| function.body).collect();
        bodies.sort_by_key(Node::start_byte);
        for body in bodies {
            self.apart(|reader| reader.read(body));
        }
    }

    pub(super) fn assign(&mut self, node: Node<'t>) {
        let Some(name) = node.child_by_field_name("name") else { return self.read_children(node) };
        children(node).filter(|child| *child != name).for_each(|child| self.read(child));
        let array = name.child_by_field_name("name");
        if array.is_some() {
            children(name).filter(|child| Some(*child) != array).for_each(|child| self.read(child));
        }
        self.known.set(self.text(array.unwrap_or(name)), true);
    }

    fn repeat(&mut self, node: Node<'t>) {
        let Some(variable) = node.child_by_field_name("variable") else { return self.read_children(node) };
        let body = node.child_by_field_name("body");
        children(node).filter(|child| *child != variable && Some(*child) != body).for_each(|child| self.read(child));
        self.known.set(self.text(variable), true);
        self.read_some(body);
    }

    /// What a command reads from is expanded before it runs.
    fn redirect(&mut self, node: Node<'t>) {
        let body = node.child_by_field_name("body");
        children(node).filter(|child| Some(*child) != body).for_each(|child| self.read(child));
        self.read_some(body);
    }

    /// `[[ -v NAME ]]`.
    fn ask(&mut self, node: Node<'t>) {
        let mut words = children(node).map(|word| self.text(word));
        if let (Some("-v"), Some(name)) = (words.next(), words.next()) {
            self.known.set(leading_name(name), true);
        }
    }

    fn unset(&mut self, node: Node<'t>) {
        for child in children(node) {
            if is_name(self.text(child)) {
                self.known.set(self.text(child), false);
            } else {
                self.read(child);
            }
        }
    }

    /// `${…}`.
    fn expand(&mut self, node: Node<'t>) {
        let of = |kind: &str| children(node).find(|child| child.kind() == kind);
        let array = of("subscript");
        let Some(name) = array.and_then(|array| array.child_by_field_name("name")).or_else(|| of("variable_name"))
        else {
            return self.read_children(node);
        };
        let behind = array.unwrap_or(name).next_sibling().map_or("", |behind| behind.kind());
        let asks = asks(self.text(name), behind);
        let lists_names = of("!").is_some() && ["*", "@"].contains(&behind);
        if !asks && !lists_names {
            self.need(self.text(name));
        }
        let inner = children(node).filter(|child| *child != name && Some(*child) != array);
        inner
            .chain(array.into_iter().flat_map(children).filter(|child| *child != name))
            .for_each(|child| self.read(child));
        if asks {
            self.known.set(self.text(name), true);
        }
    }

    /// `NAME = …` of arithmetic sets it; all else of it reads.
    fn calculate(&mut self, node: Node<'t>) {
        let field = |name| node.child_by_field_name(name);
        let target = field("left").filter(|left| left.kind() == "variable_name");
        let operator = field("operator").map_or("", |operator| operator.kind());
        match target {
            Some(target) if operator == "=" => {
                self.read_some(field("right"));
                self.known.set(self.text(target), true);
            }
            _ => self.read_children(node),
        }
    }
}

pub(super) fn children(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    // A node finds the next one by looking through all before it; a cursor remembers where it is.
    node.children(&mut node.walk()).collect::<Vec<_>>().into_iter()
}
