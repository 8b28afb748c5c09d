//! Names that stand bare in what is emitted. A name that cannot be written safely cannot be made.

use std::fmt;

use crate::model::attribute::{is_kept, is_of_the_machine, is_variable_name};

/// Why a text cannot be a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// The text, as given.
    pub text: String,
    /// What it would have to be, for the user: "must …".
    pub must: &'static str,
}

impl fmt::Display for Unfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}` {}", self.text.escape_debug(), self.must)
    }
}

impl std::error::Error for Unfit {}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $fits:ident, $must:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            pub fn new(text: impl Into<String>) -> Result<Self, Unfit> {
                let text = text.into();
                if $fits(&text) { Ok(Self(text)) } else { Err(Unfit { text, must: $must }) }
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

name!(
    /// The id of a phase, an action, a metric, a red flag, a service or an environment: `[a-z0-9][a-z0-9_-]*`, at most
    /// 64 long.
    Id,
    fits_id,
    "must be of lower-case letters, digits, `_` and `-`, start with a letter or digit, and be at most 64 long"
);

name!(
    /// The name of an environment variable a command is given.
    EnvironmentName,
    fits_environment,
    "must be of letters, digits and `_`, start with a letter, and be none the shell or the runbook keeps for itself"
);

name!(
    /// A program that must be found on the path.
    ToolName,
    fits_tool,
    "must be the name of a program: letters, digits, `.`, `_`, `+` and `-`"
);

name!(
    /// Somebody who may sign, without the `@`.
    Person,
    fits_person,
    "must be of letters, digits, `.`, `_`, `+`, `@` and `-`"
);

name!(
    /// A machine as ssh knows it, with or without the user: `web1`, `deploy@web1.example.com`.
    Host,
    fits_host,
    "must be a host as ssh takes it: letters, digits, `.`, `_`, `-` and `:`, a user and `@` before it if need be"
);

impl Id {
    /// The nearest id: lower case, everything else as `-`. Two texts may meet in one id, so this suits a service's
    /// name, not what must stay apart.
    pub fn nearest(text: &str) -> Self {
        let mut id = String::new();
        for character in text.chars().flat_map(char::to_lowercase) {
            match character {
                'a'..='z' | '0'..='9' | '_' => id.push(character),
                _ if id.is_empty() || id.ends_with('-') => {}
                _ => id.push('-'),
            }
            if id.len() == LONGEST_ID {
                break;
            }
        }
        let id = id.trim_start_matches(['_', '-']).trim_end_matches('-');
        Self(if id.is_empty() { "unnamed".to_owned() } else { id.to_owned() })
    }
}

impl EnvironmentName {
    /// One that the machine does not give every command already: for a secret, and for what was there before a change.
    pub fn own(text: impl Into<String>) -> Result<Self, Unfit> {
        let name = Self::new(text)?;
        if is_of_the_machine(name.as_str()) {
            return Err(Unfit { text: name.0, must: "must be none that every command gets from the machine" });
        }
        Ok(name)
    }

    /// `STOPLINE_` and a word: what the runbook itself tells every command, and no plan can.
    pub(super) fn told(word: &str) -> Self {
        Self(format!("STOPLINE_{word}"))
    }
}

const LONGEST_ID: usize = 64;

fn fits_id(text: &str) -> bool {
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.len() <= LONGEST_ID
        && text.as_bytes().first().is_some_and(plain)
        && text.bytes().all(|byte| plain(&byte) || byte == b'_' || byte == b'-')
}

/// What a shell can be given, and does not have already.
fn fits_environment(text: &str) -> bool {
    is_variable_name(text) && !is_kept(text)
}

fn fits_tool(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte))
}

fn fits_host(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:@-".contains(&byte))
        && text.bytes().filter(|byte| *byte == b'@').count() <= 1
        && !text.ends_with('@')
}

fn fits_person(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+@-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_hold_anything_a_shell_reads() {
        assert!(Id::new("backup-db_2").is_ok());
        for text in ["", "-n", "A", "a b", "a\nb", "a;b", "a$b", "ü", "a/b", &"x".repeat(65)] {
            assert!(Id::new(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_the_shell_keeps_for_itself_is_no_variable_of_a_plan() {
        assert!(EnvironmentName::new("DATABASE_URL").is_ok());
        for text in ["BASH_ENV", "IFS", "UID", "LD_PRELOAD", "STOPLINE_PERCENT", "sl_id", "1A", "A-B", "A=B", ""] {
            assert!(EnvironmentName::new(text).is_err(), "{text:?}");
        }
        for text in ["PATH", "PWD", "OLDPWD", "CDPATH", "GLOBIGNORE", "SHELLOPTS", "TMOUT", "_", "_x"] {
            assert!(EnvironmentName::new(text).is_err(), "{text:?}");
        }
        for text in ["HOME", "TMPDIR"] {
            assert!(EnvironmentName::new(text).is_ok() && EnvironmentName::own(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_nearest_id_is_an_id() {
        for text in ["Checkout API", "--x--", "Ünïcode", "", "__", &"y".repeat(500), "İ"] {
            assert!(Id::new(Id::nearest(text).as_str()).is_ok(), "{text:?} -> {}", Id::nearest(text));
        }
        assert_eq!(Id::nearest("Checkout API").as_str(), "checkout-api");
    }

    #[test]
    fn the_refusal_shows_the_text_without_letting_it_act() {
        let refusal = Id::new("a\u{1b}[31m").unwrap_err().to_string();
        assert!(refusal.starts_with("`a\\u{1b}[31m` must be of lower-case letters"), "{refusal}");
    }
}
