//! `primaryLocationLineHash`, as GitHub computes it where a tool does not: a rolling hash of the hundred characters that
//! follow a line's start, blanks left out, so that code which moves keeps its alerts.

use std::collections::HashMap;

/// How many UTF-16 units one hash sees.
const WINDOW: usize = 100;
const FACTOR: u64 = 37;
const END: u64 = 65_535;

/// The hash of each line, with a count that tells equal ones apart.
pub(super) fn line_hashes(text: &str) -> Vec<String> {
    let mut units = Vec::with_capacity(text.len());
    let mut starts = vec![0];
    let mut previous_was_return = false;
    for unit in text.encode_utf16() {
        let (newline, carriage_return) = (unit == u16::from(b'\n'), unit == u16::from(b'\r'));
        if unit == u16::from(b' ') || unit == u16::from(b'\t') || (newline && previous_was_return) {
            previous_was_return = false;
            continue;
        }
        previous_was_return = carriage_return;
        if newline || carriage_return {
            units.push(u64::from(b'\n'));
            starts.push(units.len());
        } else {
            units.push(u64::from(unit));
        }
    }
    units.push(END);
    let hashes = rolling(&units);
    let mut counts: HashMap<u64, usize> = HashMap::new();
    starts
        .into_iter()
        .map(|start| {
            let hash = hashes.get(start).copied().unwrap_or_default();
            let count = counts.entry(hash).or_default();
            *count += 1;
            format!("{hash:x}:{count}")
        })
        .collect()
}

/// For each unit, the hash of the window that begins with it; what lies behind the end counts as zero.
fn rolling(units: &[u64]) -> Vec<u64> {
    let behind = (0..WINDOW).fold(1_u64, |power, _| power.wrapping_mul(FACTOR));
    let at = |index: usize| units.get(index).copied().unwrap_or_default();
    let mut hash = (0..WINDOW).fold(0_u64, |hash, index| hash.wrapping_mul(FACTOR).wrapping_add(at(index)));
    let mut hashes = Vec::with_capacity(units.len());
    for (index, first) in units.iter().enumerate() {
        hashes.push(hash);
        hash = hash.wrapping_mul(FACTOR).wrapping_add(at(index + WINDOW)).wrapping_sub(first.wrapping_mul(behind));
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::line_hashes;

    #[test]
    fn the_values_are_those_of_github() {
        assert_eq!(line_hashes(""), ["c129715d7a2bc9a3:1"]);
        assert_eq!(
            line_hashes(" a\nb\n  \t\tc\n d"),
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
        );
        assert_eq!(line_hashes("a\nb\n").get(..2).unwrap(), ["81b8d8db678b2bbe:1", "ade70578248be16f:1"]);
        assert_eq!(line_hashes("hello world"), ["592ac00775b14847:1"]);
    }

    #[test]
    fn line_ends_do_not_matter_and_equal_lines_are_counted() {
        assert_eq!(line_hashes("a\r\nb\r\n"), line_hashes("a\nb\n"));
        let long = "x".repeat(120);
        let hashes = line_hashes(&format!("{long}\n{long}\n"));
        assert!(hashes[0].ends_with(":1") && hashes[1].ends_with(":2"), "{hashes:?}");
    }
}
