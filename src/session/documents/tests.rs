//! Many files: the same comes of them on however many cores, each is read once, and what nobody asks for is not read.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::Candidates;
use crate::diagnostic::Diagnostic;
use crate::document::secret::Veil;
use crate::model::units::Instant;
use crate::session::{Config, Input, Language, Report, Request, Selection, Surroundings, check};
use crate::source::SourceMap;

/// Files in memory, and who asked for them.
#[derive(Debug)]
struct Shelf {
    files: BTreeMap<String, String>,
    cores: usize,
    read: Mutex<Vec<String>>,
}

impl Surroundings for Shelf {
    fn exists(&self, _: &str, _: &str) -> bool {
        false
    }

    fn read(&self, _: &str, path: &str) -> Result<(String, String), String> {
        self.read.lock().unwrap().push(path.to_owned());
        let text = self.files.get(path).cloned().ok_or("it is gone")?;
        Ok((path.to_owned(), text))
    }

    fn reaches(&self, _: &str, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn matching(&self, _: &str, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn cores(&self) -> usize {
        self.cores
    }
}

const POLICY: &str = r#"
policy p "P" {
  rule small "Small" {
    on yaml in "**/*.yaml" as doc
    require doc.size <= 3
    at doc.size
    message "{doc.size} of {doc.name}"
  }
  rule named "Named" {
    on yaml in "a/*.yaml" as doc
    require doc.name exists
    message "no name"
  }
  rule text "Text" {
    on file in "**/*.yaml" as file
    forbid file.text contains "forbidden"
    message "it says so"
  }
  rule index "Index" {
    on sql.statement in "**/*.sql" as statement
    forbid statement.kind == drop-table
    message "a table is dropped"
  }
}
"#;

/// Every seventh is gone, every fifth broken, every third too large.
fn shelf(cores: usize) -> Shelf {
    let mut files = BTreeMap::new();
    for number in (0..200).filter(|number| number % 7 != 6) {
        let folder = if number % 2 == 0 { "a" } else { "b" };
        let text = match number {
            number if number % 5 == 4 => "size: [1\n".to_owned(),
            number if number % 9 == 0 => "# stopline: ignore[p/small] agreed\nsize: 9\n".to_owned(),
            number => format!("name: n{number}\nsize: {}\n", if number % 3 == 0 { 4 } else { 1 }),
        };
        files.insert(format!("{folder}/{number:03}.yaml"), text);
        files.insert(format!("{folder}/{number:03}.txt"), "nobody asks".to_owned());
    }
    files.insert("m/1.sql".to_owned(), "DROP TABLE a;\n".to_owned());
    Shelf { files, cores, read: Mutex::default() }
}

/// Every finding, and the texts that are held at the end.
fn run(shelf: &Shelf) -> (Vec<String>, Vec<String>) {
    let mut paths: Vec<String> = shelf.files.keys().cloned().collect();
    paths.extend((0..200).filter(|number| number % 7 == 6).map(|number| format!("a/{number:03}.yaml")));
    paths.sort();
    let (report, sources) = judged(shelf, paths);
    let said = |finding: &Diagnostic| {
        let place = finding.place.unwrap();
        let cut = sources.slice(place);
        let waived = finding.waived.is_some();
        format!("{} `{cut}` {} {} {waived}", sources.path(place.file), finding.rule, finding.message)
    };
    let held = sources.files().filter(|(_, source)| source.is_held()).map(|(_, source)| source.path().to_owned());
    (report.findings().iter().map(said).collect(), held.collect())
}

fn judged(shelf: &Shelf, paths: Vec<String>) -> (Report, SourceMap) {
    judged_by(POLICY, shelf, paths)
}

fn judged_by(policy: &str, shelf: &Shelf, paths: Vec<String>) -> (Report, SourceMap) {
    let mut sources = SourceMap::default();
    let file = sources.add("p.policy", policy);
    let request = Request {
        inputs: &[Input { file, language: Language::Stopline }],
        candidates: &Candidates { paths, searched: true, ..Candidates::default() },
        config: &Config::default(),
        selection: Selection::default(),
        overrides: &[],
        now: Instant::parse("2026-11-23T09:00+01:00").unwrap(),
        surroundings: shelf,
    };
    (check(&request, &mut sources).report, sources)
}

#[test]
fn the_same_comes_of_many_files_on_one_core_and_on_several() {
    let alone = run(&shelf(1));
    assert!(alone.0.len() > 100, "{alone:?}");
    for cores in [2, 5] {
        assert_eq!(run(&shelf(cores)), alone);
    }
}

#[test]
fn every_file_is_said_for_itself_and_the_rest_goes_on() {
    let (said, _) = run(&shelf(4));
    let count = |what: &str| said.iter().filter(|said| said.contains(what)).count();
    assert_eq!(count("cannot be read: it is gone"), 28, "{said:#?}");
    assert_eq!(count("document/syntax"), 200_usize.div_ceil(5) - 200 / 35, "{said:#?}");
    assert_eq!(count("p/small 9 of"), count("true"), "each of them is ignored inline: {said:#?}");
    assert_eq!(count("`DROP TABLE` p/index") + count("`DROP` p/index"), 1, "{said:#?}");
}

#[test]
fn a_file_is_read_only_if_a_rule_speaks_of_it_and_again_only_if_it_was_let_go_of() {
    for cores in [1, 4] {
        let shelf = shelf(cores);
        let (_, held) = run(&shelf);
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for path in shelf.read.into_inner().unwrap() {
            *times.entry(path).or_default() += 1;
        }
        assert!(times.keys().all(|path| !path.contains(".txt")), "{times:?}");
        for (path, times) in times {
            let let_go = shelf.files.contains_key(&path) && !held.contains(&path);
            assert!(times == 1 || times == 2 && let_go, "{path}: {times}");
        }
    }
}

#[test]
fn where_nothing_is_said_no_file_is_read_twice() {
    let files = (0..60).map(|number| (format!("b/{number}.yaml"), "size: 1\n".to_owned())).collect();
    let shelf = Shelf { files, cores: 2, read: Mutex::default() };
    let policy = "policy p { rule small { on yaml in \"b/*.yaml\" as doc require doc.size <= 3 message \"no\" } }";
    let (report, _) = judged_by(policy, &shelf, shelf.files.keys().cloned().collect());
    assert!(report.findings().is_empty(), "{:?}", report.findings());
    assert_eq!(shelf.read.into_inner().unwrap().len(), 60);
}

#[test]
fn what_is_secret_in_a_file_that_was_let_go_of_is_hidden_in_what_is_said_of_another() {
    let files = BTreeMap::from([
        ("b/before.yaml".to_owned(), "size: 1\npassword: Xk29plumQuartz7\n".to_owned()),
        ("b/said.yaml".to_owned(), "size: 9\nname: Xk29plumQuartz7 and Ym31pearGranite\n".to_owned()),
        ("b/then.yaml".to_owned(), "size: 1\npassword: Ym31pearGranite\n".to_owned()),
    ]);
    let shelf = Shelf { files, cores: 1, read: Mutex::default() };
    let (report, _) = judged(&shelf, shelf.files.keys().cloned().collect());
    let said = report.findings().iter().find(|finding| finding.rule == "p/small").unwrap();
    assert_eq!(said.message, "9 of Xk29plumQuartz7 and Ym31pearGranite");
    let veil = Veil::over(report.secrets().clone()).unwrap();
    assert_eq!(veil.text(&said.message), "9 of …(15 characters) and …(15 characters)");
}

#[test]
fn a_text_is_held_only_where_something_is_said_about_it() {
    let (said, held) = run(&shelf(4));
    for path in held.iter().filter(|path| path.contains(".yaml")) {
        assert!(said.iter().any(|said| said.starts_with(path.as_str())), "nothing is said about {path}");
    }
    assert!(held.len() < 150, "{}", held.len());
}
