//! The policies that ship, and those of the design, mean what they say.

use stopline::session::Pack;

use crate::bench::Bench;

#[test]
fn nothing_is_said_of_any_shipped_pack() {
    for pack in Pack::all() {
        let bench = Bench::new(pack.text());
        let said: Vec<String> =
            bench.analysed().into_iter().map(|found| format!("{}: {}", found.rule, found.message)).collect();
        assert!(said.is_empty(), "{}: {said:#?}", pack.name);
    }
}

#[test]
fn nothing_is_said_of_the_examples_of_the_design() {
    for text in
        [include_str!("../fixtures/design/healthcare.policy"), include_str!("../fixtures/design/release.policy")]
    {
        let said: Vec<String> = Bench::new(text).analysed().into_iter().map(|found| found.message).collect();
        assert!(said.is_empty(), "{said:#?}");
    }
}

#[test]
fn no_shipped_pack_excludes_another() {
    let benches: Vec<Bench> = Pack::all().iter().map(|pack| Bench::new(pack.text())).collect();
    for (index, given) in benches.iter().enumerate() {
        for own in benches.iter().skip(index + 1) {
            let said: Vec<String> = own.beside(given).into_iter().map(|found| found.message).collect();
            assert!(said.is_empty(), "{said:#?}");
        }
    }
}

#[test]
fn a_rule_of_ones_own_that_excludes_a_shipped_one_is_said_of_ones_own() {
    let release = Bench::new(Pack::named("release").unwrap().text());
    let own = |rule: &str| {
        Bench::new(&format!(
            "policy ours {{\n  rule r {{\n    on plan when plan.environment == production\n    {rule}\n    message \"no\"\n  }}\n}}\n"
        ))
    };
    for (rule, against) in [
        ("require plan.window overlaps friday", "release/friday-deploy"),
        ("forbid plan.window overlaps [monday, tuesday, wednesday, thursday, friday]", "release/weekend-deploy"),
        ("forbid some h in plan.holds: true", "release/no-approval"),
        ("forbid plan.ticket exists", "release/no-ticket"),
    ] {
        let own = own(rule);
        let said = own.beside(&release);
        assert!(said.iter().any(|found| found.message.contains(against)), "{rule}: {said:#?}");
        assert!(said.iter().all(|found| *found.rule == *"policy/contradicting-rules"), "{said:#?}");
    }
    for rule in [
        "forbid plan.window overlaps thursday",
        "require plan.ticket exists",
        "require plan.window.duration <= 2h",
        "require plan.window overlaps friday or plan.window overlaps monday",
    ] {
        let said = own(rule).beside(&release);
        assert!(said.is_empty(), "{rule}: {said:#?}");
    }
}
