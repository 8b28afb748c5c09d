//! The timeline as a picture. Lengths are shares of the width, so that it fits a phone, a screen and paper, and letters
//! keep their size.

use std::fmt::Write as _;

use super::escape::escape;
use crate::emit::people::{Bar, Kind, Timeline};

/// Of one row, in pixels, and of the clock above them.
const ROW: u64 = 38;
const HEAD: u64 = 26;

pub(super) fn timeline(drawn: &Timeline) -> String {
    let rows = u64::try_from(drawn.bars.len()).unwrap_or_default();
    let height = HEAD + rows * ROW + 4;
    let mut svg = format!(
        "<svg class=\"timeline\" role=\"img\" aria-labelledby=\"timeline-title timeline-desc\" width=\"100%\" height=\"{height}\">\n\
         <title id=\"timeline-title\">Timeline of the run at worst</title>\n\
         <desc id=\"timeline-desc\">{}</desc>\n\
         <defs><pattern id=\"hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <rect class=\"hatched\" width=\"3\" height=\"7\"></rect></pattern></defs>\n",
        escape(&drawn.summary)
    );
    for (at, says) in &drawn.ticks {
        let x = share(*at, drawn.length);
        let (anchor, shift) = if *at == 0 {
            ("start", 0)
        } else if drawn.length - at < drawn.length / 12 {
            ("end", -3)
        } else {
            ("start", 4)
        };
        _ = writeln!(
            svg,
            "<line class=\"tick\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{height}\"></line>\
             <text class=\"clock\" x=\"{x}\" dx=\"{shift}\" y=\"13\" text-anchor=\"{anchor}\">{}</text>",
            escape(says)
        );
    }
    for (index, bar) in (0..).zip(&drawn.bars) {
        row(&mut svg, bar, HEAD + index * ROW, drawn.length);
    }
    svg.push_str("</svg>\n");
    svg
}

fn row(svg: &mut String, bar: &Bar, top: u64, length: u64) {
    let (class, y) = (class(bar.kind), top + 19);
    let x = share(bar.from, length);
    _ = writeln!(
        svg,
        "<g class=\"bar {class}\"><title>{title}: {lasts}</title>\
         <text class=\"name\" x=\"0\" y=\"{base}\">{short}<tspan class=\"lasts\" dx=\"8\">{lasts}</tspan></text>",
        title = escape(&bar.title),
        lasts = escape(&bar.lasts),
        base = top + 13,
        short = escape(&shortened(&bar.title)),
    );
    let width = share(bar.until.saturating_sub(bar.from), length);
    match bar.kind {
        Kind::Hold => {
            _ = write!(
                svg,
                "<line class=\"gate\" x1=\"{x}\" x2=\"{x}\" y1=\"{top}\" y2=\"{end}\"></line>\
                 <svg x=\"{x}\" y=\"{y}\" width=\"14\" height=\"14\" overflow=\"visible\"><path d=\"M0 6 L6 0 L12 6 L6 12 Z\"></path></svg>",
                top = top + 18,
                end = top + ROW,
            );
        }
        Kind::Flag => {
            _ = write!(svg, "<rect x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"4\" rx=\"2\"></rect>", y + 4);
        }
        Kind::Step | Kind::Change | Kind::Look | Kind::Back | Kind::Room => {
            _ = write!(svg, "<rect class=\"least\" x=\"{x}\" y=\"{y}\" width=\"4\" height=\"12\" rx=\"2\"></rect>");
            _ = write!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"12\" rx=\"2\"></rect>");
        }
    }
    let parts = u64::try_from(bar.parts.len()).unwrap_or_default();
    for part in (1..parts).take(40) {
        let x = share(bar.from + (bar.until - bar.from) * part / parts, length);
        _ = write!(svg, "<line class=\"part\" x1=\"{x}\" x2=\"{x}\" y1=\"{y}\" y2=\"{}\"></line>", y + 12);
    }
    svg.push_str("</g>\n");
}

const fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Step => "step",
        Kind::Change => "change",
        Kind::Hold => "hold",
        Kind::Look => "look",
        Kind::Flag => "flag",
        Kind::Back => "back",
        Kind::Room => "room",
    }
}

/// `12.34%`, without a float: the same on every machine.
fn share(part: u64, whole: u64) -> String {
    let hundredths = part.saturating_mul(10_000) / whole.max(1);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// As much of a title as fits above its bar on a phone.
fn shortened(title: &str) -> String {
    const LONGEST: usize = 30;
    let title: String = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.chars().count() <= LONGEST {
        return title;
    }
    title.chars().take(LONGEST - 1).chain(['…']).collect()
}
