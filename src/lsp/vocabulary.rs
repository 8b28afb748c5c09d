//! The words of the language and what each means: blocks and attributes from the tables of the model, and here the words
//! that have no table, since the grammar itself knows them.

use crate::model::calendar::CalendarBlock;
use crate::model::plan::{Phase, Plan};
use crate::model::read::BlockType as _;
use crate::model::types::{AttributeShape, BlockShape, Shape, Type};

/// A word, what follows it, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) name: &'static str,
    /// What is inserted after it, with the places to fill in.
    pub(super) rest: &'static str,
    pub(super) doc: &'static str,
}

const fn word(name: &'static str, rest: &'static str, doc: &'static str) -> Word {
    Word { name, rest, doc }
}

/// What a file holds.
pub(super) const ITEMS: &[Word] = &[
    word("plan", " ${1:id} \"${2:title}\" {\n  $0\n}", "One deployment: what goes out, when, by whom, step by step."),
    word("policy", " ${1:id} \"${2:title}\" {\n  $0\n}", "Rules and red flags that judge plans and files."),
    word(
        "procedure",
        " ${1:id}($2) \"${3:title}\" {\n  $0\n}",
        "Steps with a name and parameters, for plans of this file.",
    ),
    word("calendar", " ${1:id} {\n  $0\n}", "Times with a name, such as a freeze."),
    word("waive", " ${1:pack/rule} {\n  $0\n}", "Lets a finding pass: where, why, by whom, until when."),
    word("test", " \"${1:title}\" for ${2:rule} {\n  $0\n}", "What a rule must say of a given plan or file."),
];

/// What a policy holds.
pub(super) const POLICY: &[Word] = &[
    word("version", " = \"$0\"", "The version of the policy, which reports and runbooks name."),
    word("param", " ${1:name}: ${2:type} = $0", "A value that a run can set: `--param pack.name=value`."),
    word("calendar", " ${1:id} {\n  $0\n}", "Times with a name, such as a freeze."),
    word("rule", " ${1:id} \"${2:title}\" {\n  $0\n}", "What must be true, or must not."),
    word("redflag", " ${1:id} \"${2:title}\" {\n  $0\n}", "A condition under which a deployment stops while it runs."),
];

/// The clauses of a rule, in their order.
pub(super) const RULE: &[Word] = &[
    word("severity", " = $0", "How much a finding weighs; `error` if not said."),
    word("controls", " = [\"$0\"]", "The controls it speaks for; they stand in reports."),
    word("docs", " = \"\"\"\n  $0\n  \"\"\"", "Markdown that `stopline explain` shows."),
    word("on", " $0", "What it judges, one by one."),
    word("require", " $0", "What must be true. What is missing fails."),
    word("forbid", " $0", "What must not be true. What is missing leaves the rule undecided, and that stops."),
    word("unless", " $0", "What excuses it."),
    word("at", " $0", "Where the finding is placed; without it, on what was compared."),
    word("message", " \"$0\"", "What is wrong. `{expression}` is what it comes to."),
    word("help", " \"$0\"", "What to do."),
    word("fix", " set ${1:path} = $0", "The change that would cure it."),
    word("enforce", " run", "Makes it a guard of the compiled runbook too: only `on plan`."),
];

/// The clauses of a red flag, in their order.
pub(super) const RED_FLAG: &[Word] = &[
    word("controls", " = [\"$0\"]", "The controls it speaks for; they stand in reports."),
    word("docs", " = \"\"\"\n  $0\n  \"\"\"", "Markdown that `stopline explain` shows."),
    word("on", " plan when $0", "Which plans it is for, in a policy."),
    word("during", " $0", "The phases it is armed in; all, if not said."),
    word("stop", " when $0", "The condition under which it is raised."),
    word("then", " $0", "What it leads to."),
];

/// What a waiver says.
pub(super) const WAIVER: &[Word] = &[
    word("plan", " = $0", "The plan it is for, by its id."),
    word("path", " = \"$0\"", "The files it is for: a path or a pattern; `**` is everything."),
    word("reason", " = \"$0\"", "Why it is let pass."),
    word("by", " = @$0", "Who says so."),
    word("until", " = $0", "Its last day."),
    word("ticket", " = \"$0\"", "Where the repair is tracked."),
];

/// What a test says.
pub(super) const TEST: &[Word] = &[
    word("given", " ${1:plan} \"\"\"\n  $0\n  \"\"\"", "The plan or file that is judged."),
    word("at", " $0", "The instant it is judged at."),
    word("expect", " $0", "What must come of it: `pass`, `fail at PATH`, `skip` or `error`."),
];

