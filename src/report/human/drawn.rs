//! The drawing under a headline: the lines of source, the marks, the help.

use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles};

use super::snippet::{CONTEXT, Mark, Snippet};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{Color, Drawing, Options, printable};
use crate::source::{FileId, SourceMap};

/// One file's lines; the last one also carries the help.
#[derive(Debug)]
struct Drawn {
    snippet: Option<Snippet>,
    help: Option<String>,
}

pub(super) fn source_and_help(finding: &Diagnostic, sources: &SourceMap, options: &Options) -> String {
    let mut parts: Vec<Drawn> = marks_by_file(finding)
        .into_iter()
        .filter_map(|(file, marks)| {
            sources.get(file).map(|file| Snippet::new(file, &marks, options.width, options.drawing))
        })
        .map(|snippet| Drawn { snippet: Some(snippet), help: None })
        .collect();
    if let Some(help) = &finding.help {
        let help = Some(printable::lines(help).into_owned());
        match parts.last_mut() {
            Some(last) => last.help = help,
            None => parts.push(Drawn { snippet: None, help }),
        }
    }
    parts.iter().map(|part| draw(part, finding.severity, options)).collect()
}

/// The finding's own file first, then the others in the order they are spoken of.
fn marks_by_file(finding: &Diagnostic) -> Vec<(FileId, Vec<Mark>)> {
    let shown = |text: &String| printable::line(text).into_owned();
    let own = finding.place.map(|place| (place, finding.label.as_ref().map(shown), true));
    let related = finding.related.iter().map(|label| (label.place, Some(shown(&label.text)), false));
    let mut files: Vec<(FileId, Vec<Mark>)> = Vec::new();
    for (place, text, primary) in own.into_iter().chain(related) {
        let mark = Mark { span: place.span, text, primary };
        match files.iter_mut().find(|(file, _)| *file == place.file) {
            Some((_, marks)) => marks.push(mark),
            None => files.push((place.file, vec![mark])),
        }
    }
    files
}

fn draw(part: &Drawn, severity: Severity, options: &Options) -> String {
    let handler = GraphicalReportHandler::new_themed(theme(part, severity, options))
        .with_width(options.width.max(20))
        .with_context_lines(CONTEXT)
        .without_syntax_highlighting()
        .without_cause_chain()
        .with_urls(false);
    let mut out = String::new();
    if handler.render_report(&mut out, part).is_err() {
        return String::new();
    }
    // The first line is the handler's own headline, which is empty here: ours stands above.
    out.lines().skip(1).flat_map(|line| [line.trim_end(), "\n"]).collect()
}

fn theme(part: &Drawn, severity: Severity, options: &Options) -> GraphicalTheme {
    let characters = match options.drawing {
        Drawing::Unicode => ThemeCharacters { underline: '━', underbar: '┯', ..ThemeCharacters::unicode() },
        Drawing::Ascii => ThemeCharacters { underbar: '^', ..ThemeCharacters::ascii() },
    };
    let styles = match options.color {
        Color::Off => ThemeStyles::none(),
        Color::On => {
            let ansi = ThemeStyles::ansi();
            let own = match severity {
                Severity::Error => ansi.error,
                Severity::Warning => ansi.warning,
                Severity::Note => ansi.advice,
            };
            let primary = part.snippet.iter().flat_map(Snippet::primary);
            let highlights: Vec<_> = primary.map(|primary| if primary { own } else { ansi.advice }).collect();
            let highlights = if highlights.is_empty() { vec![own] } else { highlights };
            ThemeStyles { link: ansi.advice, highlights, ..ansi }
        }
    };
    GraphicalTheme { characters, styles }
}

impl fmt::Display for Drawn {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawn {}

impl miette::Diagnostic for Drawn {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|snippet| snippet as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.snippet.as_ref().map(|snippet| Box::new(snippet.labels()) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}
