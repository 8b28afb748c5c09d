//! Block texts, moved to where they stand. Their value stays: lines are moved together, never against each other.

/// Writes a block text of several lines, quotes included, below a line that is indented by `indent`; how far the lines
/// of the text are indented now.
pub(super) fn indent(text: &str, indent: usize, out: &mut String) -> usize {
    let lines: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let [first, middle @ .., last] = lines.as_slice() else {
        out.push_str(text);
        return indent;
    };
    let closes_alone = last.trim_start() == QUOTES;
    let filled = || middle.iter().copied().filter(|line| !line.trim().is_empty());
    let shared = filled().chain([*last]).map(blanks).reduce(common_start).map_or(0, str::len);

    // Quotes that stand left of all the text stay below the start of the line that opens it.
    let is_hung = closes_alone && filled().next().is_some() && filled().all(|line| blanks(line).len() > shared);
    let indent = if is_hung { indent } else { indent + 2 };

    let is_first_blank = first.strip_prefix(QUOTES).is_some_and(|line| line.trim().is_empty());
    out.push_str(if is_first_blank { QUOTES } else { first });
    for line in middle {
        let line = if line.trim().is_empty() { "" } else { without(line, shared) };
        start_line(line, indent, out);
    }
    start_line(if closes_alone { QUOTES } else { without(last, shared) }, indent, out);
    indent
}

const QUOTES: &str = "\"\"\"";

fn start_line(line: &str, indent: usize, out: &mut String) {
    out.push('\n');
    if !line.is_empty() {
        out.extend(std::iter::repeat_n(' ', indent));
        out.push_str(line);
    }
}

fn without(line: &str, blanks: usize) -> &str {
    line.get(blanks..).unwrap_or(line)
}

/// The blanks a line starts with.
fn blanks(line: &str) -> &str {
    let text = line.trim_start_matches([' ', '\t']);
    line.get(..line.len() - text.len()).unwrap_or_default()
}

fn common_start<'a>(left: &'a str, right: &str) -> &'a str {
    let same = left.bytes().zip(right.bytes()).take_while(|(left, right)| left == right).count();
    left.get(..same).unwrap_or_default()
}
