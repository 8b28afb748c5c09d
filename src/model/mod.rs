//! Plans and policies once their names and types are known. Knows what is written, not how rules are judged.

mod record;

pub mod units;
pub mod types;
pub mod enums;
pub mod located;
pub mod data;
pub mod deferred;
pub mod pattern;
pub mod read;
pub mod answer;
pub mod attribute;
pub mod plan;
pub mod calendar;
pub mod function;
pub mod expression;
pub mod policy;
pub mod subject;
