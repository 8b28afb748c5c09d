//! What a time comes to, beside it: the window with its weekday and zone, and the moment a `T-1d` falls on.

use gen_lsp_types::{InlayHint, InlayHintKind, Range};

use crate::check::plan::check_plan;
use crate::lsp::document::Document;
use crate::model::attribute::Due;
use crate::model::located::Located;
use crate::model::plan::Plan;
use crate::model::units::Window;
use crate::source::{FileId, Span};
use crate::syntax::ast::Item;

pub(in crate::lsp) fn hints(document: &Document, range: Range) -> Vec<InlayHint> {
    let within = document.lines().span(range);
    let plans = document.items().iter().filter_map(|item| if let Item::Plan(plan) = item { Some(plan) } else { None });
    plans
        // What is wrong with the plan is said elsewhere.
        .map(|block| check_plan(FileId::default(), block, &mut Vec::new()).plan)
        .flat_map(|plan| of_plan(&plan))
        .filter(|(span, _)| within.start <= span.end && span.start <= within.end)
        .map(|(span, text)| hint(document, span, &text))
        .collect()
}

/// Each place with what it comes to.
fn of_plan(plan: &Plan) -> Vec<(Span, String)> {
    let Some(block) = &plan.window else { return Vec::new() };
    let Some(Ok(window)) = block.resolve() else { return Vec::new() };
    let start = block.start.as_ref().map(|start| (start.place.span, window.to_string()));
    let lists = plan.checklists.iter().flat_map(|list| {
        let items = list.items.iter().filter_map(|item| item.due.as_ref());
        list.due.iter().chain(items)
    });
    let followups = plan.phases.iter().flat_map(|phase| phase.followups().filter_map(|owed| owed.due.as_ref()));
    let dues = lists.chain(followups).filter_map(|due| Some((due.place.span, of_due(due, &window)?)));
    start.into_iter().chain(dues).collect()
}

/// When an offset falls; a date says it by itself.
fn of_due(due: &Located<Due>, window: &Window) -> Option<String> {
    let Due::Offset(offset) = &due.value else { return None };
    let moment = window.zone().local(offset.from(window.start())?);
    let day = moment.date();
    Some(format!("{} {day} {} {}", day.weekday().short(), moment.time(), window.zone().name()))
}

fn hint(document: &Document, span: Span, text: &str) -> InlayHint {
    InlayHint {
        position: document.range(span).end,
        label: text.to_owned().into(),
        kind: Some(InlayHintKind::Type),
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}
