//! Expressions of GitHub, as far as the workflows have any. What names mean is the business of whoever asks.

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Text(String),
    Is(bool),
}

impl Said {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(super) fn holds(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Is(is) => *is,
        }
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => out.write_str(text),
            Self::Is(is) => write!(out, "{is}"),
        }
    }
}

/// Fills in every `${{ … }}`.
pub(super) fn filled_in(text: &str, names: &dyn Fn(&str) -> Said) -> String {
    let mut parts = text.split("${{ ");
    let mut filled = parts.next().unwrap().to_owned();
    for part in parts {
        let (expression, rest) = part.split_once(" }}").unwrap();
        filled.push_str(&evaluated(expression, names).to_string());
        filled.push_str(rest);
    }
    filled
}

/// Whether a job or a step with this `if` begins: without a word of how things are, only where all is well.
pub(super) fn begins(condition: &str, names: &dyn Fn(&str) -> Said) -> bool {
    let condition = condition.trim_start_matches("${{ ").trim_end_matches(" }}");
    let of_its_own = ["always()", "success()", "failure()", "cancelled()"].iter().any(|word| condition.contains(word));
    (of_its_own || names("success()").holds()) && (condition.is_empty() || evaluated(condition, names).holds())
}

fn evaluated(expression: &str, names: &dyn Fn(&str) -> Said) -> Said {
    let mut reader = Reader { rest: expression, names };
    let said = reader.any();
    assert_eq!(reader.rest, "", "in {expression}");
    said
}

struct Reader<'a> {
    rest: &'a str,
    names: &'a dyn Fn(&str) -> Said,
}

impl Reader<'_> {
    fn any(&mut self) -> Said {
        let mut said = self.all();
        while self.comes("||") {
            let other = self.all();
            said = if said.holds() { said } else { other };
        }
        said
    }

    fn all(&mut self) -> Said {
        let mut said = self.compared();
        while self.comes("&&") {
            let other = self.compared();
            said = if said.holds() { other } else { said };
        }
        said
    }

    fn compared(&mut self) -> Said {
        let said = self.one();
        if self.comes("==") {
            return Said::Is(said == self.one());
        }
        if self.comes("!=") {
            return Said::Is(said != self.one());
        }
        said
    }

    fn one(&mut self) -> Said {
        if self.comes("!") {
            return Said::Is(!self.one().holds());
        }
        if self.comes("(") {
            let said = self.any();
            assert!(self.comes(")"), "at {}", self.rest);
            return said;
        }
        if self.comes("'") {
            let (text, rest) = self.rest.split_once('\'').unwrap();
            self.rest = rest.trim_start();
            return Said::text(text);
        }
        let rest =
            self.rest.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter));
        let rest = rest.strip_prefix("()").unwrap_or(rest);
        let (name, rest) = self.rest.split_at(self.rest.len() - rest.len());
        self.rest = rest.trim_start();
        (self.names)(name)
    }

    fn comes(&mut self, word: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(word) else { return false };
        self.rest = rest.trim_start();
        true
    }
}

#[test]
fn expressions_mean_what_they_mean_on_github() {
    let names = |name: &str| match name {
        "inputs.back" | "success()" => Said::Is(false),
        "always()" => Said::Is(true),
        "needs.p1-x.outputs.held" => Said::text("true"),
        other => panic!("nobody knows {other}"),
    };
    assert_eq!(filled_in("a ${{ inputs.back && 'yes' || 'no' }} b", &names), "a no b");
    assert_eq!(filled_in("${{ !(inputs.back || inputs.back) }}", &names), "true");
    assert!(!begins("", &names) && !begins("${{ !inputs.back }}", &names), "something has failed");
    assert!(begins("${{ !success() && needs.p1-x.outputs.held != 'false' }}", &names));
    assert!(!begins("${{ always() && needs.p1-x.outputs.held == 'false' }}", &names));
}
