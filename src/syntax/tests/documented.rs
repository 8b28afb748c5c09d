//! The documentation of each diagnostic keeps its word: its wrong example raises it, its right one raises nothing.

use super::{read, said};
use crate::syntax::DIAGNOSTICS;

/// Their wrong examples would fill pages, or could not be seen: a command writes them.
const WITHOUT_EXAMPLE: &[&str] = &["syntax/too-deep", "syntax/too-many-errors", "syntax/hidden-character"];

/// The headings that they stand below.
const WRONG: &str = "## Example";
const RIGHT: &str = "## Use instead";

/// What stands in the fence after a heading.
fn example<'a>(doc: &'a str, heading: &str) -> Option<&'a str> {
    let (_, after) = doc.split_once(&format!("{heading}\n```stopline\n"))?;
    after.split_once("\n```").map(|(example, _)| example)
}

#[test]
fn wrong_examples_are_wrong_and_right_ones_right() {
    for descriptor in DIAGNOSTICS {
        let (Some(wrong), Some(right)) = (example(descriptor.doc, WRONG), example(descriptor.doc, RIGHT)) else {
            assert!(WITHOUT_EXAMPLE.contains(&descriptor.id), "{}", descriptor.id);
            continue;
        };
        let ids: Vec<String> = read(wrong).diagnostics.iter().map(|said| said.rule.to_string()).collect();
        assert_eq!(ids, [descriptor.id], "{wrong}\n{:#?}", said(wrong));
        assert_eq!(said(right), Vec::<String>::new(), "{right}");
    }
}

#[test]
fn every_diagnostic_has_a_cure() {
    for descriptor in DIAGNOSTICS {
        let Some(wrong) = example(descriptor.doc, WRONG) else { continue };
        for said in read(wrong).diagnostics {
            let may_do_without = said.rule == "syntax/unexpected";
            assert!(said.help.is_some() || may_do_without, "{said:?}");
        }
    }
}

#[test]
fn messages_are_written_as_the_house_writes_them() {
    for descriptor in DIAGNOSTICS {
        let Some(wrong) = example(descriptor.doc, WRONG) else { continue };
        for said in read(wrong).diagnostics {
            for text in [Some(&said.message), said.help.as_ref(), said.label.as_ref()].into_iter().flatten() {
                assert!(!text.ends_with('.') && !text.starts_with(char::is_uppercase), "{text}");
            }
        }
    }
}
