//! Where comments go.

use super::laid_out;

#[test]
fn a_comment_on_its_own_line_stays_with_what_follows() {
    assert_eq!(
        laid_out("# file\n\n\n# plan\nplan p {\n\n# a\na = 1\n\n# b\n\nb = 2\n# end\n\n}\n# after\n"),
        "# file\n\n# plan\nplan p {\n  # a\n  a = 1\n\n  # b\n\n  b = 2\n  # end\n}\n# after\n"
    );
}

#[test]
fn a_trailing_comment_stays_on_its_line() {
    assert_eq!(
        laid_out("plan p {    # plan\na = 1# a\nteam {}   # team\n} # end\n"),
        "plan p { # plan\n  a = 1 # a\n  team {} # team\n} # end\n"
    );
}

#[test]
fn commas_go_before_comments() {
    assert_eq!(
        laid_out("plan p {\na = [1 # one\n, 2 # two\n]\n}\n"),
        "plan p {\n  a = [\n    1, # one\n    2, # two\n  ]\n}\n"
    );
}

#[test]
fn a_comment_keeps_brackets_open() {
    assert_eq!(laid_out("plan p {\na = [ # none yet\n]\n}\n"), "plan p {\n  a = [ # none yet\n  ]\n}\n");
}

#[test]
fn a_comment_before_the_brace_goes_behind_it() {
    assert_eq!(laid_out("plan p # why\n{\na = 1\n}\n"), "plan p { # why\n  a = 1\n}\n");
}

#[test]
fn a_comment_before_the_equals_sign_goes_before_the_attribute() {
    assert_eq!(laid_out("plan p {\na = 1\nb # why\n= 2\n}\n"), "plan p {\n  a = 1\n  # why\n  b = 2\n}\n");
}

#[test]
fn comments_in_conditions_stay_between_the_same_operands() {
    assert_eq!(
        laid_out("policy p {\nrule r {\non plan\nrequire a # first\n# second\nand b\nmessage \"m\"\n}\n}\n"),
        "policy p {\n  rule r {\n    on plan\n    require a # first\n      # second\n      and b\n    message \"m\"\n  }\n}\n"
    );
}

#[test]
fn what_looks_like_a_comment_in_a_text_is_text() {
    let text = "plan p {\n  a = \"# no\"\n  b = \"\"\"# no\"\"\"\n  c = /#/ # yes\n}\n";
    assert_eq!(laid_out(text), text);
}

#[test]
fn a_file_of_comments_is_a_file() {
    assert_eq!(laid_out("\n\n#a\n\n\n  #b  "), "#a\n\n#b\n");
}
