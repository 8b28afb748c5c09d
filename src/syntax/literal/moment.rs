//! Dates and times, kept as written.

use crate::syntax::ast::Moment;

pub(super) fn read(text: &str) -> Moment {
    let Some((_, time)) = text.split_once('T') else { return Moment::Date(text.to_owned()) };
    let is_civil = time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    if is_civil { Moment::Civil(text.to_owned()) } else { Moment::Zoned(text.to_owned()) }
}
