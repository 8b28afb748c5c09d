//! What holds where a plan says nothing: every default of a runbook stands here.

use crate::runbook::Seconds;

/// One try of a step, of a strategy's command or of a command of a checklist.
pub(super) const STEP_TIMEOUT: Seconds = Seconds::new(10 * 60);

/// One look of a probe or a metric.
pub(super) const LOOK_TIMEOUT: Seconds = Seconds::new(10);

/// Telling somebody.
pub(super) const NOTIFY_TIMEOUT: Seconds = Seconds::new(60);

pub(super) const RETRY_DELAY: Seconds = Seconds::new(5);

pub(super) const PROBE_EVERY: Seconds = Seconds::new(10);

pub(super) const METRIC_EVERY: Seconds = Seconds::new(30);

/// How often red flags are judged in a watch, and after each share of a canary.
pub(super) const WATCH_EVERY: Seconds = Seconds::new(30);

/// How long each share of a canary is watched.
pub(super) const ANALYZE: Seconds = Seconds::new(2 * 60);

/// Bad looks in a row that fail a probe.
pub(super) const PROBE_FAILURES: u32 = 1;

/// The HTTP status that is right.
pub(super) const HTTP_STATUS: u16 = 200;

/// The exit status that is right.
pub(super) const EXIT_STATUS: u8 = 0;

/// How many must sign.
pub(super) const SIGNATURES: u32 = 1;

/// How many hosts are exchanged at once.
pub(super) const BATCH: u32 = 1;
