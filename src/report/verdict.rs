//! The last line: GO or STOP, and what it rests on.

use std::time::Duration;

use super::{Color, Options};
use crate::session::{Report, Verdict};

/// `GO    0 errors, 1 warning, 1 waived  (3 files)`.
pub(super) fn line(report: &Report, options: &Options) -> String {
    let (word, style) = match report.verdict(options.fail_on) {
        Verdict::Go => ("GO  ", "\u{1b}[1;32m"),
        Verdict::Stop => ("STOP", "\u{1b}[1;31m"),
    };
    let word = match options.color {
        Color::On => format!("{style}{word}\u{1b}[0m"),
        Color::Off => word.to_owned(),
    };
    let elapsed = options.elapsed.map_or_else(String::new, |elapsed| format!(", {}", lasted(elapsed)));
    format!("{word}  {}  ({}{elapsed})", counts(report, options), scope(report))
}

fn counts(report: &Report, options: &Options) -> String {
    let summary = report.summary();
    let mut parts = vec![plural(summary.errors, "error")];
    let mut add = |count, text: String| {
        if count > 0 {
            parts.push(text);
        }
    };
    add(summary.warnings, plural(summary.warnings, "warning"));
    add(summary.notes, plural(summary.notes, "note"));
    add(summary.waived, format!("{} waived", summary.waived));
    add(summary.undecided, format!("{} undecided", summary.undecided));
    add(options.fixed, format!("{} fixed", options.fixed));
    parts.join(", ")
}

fn scope(report: &Report) -> String {
    match (report.files(), report.rules()) {
        (0, _) => "no file was checked".to_owned(),
        (_, 0) => "no rule was applied".to_owned(),
        (files, _) => plural(files, "file"),
    }
}

fn lasted(elapsed: Duration) -> String {
    if elapsed < Duration::from_secs(1) {
        format!("{} ms", elapsed.as_millis())
    } else {
        format!("{:.1} s", elapsed.as_secs_f64())
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::example;

    #[test]
    fn whoever_waits_is_told_how_long_it_took() {
        let (report, _) = example();
        let after = |elapsed| line(&report, &Options { elapsed: Some(elapsed), ..Options::default() });
        assert!(after(Duration::from_micros(9_400)).ends_with("  (4 files, 9 ms)"));
        assert!(after(Duration::from_millis(1_250)).ends_with("  (4 files, 1.2 s)"));
    }
}
