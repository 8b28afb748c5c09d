//! Plans and policies that the tests speak of.

/// Settings under which nothing but what a test lays out judges.
pub(crate) const ALONE: (&str, &str) = ("stopline.toml", "packs = []\n");

/// A policy that forbids Fridays, and one rule more.
pub(crate) const POLICY: &str = r#"policy shop "Rules of the shop" {
  param watching: duration = 15m "how long it must be watched"

  calendar year-end { from = 2030-12-20, to = 2031-01-05 }

  rule friday "No Fridays" {
    severity = error
    docs = "Nobody is there on Saturday."
    on plan when plan.environment == production
    forbid plan.window overlaps friday
    at plan.window.start
    message "the window {plan.window} touches a Friday"
    help "move it"
  }

  rule watched "Watched too briefly" {
    on plan
    require some w in plan.watches: w.for >= watching
    at plan.id
    message "nothing is watched for {watching}"
    enforce run
  }

  rule freeze "Frozen" {
    on plan
    forbid plan.window overlaps year-end
    message "frozen"
  }
}
"#;

/// A plan that the policy has nothing against.
pub(crate) const PLAN: &str = r#"plan checkout "Kasse 🚀 v1" {
  service     = "checkout"
  environment = production

  window { start = 2030-11-26T10:00, duration = 3h, zone = "Europe/Berlin" }
  team { approvers = [@pm1, @cto] }

  checklist "Before" {
    due = T-1d
    item "Tests pass" { run = "make test" }
  }

  metric error-rate { run = "./rate.sh", unit = percent }

  phase deploy {
    hold go-live { by = [approvers] }
    step fetch "Fetch" { run = "git fetch", undo = "git reset" }
    step migrate "Migrate 🚀" {
      run     = "make migrate"
      undo    = "make back"
      timeout = 5m
      needs   = [fetch]
    }
  }

  phase verify {
    watch stable { for = 15m }
  }

  redflag errors "Errors" {
    during deploy, verify
    stop when metric.error-rate > 5% for 1m
    then rollback
  }
}
"#;

/// The same plan on a Friday.
pub(crate) fn friday() -> String {
    PLAN.replace("2030-11-26", "2030-11-29")
}
