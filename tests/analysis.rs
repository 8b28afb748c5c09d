//! What analysis says of policies is so: held against the judgement of random rules over random plans, and against all
//! policies that ship. Knows the library.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what is not as it should be fails the test"
)]

#[path = "analysis/bench.rs"]
mod bench;
#[path = "analysis/examples.rs"]
mod examples;
#[path = "analysis/random.rs"]
mod random;
#[path = "analysis/claims.rs"]
mod claims;
#[path = "analysis/shipped.rs"]
mod shipped;
