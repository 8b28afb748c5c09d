//! What texts mean, and that every span cuts out the text it speaks of.

use super::{read, said};
use crate::source::{FileId, Span};
use crate::syntax::ast::{
    ClauseKind, Entry, Expression, ExpressionKind, Item, Literal, PolicyEntry, Rule, TemplatePart, Value, ValueKind,
};
use crate::syntax::{parse_expression, parse_value};

fn expression(text: &str) -> Expression {
    let parsed = parse_expression(FileId::default(), text, 0);
    assert_eq!(parsed.diagnostics, [], "{text}");
    parsed.tree.expect("an expression")
}

/// With every operation in brackets.
fn bound(text: &str) -> String {
    show(&expression(text))
}

fn show(expression: &Expression) -> String {
    match &expression.value {
        ExpressionKind::Literal(Literal::Number(number)) => number.to_string(),
        ExpressionKind::Literal(Literal::Pattern(pattern)) => format!("/{pattern}/"),
        ExpressionKind::Literal(other) => format!("{other:?}"),
        ExpressionKind::Name(name) => name.clone(),
        ExpressionKind::Member { of, name } => format!("{}.{}", show(of), name.value),
        ExpressionKind::Index { of, index } => format!("{}[{}]", show(of), show(index)),
        ExpressionKind::Call { function, arguments } => {
            format!("{}({})", function.value, arguments.iter().map(show).collect::<Vec<_>>().join(", "))
        }
        ExpressionKind::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", ")),
        ExpressionKind::Not(of) => format!("(not {})", show(of)),
        ExpressionKind::Negate(of) => format!("(-{})", show(of)),
        ExpressionKind::Exists(of) => format!("({} exists)", show(of)),
        ExpressionKind::Binary { operator, left, right } => {
            format!("({} {} {})", show(left), operator.value.symbol(), show(right))
        }
        ExpressionKind::Quantified { quantifier, variable, over, body } => {
            format!("({} {} in {}: {})", quantifier.value.keyword(), variable.value, show(over), show(body))
        }
        ExpressionKind::If { condition, yes, no } => {
            format!("(if {} then {} else {})", show(condition), show(yes), show(no))
        }
        ExpressionKind::Group(inner) => format!("<{}>", show(inner)),
    }
}

#[test]
fn operators_bind_as_the_language_says() {
    let table = [
        ("a or b and c", "(a or (b and c))"),
        ("a and b or c and d", "((a and b) or (c and d))"),
        ("not a and b", "((not a) and b)"),
        ("not a == b", "(not (a == b))"),
        ("a == not b and c", "((a == (not b)) and c)"),
        ("a + b * c - d", "((a + (b * c)) - d)"),
        ("a - b - c", "((a - b) - c)"),
        ("a ?? b + c", "(a ?? (b + c))"),
        ("a ?? b == c", "((a ?? b) == c)"),
        ("-a exists", "(-(a exists))"),
        ("-a * b", "((-a) * b)"),
        ("a - -b", "(a - (-b))"),
        ("not a exists", "(not (a exists))"),
        ("a.b[0].c exists == d", "((a.b[0].c exists) == d)"),
        ("a in [b, c,] or d", "((a in [b, c]) or d)"),
        (
            "a contains b and c matches /x/ and d overlaps e",
            "(((a contains b) and (c matches /x/)) and (d overlaps e))",
        ),
        ("every x in xs: x and y", "(every x in xs: (x and y))"),
        ("a and some x in xs: x or y", "(a and (some x in xs: (x or y)))"),
        ("no x in a.b: every y in x: y == 1", "(no x in a.b: (every y in x: (y == 1)))"),
        ("if a then b else c or d", "(if a then b else (c or d))"),
        ("(a or b) and c", "(<(a or b)> and c)"),
        ("count(a.b) <= 3", "(count(a.b) <= 3)"),
        ("f(a, g(b),)", "f(a, g(b))"),
        ("w.for >= x.in.or", "(w.for >= x.in.or)"),
        ("a-b - c", "(a-b - c)"),
        ("a / b / c", "((a / b) / c)"),
        ("a matches /b/ or c / d", "((a matches /b/) or (c / d))"),
    ];
    for (text, expected) in table {
        assert_eq!(bound(text), expected, "{text}");
    }
}

