//! Plans in Markdown as people keep them: what is read, where it stands, and what is said about the rest.

mod boxes;
mod commands;
mod criteria;
mod forth;
mod held_back;
mod hedged;
mod left_out;
mod like_headings;
mod names;
mod order;
mod output;
mod unread;
mod window;

use std::fmt::Write as _;

use proptest::prelude::*;

use super::plan_block;
use crate::diagnostic::Diagnostic;
use crate::document::markdown::read;
use crate::source::FileId;
use crate::syntax::ast::{Block, Entry, Literal, Value, ValueKind};

/// The plan, one part a line: what it is, and in backticks what its span cuts out of the text; then what was said.
fn plan(text: &str) -> (String, String) {
    let (block, said) = parts(text);
    let mut out = String::new();
    for entry in &block.body {
        outline(entry, text, 0, &mut out);
    }
    let mut complaints = String::new();
    for finding in said {
        let cut = finding.place.unwrap().span.text(text);
        writeln!(complaints, "{} `{cut}` {}", finding.rule, finding.message).unwrap();
    }
    (out, complaints)
}

fn parts(text: &str) -> (Block, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let block = plan_block(FileId::default(), &read(FileId::default(), text), text, &mut diagnostics);
    (block, diagnostics)
}

/// The plan of a text about which nothing is to be said.
#[track_caller]
fn sound(text: &str) -> String {
    let (plan, complaints) = plan(text);
    assert_eq!(complaints, "");
    plan
}

/// What was not understood of a text, in its order.
#[track_caller]
fn said(text: &str, places: &[&str]) {
    let (plan, complaints) = plan(text);
    let inner = |text: &str| text.trim_matches(['*', '`']).to_owned();
    let cut = parts(text).1.iter().map(|finding| inner(finding.place.unwrap().span.text(text))).collect::<Vec<_>>();
    let wanted: Vec<String> = places.iter().map(|place| inner(place)).collect();
    assert_eq!(cut, wanted, "{text}\n{complaints}\n{plan}");
    assert_eq!(complaints.matches("plan/not-understood").count(), places.len(), "{text}\n{complaints}");
}

fn outline(entry: &Entry, text: &str, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    match entry {
        Entry::Attribute(attribute) => {
            let (name, value) = (&attribute.name.value, &attribute.value);
            writeln!(out, "{pad}{name} = {} `{}`", shown(value), value.span.text(text)).unwrap();
        }
        Entry::Block(block) => {
            write!(out, "{pad}{}", block.kind.value).unwrap();
            block.id.iter().for_each(|id| write!(out, " {}", id.value).unwrap());
            block.title.iter().for_each(|title| write!(out, " `{}`", title.span.text(text)).unwrap());
            out.push('\n');
            block.body.iter().for_each(|entry| outline(entry, text, depth + 1, out));
        }
        Entry::RedFlag(flag) => writeln!(out, "{pad}redflag {}", flag.id.as_ref().unwrap().value).unwrap(),
    }
}

