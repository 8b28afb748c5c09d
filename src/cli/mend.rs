//! `--fix` and `--diff` of `stopline check`: which files may be changed, and how they are written.

use std::collections::HashSet;
use std::path::Path;

use super::arguments::Check;
use super::baseline::Listed;
use super::disk::read_text;
use super::files::{Loaded, STANDARD_INPUT};
use super::output::{Executable, error, file_of, hand_out, options, print, say, write_whole};
use super::status::{Failure, Status};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::report;
use crate::session::diagnostics::NOT_MENDED;
use crate::session::fix::{Mended, NothingLetBe, Rewritten, Wish, mend};
use crate::session::{FailOn, Request};
use crate::source::{Place, SourceMap, Span};

/// Where the fixed text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// Each file in its place.
    Files,
    /// Standard input is the only one: to standard output, and what is said about it to standard error.
    StandardOutput,
}

/// What was asked for; none where nothing is to be mended.
pub(super) fn asked(arguments: &Check) -> Result<Option<Target>, Failure> {
    if !arguments.fixing.fix && !arguments.fixing.diff {
        return Ok(None);
    }
    let from_input = |path: &std::path::PathBuf| path.as_os_str() == STANDARD_INPUT;
    match arguments.paths.as_slice() {
        [only] if from_input(only) => Ok(Some(Target::StandardOutput)),
        paths if paths.iter().any(from_input) => {
            Err(Failure::new("standard input is mended alone").help("name either files or `-`"))
        }
        _ => Ok(Some(Target::Files)),
    }
}

/// Mends what the arguments ask for, in memory.
pub(super) fn run(
    arguments: &Check,
    request: &Request<'_>,
    sources: &SourceMap,
    loaded: &Loaded,
    listed: Option<&Listed>,
) -> Mended {
    let inputs = loaded.inputs.iter().map(|input| sources.path(input.file).to_owned());
    let paths: HashSet<String> = inputs.chain(loaded.others.paths.iter().cloned()).collect();
    let applicability = if arguments.fixing.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    let wish = match listed {
        Some(listed) => Wish { applicability, paths: &paths, let_be: listed },
        None => Wish { applicability, paths: &paths, let_be: &NothingLetBe },
    };
    let mended = mend(request, sources, &wish);
    for taken_back in &mended.taken_back {
        say(&format!("the fix of {} in {} is not made: {}", taken_back.rule, taken_back.path, taken_back.reason));
    }
    if mended.endless {
        say("the fixes go on making each other necessary; the last ones are not made");
    }
    mended
}

/// What would change, as a patch; 1 if anything would.
pub(super) fn show(arguments: &Check, mended: &Mended) -> Result<Status, Failure> {
    let output = arguments.output.as_deref();
    let options = options(arguments.showing.color, FailOn::Error, file_of(output).is_some());
    let changes = mended.rewritten.iter().map(|file| report::Change {
        path: &file.path,
        before: &file.before,
        after: &file.after,
    });
    let patch = report::patch(changes, options.color);
    hand_out(output, &patch, Executable::No)?;
    if mended.rewritten.is_empty() {
        say("no fix would change anything; whether it may go is what `stopline check` says");
        return Ok(Status::Go);
    }
    say(&format!("would fix {}", counted(&mended.rewritten)));
    Ok(Status::Stop)
}

/// Writes each file whole or not at all. Where one could not be written, what was found in it is found still, and that it
/// is not mended is a finding too.
pub(super) fn write(
    target: Target,
    mended: Mended,
    request: &Request<'_>,
    sources: &SourceMap,
    loaded: &Loaded,
) -> Result<(Mended, Vec<Diagnostic>), Failure> {
    if target == Target::StandardOutput {
        print(&standard_output(&mended, sources, loaded))?;
        return Ok((mended, Vec::new()));
    }
    let (mut written, mut left) = (Vec::new(), Vec::new());
    for file in &mended.rewritten {
        match write_one(file) {
            Ok(()) => {
                say(&format!("fixed {} in {}", file.fixed, file.path));
                written.push(file.path.clone());
            }
            Err(failure) => {
                error(&failure.message, failure.help.as_deref());
                left.push((file.path.clone(), failure));
            }
        }
    }
    if left.is_empty() {
        return Ok((mended, Vec::new()));
    }
    let written = written.iter().map(String::as_str).collect();
    let mut mended = mended.only_in(&written, request, sources);
    let left = left.into_iter().map(|(path, failure)| not_mended(&path, failure, &mut mended.sources)).collect();
    Ok((mended, left))
}

fn not_mended(path: &str, failure: Failure, sources: &mut SourceMap) -> Diagnostic {
    let file = sources.at(path).unwrap_or_else(|| sources.add(path, ""));
    Diagnostic::new(&NOT_MENDED, Place::new(file, Span::default()), failure.message).maybe_help(failure.help)
}

fn write_one(file: &Rewritten) -> Result<(), Failure> {
    let path = Path::new(&file.path);
    let now = read_text(path).map_err(|problem| Failure::new(format!("`{}` cannot be read: {problem}", file.path)))?;
    // Another name of it may have been written already.
    if *now == *file.after {
        return Ok(());
    }
    if *now != *file.before {
        return Err(Failure::new(format!("`{}` has changed since it was read, and is left as it is", file.path))
            .help("run it again"));
    }
    write_whole(path, &file.after, Executable::No)
}

/// What came in, mended.
fn standard_output(mended: &Mended, sources: &SourceMap, loaded: &Loaded) -> String {
    if let Some(file) = mended.rewritten.first() {
        return file.after.to_string();
    }
    let input = loaded.inputs.first().map(|input| input.file);
    let other = || loaded.others.named.first().and_then(|name| sources.at(name));
    input.or_else(other).map_or_else(String::new, |file| sources.text(file).to_owned())
}

/// `3 in 2 files`.
fn counted(rewritten: &[Rewritten]) -> String {
    let fixed: usize = rewritten.iter().map(|file| file.fixed).sum();
    let files = if rewritten.len() == 1 { "1 file".to_owned() } else { format!("{} files", rewritten.len()) };
    format!("{fixed} in {files}")
}
