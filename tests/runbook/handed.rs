//! Where the glass is broken over a run that was handed to a person: that one is theirs until it is finished.

use stopline::runbook::*;

use crate::support::*;

/// Its way back fails until there is a file `cured`, and it needs one called `go` before anything begins.
fn stubborn() -> Procedure {
    let first = Step { undo: Undo::Command(format!("test -e cured && {}", note("undo first"))), ..change("first") };
    let mut procedure = procedure(vec![
        ("prepare", vec![Action::Step(quiet("look", "test ! -e blind"))]),
        ("deploy", vec![Action::Step(first), Action::Step(changing("second", "test -e fixed"))]),
    ]);
    procedure.guards.tools = vec![ToolName::new("the-tool").unwrap()];
    procedure
}

/// A run that was handed to a person, whose guards agreed.
fn handed() -> Lab {
    let mut lab = Lab::new(&stubborn());
    lab.stub("the-tool", "exit 0");
    lab.run(&[]).ends(31).says("1. undo first");
    assert_eq!(lab.did(), ["first", "undo second"]);
    lab
}

fn glass(lab: &Lab) -> Run {
    lab.run(&["run", "--break-glass", "it cannot wait"])
}

/// Nobody begins beside it, and its list is shown, until somebody has finished it.
#[track_caller]
fn is_still_handed(lab: &Lab) {
    lab.run(&[]).ends(31).says("  1. undo first (Do first):");
    lab.run(&["resume"]).ends(31).says("  1. undo first (Do first):");
    lab.run(&["status"]).ends(0).says("first: failed").says(", handed, changes were made");
    std::fs::write(lab.path("cured"), "").unwrap();
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did().last().unwrap(), "undo first");
    std::fs::write(lab.path("fixed"), "").unwrap();
    lab.run(&[]).ends(0);
}

#[test]
fn guards_that_refuse_a_run_over_it_leave_it_handed() {
    let lab = handed();
    std::fs::rename(lab.path("bin/the-tool"), lab.path("the-tool")).unwrap();
    glass(&lab).ends(31).says("the-tool is not installed").says("run --break-glass REASON").says("1. undo first");
    glass(&lab).ends(31);
    std::fs::rename(lab.path("the-tool"), lab.path("bin/the-tool")).unwrap();
    is_still_handed(&lab);
}

#[test]
fn a_run_over_it_that_stops_before_any_change_leaves_it_handed() {
    let lab = handed();
    std::fs::write(lab.path("blind"), "").unwrap();
    glass(&lab).ends(31).says("stopped before any change").says("1. undo first");
    std::fs::remove_file(lab.path("blind")).unwrap();
    is_still_handed(&lab);
}

#[test]
fn a_run_over_it_that_is_held_has_changes_in_place() {
    let lab = handed();
    lab.run(&["run", "--break-glass", "it cannot wait", "--until", "first"]).ends(0);
    lab.recompile(&Procedure {
        provenance: Provenance { plan: "b".repeat(64), ..stubborn().provenance },
        ..stubborn()
    });
    lab.run(&[]).ends(20).says("has not come to an end");
    lab.recompile(&stubborn());
    lab.run(&["status"]).ends(0).says("run 2, open, waiting: until, over one that was handed to a person");
    lab.run(&[]).ends(21).says("a run is open");
    lab.run(&["rollback"]).ends(31).says("1. undo first");
    is_still_handed(&lab);
}

#[test]
fn a_run_over_it_that_is_rolled_back_leaves_it_handed() {
    let lab = handed();
    std::fs::write(lab.path("cured"), "").unwrap();
    glass(&lab).ends(31).says("rolled back").says("  1. undo first (Do first):");
    assert_eq!(lab.did(), ["first", "undo second", "first", "undo second", "undo first"]);
    std::fs::remove_file(lab.path("cured")).unwrap();
    is_still_handed(&lab);
}

#[test]
fn a_run_over_it_that_is_handed_too_is_finished_before_it() {
    let lab = handed();
    glass(&lab).ends(31).says("then what is left of the run before it");
    lab.run(&["rollback", "--finished", "the second by hand"])
        .ends(31)
        .says("rolled back, by hand")
        .says("1. undo first");
    lab.run(&["rollback", "--finished", "the first by hand"]).ends(10);
    std::fs::write(lab.path("fixed"), "").unwrap();
    lab.run(&[]).ends(0);
}

#[test]
fn a_run_over_it_that_is_confirmed_is_all_that_counts_until_it_is_taken_back() {
    let lab = handed();
    std::fs::write(lab.path("fixed"), "").unwrap();
    glass(&lab).ends(0);
    lab.run(&[]).ends(0).says("already confirmed");
    std::fs::write(lab.path("cured"), "").unwrap();
    lab.run(&["rollback"]).ends(31).says("  1. undo first (Do first):");
    is_still_handed(&lab);
}
