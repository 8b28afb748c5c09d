//! Comments are found where the grammar skips them, and nowhere else.

use super::examples::EXAMPLES;
use super::{read, said};

fn comments(text: &str) -> Vec<(&str, bool)> {
    read(text).comments.iter().map(|comment| (comment.span.text(text), comment.own_line)).collect()
}

#[test]
fn comments_are_told_from_texts_and_patterns() {
    let text =
        "# a\nplan p { # b\r\n  a = \"# no\" # c # d\n  b = '# no'\n  e = \"\"\"\n # no\n \"\"\" # f\n  # g\n}#h";
    assert_eq!(
        comments(text),
        [("# a", true), ("# b", false), ("# c # d", false), ("# f", false), ("# g", true), ("#h", false)]
    );
    let rule = "policy p {\n  rule r {\n    require a matches /#no/ and b / c # yes/\n  }\n}\n";
    assert_eq!(comments(rule), [("# yes/", false)]);
    assert_eq!(said(rule), Vec::<String>::new());
}

/// Where the scan sees a comment, the grammar skips one: blanked out, the tree is the same.
#[test]
fn the_scan_and_the_grammar_agree() {
    for example in EXAMPLES {
        let lines: Vec<String> = example.lines().map(|line| format!("{line} # a \"{{[( comment")).collect();
        for text in [example.to_owned(), lines.join("\n")] {
            let parsed = read(&text);
            let mut blanked = text.clone().into_bytes();
            for comment in &parsed.comments {
                assert!(comment.span.text(&text).starts_with('#'));
                blanked[comment.span.range()].fill(b' ');
            }
            let again = read(std::str::from_utf8(&blanked).unwrap());
            assert_eq!(again.comments, []);
            assert_eq!(again.tree, parsed.tree);
            assert_eq!(format!("{:?}", again.tree), format!("{:?}", parsed.tree), "with the same places");
        }
    }
}

#[test]
fn byte_order_marks_and_line_ends_do_not_matter() {
    for example in EXAMPLES {
        let windows = format!("\u{FEFF}{}", example.replace('\n', "\r\n"));
        let parsed = read(&windows);
        assert_eq!(said(&windows), Vec::<String>::new());
        assert_eq!(parsed.tree, read(example).tree);
        assert_eq!(parsed.comments.len(), read(example).comments.len());
    }
}
