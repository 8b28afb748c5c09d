//! The fields of everything that rules speak of in files, made from the shapes that type the rules.

use std::fmt::Write as _;

use stopline::model::policy::DocumentKind;
use stopline::model::subject::shape_of;
use stopline::model::types::{Shape, Type};
use stopline::subject::{given_formats, paths};

use crate::kept;
use crate::reference::noun;

const INTRODUCTION: &str = "# Subjects in files

What rules may speak of in files that are no plans, and the fields of each. A misspelt field is an error in the policy,
found without any file. What *anything* holds depends on the file: its fields are those that the file has.

A rule without `in \"…\"` looks at the usual files. A test gives a file with `given WORD [\"path\"] \"\"\"…\"\"\"`.
";

#[test]
fn the_list_of_subjects_is_that_of_the_program() {
    let mut text = INTRODUCTION.to_owned();
    for kind in DocumentKind::ALL {
        let quoted = |items: &[&str]| items.iter().map(|item| format!("`{item}`")).collect::<Vec<_>>().join(", ");
        write!(text, "\n## {}\n\n", kind.name()).unwrap();
        let own = shape_of(*kind);
        writeln!(text, "{}\n", own.map_or("A document, field for field as it is written.", |shape| shape.doc)).unwrap();
        writeln!(text, "- in a rule: `on {}`, known as `{}`", kind.name(), kind.variable()).unwrap();
        writeln!(text, "- usual files: {}", quoted(&paths(*kind, &[]))).unwrap();
        writeln!(text, "- in a test: {}", quoted(given_formats(*kind))).unwrap();
        for shape in own.into_iter().flat_map(with_parts) {
            let head = if own == Some(shape) { "field".to_owned() } else { format!("field of {}", shape.kind) };
            write!(text, "\n| {head} | type | meaning |\n|---|---|---|\n").unwrap();
            for field in shape.attributes.iter().chain(shape.derived) {
                writeln!(text, "| `{}` | {} | {} |", field.name, noun(field.kind), field.doc).unwrap();
            }
        }
    }
    kept::whole("docs/subjects.md", &text);
}

/// A shape and those of its fields which are no subjects themselves.
fn with_parts(shape: &'static Shape) -> Vec<&'static Shape> {
    let is_subject = |part: &Shape| DocumentKind::ALL.iter().any(|kind| kind.name() == part.kind);
    let mut all = vec![shape];
    let mut next = 0;
    while let Some(shape) = all.get(next).copied() {
        for field in shape.attributes.iter().chain(shape.derived) {
            let (Type::Record(part) | Type::List(&Type::Record(part))) = field.kind else { continue };
            if !is_subject(part) && !all.contains(&part) {
                all.push(part);
            }
        }
        next += 1;
    }
    all
}