fn shown(value: &Value) -> String {
    match &value.value {
        ValueKind::Literal(Literal::Text(text)) => format!("{:?}", text.value),
        ValueKind::Literal(Literal::Duration(length) | Literal::Offset(length)) => format!("{}s", length / 1000),
        ValueKind::Literal(Literal::Person(name)) => format!("@{name}"),
        ValueKind::Literal(Literal::Bool(flag)) => flag.to_string(),
        ValueKind::Literal(other) => format!("{other:?}"),
        ValueKind::Symbol(word) => word.clone(),
        ValueKind::List(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        ValueKind::Map(_) => "a map".to_owned(),
    }
}

#[test]
fn a_plan_in_the_usual_shape_is_read_as_it_stands() {
    let text = "\
# Deployment plan: Shop v3.1.0

**Date**: 2026-11-24
**Time**: 10:00 AM UTC (quiet)
**Duration**: ~45 minutes
**Rollback time:** ~10 minutes

## Changes
- Feature: Gift cards
- Update: Security patches

## Database changes
- Add column: orders.gift
- Migration time: ~5 minutes

## Rollback plan
1. Back to the old one: `kubectl rollout undo`
2. Estimated time: 10 minutes

## Verification steps
1. Look at the cart

## Team
- Deployment lead: @ann
- On-call: @bob, @cid
";
    let (plan, complaints) = plan(text);
    let expected = "\
version = \"v3.1.0\" `v3.1.0`
window
  start = Moment(Civil(\"2026-11-24T10:00\")) `2026-11-24`
  duration = 2700s `45 minutes`
  zone = \"UTC\" `UTC`
team
  lead = @ann `@ann`
  on_call = @bob, @cid `@bob, @cid`
change `Gift cards`
  kind = feature `Feature`
change `Security patches`
  kind = security `Update`
change `Add column: orders.gift`
  kind = schema `Add column`
checklist `Verification steps`
  item `Look at the cart`
rollback
  within = 600s `10 minutes`
  step `Back to the old one`
    run = \"kubectl rollout undo\" `kubectl rollout undo`
";
    assert_eq!(plan, expected);
    assert_eq!(
        complaints,
        "plan/not-read `Migration time` `Migration time` is not judged: a plan has no place for it\n"
    );
}

#[test]
fn fields_stand_in_lines_lists_tables_and_front_matter() {
    let text = "\
---
service: shop
---
# Shop
**Environment**: prod
- **Risk level**: High (payments)

| Platform | Kubernetes |
|---|---|
| Data | PII, pci |
";
    let expected = "\
service = \"shop\" `shop`
environment = production `prod`
risk = high `High`
data = pii, pci `PII, pci`
";
    // The first row of a table is its head, which says nothing.
    assert_eq!(sound(text), expected);
}

#[test]
fn every_task_is_an_item_under_its_heading() {
    let text = "\
# Shop
## Before (T-1 Week)
- [x] Tests pass ([run](https://ci.example/1))
- [ ] Lint: `npm run lint`
- [ ] Signed off by security: @eve
  - Due: T-1d
- [ ] Twice
- [ ] Twice
## After
### Checks (within 15 minutes)
- [ ] Metrics are normal
";
    let expected = "\
checklist `Before (T-1 Week)`
  due = -604800s `T-1 Week`
  item `Tests pass ([run](https://ci.example/1))`
    evidence = \"https://ci.example/1\" `run`
    done = true `[x]`
  item `Lint`
    run = \"npm run lint\" `npm run lint`
    done = false `[ ]`
  item `Signed off by security: @eve`
    due = -86400s `T-1d`
    done = false `[ ]`
    by = @eve `@eve`
  item `Twice`
    done = false `[ ]`
  item twice-2 `Twice`
    done = false `[ ]`
checklist `Checks (within 15 minutes)`
  due = 900s `15 minutes`
  item `Metrics are normal`
    done = false `[ ]`
";
    assert_eq!(sound(text), expected);
}

#[test]
fn steps_have_commands_ways_back_and_limits() {
    let text = "\
# Shop
## Backup
1. Dump: `./dump.sh`
   - Verify: `./restore-check.sh`
## Deployment
### Step 1: Migrate
```bash
npm run migrate
npm run seed
```
Undo:
```bash
npm run migrate:down
```
**Timeout**: 5 minutes
### Step 2: Clean up
```sh
./clean.sh
```
**Irreversible**: old files are deleted
## Verify
- Health: https://shop.example/health
- Monitor for 20 minutes
- `./smoke.sh`
## Communication
- Announce before the start: `./say.sh soon`
- Tell everybody: `./say.sh done`
";
    let expected = "\
phase prepare
  notify `Announce before the start`
    run = \"./say.sh soon\" `./say.sh soon`
phase backup
  step `Dump`
    run = \"./dump.sh\" `./dump.sh`
    verify = \"./restore-check.sh\" `./restore-check.sh`
phase deploy
  step `Step 1: Migrate`
    run = \"npm run migrate\\nnpm run seed\" `npm run migrate
npm run seed`
    undo = \"npm run migrate:down\" `npm run migrate:down`
    timeout = 300s `5 minutes`
  step `Step 2: Clean up`
    run = \"./clean.sh\" `./clean.sh`
    irreversible = \"old files are deleted\" `old files are deleted`
phase verify
  probe `Health`
    http = \"https://shop.example/health\" `https://shop.example/health`
  watch `Monitor for 20 minutes`
    for = 1200s `20 minutes`
  step `./smoke.sh`
    run = \"./smoke.sh\" `./smoke.sh`
phase confirm
  notify `Tell everybody`
    run = \"./say.sh done\" `./say.sh done`
";
    assert_eq!(sound(text), expected);
}

#[test]
fn the_language_itself_stands_behind_a_fence() {
    let text = "\
# Shop
## Deploy
```stopline
hold go { by = [approvers] } # sign
```
- Switch: `./switch.sh`
  - Undo: `./back.sh`
## Flags
```stopline
redflag errors { during deploy stop when metric.errors > 5% then rollback }
phase deploy { watch stable { for = 15m } }
```
";
    let expected = "\
phase deploy
  hold go
    by = approvers `[approvers]`
  step `Switch`
    run = \"./switch.sh\" `./switch.sh`
    undo = \"./back.sh\" `./back.sh`
  watch stable
    for = 900s `15m`
redflag errors
";
    assert_eq!(sound(text), expected);
    let broken = "# Shop\n```stopline\nhold go { by = }\n```\n";
    let (_, complaints) = plan(broken);
    assert!(complaints.starts_with("syntax/"), "{complaints}");
}

#[test]
fn who_signs_is_an_item() {
    let expected = "checklist `Sign-off`\n  item `Security`\n    by = @eve `@eve`\n";
    assert_eq!(sound("## Sign-off\n- Security: @eve\n"), expected);
}

#[test]
fn what_is_nearly_known_or_ambiguous_is_never_guessed() {
    for (text, expected) in [
        ("**Enviroment**: production\n", "plan/not-understood `Enviroment` a plan has no `Enviroment`\n"),
        ("**Date**: 01/02/2026\n", "plan/not-understood `01/02/2026` `01/02/2026` cannot be read as a day\n"),
        (
            "**Date**: 2026-11-24\n**Time**: 10:00 EST\n",
            "plan/not-understood `EST` `EST` is neither a time of the day nor a time zone\n",
        ),
        ("## Team\n- Leed: @ann\n", "plan/not-understood `Leed` a team has no `Leed`\n"),
        ("## Deploy\n1. Run `a` and `b`\n", "plan/not-understood `a` and `b` this step holds 2 commands\n"),
        (
            "**Rollback time**: 5 min\n## Rollback\n- Time: 1 hour\n",
            "plan/not-understood `1 hour` the way back takes `1 hour` here, and `5 min` elsewhere\n",
        ),
        ("**Weather**: fine\n", "plan/not-read `Weather` `Weather` is not judged: a plan has no place for it\n"),
        ("## Notes\n- a\n- b\n", "plan/not-read `Notes` `Notes` is not judged: a plan has no place for it\n"),
    ] {
        assert_eq!(plan(text).1.replace("``", "`"), expected.replace("``", "`"), "{text}");
    }
    assert_eq!(sound("Some prose: with a colon.\n\n## Why\nBecause it is time.\n"), "");
    assert_eq!(sound("**Urgent**: no\n"), "");
}

proptest! {
    #[test]
    fn every_value_stands_in_the_text(
        parts in proptest::collection::vec((0..20_usize, "[a-zä☃ :@`*()0-9.-]{0,16}"), 0..16),
    ) {
        let openings = [
            "# ", "## Team\n- ", "## Changes\n- ", "## Rollback\n1. ", "## Deploy\n1. ", "- [ ] ", "- [x] ", "**Date**: 2026-11-24 ",
            "**Time**: 10:00 ", "**Duration**: 5 min ", "```bash\n", "```\n", "```stopline\n", "   - Undo: ", "## Verify\n- ", "| a | ",
            "```Console\n", "> - Undo: ", "   - Hold: ", "### Rolback ",
        ];
        let mut text = String::new();
        for (opening, rest) in &parts {
            writeln!(text, "{}{rest}", openings[*opening]).unwrap();
        }
        let (block, said) = self::parts(&text);
        for finding in said {
            prop_assert!(text.get(finding.place.unwrap().span.range()).is_some());
        }
        let tasks = read(FileId::default(), &text).tasks().len();
        let ticked = count(&block, "done");
        prop_assert_eq!(tasks, ticked, "{:?}", text);
        every_span_is_of(&block, &text)?;
    }
}

/// How many attributes of a name there are in all.
fn count(block: &Block, name: &str) -> usize {
    let own = block.attributes().filter(|attribute| attribute.name.value == name).count();
    let below = block.body.iter().map(|entry| if let Entry::Block(inner) = entry { count(inner, name) } else { 0 });
    own + below.sum::<usize>()
}

fn every_span_is_of(block: &Block, text: &str) -> Result<(), TestCaseError> {
    for attribute in block.attributes() {
        let cut = text.get(attribute.value.span.range());
        prop_assert!(cut.is_some());
        if let (ValueKind::Literal(Literal::Person(name)), Some(cut)) = (&attribute.value.value, cut) {
            // Markup in the midst of a name stands in the text and not in the name.
            prop_assert!(cut.contains(name.as_str()) || cut.contains(['`', '*']), "{} in {:?}", name, text);
        }
    }
    for entry in &block.body {
        if let Entry::Block(inner) = entry {
            every_span_is_of(inner, text)?;
        }
    }
    Ok(())
}
