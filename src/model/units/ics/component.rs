//! Components: what stands between `BEGIN:X` and `END:X`, each with its lines and the components inside it.

use super::IcsError;
use super::lines::Line;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Component {
    /// In capitals: `VEVENT`.
    pub(super) kind: String,
    /// The line that opened it.
    pub(super) begin: Line,
    pub(super) lines: Vec<Line>,
    pub(super) inner: Vec<Self>,
}

/// Deeper than any program nests them.
const DEEPEST: usize = 8;

/// What stands in a calendar and in nothing else: deeper down nobody would look for it. A calendar stands in nothing.
const AT_THE_TOP: &[&str] = &["VCALENDAR", "VEVENT", "VTIMEZONE", "VTODO", "VJOURNAL", "VFREEBUSY"];

impl Component {
    /// The line of a name that must not come twice.
    pub(super) fn only(&self, name: &str) -> Result<Option<&Line>, IcsError> {
        let mut found = self.lines.iter().filter(|line| line.name == name);
        let first = found.next();
        match found.next() {
            Some(second) => Err(IcsError::at(second, format!("`{name}` comes twice in one `{}`", self.kind))),
            None => Ok(first),
        }
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| line.name == name)
    }

    pub(super) fn inner<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Self> {
        self.inner.iter().filter(move |component| component.kind == kind)
    }
}

/// The calendars of a text.
pub(super) fn read(lines: Vec<Line>) -> Result<Vec<Component>, IcsError> {
    let mut done = Vec::new();
    let mut open: Vec<Component> = Vec::new();
    for line in lines {
        match line.name.as_str() {
            "BEGIN" => {
                let kind = line.value.trim().to_ascii_uppercase();
                if open.is_empty() && kind != "VCALENDAR" {
                    return Err(not_a_calendar(&line));
                }
                if let Some(outer) = open.last().filter(|outer| outer.kind != "VCALENDAR" || kind == "VCALENDAR")
                    && AT_THE_TOP.contains(&kind.as_str())
                {
                    return Err(misplaced(&line, &kind, outer));
                }
                if open.len() == DEEPEST {
                    return Err(IcsError::at(&line, format!("more than {DEEPEST} components are nested here")));
                }
                open.push(Component { kind, begin: line, lines: Vec::new(), inner: Vec::new() });
            }
            "END" => close(&line, &mut open, &mut done)?,
            _ => open.last_mut().ok_or_else(|| not_a_calendar(&line))?.lines.push(line),
        }
    }
    match open.last() {
        Some(unclosed) => Err(IcsError::at(&unclosed.begin, format!("`{}` is not closed", unclosed.kind))
            .help(format!("the file ends before `END:{}`: it may have been cut off", unclosed.kind))),
        None => Ok(done),
    }
}

fn close(line: &Line, open: &mut Vec<Component>, done: &mut Vec<Component>) -> Result<(), IcsError> {
    let kind = line.value.trim();
    let component = open.pop().ok_or_else(|| not_a_calendar(line))?;
    if !component.kind.eq_ignore_ascii_case(kind) {
        return Err(IcsError::at(line, format!("`END:{kind}` closes no component: `{}` is open", component.kind)));
    }
    match open.last_mut() {
        Some(outer) => outer.inner.push(component),
        None => done.push(component),
    }
    Ok(())
}

fn misplaced(line: &Line, kind: &str, outer: &Component) -> IcsError {
    let help = if kind == "VCALENDAR" {
        "close the calendar before the next begins".to_owned()
    } else {
        format!("close `{}` before it: `{kind}` stands in `VCALENDAR` itself", outer.kind)
    };
    IcsError::at(line, format!("`{kind}` stands inside `{}`, where nobody looks for it", outer.kind)).help(help)
}

fn not_a_calendar(line: &Line) -> IcsError {
    IcsError::at(line, "this line stands outside of any `VCALENDAR`")
        .help("an iCalendar file starts with `BEGIN:VCALENDAR`")
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    fn error(text: &str) -> (String, &str) {
        let error = lines::read(text).and_then(read).unwrap_err();
        (error.to_string(), error.span.text(text))
    }

    #[test]
    fn components_are_nested_as_written() {
        let text = "begin:vcalendar\nX-A:1\nBEGIN:VEVENT\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n";
        let calendars = read(lines::read(text).unwrap()).unwrap();
        assert_eq!(calendars[0].inner("VEVENT").next().unwrap().inner[0].kind, "VALARM");
        assert_eq!(calendars[0].only("X-A").unwrap().unwrap().value, "1");
    }

    #[test]
    fn what_does_not_close_is_an_error() {
        assert_eq!(error("BEGIN:VCALENDAR\nBEGIN:VEVENT\n"), ("`VEVENT` is not closed".to_owned(), "BEGIN:VEVENT"));
        assert_eq!(
            error("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n"),
            ("`END:VCALENDAR` closes no component: `VEVENT` is open".to_owned(), "END:VCALENDAR")
        );
        for outside in ["X:1", "BEGIN:VEVENT", "END:VCALENDAR"] {
            assert_eq!(error(outside), ("this line stands outside of any `VCALENDAR`".to_owned(), outside));
        }
        let deep = format!("BEGIN:VCALENDAR\n{}", "BEGIN:X-A\n".repeat(100_000));
        assert!(error(&deep).0.starts_with("more than 8"));
    }

    #[test]
    fn what_nobody_would_look_for_is_an_error() {
        for (outer, inner) in [
            ("VTODO", "VEVENT"),
            ("VEVENT", "VEVENT"),
            ("X-BOX", "VEVENT"),
            ("VEVENT", "VTIMEZONE"),
            ("VEVENT", "VCALENDAR"),
        ] {
            let text = format!("BEGIN:VCALENDAR\nBEGIN:{outer}\nBEGIN:{inner}\n");
            let (message, _) = error(&text);
            assert_eq!(message, format!("`{inner}` stands inside `{outer}`, where nobody looks for it"));
        }
        let two = "BEGIN:VCALENDAR\nBEGIN:VCALENDAR\n";
        assert_eq!(error(two).0, "`VCALENDAR` stands inside `VCALENDAR`, where nobody looks for it");
    }
}
