//! Versions as people number releases and TLS. Knows how they compare, not what they are versions of.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::UnitError;

/// Compares by component, a missing one counting as 0: `v1.2` is `v1.2.0`. Printed as it was written.
#[derive(Debug, Clone)]
pub struct Version {
    family: Family,
    components: Vec<u64>,
    /// `rc.1` of `1.2.3-rc.1`; such a version is older than the release (semver 2.0 §11).
    prerelease: Vec<Identifier>,
    written: String,
}

/// `SSLv3` is older than any TLS, so older than any plain version it could be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Family {
    Ssl,
    Other,
}

/// Numbers compare as numbers and are older than words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Identifier {
    Number(u64),
    Word(String),
}

impl Version {
    /// From the components of a literal: `v1.2` is `[1, 2]`.
    pub fn from_components(components: &[u64]) -> Self {
        let numbers: Vec<String> = components.iter().map(u64::to_string).collect();
        Self {
            family: Family::Other,
            components: components.to_vec(),
            prerelease: Vec::new(),
            written: format!("v{}", numbers.join(".")),
        }
    }

    /// Reads `v1.2.3`, `1.2.3`, `1.2.3-rc.1+build`, `TLSv1.2` and `SSLv3`.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let refuse = || {
            UnitError::new(format!("`{text}` is not a version"))
                .help("write numbers between dots, such as `v1.2.3`, `1.2.3-rc.1` or `TLSv1.2`")
        };
        let (family, numbered) = protocol(text);
        let (numbered, build) =
            numbered.split_once('+').map_or((numbered, None), |(front, build)| (front, Some(build)));
        let (numbers, prerelease) =
            numbered.split_once('-').map_or((numbered, None), |(front, prerelease)| (front, Some(prerelease)));
        let components: Option<Vec<u64>> = numbers.split('.').map(number).collect();
        let prerelease: Option<Vec<Identifier>> =
            prerelease.map_or_else(|| Some(Vec::new()), |words| words.split('.').map(identifier).collect());
        let build_is_well_written = build.is_none_or(|words| words.split('.').all(is_word));
        let (Some(components), Some(prerelease), true) = (components, prerelease, build_is_well_written) else {
            return Err(refuse());
        };
        Ok(Self { family, components, prerelease, written: text.to_owned() })
    }

    pub fn is_prerelease(&self) -> bool {
        !self.prerelease.is_empty()
    }

    /// The components without trailing zeros: what equality and hashing go by.
    fn significant(&self) -> &[u64] {
        let length = self.components.iter().rposition(|component| *component != 0).map_or(0, |last| last + 1);
        self.components.get(..length).unwrap_or_default()
    }
}

/// The family a version belongs to, and what follows its name: `TLSv1.2`, `TLS 1.2`, `SSLv3`, `v1.2`, `1.2`.
fn protocol(text: &str) -> (Family, &str) {
    let after = |prefix: &str| {
        let (front, rest) = text.split_at_checked(prefix.len())?;
        front.eq_ignore_ascii_case(prefix).then_some(rest)
    };
    for (prefix, family) in [("ssl", Family::Ssl), ("tls", Family::Other)] {
        if let Some(rest) = after(prefix) {
            let rest = rest.strip_prefix(' ').unwrap_or(rest);
            return (family, rest.strip_prefix(['v', 'V']).unwrap_or(rest));
        }
    }
    (Family::Other, text.strip_prefix(['v', 'V']).unwrap_or(text))
}

fn number(digits: &str) -> Option<u64> {
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn identifier(word: &str) -> Option<Identifier> {
    if !is_word(word) {
        return None;
    }
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return number(word).map(Identifier::Number);
    }
    Some(Identifier::Word(word.to_owned()))
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.family
            .cmp(&other.family)
            .then_with(|| self.significant().cmp(other.significant()))
            .then_with(|| self.prerelease.is_empty().cmp(&other.prerelease.is_empty()))
            .then_with(|| self.prerelease.cmp(&other.prerelease))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Version {}

impl Hash for Version {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.family.hash(state);
        self.significant().hash(state);
        self.prerelease.hash(state);
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn each_is_older_than_the_next() {
        let line = [
            "SSLv2",
            "SSLv3",
            "0",
            "v0.9",
            "TLSv1",
            "TLSv1.1",
            "v1.2.0-alpha",
            "v1.2.0-alpha.1",
            "v1.2.0-alpha.beta",
            "v1.2.0-beta.2",
            "v1.2.0-beta.11",
            "v1.2.0-rc.1",
            "TLSv1.2",
            "1.2.0.1",
            "v1.3",
            "1.10",
            "2026.01.05",
        ];
        for pair in line.windows(2) {
            assert!(version(pair[0]) < version(pair[1]), "{} < {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn a_missing_component_is_zero_and_build_numbers_do_not_count() {
        for text in ["v1.2.0", "1.2", "TLSv1.2", "tlsv1.2", "TLS 1.2", "V1.2.0.0", "1.2.0+build.5"] {
            assert_eq!(version(text), Version::from_components(&[1, 2]), "{text}");
        }
        assert_eq!(version("TLSv1"), version("v1.0"));
        assert_ne!(version("SSLv3"), version("v3"));
        assert_ne!(version("1.2.0-rc.1"), version("1.2.0"));
        assert!(version("1.2.0-rc.1").is_prerelease());
    }

    #[test]
    fn is_printed_as_written() {
        assert_eq!(version("TLSv1.2").to_string(), "TLSv1.2");
        assert_eq!(version("1.2.3-rc.1+b").to_string(), "1.2.3-rc.1+b");
        assert_eq!(Version::from_components(&[1, 2, 0]).to_string(), "v1.2.0");
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in [
            "",
            "v",
            "latest",
            "1.",
            ".1",
            "1..2",
            "1.2rc1",
            "1.2-",
            "1.2+",
            "1.2-a..b",
            "99999999999999999999",
            "+1",
            "TLS",
            "１",
        ] {
            assert_eq!(Version::parse(text).unwrap_err().message, format!("`{text}` is not a version"));
        }
    }
}