#[test]
fn spans_of_expressions_cut_exactly_their_text() {
    fn walk(expression: &Expression, source: &str) {
        let text = expression.span.text(source);
        assert_eq!(text, text.trim(), "in {source}");
        let again = parse_expression(FileId::default(), text, expression.span.start);
        assert_eq!(again.tree.as_ref().map(|tree| tree.span), Some(expression.span), "{text} in {source}");
        assert_eq!(again.tree.as_ref().map(show), Some(show(expression)), "{text} in {source}");
        for child in children(expression) {
            assert!(expression.span.contains(child.span));
            walk(child, source);
        }
    }
    for source in [
        "  a.b [0]  ".trim_end_matches("[0]  "),
        " not a . b".trim_end_matches(" . b"),
        "  every x in xs : x.y   exists  and ( a + -b ) * 2  # why\n",
        "if a then  b else c[ d ].e ?? f( 1 , \"x\" )",
        "plan.window overlaps friday\n  or\n  plan.urgent exists # x",
    ] {
        walk(&expression(source), source);
    }
}

fn children(expression: &Expression) -> Vec<&Expression> {
    match &expression.value {
        ExpressionKind::Literal(_) | ExpressionKind::Name(_) => Vec::new(),
        ExpressionKind::Member { of, .. } => vec![of],
        ExpressionKind::Index { of, index } => vec![of, index],
        ExpressionKind::Call { arguments, .. } => arguments.iter().collect(),
        ExpressionKind::List(items) => items.iter().collect(),
        ExpressionKind::Not(of)
        | ExpressionKind::Negate(of)
        | ExpressionKind::Exists(of)
        | ExpressionKind::Group(of) => {
            vec![of]
        }
        ExpressionKind::Binary { left, right, .. } => vec![left, right],
        ExpressionKind::Quantified { over, body, .. } => vec![over, body],
        ExpressionKind::If { condition, yes, no } => vec![condition, yes, no],
    }
}

fn value(text: &str) -> ValueKind {
    let parsed = parse_value(FileId::default(), text, 0);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let Value { value, span } = parsed.tree.expect("a value");
    assert_eq!(span.text(text), text.trim(), "the span cuts exactly its text");
    value
}

