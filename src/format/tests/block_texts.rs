//! Block texts are moved as a whole, and only so far as their value stays.

use super::laid_out;

#[test]
fn a_block_text_stands_one_step_in() {
    assert_eq!(
        laid_out("plan p {\ndocs = \"\"\"\na\n  b\n\n   \nc\n\"\"\"\n}\n"),
        "plan p {\n  docs = \"\"\"\n    a\n      b\n\n\n    c\n    \"\"\"\n}\n"
    );
}

#[test]
fn quotes_left_of_the_text_stand_below_the_line_that_opens_it() {
    assert_eq!(
        laid_out("plan p {\n    docs = \"\"\"\n        a\n    \"\"\"\n}\n"),
        "plan p {\n  docs = \"\"\"\n      a\n  \"\"\"\n}\n"
    );
}

#[test]
fn text_on_the_lines_of_the_quotes_stays_there() {
    assert_eq!(
        laid_out("plan p {\ndocs = \"\"\"a\n        b\n        c \"\"\"\n}\n"),
        "plan p {\n  docs = \"\"\"a\n    b\n    c \"\"\"\n}\n"
    );
}

#[test]
fn a_block_text_on_one_line_is_not_touched() {
    let text = "plan p {\n  shift = \"\"\"  ./traffic.sh \"$X\" \"\"\"\n}\n";
    assert_eq!(laid_out(text), text);
}

#[test]
fn tabs_that_lines_share_become_blanks() {
    assert_eq!(
        laid_out("plan p {\ndocs = \"\"\"\n\t\ta\n\t\t\tb\n\t\t\"\"\"\n}\n"),
        "plan p {\n  docs = \"\"\"\n    a\n    \tb\n    \"\"\"\n}\n"
    );
}

#[test]
fn a_block_text_keeps_what_holds_it_open() {
    assert_eq!(
        laid_out("plan p {\nstep a { run = \"\"\"\nx\n\"\"\", timeout = 1m }\n}\n"),
        "plan p {\n  step a {\n    run     = \"\"\"\n      x\n      \"\"\"\n    timeout = 1m\n  }\n}\n"
    );
}
