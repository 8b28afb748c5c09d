//! What reads like a plan in Markdown.

use crate::check::from_markdown::plan_block;
use crate::document::markdown::{BlockKind, Markdown, read};
use crate::source::{FileId, Span};

/// What people call a plan in its title.
const TITLES: [&str; 4] = ["deployment plan", "release plan", "rollout plan", "deploy plan"];

/// What is no Markdown by its name begins with the title of a plan, or is none.
pub(super) fn in_titled_prose(text: &str) -> Option<Span> {
    let first = text.trim_start_matches('\u{feff}').trim_start().lines().next()?;
    let is_titled = first.starts_with("# ") && names_a_plan(first);
    is_titled.then(|| in_prose(text)).flatten()
}

/// What a text in Markdown says of a plan.
struct Prose {
    /// Where its title calls it a plan.
    title: Option<Span>,
    service: Option<Span>,
    environment: Option<Span>,
}

/// A service and an environment, or one of them where the title calls it a plan. Steps alone are none: documents for people
/// that were made of a plan have them under its title.
const fn says_enough(prose: &Prose) -> bool {
    let (service, environment) = (prose.service.is_some(), prose.environment.is_some());
    service && environment || prose.title.is_some() && (service || environment)
}

pub(super) fn in_prose(text: &str) -> Option<Span> {
    let markdown = read(FileId::default(), text);
    let block = plan_block(FileId::default(), &markdown, text, &mut Vec::new());
    let said = |name: &str| block.attribute(name).map(|attribute| attribute.value.span);
    let prose = Prose {
        title: title(&markdown).filter(|title| names_a_plan(title.text(text))),
        service: said("service"),
        environment: said("environment"),
    };
    says_enough(&prose).then(|| prose.service.or(prose.title).or(prose.environment)).flatten()
}

fn title(markdown: &Markdown) -> Option<Span> {
    let first = markdown.blocks().map(|(_, block)| block).find(|block| matches!(block.kind, BlockKind::Heading(_)));
    first.filter(|block| block.kind == BlockKind::Heading(1)).map(|block| block.inline.span)
}

fn names_a_plan(title: &str) -> bool {
    let lower = title.to_ascii_lowercase();
    TITLES.iter().any(|name| lower.contains(name))
}
