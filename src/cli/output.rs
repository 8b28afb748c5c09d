//! Standard output carries the result alone; everything else goes to standard error. A broken pipe is no error.

use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::arguments::ColorChoice;
use super::status::Failure;
use crate::report::{BOOK, Color, Options};
use crate::session::FailOn;

/// Prints the result.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut output = std::io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        // A reader that went away has seen what it wanted.
        Err(problem) if problem.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output cannot be written: {problem}")))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Says something beside the result.
pub(super) fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Says why a command could not do what it was asked.
pub(super) fn error(message: &str, help: Option<&str>) {
    say(&format!("error: {message}"));
    if let Some(help) = help {
        say(&format!("  help: {help}"));
    }
}

/// Hands the result out: into the file that `--output` names, and on standard output without one.
pub(super) fn hand_out(output: Option<&Path>, text: &str, executable: Executable) -> Result<(), Failure> {
    match file_of(output) {
        Some(path) => write_whole(path, text, executable),
        None => print(text),
    }
}

/// The file that `--output` names, if it names one: `-` is standard output, as it is standard input where a file is read.
pub(super) fn file_of(output: Option<&Path>) -> Option<&Path> {
    output.filter(|path| path.as_os_str() != "-")
}

/// Writes a file whole or not at all: beside it first, then in its place. A link stays one: what it leads to is written.
#[expect(clippy::disallowed_methods, reason = "the command line is where files are written")]
pub(super) fn write_whole(path: &Path, text: &str, executable: Executable) -> Result<(), Failure> {
    let failed =
        |problem: &dyn std::fmt::Display| Failure::new(format!("`{}` cannot be written: {problem}", path.display()));
    if path.as_os_str() == "-" {
        return Err(failed(&"`-` names no file").help("name a file; one that is called `-` is `./-`"));
    }
    let path = &place_of(path).map_err(|problem| failed(&problem))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(failed(&format!("there is no folder `{}`", folder.display())));
    }
    let mut file =
        tempfile::Builder::new().prefix(".stopline-").tempfile_in(folder).map_err(|problem| failed(&problem.kind()))?;
    // The whole problem would name the file beside it, which is called otherwise each time.
    file.write_all(text.as_bytes())
        .and_then(|()| file.as_file().sync_all())
        .map_err(|problem| failed(&problem.kind()))?;
    set_mode(path, &file, executable).map_err(|problem| failed(&problem))?;
    file.persist(path).map_err(|problem| failed(&problem.error))?;
    Ok(())
}

/// Where a file really stands. What is there and is no file, a device above all, must not be replaced by one.
#[expect(clippy::disallowed_methods, reason = "the command line is where files are written")]
fn place_of(path: &Path) -> Result<PathBuf, String> {
    if !path.exists() {
        return if path.is_symlink() { Err("it is a link to nothing".to_owned()) } else { Ok(path.to_owned()) };
    }
    if path.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if !path.is_file() {
        return Err("it is no file; without `--output`, the result goes to standard output".to_owned());
    }
    if path.is_symlink() { path.canonicalize().map_err(|problem| problem.to_string()) } else { Ok(path.to_owned()) }
}

/// Whether a new file may be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Executable {
    Yes,
    No,
}

/// The mode a file had, or a plain one: temporary files are private otherwise.
#[cfg(unix)]
fn set_mode(path: &Path, file: &tempfile::NamedTempFile, executable: Executable) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let plain = if executable == Executable::Yes { 0o755 } else { 0o644 };
    let mode = existing_mode(path).map_or(plain, |mode| mode | (plain & 0o111));
    file.as_file().set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "the command line is where files are written")]
fn existing_mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).ok().map(|about| about.permissions().mode())
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: &tempfile::NamedTempFile, _: Executable) -> std::io::Result<()> {
    Ok(())
}

/// Whether somebody sees the result as it is printed.
pub(super) fn is_watched() -> bool {
    std::io::stdout().is_terminal()
}

/// How reports are drawn here and now.
pub(super) fn options(color: ColorChoice, fail_on: FailOn, to_file: bool) -> Options<'static> {
    let terminal = !to_file && is_watched();
    let width = if terminal { width() } else { 100 };
    Options { fail_on, color: color_for(color, terminal), width, book: BOOK, ..Options::default() }
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
fn color_for(choice: ColorChoice, terminal: bool) -> Color {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let wanted = match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
        ColorChoice::Auto if set("CLICOLOR_FORCE") || set("FORCE_COLOR") => true,
        ColorChoice::Auto => terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    };
    if wanted { Color::On } else { Color::Off }
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0.into())).unwrap_or(100).clamp(40, 160)
}
