//! The files of this machine, as the pure layers may ask for them.

#![expect(clippy::disallowed_methods, reason = "the command line is where files are read")]

use std::io::Read as _;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use crate::session::Surroundings;

/// No text of a plan or policy is this large; what is, is something else.
const MAX_BYTES: u64 = 64 << 20;

/// No plan or policy that somebody wrote is this large.
const BEGINNING: u64 = 1 << 20;

/// The disk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Disk;

impl Surroundings for Disk {
    fn exists(&self, beside: &str, path: &str) -> bool {
        beside_of(beside, path).exists()
    }

    fn read(&self, beside: &str, path: &str) -> Result<(String, String), String> {
        let found = beside_of(beside, path);
        stays_in(&found)?;
        read_text(&found).map(|text| (shown(&found), text))
    }

    fn reaches(&self, by: &str, path: &str) -> Result<(), String> {
        if is_reached(Path::new(by), Path::new(path)).map_err(|problem| problem.to_string())? {
            return Ok(());
        }
        Err("it stands outside of the repository and of the folder the run started in".to_owned())
    }

    fn matching(&self, beside: &str, pattern: &str) -> Vec<String> {
        super::matching::matching(&beside_of(beside, pattern))
    }

    fn cores(&self) -> usize {
        std::thread::available_parallelism().map_or(1, NonZero::get)
    }
}

/// Whether `path` stands below the folder the run started in, that of `by`, or the repository of one of them.
fn is_reached(by: &Path, path: &Path) -> std::io::Result<bool> {
    let real = path.canonicalize()?;
    let home = by.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folders = [Path::new("."), home].into_iter().filter_map(|folder| folder.canonicalize().ok());
    // The root of the machine holds everything, and is no place for anything in particular.
    let holds = |root: &Path| root.parent().is_some() && real.starts_with(root);
    Ok(folders.into_iter().any(|folder| holds(&folder) || repository(&folder).is_some_and(holds)))
}

/// A link in a repository may lead to anything on the machine, and a finding would show it.
pub(super) fn stays_in(path: &Path) -> Result<(), String> {
    // What is no file shows nothing, and is said to be none by whoever reads it.
    if !path.is_symlink() || !path.is_file() || is_reached(path, path).unwrap_or(true) {
        return Ok(());
    }
    Err("it is a link that leads out of the repository and of the folder the run started in".to_owned())
}

/// The repository that a folder stands in.
pub(super) fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

/// The text of a file, or why it cannot be read.
pub(super) fn read_text(path: &Path) -> Result<String, String> {
    read_bytes(path).and_then(decode)
}

/// So much of a text as a plan or policy that somebody wrote is long.
pub(super) fn read_beginning(path: &Path) -> Result<String, String> {
    let (file, length) = open(path)?;
    let mut bytes = read_all(file.take(BEGINNING), length.min(BEGINNING))?;
    if let Err(problem) = std::str::from_utf8(&bytes)
        && problem.error_len().is_none()
    {
        // The last character was cut.
        bytes.truncate(problem.valid_up_to());
    }
    decode(bytes)
}

/// The bytes of a file, or why it cannot be read.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let (file, length) = open(path)?;
    read_all(file, length)
}

/// A file that can be read to its end, and how long it is.
fn open(path: &Path) -> Result<(std::fs::File, u64), String> {
    // Files are known by their names as shown: two that look alike there would be taken for one.
    if path.to_str().is_none() {
        return Err("its name is not UTF-8".to_owned());
    }
    // Asked before it is opened: opening a pipe waits for whoever writes into it, for ever if nobody does.
    let about = std::fs::metadata(path).map_err(|problem| problem.to_string())?;
    if about.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if !about.is_file() {
        return Err("it is no file".to_owned());
    }
    let file = std::fs::File::open(path).map_err(|problem| problem.to_string())?;
    Ok((file, about.len()))
}

/// Hands out the bytes of a file piece by piece, however large it is.
pub(super) fn read_in_pieces(path: &Path, take: &mut dyn FnMut(&[u8])) -> Result<(), String> {
    let (mut file, _) = open(path)?;
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(length) => take(piece.get(..length).unwrap_or_default()),
            Err(problem) if problem.kind() == std::io::ErrorKind::Interrupted => {}
            Err(problem) => return Err(problem.to_string()),
        }
    }
}

pub(super) fn read_standard_input() -> Result<String, String> {
    read_all(std::io::stdin().lock(), 0).and_then(decode)
}

/// `expected` bytes are read at once, and what comes after them too.
fn read_all(reader: impl std::io::Read, expected: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected.min(MAX_BYTES)).unwrap_or_default() + 1);
    reader.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|problem| problem.to_string())?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("it is larger than {} MiB", MAX_BYTES >> 20));
    }
    Ok(bytes)
}

fn decode(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|problem| {
        let at = problem.utf8_error().valid_up_to();
        let line = 1 + problem.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
        format!("it is not UTF-8: byte {at}, in line {line}")
    })
}

/// As reports show it: relative where it was said relatively, with `/` between parts.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

fn beside_of(beside: &str, path: &str) -> PathBuf {
    Path::new(beside).parent().map_or_else(|| PathBuf::from(path), |folder| folder.join(path))
}