#[test]
fn literals_mean_what_they_say() {
    let table = [
        ("2h", "Literal(Duration(7200000))"),
        ("1h30m", "Literal(Duration(5400000))"),
        ("1w2d3h4m5s6ms", "Literal(Duration(788645006))"),
        ("T-1w", "Literal(Offset(-604800000))"),
        ("T+15m", "Literal(Offset(900000))"),
        ("T-0", "Literal(Offset(0))"),
        ("5%", "Literal(Percent(5))"),
        ("0.5%", "Literal(Percent(0.5))"),
        ("-0.5%", "Literal(Percent(-0.5))"),
        ("3", "Literal(Number(3))"),
        ("-0.80", "Literal(Number(-0.80))"),
        ("true", "Literal(Bool(true))"),
        ("truer", "Symbol(\"truer\")"),
        ("v1.2.3", "Literal(Version([1, 2, 3]))"),
        ("v1", "Symbol(\"v1\")"),
        ("T-shirt", "Symbol(\"T-shirt\")"),
        ("blue-green", "Symbol(\"blue-green\")"),
        ("@team-lead", "Literal(Person(\"team-lead\"))"),
        ("2026-11-24", "Literal(Moment(Date(\"2026-11-24\")))"),
        ("2026-11-24T10:00", "Literal(Moment(Civil(\"2026-11-24T10:00\")))"),
        ("2026-11-24T10:00:30", "Literal(Moment(Civil(\"2026-11-24T10:00:30\")))"),
        ("2026-11-24T10:00[Europe/Berlin]", "Literal(Moment(Zoned(\"2026-11-24T10:00[Europe/Berlin]\")))"),
        ("2026-11-24T10:00+01:00", "Literal(Moment(Zoned(\"2026-11-24T10:00+01:00\")))"),
        ("2026-11-24T10:00Z", "Literal(Moment(Zoned(\"2026-11-24T10:00Z\")))"),
        ("2026-11-24T10:00+01:00[Europe/Berlin]", "Literal(Moment(Zoned(\"2026-11-24T10:00+01:00[Europe/Berlin]\")))"),
        (r"/^v\d+\/x/", r#"Literal(Pattern("^v\\d+/x"))"#),
        (r#""a\"b\\\n\t\u{1F680}ü""#, r#"Literal(Text(Text { value: "a\"b\\\n\t🚀ü", style: Quoted }))"#),
        ("\"\"", r#"Literal(Text(Text { value: "", style: Quoted }))"#),
        ("\"\"\"a \\ \"b\" \"\"\"", r#"Literal(Text(Text { value: "a \\ \"b\"", style: Block }))"#),
    ];
    for (text, expected) in table {
        assert_eq!(format!("{:?}", value(text)), expected, "{text}");
    }
}

#[test]
fn lists_and_maps_nest() {
    let ValueKind::List(items) = value("[1, [a, b,], { A = \"x\", B = [2] },]") else { panic!() };
    assert_eq!(items.len(), 3);
    let ValueKind::Map(entries) = &items[2].value else { panic!() };
    assert_eq!(entries[1].name.value, "B");
}

#[test]
fn places_of_a_text_within_a_file_are_places_of_the_file() {
    let parsed = parse_expression(FileId::new(3), "a and bb", 100);
    let Some(ExpressionKind::Binary { right, .. }) = parsed.tree.map(|tree| tree.value) else { panic!() };
    assert_eq!(right.span, Span::new(106, 108));
    let wrong = parse_value(FileId::new(3), "5min", 100);
    let place = wrong.diagnostics[0].place.unwrap();
    assert_eq!((place.file, place.span), (FileId::new(3), Span::new(100, 104)));
    let extra = parse_value(FileId::new(3), "5m x", 100);
    assert_eq!(extra.diagnostics[0].place.unwrap().span, Span::new(103, 104));
    assert!(parse_expression(FileId::new(3), "", 100).diagnostics[0].place.unwrap().span.is_empty());
}

fn only_plan(text: &str) -> Vec<Entry> {
    let parsed = read(text);
    assert_eq!(said(text), Vec::<String>::new());
    let Some(Item::Plan(plan)) = parsed.tree.items.into_iter().next() else { panic!() };
    plan.body
}

#[test]
fn blocks_have_heads_and_braces() {
    let text =
        "plan p {\n  step a \"title\" { run = \"x\" }\n  use rollout\n  use canary \"t\" {\n    a = 1 }\n  team {}\n}";
    let body = only_plan(text);
    let heads: Vec<_> = body
        .iter()
        .map(|entry| {
            let Entry::Block(block) = entry else { panic!() };
            (
                block.kind.value.as_str(),
                block.id.as_ref().map(|id| id.span.text(text)),
                block.title.as_ref().map(|title| title.span.text(text)),
                block.braces.text(text),
            )
        })
        .collect();
    assert_eq!(
        heads,
        [
            ("step", Some("a"), Some("\"title\""), "{ run = \"x\" }"),
            ("use", Some("rollout"), None, ""),
            ("use", Some("canary"), Some("\"t\""), "{\n    a = 1 }"),
            ("team", None, None, "{}"),
        ]
    );
    let Entry::Block(step) = &body[0] else { panic!() };
    assert_eq!(step.span.text(text), "step a \"title\" { run = \"x\" }");
}

#[test]
fn procedures_have_typed_parameters() {
    let text =
        "procedure roll(image: string, wait: duration = 2m \"how long\", hosts: list(person) = [@a]) \"Roll\" {\n}\n";
    let parsed = read(text);
    assert_eq!(said(text), Vec::<String>::new());
    let [Item::Procedure(procedure)] = parsed.tree.items.as_slice() else { panic!() };
    assert_eq!(procedure.block.id.as_ref().map(|id| id.value.as_str()), Some("roll"));
    assert!(procedure.block.title.is_some());
    let shown: Vec<_> = procedure
        .parameters
        .iter()
        .map(|parameter| (parameter.kind.value.as_str(), parameter.span.text(text)))
        .collect();
    assert_eq!(
        shown,
        [
            ("string", "image: string"),
            ("duration", "wait: duration = 2m \"how long\""),
            ("list(person)", "hosts: list(person) = [@a]"),
        ]
    );
}

#[test]
fn a_person_is_called_as_people_log_in() {
    let people = |written: &str| {
        let text = format!("plan p {{ team {{ lead = {written} }} }}");
        let parsed = read(&text);
        let lead = parsed.tree.items.into_iter().find_map(|item| {
            let Item::Plan(plan) = item else { return None };
            let Entry::Block(team) = plan.body.into_iter().next()? else { return None };
            Some(team.attributes().next()?.value.clone())
        });
        (lead.map(|lead| lead.value), said(&text).len())
    };
    for name in ["jane", "jane.doe", "1abc", "a.b.c", "j-d.x_1", "42", "team--lead"] {
        let person = ValueKind::Literal(Literal::Person(name.to_owned()));
        assert_eq!(people(&format!("@{name}")), (Some(person), 0), "{name}");
    }
    for wrong in ["@jane.", "@.jane", "@jane..doe", "@-a", "@jane-"] {
        assert!(people(wrong).1 > 0, "{wrong}");
    }
}

fn only_rule(text: &str) -> Rule {
    let parsed = read(text);
    let Some(Item::Policy(policy)) = parsed.tree.items.into_iter().next() else { panic!() };
    let Some(PolicyEntry::Rule(rule)) = policy.body.into_iter().next() else { panic!() };
    rule
}

fn template(message: &str) -> (String, Vec<TemplatePart>) {
    let text = format!("policy p {{\n  rule r {{\n    message {message}\n  }}\n}}\n");
    assert_eq!(said(&text), Vec::<String>::new(), "{text}");
    let rule = only_rule(&text);
    let ClauseKind::Message(template) = &rule.clauses[0].kind else { panic!() };
    assert_eq!(template.span.text(&text), message);
    (text.clone(), template.parts.clone())
}

#[test]
fn expressions_in_messages_have_places_of_their_own() {
    let (text, parts) = template(r#""ü {a.b} \"{{x}}\" {f( c )}""#);
    let shown: Vec<String> = parts
        .iter()
        .map(|part| match part {
            TemplatePart::Text(words) => format!("{words:?}"),
            TemplatePart::Expression(expression) => expression.span.text(&text).to_owned(),
        })
        .collect();
    assert_eq!(shown, [r#""ü ""#, "a.b", r#"" \"{x}\" ""#, "f( c )"]);
}

#[test]
fn block_messages_hold_texts_and_lose_their_layout() {
    let (text, parts) = template("\"\"\"\n      a {b ?? \"none\"}\n        c {d matches /x{2}/}\n      \"\"\"");
    let [TemplatePart::Text(a), TemplatePart::Expression(b), TemplatePart::Text(c), TemplatePart::Expression(d)] =
        parts.as_slice()
    else {
        panic!("{parts:#?}")
    };
    assert_eq!((a.as_str(), c.as_str()), ("a ", "\n  c "));
    assert_eq!((b.span.text(&text), d.span.text(&text)), ("b ?? \"none\"", "d matches /x{2}/"));
}

#[test]
fn clauses_reach_from_their_keyword_to_their_last_word() {
    let text = "policy p {\n  rule r {\n    on json in \"a\", \"b\" as site when site.x # why\n    require a  # x\n    fix set a.b = \"c\"\n\n  }\n}\n";
    assert_eq!(said(text), Vec::<String>::new());
    let rule = only_rule(text);
    let spans: Vec<&str> = rule.clauses.iter().map(|clause| clause.span.text(text)).collect();
    assert_eq!(spans, ["on json in \"a\", \"b\" as site when site.x", "require a", "fix set a.b = \"c\""]);
}

#[test]
fn forms_that_may_be_written_so() {
    for text in [
        "",
        "# nothing but a comment",
        "plan {}",
        "plan \"Only a title\" { risk = low }",
        "plan p\n{\n}",
        "plan p { risk = low, parallel { step a { run = \"x\" } step b {} } strategy blue-green { steps = [10%, 100%,] } }",
        "plan p { step a { env = { A = \"x\"\n B = 2, C = [x] } } }",
        "plan p { step a { at = 1, in = 2, for = 5m, on = true, redflags = 1 } }",
        "plan p { redflag slow { on plan when plan.risk == high during a, b stop when metric.p95 > 2s for 1m then rollback } }",
        "calendar c \"t\" { from = 2026-12-18 }",
        "procedure p { step a {} }",
        "procedure p() {}",
        "policy p \"t\" { version = \"1\", param wait: duration = 15m \"how long\" calendar c {} }",
        "policy p { param hosts: list(string) rule r { severity = error, docs = \"d\", on plan forbid a unless b } }",
        "policy p { rule r { on workflow.job in \"a\" require no s in job.steps: s.run matches /a{2}#\\// at job[\"a-b\"] } }",
        "policy p { rule r { on plan require plan.window overlaps 2026-11-24 and plan.ticket in [\"a\"] } }",
        "waive a/b { path = \"x\", by = @lead }",
        "test \"late\" for p/r { given plan \"\"\"x\"\"\" at 2026-12-20T09:00Z expect fail at plan.window.start }",
        "test \"late\" for r { given json \"a\" \"b\" given env \"c\" at time 2026-12-20T09:00[UTC] expect error }",
    ] {
        assert_eq!(said(text), Vec::<String>::new(), "{text}");
    }
}
