//! `plan/cycle`.

use super::context::LintContext;
use super::needs::{Graph, graphs};
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/cycle", severity: Error, undecided: false,
        summary: "steps that wait for each other",
        doc: r#"A step needs a step that, over others or directly, needs it.

## What it does
Looks for circles in `needs`, and tells the shortest one of each knot.

## Why is this bad?
None of these steps can ever start, and neither can anything after them.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step build { run = "make", needs = [fetch] }
    step fetch { run = "git fetch", needs = [build] }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step fetch { run = "git fetch" }
    step build { run = "make", needs = [fetch] }
  }
}
```
"#,
    }
}

/// How many steps of a circle are told.
const SHOWN: usize = 8;

pub(super) fn run(cx: &mut LintContext<'_>) {
    for graph in graphs(cx.plan) {
        for cycle in graph.cycles() {
            let Some((first, rest)) = cycle.split_first() else { continue };
            let names: Vec<String> = cycle.iter().map(|need| format!("`{}`", id(&graph, need.from))).collect();
            let mut told = names.get(..SHOWN.min(names.len())).unwrap_or_default().join(" needs ");
            if names.len() > SHOWN {
                told.push_str(" needs … needs");
            } else {
                told.push_str(" needs");
            }
            let mut diagnostic = Diagnostic::new(
                &LINT,
                first.written.place,
                format!("these steps wait for each other: {told} `{}`", id(&graph, first.from)),
            );
            for need in rest.iter().take(SHOWN) {
                diagnostic = diagnostic.related(
                    need.written.place,
                    format!("`{}` needs `{}`", id(&graph, need.from), id(&graph, need.to)),
                );
            }
            cx.report(diagnostic.help("take one of these out of its `needs`"));
        }
    }
}

fn id<'a>(graph: &Graph<'a>, node: usize) -> &'a str {
    graph.node(node).map_or("", |node| &node.head.id.value)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::check::lints::testing::{THE_DAY_BEFORE, in_plan, lint_text};

    #[test]
    fn the_shortest_circle_of_a_knot_is_told() {
        in_plan(
            &LINT,
            r#"
            phase prepare {
              step a { run = "a", needs = [b, d] }
                                            # ^ these steps wait for each other: `a` needs `d` needs `a`
                                            # = take one of these out of its `needs`
              step b { run = "b", needs = [c] }
              step c { run = "c", needs = [a] }
              step d { run = "d", needs = [a] }
                                         # - `d` needs `a`
              step e { run = "e", needs = [a, e] }
            }
            rollback {
              step x { run = "x", needs = [y] }
                                         # ^ these steps wait for each other: `x` needs `y` needs `x`
                                         # = take one of these out of its `needs`
              step y { run = "y", needs = [x] }
                                         # - `y` needs `x`
            }"#,
        );
    }

    #[test]
    fn a_long_circle_is_told_in_part() {
        in_plan(
            &LINT,
            r#"
            phase prepare {
              step a { run = "x", needs = [b] }
                                         # ^ these steps wait for each other: `a` needs `b` needs `c` needs `d` needs `e` needs `f` needs `g` needs `h` needs … needs `a`
                                         # = take one of these out of its `needs`
              step b { run = "x", needs = [c] }
                                         # - `b` needs `c`
              step c { run = "x", needs = [d] }
                                         # - `c` needs `d`
              step d { run = "x", needs = [e] }
                                         # - `d` needs `e`
              step e { run = "x", needs = [f] }
                                         # - `e` needs `f`
              step f { run = "x", needs = [g] }
                                         # - `f` needs `g`
              step g { run = "x", needs = [h] }
                                         # - `g` needs `h`
              step h { run = "x", needs = [i] }
                                         # - `h` needs `i`
              step i { run = "x", needs = [j] }
                                         # - `i` needs `j`
              step j { run = "x", needs = [a] }
            }"#,
        );
    }

    #[test]
    fn what_only_joins_again_is_no_circle() {
        in_plan(
            &LINT,
            r#"
            phase prepare {
              step a { run = "a" }
              step b { run = "b", needs = [a] }
              step c { run = "c", needs = [a] }
              step d { run = "d", needs = [b, c] }
            }"#,
        );
    }

    #[test]
    fn a_circle_of_twenty_thousand_steps_is_found_without_a_deep_stack() {
        let count = 20_000;
        let mut steps = String::new();
        for index in 0..count {
            writeln!(steps, "step s{index} {{ run = \"x\", needs = [s{}] }}", (index + 1) % count).unwrap();
        }
        let text = format!("plan p {{ service = \"x\", environment = staging\nphase prepare {{ {steps} }} }}");
        let (_, found) = lint_text(&text, THE_DAY_BEFORE);
        assert_eq!(found.iter().filter(|finding| finding.rule == LINT.id).count(), 1);
    }
}