/// What a test may expect.
pub(super) const EXPECTED: &[Word] = &[
    word("pass", "", "The rule holds."),
    word("fail", " at $0", "The rule does not hold, and the finding stands there."),
    word("skip", "", "The rule does not apply."),
    word("error", "", "The rule cannot be decided."),
];

/// The words that conditions are made of.
pub(super) const CONDITION: &[Word] = &[
    word("and", "", "True where both sides are."),
    word("or", "", "True where one side is."),
    word("not", "", "True where what follows is false."),
    word("in", "", "Whether a list holds a value."),
    word("contains", "", "Whether a list or text holds what follows."),
    word("matches", "", "Whether a text matches a pattern: `x matches /^v\\d+/`."),
    word("overlaps", "", "Whether a window touches a weekday, a list of them, or a calendar."),
    word("exists", "", "Whether it is there at all."),
    word("every", " ${1:x} in ${2:list}: $0", "True where it is true of each element; each that fails is a finding."),
    word("some", " ${1:x} in ${2:list}: $0", "True where it is true of one element."),
    word("no", " ${1:x} in ${2:list}: $0", "True where it is true of no element."),
    word("if", " ${1:condition} then ${2:yes} else $0", "One of two values."),
    word("true", "", "Yes."),
    word("false", "", "No."),
];

/// What a red flag can look at.
pub(super) const OBSERVED: &[Word] = &[
    word("metric", "", "A number of the plan: `metric.error-rate > 5%`."),
    word("baseline", "(metric.$0)", "What a metric was before anything changed."),
    word("probe", "", "A probe of the plan: `probe.health.failed`."),
    word("step", "", "A step of the plan: `step.migrate.failed`."),
    word("phase", "", "A phase of the plan: `phase.backup.failed`."),
];

/// The shape of a kind of block, wherever it stands.
pub(super) fn shape(kind: &str) -> Option<&'static Shape> {
    if kind == CalendarBlock::SHAPE.kind {
        return Some(CalendarBlock::SHAPE);
    }
    within(Plan::SHAPE, kind)
}

fn within(shape: &'static Shape, kind: &str) -> Option<&'static Shape> {
    if shape.kind == kind {
        return Some(shape);
    }
    shape.blocks.iter().find_map(|block| within(block.shape, kind))
}

/// The blocks that may stand in a block of that kind.
pub(super) fn blocks(kind: &str) -> &'static [BlockShape] {
    // A procedure holds what a phase holds.
    let shape = if kind == "procedure" { Some(Phase::SHAPE) } else { shape(kind) };
    shape.map_or(&[], |shape| shape.blocks)
}

/// An attribute of a kind of block.
pub(super) fn attribute(kind: &str, name: &str) -> Option<&'static AttributeShape> {
    shape(kind)?.attributes.iter().find(|attribute| attribute.name == name)
}

/// A field that rules may read, and what it means.
pub(super) fn field(shape: &'static Shape, name: &str) -> Option<(Type, String)> {
    let attributes = shape.attributes.iter().chain(shape.derived);
    let attribute = attributes.into_iter().find(|field| field.name == name);
    let block = || shape.blocks.iter().find(|block| block.field == name);
    let doc = attribute.map(|field| field.doc.to_owned()).or_else(|| {
        let block = block()?;
        Some(if block.many { format!("each `{}` of it", block.shape.kind) } else { block.shape.doc.to_owned() })
    });
    let doc = doc.or_else(|| matches!(name, "id" | "title").then(|| format!("the {name} of the {}", shape.kind)))?;
    Some((shape.field_type(name)?, doc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_block_is_found_by_its_word() {
        for kind in ["plan", "window", "item", "step", "strategy", "use", "calendar"] {
            assert_eq!(shape(kind).unwrap().kind, kind);
        }
        assert!(shape("banana").is_none());
        assert!(blocks("procedure").iter().any(|block| block.shape.kind == "step"));
        assert_eq!(attribute("step", "needs").unwrap().doc, "the steps that must be finished first");
    }

    #[test]
    fn what_rules_read_has_a_type_and_a_meaning() {
        let window = field(Plan::SHAPE, "window").unwrap();
        assert!(matches!(window.0, Type::Record(shape) if shape.kind == "window"));
        let steps = field(Plan::SHAPE, "steps").unwrap();
        assert_eq!(steps.1, "the steps of all phases");
        assert_eq!(field(Plan::SHAPE, "id").unwrap().1, "the id of the plan");
        assert!(field(Plan::SHAPE, "banana").is_none());
    }
}
