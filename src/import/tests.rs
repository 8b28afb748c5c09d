//! What is imported is what stood there: every box, every tick, every line.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{Form, Import, ImportError, Imported, Templates, import};
use crate::document::markdown::read;
use crate::format::format;
use crate::source::{FileId, LineIndex};
use crate::syntax::parse;

fn imported(text: &str, form: Option<Form>, templates: Templates) -> Imported {
    tried(text, form, templates).unwrap()
}

fn tried(text: &str, form: Option<Form>, templates: Templates) -> Result<Imported, ImportError> {
    import(&Import { file: FileId::default(), path: "ops/DEPLOY.md", text, form, templates, taken: &["release"] })
}

fn as_form(text: &str, form: Form) -> String {
    imported(text, Some(form), Templates::LeftOut).text
}

/// The lines that the comments of a text name.
fn lines_named(text: &str) -> Vec<usize> {
    let comments = text.lines().filter_map(|line| line.trim().strip_prefix("# from ops/DEPLOY.md:"));
    comments.map(|rest| rest.split(',').next().unwrap().parse().unwrap()).collect()
}

const TEXT: &str = "\
# Releasing
## Before (T-1 Week)
### Code
- [x] **Tests** pass
- [ ] Reviewed by [two](https://wiki.example/review)
  - [ ] one of them \"senior\"
## After (within 15 minutes)
1. [ ] Health is {ok}

```markdown
## Template
- [ ] fenced
```
";

#[test]
fn a_plan_has_a_checklist_for_each_heading() {
    let expected = "\
# Taken from ops/DEPLOY.md; each item says the line it stands in there.
plan deploy \"Releasing\" {
  # Releasing > Before (T-1 Week) > Code
  checklist \"Code\" {
    due = T-1w
    # from ops/DEPLOY.md:4
    item \"Tests pass\" { done = true }
    # from ops/DEPLOY.md:5, see https://wiki.example/review
    item \"Reviewed by two\" { done = false }
    # from ops/DEPLOY.md:6, part of Reviewed by two
    item \"one of them \\\"senior\\\"\" { done = false }
  }

  # Releasing > After (within 15 minutes)
  checklist \"After (within 15 minutes)\" {
    due = T+15m
    # from ops/DEPLOY.md:8
    item \"Health is {ok}\" { done = false }
  }
}
";
    assert_eq!(as_form(TEXT, Form::Plan), expected);
}

#[test]
fn a_policy_has_a_rule_for_each_item() {
    let text = as_form(TEXT, Form::Policy);
    let first = "\
  # Releasing > Before (T-1 Week) > Code

  # from ops/DEPLOY.md:4, ticked there
  rule tests-pass \"Tests pass\" {
    severity = error

    on plan when plan.environment == production
    require some item in plan.items: item.id == \"tests-pass\" and item.settled
    at plan.id
    message \"nothing settles `Tests pass`\"
";
    assert!(text.contains(first), "{text}");
    assert!(text.contains("    message \"nothing settles `Health is {{ok}}`\"\n"), "{text}");
    assert_eq!(lines_named(&text), [4, 5, 6, 8]);
}

#[test]
fn templates_are_left_out_and_said_or_taken_on_demand() {
    let without = imported(TEXT, None, Templates::LeftOut);
    assert_eq!((without.items, without.ticked, without.left_out), (4, 1, vec![12]));
    let with = imported(TEXT, None, Templates::Taken);
    assert_eq!((with.items, with.left_out), (5, Vec::new()));
    let template = "  # Releasing > After (within 15 minutes) > Template\n  checklist template \"Template\" {\n    # from ops/DEPLOY.md:12\n    item fenced \"fenced\" { done = false }\n";
    assert!(with.text.contains(template), "{}", with.text);
}

#[test]
fn what_it_becomes_depends_on_what_it_is() {
    let form = |text: &str| imported(text, None, Templates::LeftOut).form;
    assert_eq!(form("- [ ] for every release\n"), Form::Policy);
    assert_eq!(form("- [x] of this release\n"), Form::Plan);
    assert_eq!(form("**Service**: shop\n\n- [ ] a\n"), Form::Plan);
    assert_eq!(form("**Service**: shop\n"), Form::Plan);
}

