//! The shipped procedures as texts: each is sound by itself and says what it is.

use std::path::Path;

use stopline::check::expand::{Library, Procedures};
use stopline::format::format;
use stopline::session::{Shipped, explain_procedure};
use stopline::source::FileId;
use stopline::syntax::ast::Item;

const NO_LIBRARY: Library = Library { names: Vec::new, find: |_| None };

#[test]
fn every_procedure_is_sound_by_itself() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let parsed = stopline::syntax::parse(FileId::default(), &text);
        let procedures = parsed.tree.items.iter().map(|item| match item {
            Item::Procedure(procedure) => (FileId::default(), procedure),
            Item::Plan(_) | Item::Calendar(_) | Item::Policy(_) | Item::Waiver(_) | Item::Test(_) => {
                panic!("{} holds something else", path.display())
            }
        });
        let procedures: Vec<_> = procedures.collect();
        names.extend(procedures.iter().map(|(_, procedure)| procedure.block.id.as_ref().unwrap().value.clone()));
        let mut said = Vec::new();
        let _ = Procedures::new(procedures, NO_LIBRARY, &mut said);
        let said: Vec<String> = said.into_iter().map(|diagnostic| diagnostic.message).collect();
        assert!(said.is_empty(), "{}: {said:#?}", path.display());
        assert_eq!(format(&text, &parsed).unwrap(), text, "{}", path.display());
    }
    names.sort();
    let shipped: Vec<&str> = Shipped::all().iter().map(|shipped| shipped.name).collect();
    assert_eq!(names, shipped, "what is built in is what stands in the folder");
}

#[test]
fn every_procedure_says_what_it_is_and_what_it_wants() {
    for shipped in Shipped::all() {
        let explained = explain_procedure(shipped).unwrap();
        assert!(!explained.title.is_empty() && explained.doc.len() > 40, "{}", explained.name);
        assert!(!explained.actions.is_empty(), "{}", explained.name);
        for parameter in &explained.parameters {
            assert!(!parameter.doc.is_empty(), "`{}` of `{}`", parameter.name, explained.name);
            assert!(parameter.default.as_deref() != Some(""), "`{}` of `{}`", parameter.name, explained.name);
        }
        assert!(shipped.text.starts_with(&format!("procedure {}", explained.name)), "{}", shipped.text);
    }
}
