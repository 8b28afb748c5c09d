//! Blocks, attributes and lists.

use super::laid_out;

/// What `entries` look like in a plan.
fn entries(entries: &str) -> String {
    let text = laid_out(&format!("plan p {{\n{entries}\n}}\n"));
    let inside = text.strip_prefix("plan p {\n").and_then(|text| text.strip_suffix("}\n")).unwrap();
    inside.lines().map(|line| line.strip_prefix("  ").unwrap_or(line).to_owned() + "\n").collect()
}

#[test]
fn one_blank_stands_where_blanks_may_stand() {
    assert_eq!(entries("step   a\t\"t\"   {run=\"x\"}"), "step a \"t\" { run = \"x\" }\n");
    assert_eq!(laid_out("plan p{}"), "plan p {}\n");
    assert_eq!(laid_out("plan p {\n\n}"), "plan p {}\n");
}

#[test]
fn neighbouring_attributes_are_aligned() {
    assert_eq!(entries("run = 1\ntimeout = 2"), "run     = 1\ntimeout = 2\n");
    assert_eq!(entries("a = {x = 1\nlong = 2}"), "a = {\n  x    = 1\n  long = 2\n}\n");
}

#[test]
fn an_empty_line_a_comment_and_a_block_end_an_alignment() {
    assert_eq!(entries("run = 1\n\ntimeout = 2"), "run = 1\n\ntimeout = 2\n");
    assert_eq!(entries("run = 1\n# why\ntimeout = 2"), "run = 1\n# why\ntimeout = 2\n");
    assert_eq!(entries("run = 1\nteam {}\ntimeout = 2"), "run = 1\nteam {}\ntimeout = 2\n");
    assert_eq!(entries("run = 1 # why\ntimeout = 2"), "run     = 1 # why\ntimeout = 2\n");
}

#[test]
fn a_very_long_name_moves_nobody() {
    let long = "a".repeat(41);
    assert_eq!(entries(&format!("b = 1\n{long} = 2\nccc = 3")), format!("b   = 1\n{long} = 2\nccc = 3\n"));
}

#[test]
fn a_block_on_one_line_stays_on_one_line() {
    assert_eq!(entries("change \"x\" {kind=feature,flag=\"y\"}"), "change \"x\" { kind = feature, flag = \"y\" }\n");
    assert_eq!(
        entries("checklist \"c\" {due=T-1d,item \"a\" {by=@b} item \"c\" {by=@d}}"),
        "checklist \"c\" { due = T-1d, item \"a\" { by = @b }, item \"c\" { by = @d } }\n"
    );
}

#[test]
fn a_block_over_several_lines_has_a_line_for_each_entry() {
    assert_eq!(
        entries("change \"x\" {kind=feature,flag=\"y\"\n}"),
        "change \"x\" {\n  kind = feature\n  flag = \"y\"\n}\n"
    );
}

#[test]
fn a_block_that_does_not_fit_is_broken() {
    let run = "x".repeat(85);
    let fits = format!("step a {{ run = \"{run}\", timeout = 1m }}");
    assert_eq!(fits.len() + 2, 120);
    assert_eq!(entries(&fits), format!("{fits}\n"));
    let run = "x".repeat(86);
    assert_eq!(
        entries(&format!("step a {{ run = \"{run}\", timeout = 1m }}")),
        format!("step a {{\n  run     = \"{run}\"\n  timeout = 1m\n}}\n")
    );
}

#[test]
fn width_is_counted_in_characters() {
    let run = "ü".repeat(85);
    let fits = format!("step a {{ run = \"{run}\", timeout = 1m }}");
    assert_eq!(fits.chars().count() + 2, 120);
    assert_eq!(entries(&fits), format!("{fits}\n"));
}

#[test]
fn a_red_flag_is_never_on_one_line() {
    assert_eq!(
        entries("redflag f { during deploy stop when x > 1 then hold }"),
        "redflag f {\n  during deploy\n  stop when x > 1\n  then hold\n}\n"
    );
}

#[test]
fn a_procedure_used_as_it_stands_has_no_braces() {
    assert_eq!(entries("use a\nuse b {}\nuse c { x=1 }"), "use a\nuse b {}\nuse c { x = 1 }\n");
}

#[test]
fn lists_have_no_blanks_inside_their_brackets() {
    assert_eq!(entries("a = [ 1,2 ,3, ]"), "a = [1, 2, 3]\n");
    assert_eq!(entries("a = [\n]"), "a = []\n");
}

#[test]
fn a_list_over_several_lines_has_a_line_for_each_element() {
    assert_eq!(entries("a = [1,\n2]"), "a = [\n  1,\n  2,\n]\n");
    assert_eq!(entries("a = [[1],\n{b=2}]"), "a = [\n  [1],\n  { b = 2 },\n]\n");
}

#[test]
fn a_list_that_does_not_fit_is_broken() {
    let word = "x".repeat(56);
    assert_eq!(entries(&format!("a = [{word}, {word}]")), format!("a = [\n  {word},\n  {word},\n]\n"));
}

#[test]
fn one_empty_line_between_entries_is_kept() {
    assert_eq!(entries("\n\na = 1\n\n\n\nteam {}\n\n"), "a = 1\n\nteam {}\n");
}

#[test]
fn the_parameters_of_a_procedure_follow_their_brackets() {
    assert_eq!(
        laid_out("procedure p(a:string=\"x\" \"doc\",b:list(string),) \"t\" {}"),
        "procedure p(a: string = \"x\" \"doc\", b: list(string)) \"t\" {}\n"
    );
    assert_eq!(laid_out("procedure p(a:string\n) \"t\" {}"), "procedure p(\n  a: string,\n) \"t\" {}\n");
}
