//! The instant a run is judged at.

use crate::model::units::Instant;

use super::status::Failure;

/// `--at`, or the clock.
pub(super) fn instant(at: Option<&str>) -> Result<Instant, Failure> {
    let Some(text) = at else { return now() };
    Instant::parse(text).map_err(|problem| {
        let failure = Failure::new(format!("`--at {text}`: {}", problem.message));
        // What helps with a date alone would still lack its zone.
        let help = problem.help.filter(|_| text.contains(':'));
        let help = help.unwrap_or_else(|| "write an instant such as `2026-11-23T09:00+01:00`".to_owned());
        failure.help(help)
    })
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
fn now() -> Result<Instant, Failure> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok();
    let milliseconds = since.and_then(|since| i64::try_from(since.as_millis()).ok());
    milliseconds
        .and_then(Instant::from_epoch_milliseconds)
        .ok_or_else(|| Failure::new("the clock of this machine shows no usable time").help("set it, or give `--at`"))
}
