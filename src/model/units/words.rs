//! Lengths of time as people say them.

/// `4 min 12 s`
pub fn in_words(seconds: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")];
    let mut rest = seconds;
    let parts = UNITS.iter().filter_map(|(length, name)| {
        let count = rest / length;
        rest %= length;
        (count > 0).then(|| format!("{count} {name}"))
    });
    let text = parts.collect::<Vec<_>>().join(" ");
    if text.is_empty() { "0 s".to_owned() } else { text }
}
