//! What stands over commands as a heading would and is none: a line of its own in bold, a few words without a full stop, a
//! summary in HTML. It tells people that what follows is something else than the section it stands in.

use super::back::names_a_way_back;
use super::hedge::{Hedge, HedgeKind, hedge, hedge_of_the_way_back};
use super::said::{Line, Said, words_of};
use super::words::{Topic, explains, plain, step_attribute, topic};
use crate::document::markdown::{Block as Part, BlockKind, RunKind};
use crate::source::Span;

/// How many words a line has at most that is taken for a heading though it is not in bold.
const MOST_WORDS: usize = 5;

/// A paragraph of one line that is all in bold, or short and no sentence.
pub(super) fn like_heading(part: &Part) -> Option<(Span, String)> {
    let mut lines = part.inline.lines();
    let (line, None) = (lines.next()?, lines.next()) else { return None };
    if part.kind != BlockKind::Paragraph || line.iter().any(|run| run.kind == RunKind::Code) {
        return None;
    }
    let said = Said::of(line)?;
    let label = Line::of(line).and_then(|line| line.label);
    if label.is_some_and(|label| step_attribute(&label.text).is_some()) {
        return None;
    }
    let is_strong = line.iter().all(|run| run.strong || run.text.trim().is_empty());
    let is_short =
        said.text.split_whitespace().count() <= MOST_WORDS && !said.text.ends_with(['.', '!', '?', ',', ';']);
    (is_strong || is_short).then(|| (said.span, words_of(line)))
}

/// Why what stands below such a line in a section is not simply run.
pub(super) fn hedge_of_heading(words: &str, section: Topic) -> Option<Hedge> {
    let is_forth = matches!(section, Topic::Phase(_));
    let forth = || {
        let named = plain(words);
        let is_way_back = topic(words) == Topic::Rollback || names_a_way_back(&named);
        let back = hedge_of_the_way_back(words).or_else(|| is_way_back.then(|| HedgeKind::Back.by("rollback")));
        back.or_else(|| explains(words).map(|words| HedgeKind::Purpose.by(words)))
    };
    hedge(words).or_else(|| forth().filter(|_| is_forth))
}

/// What HTML says to whoever reads it: its text, without tags and comments.
pub(super) fn text_of_html(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let end = if behind.starts_with("!--") { "-->" } else { ">" };
        rest = behind.split_once(end).map_or("", |(_, behind)| behind);
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_says_what_stands_between_its_tags() {
        assert_eq!(text_of_html("<details>\n<summary>If it <b>fails</b></summary>\n"), "If it fails");
        assert_eq!(text_of_html("<!-- a > b -->\n<br>"), "");
        assert_eq!(text_of_html("a < b"), "a");
    }
}
