//! `stopline import`.

use super::arguments::{Form, Import};
use super::disk::{read_standard_input, read_text, shown, stays_in};
use super::output::{Executable, hand_out, say};
use super::overwriting::refuse;
use super::status::{Failure, Status};
use crate::diagnostic::Diagnostic;
use crate::format::FormatError;
use crate::import::{self, ImportError, Imported, Templates};
use crate::session::Pack;
use crate::source::SourceMap;

/// How many lines a message lists.
const LISTED: usize = 12;

pub(super) fn run(arguments: &Import) -> Result<Status, Failure> {
    let from_stdin = arguments.file.as_os_str() == "-";
    let path = if from_stdin { arguments.stdin_name.clone() } else { shown(&arguments.file) };
    if !is_markdown(&path) {
        return Err(Failure::new(format!("`{path}` is not Markdown")).help("name a file that ends in `.md`"));
    }
    if !from_stdin {
        refuse(arguments.output.as_deref(), [arguments.file.as_path()])?;
    }
    let text = if from_stdin {
        read_standard_input()
    } else {
        stays_in(&arguments.file).and_then(|()| read_text(&arguments.file))
    };
    let text = text.map_err(|problem| Failure::new(format!("`{path}` cannot be read: {problem}")))?;
    if text.trim().is_empty() {
        return Err(Failure::new(format!("`{path}` says nothing")));
    }
    let mut sources = SourceMap::default();
    let file = sources.add(path.as_str(), text);
    let packs: Vec<&str> = Pack::all().iter().map(|pack| pack.name).collect();
    let request = import::Import {
        file,
        path: &path,
        text: sources.text(file),
        form: arguments.to.map(form),
        templates: if arguments.fenced { Templates::Taken } else { Templates::LeftOut },
        taken: &packs,
    };
    let imported = import::import(&request).map_err(|problem| refused(&path, &problem))?;
    hand_out(arguments.output.as_deref(), &imported.text, Executable::No)?;
    say_what_came(&path, &imported);
    for finding in &imported.diagnostics {
        say(&shown_finding(finding, &sources));
    }
    // What was not understood is missing from the result.
    let whole = imported.diagnostics.iter().all(|finding| !finding.undecided);
    Ok(if whole { Status::Go } else { Status::Undecided })
}

fn shown_finding(finding: &Diagnostic, sources: &SourceMap) -> String {
    let place = finding.place.map(|place| {
        let line = sources.line_column(place.file, place.span.start).line;
        format!("{}:{line}: ", sources.path(place.file))
    });
    let help = finding.help.as_ref().map(|help| format!("\n  help: {help}")).unwrap_or_default();
    format!("{}: {}{}{help}", finding.severity, place.unwrap_or_default(), finding.message)
}

fn is_markdown(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".md", ".markdown", ".mdown", ".txt"].iter().any(|ending| path.ends_with(ending))
}

const fn form(form: Form) -> import::Form {
    match form {
        Form::Plan => import::Form::Plan,
        Form::Policy => import::Form::Policy,
    }
}

fn say_what_came(path: &str, imported: &Imported) {
    let form = match imported.form {
        import::Form::Plan => "a plan",
        import::Form::Policy => "a policy",
    };
    let boxes = match imported.items {
        1 => "1 box".to_owned(),
        count => format!("{count} boxes"),
    };
    say(&format!("`{path}` became {form} with {boxes}, {} ticked", imported.ticked));
    if let Some(renamed) = &imported.renamed {
        say(&format!("note: `{}` is a shipped pack, so the policy is called `{}`", renamed.from, renamed.to));
        say("  help: any other name will do: it stands behind `policy`, and before the `/` of what is found");
    }
    if imported.left_out.is_empty() {
        return;
    }
    let what = match imported.left_out.len() {
        1 => "1 box in a block of code was".to_owned(),
        count => format!("{count} boxes in blocks of code were"),
    };
    say(&format!("note: {what} left out: {path}, line {}", listed(&imported.left_out)));
    say("  help: such boxes are templates; `--fenced` takes them, too");
}

/// The numbers of some lines.
fn listed(lines: &[usize]) -> String {
    let mut listed: Vec<String> = lines.iter().take(LISTED).map(usize::to_string).collect();
    if lines.len() > LISTED {
        listed.push("…".to_owned());
    }
    listed.join(", ")
}

fn refused(path: &str, problem: &ImportError) -> Failure {
    match problem {
        ImportError::Nothing { left_out } => nothing(path, left_out),
        ImportError::Internal(problem) => internal(path, problem),
    }
}

fn nothing(path: &str, left_out: &[usize]) -> Failure {
    let failure =
        Failure::new(format!("there is nothing to import in `{path}`: it has no box to tick, and says no plan"));
    match left_out {
        [] => failure.help("write what is to be done in lines such as `- [ ] Backed up`"),
        lines => {
            failure.help(format!("its boxes stand in blocks of code, in line {}: `--fenced` takes them", listed(lines)))
        }
    }
}

/// What import writes is read again before anybody sees it; a mistake in it is one of the program.
fn internal(path: &str, problem: &FormatError) -> Failure {
    let problem = match problem {
        FormatError::Unparsable(findings) => findings.first().map(|first| first.message.clone()).unwrap_or_default(),
        FormatError::Internal(_) => problem.to_string(),
    };
    Failure::new(format!("`{path}` could not be imported: what was written of it cannot be read ({problem})"))
        .help("this is a mistake of stopline; please report it with the file")
}
