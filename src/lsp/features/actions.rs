//! What can be done about a finding: its fix, an ignore on its line, a waiver. What lets something
//! pass is inserted without its reason, so that it is refused until somebody has written one.

use std::collections::HashMap;

use gen_lsp_types::{CodeAction, CodeActionKind, CodeActionResponse, Range, TextEdit, Uri, WorkspaceEdit};

use crate::diagnostic::{Diagnostic, Fix};
use crate::lsp::document::Document;
use crate::lsp::scene::{Found, Scene};
use crate::model::units::{Duration, Zone};
use crate::session::{Language, may_be_waived};
use crate::source::Span;
use crate::syntax::ast::Item;

/// How long a waiver lasts unless somebody says otherwise.
const WAIVED_FOR: Duration = Duration::from_milliseconds(30 * 24 * 3600 * 1000);

pub(in crate::lsp) fn actions(
    scene: &Scene<'_>,
    document: &Document,
    range: Range,
    only: Option<&[CodeActionKind]>,
) -> Vec<CodeActionResponse> {
    let wants = |kind: &CodeActionKind| CodeActionKind::QuickFix.as_str().starts_with(kind.as_str());
    if only.is_some_and(|only| !only.iter().any(wants)) {
        return Vec::new();
    }
    let asked = document.lines().span(range);
    let Some(found) = scene.found(document) else { return Vec::new() };
    let touched = found.findings.iter().filter(|finding| {
        finding.waived.is_none()
            && finding.place.is_some_and(|place| place.span.start <= asked.end && asked.start <= place.span.end)
    });
    let actions = touched.flat_map(|finding| of_finding(scene, document, &found, finding));
    actions.map(CodeActionResponse::CodeAction).collect()
}

fn of_finding(scene: &Scene<'_>, document: &Document, found: &Found, finding: &Diagnostic) -> Vec<CodeAction> {
    let fix = finding.fix.as_ref().and_then(|fix| fixed(scene, found, fix));
    let (ignored, waived) = if !finding.may_be_let_pass() || !may_be_waived(&finding.rule) {
        (None, None)
    } else {
        (ignored(document, finding), waived(scene, document, finding))
    };
    let named = [fix, ignored, waived].into_iter().flatten();
    let published = scene.published(found, finding);
    named
        .map(|Change { title, edits, is_preferred }| CodeAction {
            title,
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: published.clone().map(|published| vec![published]),
            is_preferred: is_preferred.then_some(true),
            edit: Some(WorkspaceEdit { changes: Some(edits), ..WorkspaceEdit::default() }),
            ..CodeAction::default()
        })
        .collect()
}

/// A change and what it is called.
struct Change {
    title: String,
    edits: HashMap<Uri, Vec<TextEdit>>,
    is_preferred: bool,
}

impl Change {
    /// Of one text.
    fn of(document: &Document, title: String, span: Span, new_text: String) -> Self {
        let edit = TextEdit { range: document.range(span), new_text };
        Self { title, edits: HashMap::from([(Uri::from(document.uri.as_str()), vec![edit])]), is_preferred: false }
    }
}

/// All of its edits, or nothing.
fn fixed(scene: &Scene<'_>, found: &Found, fix: &Fix) -> Option<Change> {
    let mut edits: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for edit in &fix.edits {
        let location = scene.location(found, edit.place)?;
        edits.entry(location.uri).or_default().push(TextEdit { range: location.range, new_text: edit.text.clone() });
    }
    Some(Change { title: capitalised(&fix.title), edits, is_preferred: true })
}

/// As the other titles of a menu.
fn capitalised(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A comment on the line above, which waits for its reason.
fn ignored(document: &Document, finding: &Diagnostic) -> Option<Change> {
    let rule = &finding.rule;
    let comment = match comment_of(document)? {
        Comment::Hash => format!("# stopline: ignore[{rule}] "),
        Comment::Angles => format!("<!-- stopline: ignore[{rule}]  -->"),
    };
    let line = document.line_start(finding.place?.span.start);
    let rest = document.text.get(line as usize..).unwrap_or_default();
    let indent: String = rest.chars().take_while(|blank| *blank == ' ' || *blank == '\t').collect();
    let title = format!("Ignore `{rule}` here, with a reason");
    Some(Change::of(document, title, Span::at(line), format!("{indent}{comment}\n")))
}

enum Comment {
    Hash,
    Angles,
}

/// How comments are written, where there are some that are read.
fn comment_of(document: &Document) -> Option<Comment> {
    let ending = document.path.rsplit('.').next().unwrap_or_default();
    match document.language {
        Some(Language::Stopline | Language::Yaml) => Some(Comment::Hash),
        Some(Language::Markdown) => Some(Comment::Angles),
        None if ["yaml", "yml", "toml", "conf", "env", "ini", "cfg"].contains(&ending) => Some(Comment::Hash),
        None if ending == "md" => Some(Comment::Angles),
        Some(Language::Json) | None => None,
    }
}

/// A waiver at the end of the text, which waits for its reason and its person.
fn waived(scene: &Scene<'_>, document: &Document, finding: &Diagnostic) -> Option<Change> {
    if !document.is_native() {
        return None;
    }
    let (rule, place) = (&finding.rule, finding.place?);
    let until = Zone::utc().local(scene.now()?.checked_add(WAIVED_FOR)?).date();
    let plan = document.items().iter().find_map(|item| match item {
        Item::Plan(plan) if plan.span.contains(place.span) => plan.id.as_ref(),
        Item::Plan(_) | Item::Calendar(_) | Item::Procedure(_) | Item::Policy(_) | Item::Waiver(_) | Item::Test(_) => {
            None
        }
    });
    let reach =
        plan.map_or_else(|| format!("path   = \"{}\"", document.path), |plan| format!("plan   = {}", plan.value));
    let end = u32::try_from(document.text.len()).ok()?;
    let gap = if document.text.ends_with('\n') { "\n" } else { "\n\n" };
    let text = format!("{gap}waive {rule} {{\n  {reach}\n  reason = \"\"\n  until  = {until}\n}}\n");
    Some(Change::of(document, format!("Waive `{rule}` until {until}"), Span::at(end), text))
}
