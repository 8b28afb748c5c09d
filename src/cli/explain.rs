//! `stopline explain`.

use std::fmt::Write as _;

use super::arguments::Explain;
use super::files::load_policies;
use super::output::print;
use super::status::{Failure, Status};
use crate::diagnostic::did_you_mean;
use crate::session::{Explained, explainable};
use crate::source::SourceMap;

pub(super) fn run(arguments: &Explain) -> Result<Status, Failure> {
    let mut sources = SourceMap::default();
    let inputs = if arguments.policies.is_empty() {
        Vec::new()
    } else {
        load_policies(&arguments.policies, &mut sources)?.inputs
    };
    let all = explainable(&inputs, &super::disk::Disk, &mut sources);
    let Some(wanted) = &arguments.rule else {
        print(&list(&all))?;
        return Ok(Status::Go);
    };
    let Some(found) = all.iter().find(|explained| explained.id == *wanted) else {
        let help = did_you_mean(wanted, all.iter().map(|explained| explained.id.as_str())).map_or_else(
            || "`stopline explain --list` shows all of them".to_owned(),
            |meant| format!("did you mean `{meant}`?"),
        );
        return Err(Failure::new(format!("there is no rule and no diagnostic `{wanted}`")).help(help));
    };
    print(&page(found))?;
    Ok(Status::Go)
}

fn list(all: &[Explained]) -> String {
    let width = all.iter().map(|explained| explained.id.len()).max().unwrap_or_default();
    all.iter().fold(String::new(), |mut text, explained| {
        let _ = writeln!(text, "{:width$}  {:7}  {}", explained.id, explained.severity, explained.summary);
        text
    })
}

fn page(explained: &Explained) -> String {
    let mut text = format!("# {}\n\n{} ({})\n\n", explained.id, explained.summary, explained.severity);
    if !explained.controls.is_empty() {
        let _ = writeln!(text, "Controls: {}\n", explained.controls.join(", "));
    }
    let _ = writeln!(text, "{}", explained.doc.trim());
    text
}
