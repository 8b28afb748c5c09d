//! `plan/hold-needs-nobody`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::attribute::Count;
use crate::model::located::Located;
use crate::model::plan::Phase;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/hold-needs-nobody", severity: Error, undecided: false,
        summary: "a hold that asks for no signature",
        doc: r#"A hold says `needs = 0`.

## What it does
Looks for holds that nobody must sign.

## Why is this bad?
Such a hold passes by itself. It looks like an approval in the plan and in the journal, and is none.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  team { approvers = [@cto] }

  phase prepare {
    hold go-live { by = [approvers], needs = 0 }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  team { approvers = [@cto] }

  phase prepare {
    hold go-live { by = [approvers], needs = 1 }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    for hold in cx.plan.phases.iter().flat_map(Phase::holds) {
        let Some(Located { value: Count(0), place }) = &hold.needs else { continue };
        let message = format!("hold `{}` holds nobody up: it needs no signature", hold.head.id.value);
        cx.report(Diagnostic::new(&LINT, *place, message).help("write how many must sign, or leave the hold out"));
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_hold_asks_somebody() {
        in_plan(
            &LINT,
            r"
            phase deploy {
              hold one { by = [lead], needs = 0 }
                                            # ^ hold `one` holds nobody up: it needs no signature
                                            # = write how many must sign, or leave the hold out
              hold two { by = [lead] }
            }",
        );
    }
}
