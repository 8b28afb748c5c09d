//! The examples are laid out as they stand.

use super::laid_out;

#[test]
fn the_examples_stay_as_they_are() {
    for example in [
        include_str!("../../../examples/checkout.plan"),
        include_str!("../../../tests/fixtures/design/healthcare.policy"),
        include_str!("../../../tests/fixtures/design/release.policy"),
    ] {
        assert_eq!(laid_out(example), example);
    }
}
