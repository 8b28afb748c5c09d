//! The files of a run, each read once into its items.

use std::sync::Arc;

use crate::check::from_document::plan_block;
use crate::check::from_markdown;
use crate::check::policy::StoredRule;
use crate::diagnostic::Diagnostic;
use crate::document;
use crate::source::{FileId, Place, SourceFile, SourceMap, Span};
use crate::syntax::{self, Comment, Parse, ast};

/// How a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// `.plan`, `.policy`
    Stopline,
    /// `.plan.yaml`, `.plan.yml`
    Yaml,
    /// `.plan.json`
    Json,
    /// `.plan.md`
    Markdown,
}

/// A file of the run.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    pub file: FileId,
    pub language: Language,
}

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) file: FileId,
    pub(super) plans: Vec<ast::Block>,
    pub(super) policies: Vec<ast::Policy>,
    pub(super) calendars: Vec<ast::Block>,
    pub(super) procedures: Vec<ast::Procedure>,
    pub(super) waivers: Vec<ast::Waiver>,
    pub(super) tests: Vec<ast::Test>,
    pub(super) comments: Vec<Comment>,
    /// Where it is a shipped pack: the digest of its text, known since Stopline was built.
    pub(super) pack_digest: Option<&'static str>,
    /// Where it is a shipped pack: what its rules leave out until it is needed.
    pub(super) stored: Vec<StoredRule>,
}

impl Language {
    /// By the file's name; `None` for what Stopline does not read.
    pub fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        let endings = [
            (".plan", Self::Stopline),
            (".policy", Self::Stopline),
            (".plan.yaml", Self::Yaml),
            (".plan.yml", Self::Yaml),
            (".plan.json", Self::Json),
            (".plan.md", Self::Markdown),
            (".plan.markdown", Self::Markdown),
        ];
        endings.into_iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, language)| language)
    }
}

/// Reads one file; what is wrong with its text is said, and the sound rest is kept.
pub(super) fn read(input: Input, sources: &SourceMap, diagnostics: &mut Vec<Diagnostic>) -> Contents {
    let Some(text) = sources.get(input.file).map(SourceFile::shared_text) else { return Contents::default() };
    let parsed = parse(input, &text);
    diagnostics.extend(parsed.diagnostics);
    sorted(input.file, parsed.tree, parsed.comments)
}

/// The items of one text, whatever notation it is in, and its comments.
pub fn parse(input: Input, text: &Arc<str>) -> Parse<ast::File> {
    match input.language {
        Language::Stopline => {
            let mut parsed = syntax::parse(input.file, text);
            if parsed.tree.items.is_empty() && parsed.diagnostics.is_empty() {
                parsed.diagnostics.push(says_nothing(input.file));
            }
            parsed
        }
        Language::Yaml => from_document(input.file, text, document::Format::Yaml),
        Language::Json => from_document(input.file, text, document::Format::Json),
        Language::Markdown => from_markdown(input.file, text),
    }
}

/// A file that was cut down to nothing must not look like one that has nothing against the plan.
fn says_nothing(file: FileId) -> Diagnostic {
    Diagnostic::new(&document::EMPTY, Place::new(file, Span::at(0)), "this file says nothing")
        .help("fill it, or leave it out")
}

/// The items of a tree by their kind.
pub(super) fn sorted(file: FileId, tree: ast::File, comments: Vec<Comment>) -> Contents {
    let mut contents = Contents { file, comments, ..Contents::default() };
    for item in tree.items {
        match item {
            ast::Item::Plan(plan) => contents.plans.push(plan),
            ast::Item::Policy(policy) => contents.policies.push(policy),
            ast::Item::Procedure(procedure) => contents.procedures.push(procedure),
            ast::Item::Waiver(waiver) => contents.waivers.push(waiver),
            ast::Item::Test(test) => contents.tests.push(test),
            ast::Item::Calendar(calendar) => contents.calendars.push(calendar),
        }
    }
    contents
}

fn from_document(file: FileId, text: &Arc<str>, format: document::Format) -> Parse<ast::File> {
    let document::Parsed { document, mut diagnostics } = document::parse(file, text, format);
    let comments = document.comments().iter();
    let comments = comments.map(|comment| Comment { span: comment.span, own_line: comment.own_line }).collect();
    let plan = if diagnostics.is_empty() { plan_block(file, &document, text, &mut diagnostics) } else { None };
    Parse { tree: of_plan(plan), comments, diagnostics }
}

fn from_markdown(file: FileId, text: &str) -> Parse<ast::File> {
    let mut diagnostics = Vec::new();
    if text.trim().is_empty() {
        diagnostics.push(says_nothing(file));
        return Parse { tree: of_plan(None), comments: Vec::new(), diagnostics };
    }
    let markdown = document::markdown::read(file, text);
    let plan = from_markdown::plan_block(file, &markdown, text, &mut diagnostics);
    let of_text = markdown.comments().iter().map(|comment| Comment { span: comment.span, own_line: comment.own_line });
    let native = from_markdown::native_comments(file, &markdown, text);
    let native = native.iter().map(|comment| Comment { span: comment.span, own_line: comment.own_line });
    let mut comments: Vec<Comment> = of_text.chain(native).collect();
    comments.sort_by_key(|comment| comment.span.start);
    Parse { tree: of_plan(Some(plan)), comments, diagnostics }
}

fn of_plan(plan: Option<ast::Block>) -> ast::File {
    ast::File { items: plan.map(ast::Item::Plan).into_iter().collect() }
}
