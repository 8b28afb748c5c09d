//! Clauses and conditions.

use super::laid_out;

/// What a condition looks like after `require`.
fn condition(condition: &str) -> String {
    let text = laid_out(&format!("policy p {{ rule r {{ on plan require {condition}\nmessage \"m\" }} }}"));
    let inside = text.strip_prefix("policy p {\n  rule r {\n    on plan\n    require ").unwrap();
    let inside = inside.strip_suffix("\n    message \"m\"\n  }\n}\n").unwrap();
    inside.replace("\n    ", "\n")
}

#[test]
fn one_blank_stands_on_each_side_of_an_operator() {
    assert_eq!(condition("a==1 and not  b.c[ 0 ]or -x<2*( 3+4 )"), "a == 1 and not b.c[0] or -x < 2 * (3 + 4)");
    assert_eq!(condition("f( a,b, )??[ 1,2 ]"), "f(a, b) ?? [1, 2]");
    assert_eq!(condition("every  p  in  xs :p  exists"), "every p in xs: p exists");
    assert_eq!(condition("if a\nthen b\nelse c"), "if a then b else c");
}

#[test]
fn parentheses_are_kept() {
    assert_eq!(condition("((a)) or (b and c)"), "((a)) or (b and c)");
}

#[test]
fn literals_are_kept_as_they_are_written() {
    let literals = r#"a in [1.50, 90m, 0.50%, v1.2, 2026-11-24T10:00[Europe/Berlin], @b, /a\/b/, "\u{1F680}\n", T-1w]"#;
    assert_eq!(condition(literals), literals);
}

#[test]
fn a_condition_that_fits_is_put_on_one_line() {
    assert_eq!(condition("a\n  and b\n  and (\n c\n )"), "a and b and (c)");
}

#[test]
fn a_condition_that_does_not_fit_is_broken_at_its_loosest_operators() {
    let [a, b, c] = ["a", "b", "c"].map(|name| name.repeat(40));
    assert_eq!(condition(&format!("{a} and {b} or {c} or x")), format!("{a} and {b}\n  or {c}\n  or x"));
    assert_eq!(condition(&format!("{a} == {b} + {c}")), format!("{a}\n  == {b} + {c}"));
    assert_eq!(condition(&format!("f({a}, {b}, {c})")), format!("f(\n  {a},\n  {b},\n  {c},\n)"));
    assert_eq!(condition(&format!("({a} or {b} or {c})")), format!("(\n  {a}\n  or {b}\n  or {c}\n)"));
    assert_eq!(condition(&format!("{a} in [{b}, {c}]")), format!("{a} in [\n    {b},\n    {c},\n  ]"));
}

#[test]
fn each_clause_has_a_line() {
    assert_eq!(
        laid_out(
            "policy p { rule r \"t\" { severity=error, controls=[\"A\"]\non json in \"a\",\"b\" as x when y \
             forbid a unless b at c.d[0] message \"m\" help \"h\" fix set c.d=1 enforce run } }"
        ),
        "policy p {
  rule r \"t\" {
    severity = error
    controls = [\"A\"]
    on json in \"a\", \"b\" as x when y
    forbid a
    unless b
    at c.d[0]
    message \"m\"
    help \"h\"
    fix set c.d = 1
    enforce run
  }
}
"
    );
}

#[test]
fn a_test_keeps_its_texts_and_the_word_time() {
    assert_eq!(
        laid_out("test \"t\" for p/r {given json \"a.json\" \"{}\" at time 2026-01-01 expect fail at a.b}"),
        "test \"t\" for p/r {
  given json \"a.json\" \"{}\"
  at time 2026-01-01
  expect fail at a.b
}
"
    );
    assert_eq!(
        laid_out("test \"t\" for r { given json \"{}\"\nat 2026-01-01\nexpect skip }"),
        "test \"t\" for r {\n  given json \"{}\"\n  at 2026-01-01\n  expect skip\n}\n"
    );
}
