//! `@alice`: somebody who is asked, tells or signs. Knows no directory: any name that is written well is a person.

use std::fmt;

use super::UnitError;

/// A person or role, without the `@`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person(String);

impl Person {
    /// From the name that the tree holds, without its `@`.
    pub fn named(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    pub fn name(&self) -> &str {
        &self.0
    }

    /// Reads `@alice`, from a document that has no type for people.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let help = "write `@` and the name, as in `@alice` or `@team-lead`";
        let name = text
            .strip_prefix('@')
            .ok_or_else(|| UnitError::new(format!("`{text}` does not start with `@`")).help(help))?;
        if name.is_empty() || Self::leading(name) != name {
            return Err(UnitError::new(format!("`{text}` is not a person")).help(help));
        }
        Ok(Self(name.to_owned()))
    }

    /// How far a text is a name, without its `@`: letters, digits and `_`, and between them hyphens and single dots.
    pub fn leading(text: &str) -> &str {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let mut end = 0;
        let mut joint = None;
        for (at, byte) in text.bytes().enumerate() {
            match (byte, joint) {
                (b'_', _) if at == 0 => break,
                _ if is_part(byte) => (end, joint) = (at + 1, None),
                (b'-', None | Some(b'-')) | (b'.', None) if at > 0 => joint = Some(byte),
                _ => break,
            }
        }
        text.get(..end).unwrap_or_default()
    }
}

impl fmt::Display for Person {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "@{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_an_at_and_a_name() {
        assert_eq!(Person::parse("@team-lead").unwrap().to_string(), "@team-lead");
        assert_eq!(Person::parse("alice").unwrap_err().message, "`alice` does not start with `@`");
        for name in ["jane.doe", "1st", "a_b-c.d"] {
            assert_eq!(Person::parse(&format!("@{name}")).unwrap().name(), name);
        }
        for text in ["@", "@-a", "@a b", "@a\n", "@a.", "@a..b", "@ä"] {
            assert_eq!(Person::parse(text).unwrap_err().message, format!("`{text}` is not a person"));
        }
    }
}
