//! The examples parse as they stand.

use super::{read, said};

pub(super) const EXAMPLES: [&str; 3] = [
    include_str!("../../../examples/checkout.plan"),
    include_str!("../../../tests/fixtures/design/healthcare.policy"),
    include_str!("../../../tests/fixtures/design/release.policy"),
];

#[test]
fn the_examples_have_nothing_wrong() {
    for example in EXAMPLES {
        assert_eq!(said(example), Vec::<String>::new());
    }
}

#[test]
fn the_examples_hold_what_they_show() {
    let counts = EXAMPLES.map(|example| read(example).tree.items.len());
    assert_eq!(counts, [1, 5, 4]);
}
