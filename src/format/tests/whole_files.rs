//! Line ends, the ends of files, and what is refused.

use super::{FormatError, laid_out, try_lay_out};

#[test]
fn a_file_ends_with_one_newline_and_an_empty_one_stays_empty() {
    assert_eq!(laid_out("plan p {}"), "plan p {}\n");
    assert_eq!(laid_out("plan p {}\n\n\n"), "plan p {}\n");
    assert_eq!(laid_out(""), "");
    assert_eq!(laid_out(" \n\t\n"), "");
}

#[test]
fn line_ends_become_newlines() {
    assert_eq!(
        laid_out("# c\r\nplan p { # d\r\n\r\n  a = \"\"\"\r\n  x\r\n  \"\"\"\r\n}\r\n"),
        "# c\nplan p { # d\n  a = \"\"\"\n    x\n    \"\"\"\n}\n"
    );
}

#[test]
fn a_byte_order_mark_is_dropped() {
    assert_eq!(laid_out("\u{FEFF}plan p {}\n"), "plan p {}\n");
    assert_eq!(laid_out("\u{FEFF}# c\nplan p {}\n"), "# c\nplan p {}\n");
}

#[test]
fn a_file_with_errors_is_not_laid_out() {
    let Err(FormatError::Unparsable(diagnostics)) = try_lay_out("plan p {\n  a = \n") else { panic!("laid out") };
    assert!(!diagnostics.is_empty());
    let error = FormatError::Unparsable(diagnostics[..1].to_vec());
    assert_eq!(error.to_string(), "the file has 1 error and is left as it is");
}

#[test]
fn a_layout_that_says_something_else_is_not_handed_out() {
    use crate::format::{Unsound, format};
    use crate::source::{FileId, Span};
    use crate::syntax::{Comment, parse};

    let text = "plan p {} # c\n";
    let mut beyond = parse(FileId::default(), text);
    beyond.comments.push(Comment { span: Span::new(900, 901), own_line: true });
    assert_eq!(format(text, &beyond), Err(FormatError::Internal(Unsound::Comments)));

    let other = parse(FileId::default(), "plan q {} # c\n");
    assert_eq!(format(text, &other), Err(FormatError::Internal(Unsound::Meaning)));
}

#[test]
fn depth_and_width_cost_nothing_special() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(60), close.repeat(60));
    laid_out(&format!("plan p {{ a = {} }}", deep("[", "]")));
    laid_out(&format!("plan p {{ {} }}", deep("a { ", "} ")));
    laid_out(&format!(
        "policy p {{ rule r {{ on plan require {} message \"m\" }} }}",
        deep("(", ")").replace("()", "(a)")
    ));
    laid_out(&format!("plan p {{ {} }}", "abc = [1, 2]\nb = c # d\n".repeat(1500)));
    laid_out(&format!("plan p {{ a = [{}] }}", "1,".repeat(5000)));
}
