//! The shipped procedures: parsed when Stopline is built, decoded only when a plan uses one.

use crate::check::expand::Library;
use crate::source::FileId;
use crate::syntax::ast;

/// A procedure that every plan may use.
#[derive(Debug)]
pub struct Shipped {
    pub name: &'static str,
    /// Where its text starts in the file it was built from: spans of its tree are counted from there.
    start: u32,
    /// Markdown: what stands above it as a comment.
    pub doc: &'static str,
    /// As it is written, from its name to its closing brace.
    pub text: &'static str,
    /// SHA-256 of the text, in lower-case hexadecimal digits.
    pub(super) digest: &'static str,
    tree: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/procedures.rs"));

/// What plans may use beside the procedures of their own file.
pub(super) const LIBRARY: Library = Library {
    names: || SHIPPED.iter().map(|shipped| shipped.name).collect(),
    find: |name| Shipped::named(name).and_then(Shipped::tree),
};

impl Shipped {
    /// By name.
    pub fn all() -> &'static [Self] {
        SHIPPED
    }

    pub fn named(name: &str) -> Option<&'static Self> {
        SHIPPED.iter().find(|shipped| shipped.name == name)
    }

    /// A tree that cannot be decoded is read from the text again: a procedure is never silently absent.
    fn tree(&self) -> Option<ast::Procedure> {
        postcard::from_bytes(self.tree).ok().or_else(|| {
            let items = crate::syntax::parse(FileId::default(), self.text).tree.items;
            items.into_iter().find_map(|item| if let ast::Item::Procedure(found) = item { Some(found) } else { None })
        })
    }
}

/// What is said of one by `explain` and in the documents.
#[derive(Debug)]
pub struct ExplainedProcedure {
    pub name: &'static str,
    pub title: String,
    /// Markdown.
    pub doc: &'static str,
    pub parameters: Vec<ExplainedParameter>,
    /// What it does, in order: kind, id and title of each action.
    pub actions: Vec<[String; 3]>,
    pub text: &'static str,
}

#[derive(Debug)]
pub struct ExplainedParameter {
    pub name: String,
    pub of_type: String,
    /// As written; none where it must be given.
    pub default: Option<String>,
    pub doc: String,
}

/// Everything there is to know about a shipped procedure.
pub fn explain_procedure(shipped: &Shipped) -> Option<ExplainedProcedure> {
    let tree = shipped.tree()?;
    let title = |block: &ast::Block| block.title.as_ref().map(|title| title.value.value.clone()).unwrap_or_default();
    let parameters = tree.parameters.iter().map(|parameter| ExplainedParameter {
        name: parameter.name.value.clone(),
        of_type: parameter.kind.value.clone(),
        default: parameter.default.as_ref().map(|default| shipped.written(default)),
        doc: parameter.doc.as_ref().map(|doc| doc.value.value.clone()).unwrap_or_default(),
    });
    let blocks = tree.block.body.iter().filter_map(|entry| match entry {
        ast::Entry::Block(block) => Some(block),
        ast::Entry::Attribute(_) | ast::Entry::RedFlag(_) => None,
    });
    let id = |block: &ast::Block| block.id.as_ref().map(|id| id.value.clone()).unwrap_or_default();
    let actions = blocks.map(|block| [block.kind.value.clone(), id(block), title(block)]);
    Some(ExplainedProcedure {
        name: shipped.name,
        title: title(&tree.block),
        doc: shipped.doc,
        parameters: parameters.collect(),
        actions: actions.collect(),
        text: shipped.text,
    })
}

impl Shipped {
    /// A value of its tree, as it is written.
    fn written(&self, value: &ast::Value) -> String {
        let at = |offset: u32| offset.saturating_sub(self.start) as usize;
        self.text.get(at(value.span.start)..at(value.span.end)).unwrap_or_default().to_owned()
    }
}
