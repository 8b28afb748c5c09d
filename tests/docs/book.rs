//! The documents as a book: every page is in its table of contents, and every block of every page is of a kind that a test
//! reads, or says whose language it is.

use std::collections::BTreeSet;
use std::path::Path;

use stopline::document::{Format, parse};
use stopline::source::SourceMap;

use crate::fences::{Fence, fences};
use crate::{Document, beside, documents, kept, links};

/// Blocks in the languages of others, and excerpts of them. No test of ours reads these.
const OF_OTHERS: &[&str] = &["bash", "elisp", "guard", "js", "lua", "markdown", "nginx", "rego", "sh", "sql", "text"];

/// For whoever has the repository: it points at the tests, which no built book holds.
const BESIDE_THE_BOOK: &str = "features.md";

#[test]
fn every_page_is_in_the_table_of_contents_once() {
    let summary = kept::text("docs/SUMMARY.md");
    let listed = contents(&summary);
    let once: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(once.len(), listed.len(), "a page is listed twice");
    let pages: BTreeSet<String> = documents()
        .iter()
        .filter_map(page)
        .filter(|page| !["SUMMARY.md", BESIDE_THE_BOOK].contains(&page.as_str()))
        .collect();
    assert_eq!(once, pages.iter().map(String::as_str).collect());
}

/// What is read on a forge, file by file, and what is read in the built book are the same links: mdBook makes the anchors
/// that `links_lead_to_files_and_headings_that_are_there` looks for, but only pages of the book are in it.
#[test]
fn no_link_leads_out_of_the_book() {
    let summary = kept::text("docs/SUMMARY.md");
    let listed: BTreeSet<&str> = contents(&summary).into_iter().collect();
    let mut report = Vec::new();
    for document in documents() {
        let Some(page) = page(&document).filter(|page| listed.contains(page.as_str())) else { continue };
        for (line, target) in links(&document.text) {
            let file = target.split('#').next().unwrap_or_default();
            let there = beside(Path::new(&page), file);
            if !file.is_empty() && !there.to_str().is_some_and(|there| listed.contains(there)) {
                report.push(format!("docs/{page}:{line}: `{target}` is no page of the book: name it without a link"));
            }
        }
    }
    assert!(report.is_empty(), "\n{}", report.join("\n"));
}

/// The pages that the table of contents lists.
fn contents(summary: &str) -> Vec<&str> {
    links(summary).into_iter().map(|(_, target)| target).filter(|target| !target.is_empty()).collect()
}

/// A document of the folder of the book, as its table of contents names it.
fn page(document: &Document) -> Option<String> {
    Some(document.path.strip_prefix(kept::root().join("docs")).ok()?.to_str()?.replace('\\', "/"))
}

#[test]
fn the_settings_of_the_book_are_where_its_pages_are() {
    let settings: toml::Table = kept::text("book.toml").parse().unwrap();
    let source = settings.get("book").and_then(|book| book.get("src")).and_then(toml::Value::as_str);
    assert_eq!(source, Some("docs"));
}

#[test]
fn every_block_is_read_by_a_test_or_says_whose_language_it_is() {
    let folder = kept::root().join("docs");
    // Those of packs are made of tests that pass.
    let made = folder.join("packs");
    let mut report = Vec::new();
    let of_ours = |document: &&Document| document.path.starts_with(&folder) && !document.path.starts_with(&made);
    for document in documents().iter().filter(of_ours) {
        for fence in fences(&document.text) {
            if let Some(trouble) = trouble(&fence) {
                report.push(format!("{}:{}: {trouble}", document.path.display(), fence.line + 1));
            }
        }
    }
    assert!(report.is_empty(), "\n{}", report.join("\n"));
}

/// What is wrong with a block. Those of the language, and those without a word, are read elsewhere: what has none is made
/// by the program, or is a command or an excerpt of another block.
fn trouble(fence: &Fence) -> Option<String> {
    let word = fence.info.split(' ').next().unwrap_or_default();
    let format = match word {
        "" | "console" | "stopline" => return None,
        "json" => Format::Json,
        "toml" => Format::Toml,
        "yaml" => Format::Yaml,
        other if OF_OTHERS.contains(&other) => return None,
        other => return Some(format!("nobody reads `{other}`")),
    };
    let file = SourceMap::default().add("shown", fence.text.as_str());
    let parsed = parse(file, &fence.text.as_str().into(), format);
    parsed.diagnostics.first().map(|first| first.message.clone())
}
