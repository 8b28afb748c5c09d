//! A window opens once: what says two things of it is not settled by taking one.

use super::{plan, said, sound};

#[test]
fn what_says_two_things_of_the_window_is_said() {
    for (fields, cut) in [
        ("**Date**: Wednesday, 2026-11-24\n**Time**: 14:30 UTC\n", "Wednesday"),
        ("**Date**: 24 November 2026 (Wed)\n**Time**: 14:30 UTC\n", "Wed"),
        ("**Date**: 2026-11-24 (moved to 2026-11-25)\n**Time**: 14:30 UTC\n", "2026-11-25"),
        ("**Date**: 2026-11-24\n**Time**: 2026-11-25 14:30 UTC\n", "2026-11-25"),
        ("**Date**: not before 2026-11-24\n**Time**: 14:30 UTC\n", "not before"),
        ("**Date**: 2026-11-24, tentative\n**Time**: 14:30 UTC\n", "tentative"),
        ("**Date**: 2026-11-24 15:00\n**Time**: 14:30 UTC\n", "15:00"),
        ("**Date**: 2026-11-24\n**Time**: 22:00-23:30 UTC\n**Duration**: 4h\n", "4h"),
    ] {
        said(fields, &[cut]);
    }
    for (fields, cut) in [
        ("**Date**: 2026-11-24 or 2026-11-25\n**Time**: 14:30 UTC\n", "2026-11-25"),
        ("**Date**: 2026-11-24, not before 15:00\n**Time**: 14:30 UTC\n", "15:00"),
    ] {
        let complaints = plan(fields).1;
        assert!(complaints.contains(&format!("plan/not-understood `{cut}` ")), "{complaints}");
    }
    for field in ["**Do not deploy before**: 2026-12-01", "**Status**: DRAFT - do not run", "**Status**: cancelled"] {
        said(&format!("{field}\n"), &[field]);
    }
    for field in ["**Status**: approved", "**Downtime**: none", "**Note**: If in doubt, ask @ann"] {
        assert!(plan(&format!("{field}\n")).1.starts_with("plan/not-read"), "{field}");
    }
    for field in ["Date", "Time", "Duration", "Time zone"] {
        let text = format!("**{field}**: x\n**{field}**: x\n");
        assert!(plan(&text).1.contains(&format!("plan/repeated-name `{field}` ")), "{text}");
    }
    for quiet in [
        "**Date**: Tuesday, 24 November 2026 (2026-11-24)\n**Time**: 22:00-23:30 UTC\n**Duration**: 1 h 30 min\n",
        "**Date**: 2026-11-24 (Tue)\n**Time**: 14:30 UTC\n",
        "**Date**: on Tue. 2026-11-24, 14:30\n**Time**: 14:30 UTC\n",
        "**Window**: Tue 2026-11-24 14:30-15:00 UTC\n",
    ] {
        sound(quiet);
    }
}

#[test]
fn a_window_that_is_said_to_end_is_not_left_open() {
    for label in ["End", "Until", "Valid until", "Must be finished by", "End time"] {
        for text in [format!("**{label}**: 14:40 UTC\n"), format!("- {label}: 14:40 UTC\n")] {
            said(&format!("**Date**: 2026-11-24\n**Time**: 14:30 UTC\n\n{text}"), &[label]);
        }
        said(&format!("---\n{label}: 14:40\n---\n"), &[label]);
    }
    sound("Until: the end of time\n");
}
