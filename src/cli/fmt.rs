//! `stopline fmt`.

#![expect(clippy::disallowed_methods, reason = "the command line is where files are looked for")]

use std::path::Path;

use super::arguments::Fmt;
use super::config::{self, Found};
use super::files::load;
use super::output::{Executable, options, print, say, write_whole};
use super::status::{Failure, Status};
use crate::diagnostic::Diagnostic;
use crate::format::{FormatError, format};
use crate::report;
use crate::session::{FailOn, Language, Report};
use crate::source::{FileId, SourceMap};
use crate::syntax::parse;

/// What became of one file.
enum Laid {
    AsItWas,
    Anew(String),
    Refused(Vec<Diagnostic>),
    Broken(Failure),
}

pub(super) fn run(arguments: &Fmt) -> Result<Status, Failure> {
    let mut sources = SourceMap::default();
    let settled = settled(arguments, &mut sources);
    let loaded = load(&arguments.paths, &arguments.stdin_name, is_native, &settled, &mut sources)?;
    let from_stdin = arguments.paths.iter().any(|path| path.as_os_str() == "-");
    if from_stdin && arguments.paths.len() > 1 {
        return Err(Failure::new("standard input is laid out alone").help("name either files or `-`"));
    }
    if loaded.inputs.is_empty() && loaded.unreadable.is_empty() {
        return Err(Failure::new("there is no `.plan` and no `.policy` to lay out"));
    }
    let (mut refused, mut would_change) = (settled.findings, false);
    refused.extend(loaded.unreadable);
    for input in &loaded.inputs {
        if input.language != Language::Stopline {
            return Err(Failure::new(format!("`{}` is not written in Stopline's language", sources.path(input.file)))
                .help("use a formatter for YAML or JSON"));
        }
        match lay_out(input.file, &sources) {
            Laid::AsItWas if from_stdin && !arguments.check => print(sources.text(input.file))?,
            Laid::AsItWas => {}
            Laid::Refused(findings) => refused.extend(findings),
            Laid::Broken(failure) => return Err(failure),
            Laid::Anew(text) if from_stdin && !arguments.check => print(&text)?,
            Laid::Anew(text) => {
                would_change = true;
                let path = sources.path(input.file);
                if arguments.check {
                    print(&format!("{path}\n"))?;
                } else {
                    write_whole(Path::new(path), &text, Executable::No)?;
                    say(&format!("laid out {path}"));
                }
            }
        }
    }
    if !refused.is_empty() {
        let report = Report::new(refused, &sources, loaded.inputs.len(), 1);
        let options = options(arguments.color, FailOn::Error, false);
        say(report::render(report::Format::Human, &report, &sources, &options).trim_end());
        return Ok(Status::Undecided);
    }
    Ok(if arguments.check && would_change { Status::Stop } else { Status::Go })
}

/// What the repository leaves out, where a folder is walked: of a file that is named, settings say nothing.
fn settled(arguments: &Fmt, sources: &mut SourceMap) -> Found {
    let is_walked = arguments.paths.is_empty() || arguments.paths.iter().any(|path| path.is_dir());
    if is_walked { config::find(&arguments.settings, sources) } else { Found::default() }
}

fn is_native(name: &str) -> bool {
    Language::of(name) == Some(Language::Stopline)
}

fn lay_out(file: FileId, sources: &SourceMap) -> Laid {
    let text = sources.text(file);
    match format(text, &parse(file, text)) {
        Ok(laid) if laid == text => Laid::AsItWas,
        Ok(laid) => Laid::Anew(laid),
        Err(FormatError::Unparsable(findings)) => Laid::Refused(findings),
        Err(internal @ FormatError::Internal(_)) => {
            let path = sources.path(file);
            Laid::Broken(Failure::new(format!("`{path}`: {internal}")))
        }
    }
}
