//! What a block of code is by the word behind its fence, and by how it begins. Knows nothing of where it stands.

use super::as_typed::begins_with_prompt;
use crate::document::markdown::{Block as Part, BlockKind};
use crate::model::plan::{Phase, Plan};
use crate::model::read::BlockType;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fence {
    /// Commands, for bash.
    Script,
    /// The language of plans.
    Native,
    /// The language of plans, under another word.
    LooksNative,
    /// What was typed, and what came of it.
    Transcript,
    /// Commands of a shell that runs no step.
    OtherShell,
    Other,
}

const NATIVE: &str = "stopline";

const SCRIPTS: &[&str] = &["", "bash", "sh", "shell", "shellscript", "shell-script"];

const TRANSCRIPTS: &[&str] = &[
    "console",
    "terminal",
    "session",
    "shell-session",
    "shellsession",
    "sh-session",
    "bash-session",
    "shell-console",
    "term",
];

const OTHER_SHELLS: &[&str] = &[
    "zsh",
    "ksh",
    "csh",
    "tcsh",
    "fish",
    "nu",
    "nushell",
    "elvish",
    "xonsh",
    "powershell",
    "pwsh",
    "posh",
    "ps1",
    "cmd",
    "bat",
    "batch",
    "dosbatch",
];

/// None for what is no block of code.
pub(super) fn fence(part: &Part) -> Option<Fence> {
    let BlockKind::Code { info } = &part.kind else { return None };
    let known = by_word(info.as_deref());
    Some(match known {
        Fence::Native | Fence::Transcript | Fence::OtherShell => known,
        Fence::Script | Fence::Other | Fence::LooksNative => {
            let code = part.inline.verbatim();
            if begins_like_the_language(&code) {
                Fence::LooksNative
            } else if known == Fence::Script && begins_with_prompt(&code) {
                Fence::Transcript
            } else {
                known
            }
        }
    })
}

/// Whether a word stands behind the fence of a script.
pub(super) fn is_marked_script(part: &Part) -> bool {
    let BlockKind::Code { info } = &part.kind else { return false };
    fence(part) == Some(Fence::Script) && !word(info.as_deref()).is_empty()
}

pub(super) fn is_native(info: Option<&str>) -> bool {
    by_word(info) == Fence::Native
}

fn by_word(info: Option<&str>) -> Fence {
    let word = word(info).to_lowercase();
    let word = word.as_str();
    if word == NATIVE {
        Fence::Native
    } else if SCRIPTS.contains(&word) {
        Fence::Script
    } else if TRANSCRIPTS.contains(&word) {
        Fence::Transcript
    } else if OTHER_SHELLS.contains(&word) {
        Fence::OtherShell
    } else {
        Fence::Other
    }
}

/// The word behind a fence as it is written: `bash title="x"`, `bash,linenos`, `bash{1}` and `{.bash}` all say `bash`.
pub(super) fn word(info: Option<&str>) -> &str {
    let ends = |found: char| found.is_whitespace() || matches!(found, ',' | ';' | ':' | '{' | '}');
    let info = info.unwrap_or_default().trim_start();
    let info = info.strip_prefix('{').map_or(info, |inner| inner.trim_start().trim_start_matches('.'));
    info.split(ends).next().unwrap_or_default()
}

/// `hold go-live {`: no command begins like that.
fn begins_like_the_language(code: &str) -> bool {
    let mut lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(first) = lines.next() else { return false };
    let Some((word, rest)) = first.split_once(' ') else { return false };
    let blocks = Plan::SHAPE.blocks.iter().chain(Phase::SHAPE.blocks);
    let is_kind = matches!(word, "plan" | "redflag") || blocks.into_iter().any(|known| known.shape.kind == word);
    is_kind && rest.contains('{')
}
