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