#[test]
fn of_nothing_becomes_nothing() {
    let lines = |text: &str, form: Form| match tried(text, Some(form), Templates::LeftOut) {
        Err(ImportError::Nothing { left_out }) => left_out,
        other => panic!("{other:?}"),
    };
    assert!(lines("# Nothing to tick\n", Form::Plan).is_empty());
    assert_eq!(lines("```\n- [ ] a template\n```\n", Form::Plan), [2]);
    assert!(lines("**Service**: shop\n", Form::Policy).is_empty());
}

#[test]
fn a_plan_keeps_all_that_was_understood_and_says_the_rest() {
    let text = "**Service**: shop\n**Weather**: fine\n\n## Deploy\n1. Switch: `./switch.sh`\n   - Undo: `./back.sh`\n";
    let came = imported(text, None, Templates::LeftOut);
    let expected = "\
# Taken from ops/DEPLOY.md; each item says the line it stands in there.
plan deploy \"DEPLOY\" {
  service = \"shop\"

  phase deploy {
    # from ops/DEPLOY.md:5
    step \"Switch\" {
      run  = \"./switch.sh\"
      undo = \"./back.sh\"
    }
  }
}
";
    assert_eq!(came.text, expected);
    let said: Vec<&str> = came.diagnostics.iter().map(|finding| &*finding.rule).collect();
    assert_eq!(said, ["plan/not-read"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_box_comes_back_to_its_line(
        parts in proptest::collection::vec((0..16_usize, "[a-zA-Z ä☃👩\u{200d}\u{a0}:@`*\"\\\\{}()#0-9.-]{0,16}"), 0..20),
        crlf in any::<bool>(),
    ) {
        let openings = [
            "- [ ] ", "- [x] ", "  - [ ] ", "1. [X] ", "    - [x] ", "# ", "## ", "### T-1d ", "", "**Service**: ", "```\n",
            "```bash\n", "**Date**: ", "## Deploy\n1. ", "**Rollback time**: 5 min ", "- ",
        ];
        let mut text = String::new();
        for (opening, rest) in &parts {
            writeln!(text, "{}{rest}", openings[*opening]).unwrap();
        }
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        let lines = LineIndex::new(&text);
        let markdown = read(FileId::default(), &text);
        let expected: Vec<usize> = markdown.tasks().iter().map(|task| lines.line(task.tick.span.start) + 1).collect();
        let ticked = markdown.tasks().iter().filter(|task| task.tick.ticked).count();
        for form in [Form::Plan, Form::Policy] {
            let came = match tried(&text, Some(form), Templates::LeftOut) {
                Err(ImportError::Nothing { .. }) => {
                    prop_assert!(expected.is_empty());
                    continue;
                }
                came => came.unwrap(),
            };
            let parsed = parse(FileId::default(), &came.text);
            prop_assert!(parsed.diagnostics.is_empty(), "{:?}", came.text);
            prop_assert_eq!(&format(&came.text, &parsed).unwrap(), &came.text);
            prop_assert_eq!((came.items, came.ticked), (expected.len(), ticked));
            let named = lines_named(&came.text);
            let word = if form == Form::Policy { "ticked there" } else { "done = true" };
            prop_assert!(came.text.matches(word).count() >= ticked, "{}", came.text);
            // A plan names the lines of its other parts, too.
            for line in &expected {
                prop_assert!(named.contains(line), "{line} in {}", came.text);
            }
            if form == Form::Policy {
                prop_assert_eq!(&named, &expected);
            }
        }
        let boxes = expected.len() + markdown.look_alikes().len();
        for form in [Form::Policy, Form::Plan] {
            match tried(&text, Some(form), Templates::Taken) {
                Err(ImportError::Nothing { .. }) => prop_assert_eq!(boxes, 0),
                taken => {
                    let taken = taken.unwrap();
                    prop_assert_eq!(taken.items, boxes);
                    prop_assert!(parse(FileId::default(), &taken.text).diagnostics.is_empty());
                }
            }
        }
    }
}
