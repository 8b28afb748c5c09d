//! `plan/backup-before-change`.

use super::context::LintContext;
use super::work::works;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::enums::{ChangeKind, Environment};
use crate::model::plan::Plan;
use crate::source::Place;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/backup-before-change", severity: Error, undecided: false,
        summary: "production is changed before its data is backed up",
        doc: r#"A plan for production that speaks of data changes production before a `backup` phase has done a step.

## What it does
Takes plans whose `environment` is `production` and that have something to lose: they give `data`, or hold a `change` whose `kind` is `schema`. The first step or strategy that changes production must come after a phase `backup` with at least one step. A plan that speaks of no data, such as that of a static site, is let through: a policy may ask for more.

## Why is this bad?
An undo brings back the program, not what the program did to the data. Without a backup just before the change, the way back ends at the last nightly one.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = production
  data        = [pii]

  phase deploy {
    step migrate { run = "npm run migrate:up", undo = "npm run migrate:down" }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = production
  data        = [pii]

  phase backup {
    step backup-db { run = "./backup-db.sh production", verify = "./verify-backup.sh" }
  }
  phase deploy {
    step migrate { run = "npm run migrate:up", undo = "npm run migrate:down" }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    if plan.environment.as_ref().is_none_or(|environment| environment.value != Environment::Production) {
        return;
    }
    let Some((at_stake, why)) = at_stake(plan) else { return };
    let works = works(plan);
    let Some(first) = works.iter().find(|work| work.changes_production) else { return };
    let mut before = plan.phases.iter().take_while(|phase| !std::ptr::eq(*phase, first.phase));
    if before.any(|phase| phase.name() == "backup" && (phase.steps().next().is_some() || phase.uses().next().is_some()))
    {
        return;
    }
    let message = format!("{} changes production before anything is backed up", first.name());
    let help = match plan.phase("backup") {
        None => "add a phase `backup` with a step that backs the data up, before this one",
        Some(_) => "put a step that backs the data up into phase `backup`, and let that phase stand before this one",
    };
    cx.report(Diagnostic::new(&LINT, first.head.id.place, message).related(at_stake, why).help(help));
}

/// What would have to be restored, and where the plan says so.
fn at_stake(plan: &Plan) -> Option<(Place, &'static str)> {
    let data = plan.data.as_ref().filter(|data| !data.value.0.is_empty());
    if let Some(data) = data {
        return Some((data.place, "the service holds data"));
    }
    let schema = |kind: &ChangeKind| *kind == ChangeKind::Schema;
    let kinds = plan.changes.iter().filter_map(|change| change.kind.as_ref());
    kinds.into_iter().find(|kind| schema(&kind.value)).map(|kind| (kind.place, "the shape of stored data changes"))
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::{check, in_plan};

    #[test]
    fn a_backup_comes_first() {
        in_plan(
            &LINT,
            r#"
            data = [pii]
                 # ----- the service holds data
            phase prepare { step look { run = "l" } }
            phase deploy { step migrate { run = "m", undo = "n" } }
                              # ^^^^^^^ step `migrate` changes production before anything is backed up
                              # = add a phase `backup` with a step that backs the data up, before this one"#,
        );
        in_plan(
            &LINT,
            r#"
            data = [pii]
            phase backup { step save { run = "s" } }
            phase deploy { step migrate { run = "m", undo = "n" } }"#,
        );
    }

    #[test]
    fn an_empty_or_late_phase_backs_nothing_up() {
        in_plan(
            &LINT,
            r#"
            change "Preferences" { kind = schema }
                                        # ------ the shape of stored data changes
            phase backup { probe there { run = "p" } }
            phase deploy { strategy recreate { run = "r", undo = "u" } }
                                  # ^^^^^^^^ strategy `recreate` changes production before anything is backed up
                                  # = put a step that backs the data up into phase `backup`, and let that phase stand before this one"#,
        );
        in_plan(
            &LINT,
            r#"
            data = [public]
                 # -------- the service holds data
            phase deploy { step migrate { run = "m", undo = "n" } }
                              # ^^^^^^^ step `migrate` changes production before anything is backed up
                              # = put a step that backs the data up into phase `backup`, and let that phase stand before this one
            phase backup { step save { run = "s" } }"#,
        );
    }

    #[test]
    fn where_nothing_is_at_stake_nothing_is_asked() {
        in_plan(&LINT, r#"phase deploy { step copy { run = "c", undo = "d" } }"#);
        in_plan(&LINT, "data = [pii]\nphase prepare { step look { run = \"l\" } }");
        check(
            &LINT,
            r#"
            plan p { service = "x", environment = staging, data = [pii]
              phase deploy { step copy { run = "c", undo = "d" } } }"#,
        );
    }
}
