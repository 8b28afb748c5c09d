//! What could stand where the cursor is: chosen by the block, the clause and the type of what is being written.

mod block;
mod clause;
mod item;

use gen_lsp_types::CompletionItem;

use crate::document::FOR_STOPLINE;
use crate::lsp::context::{Context, Inside, word_before};
use crate::lsp::document::Document;
use crate::lsp::names::{self, Kind, Mention};
use crate::lsp::scene::Scene;
use crate::lsp::typing::Variables;
use crate::lsp::vocabulary;
use crate::model::units::zone_names;
use crate::session::{Pack, may_be_waived};

use item::{Items, of_words};

/// Everything one completion is asked for.
#[derive(Debug)]
struct Asked<'a> {
    scene: &'a Scene<'a>,
    document: &'a Document,
    offset: u32,
    /// The text up to the cursor.
    before: &'a str,
    context: Context<'a>,
}

pub(in crate::lsp) fn complete(scene: &Scene<'_>, document: &Document, offset: u32) -> Vec<CompletionItem> {
    let before = document.text.get(..offset as usize).unwrap_or_default();
    let items = match settings(document, before) {
        Some(items) => items,
        None if !document.is_native() => Items::default(),
        None => suggested(&Asked { scene, document, offset, before, context: Context::of(before) }),
    };
    items.at(scene, document, before, offset)
}

fn suggested(asked: &Asked<'_>) -> Items {
    match asked.context.inside {
        Inside::Comment(comment) if in_ignore(comment) => asked.rules(),
        Inside::Comment(_) => Items::default(),
        Inside::Text(_) => match asked.context.assigned() {
            Some(("zone", _)) => item::plain(zone_names(), "time zone"),
            Some(_) | None => Items::default(),
        },
        Inside::Code => match asked.context.kind() {
            None => top(asked),
            Some("rule" | "redflag") => clause::clauses(asked),
            Some("policy") => policy(asked),
            Some("waive") => waiver(asked),
            Some("test") => test(asked),
            Some(kind) => block::entries(asked, kind),
        },
    }
}

/// Between the brackets of `# stopline: ignore[…]`.
fn in_ignore(comment: &str) -> bool {
    comment.contains(FOR_STOPLINE) && comment.rsplit_once("ignore[").is_some_and(|(_, rules)| !rules.contains(']'))
}

fn top(asked: &Asked<'_>) -> Items {
    let statement = asked.context.statement;
    let mut words = statement.split_whitespace();
    match words.next() {
        Some("waive") if statement.contains(' ') => asked.rules(),
        Some("test") if statement.contains(" for ") => asked.rules(),
        _ if statement.contains(' ') => Items::default(),
        _ => of_words(vocabulary::ITEMS),
    }
}

fn policy(asked: &Asked<'_>) -> Items {
    let statement = asked.context.statement;
    match statement.split_once(' ') {
        None => of_words(vocabulary::POLICY),
        Some(("param", rest)) if rest.contains(':') && !rest.contains('=') => {
            item::plain(crate::check::policy::parameter_types().map(str::to_owned), "type")
        }
        Some(_) => Items::default(),
    }
}

fn waiver(asked: &Asked<'_>) -> Items {
    match asked.context.assigned() {
        Some(("plan", _)) => asked.declared(Kind::Plan),
        Some(_) => Items::default(),
        None => of_words(vocabulary::WAIVER),
    }
}

fn test(asked: &Asked<'_>) -> Items {
    match asked.context.statement.split_once(' ') {
        None => of_words(vocabulary::TEST),
        Some(("expect", rest)) if !rest.trim_start().contains(' ') => of_words(vocabulary::EXPECTED),
        Some(("expect", _)) => clause::paths(asked, &Variables::plan()),
        Some(_) => Items::default(),
    }
}

/// The packs in `stopline.toml`; `None` for any other text.
fn settings(document: &Document, before: &str) -> Option<Items> {
    if document.path.rsplit('/').next() != Some("stopline.toml") {
        return None;
    }
    let line = before.rsplit('\n').find(|line| line.contains('=')).unwrap_or_default();
    let is_packs = line.trim_start().strip_prefix("packs").is_some_and(|rest| rest.trim_start().starts_with('='));
    let in_quotes = before.rsplit('\n').next().unwrap_or_default().matches('"').count() % 2 == 1;
    let packs = Pack::all().iter().map(|pack| pack.name.to_owned());
    Some(if is_packs && in_quotes { item::plain(packs, "pack") } else { Items::default() })
}

impl Asked<'_> {
    /// What may be waived or ignored, and tested.
    fn rules(&self) -> Items {
        let mut items = Items::default();
        for rule in self.scene.explained() {
            if may_be_waived(&rule.id) {
                items.add(&rule.id, gen_lsp_types::CompletionItemKind::Reference, &rule.summary, rule.doc.trim());
            }
        }
        items
    }

    /// The names of one kind that mean something here.
    fn declared(&self, kind: Kind) -> Items {
        let mut items = Items::default();
        let is_here = |mention: &&Mention| {
            mention.is_definition() && mention.kind == kind && mention.holds(self.offset) && !mention.name.is_empty()
        };
        for mention in names::mentions(self.document).iter().filter(is_here) {
            items.add(&mention.name, item::kind_of(kind), kind.noun(), "");
        }
        items
    }

    /// The word that is being written.
    fn word(&self) -> &str {
        word_before(self.before)
    }
}
