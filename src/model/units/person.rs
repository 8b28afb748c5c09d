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
        let letter = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
        if !name.starts_with(char::is_alphabetic) || !name.chars().all(letter) {
            return Err(UnitError::new(format!("`{text}` is not a person")).help(help));
        }
        Ok(Self(name.to_owned()))
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
        for text in ["@", "@1st", "@a b", "@a\n"] {
            assert_eq!(Person::parse(text).unwrap_err().message, format!("`{text}` is not a person"));
        }
    }
}
