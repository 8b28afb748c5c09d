//! An exact change of a configuration of nginx: one word in the quotes of the old one, or one more directive below those
//! of its block. Every other byte stays.

use super::{Body, Directive, parse, template};
use crate::document::edit::{Change, Changed, Refusal};
use crate::source::{FileId, Span};

const SHARED: Refusal = "it stands outside the server, and others may take it from there";
const NOT_FOUND: Refusal = "it does not stand there as a word of its own";
const NO_NEIGHBOUR: Refusal = "nothing stands beside it that says how directives are written there";
const NOT_WRITABLE: Refusal = "nginx cannot hold such a word";

/// Another word in place of the argument that stands at `place`, inside its quotes if it has some.
pub fn replace(text: &str, place: Span, new: &str) -> Changed {
    let parsed = parse(FileId::default(), text);
    let server = innermost(&parsed.directives, "server", place).ok_or(SHARED)?;
    let mut words = every(std::slice::from_ref(server)).into_iter().flat_map(|directive| &directive.arguments);
    let word = words.find(|word| word.span == place).ok_or(NOT_FOUND)?;
    let quote = word.outer().text(text).chars().next().filter(|_| word.quoted);
    Ok(vec![Change { span: word.outer(), text: written(new, quote)? }])
}

/// One more directive in the block whose name stands at `head`.
pub fn insert(text: &str, head: Span, name: &str, value: &str) -> Changed {
    let parsed = parse(FileId::default(), text);
    let block = every(&parsed.directives).into_iter().find(|directive| directive.name.span == head).ok_or(NOT_FOUND)?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if !is_name {
        return Err(NOT_WRITABLE);
    }
    let alone = |directive: &&Directive| {
        directive.body == Body::None
            && indentation(text, directive.span).is_some()
            && ends_its_line(text, directive.span)
    };
    let last = block.block().iter().rfind(alone).ok_or(NO_NEIGHBOUR)?;
    let indent = indentation(text, last.span).ok_or(NO_NEIGHBOUR)?;
    let rest = text.get(last.span.end as usize..).unwrap_or_default();
    let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let end = if rest.get(line..).is_some_and(|rest| rest.starts_with("\r\n")) { "\r\n" } else { "\n" };
    let at = last.span.end + u32::try_from(line).unwrap_or_default();
    Ok(vec![Change { span: Span::at(at), text: format!("{end}{indent}{name} {};", written(value, None)?) }])
}

/// The innermost directive of this name whose block holds a place.
fn innermost<'d>(directives: &'d [Directive], name: &str, place: Span) -> Option<&'d Directive> {
    every(directives).into_iter().rfind(|directive| directive.is(name) && directive.span.contains(place))
}

/// Every directive, each before those in its block.
fn every(directives: &[Directive]) -> Vec<&Directive> {
    let mut out = Vec::new();
    let mut open: Vec<&Directive> = directives.iter().rev().collect();
    while let Some(directive) = open.pop() {
        out.push(directive);
        open.extend(directive.block().iter().rev());
    }
    out
}

/// The blanks before what stands first in its line.
fn indentation(text: &str, place: Span) -> Option<&str> {
    let before = text.get(..place.start as usize)?;
    let line = before.get(before.rfind(['\n', '\r']).map_or(0, |end| end + 1)..)?;
    line.trim_matches([' ', '\t']).is_empty().then_some(line)
}

/// Whether nothing but a comment stands behind it.
fn ends_its_line(text: &str, place: Span) -> bool {
    let rest = text.get(place.end as usize..).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default().trim_start();
    line.is_empty() || line.starts_with('#')
}

fn written(text: &str, quote: Option<char>) -> Result<String, Refusal> {
    if text.contains(|letter: char| letter.is_control()) || text.ends_with('\\') || template::begins_in(text) {
        return Err(NOT_WRITABLE);
    }
    let bare =
        !text.is_empty() && !text.contains(|letter: char| letter.is_whitespace() || ";{}'\"\\#$".contains(letter));
    if quote.is_none() && bare {
        return Ok(text.to_owned());
    }
    let mut quotes = quote.into_iter().chain(['"', '\'']);
    let quote = quotes.find(|quote| !text.contains([*quote, '\\'])).ok_or(NOT_WRITABLE)?;
    Ok(format!("{quote}{text}{quote}"))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use proptest::prelude::*;

    fn made(text: &str, changed: Changed) -> Result<String, &'static str> {
        let mut out = text.to_owned();
        for change in changed?.iter().rev() {
            out.replace_range(change.span.range(), &change.text);
        }
        assert!(parse(FileId::default(), &out).diagnostics.is_empty(), "{out}");
        Ok(out)
    }

    fn place(text: &str, needle: &str) -> Span {
        let start = text.find(needle).unwrap();
        Span::of(start..start + needle.len())
    }

    fn replaced(text: &str, old: &str, new: &str) -> Result<String, &'static str> {
        made(text, replace(text, place(text, old), new))
    }

    #[test]
    fn a_word_keeps_its_quotes_and_its_comment() {
        let text = "server {\r\n\tserver_tokens  on; # why\r\n}\r\n";
        assert_eq!(replaced(text, "on", "off").unwrap(), text.replace(" on;", " off;"));
        let text = "server { ssl_ciphers 'HIGH:!aNULL'; }";
        assert_eq!(replaced(text, "HIGH:!aNULL", "HIGH").unwrap(), "server { ssl_ciphers 'HIGH'; }");
        let text = "server { server_tokens on; }";
        assert_eq!(replaced(text, "on", "a b;").unwrap(), "server { server_tokens \"a b;\"; }");
        for none in ["a\nb", "{{}}"] {
            assert_eq!(replaced(text, "on", none), Err("nginx cannot hold such a word"));
        }
    }

    #[test]
    fn what_stands_outside_the_server_is_left_alone() {
        let text = "http { server_tokens on; server { listen 80; } }";
        assert_eq!(replaced(text, "on", "off"), Err("it stands outside the server, and others may take it from there"));
    }

    #[test]
    fn a_new_directive_stands_below_the_last_of_its_block() {
        let text = "http {\n  server {\n    listen 80; # a\n    location / {\n      return 404;\n    }\n  }\n}\n";
        assert_eq!(
            made(text, insert(text, place(text, "server"), "server_tokens", "off")).unwrap(),
            text.replace("# a\n", "# a\n    server_tokens off;\n")
        );
        let text = "server { listen 80; }";
        let alone = Err("nothing stands beside it that says how directives are written there");
        assert_eq!(made(text, insert(text, place(text, "server"), "server_tokens", "off")), alone);
    }

    fn words() -> impl Strategy<Value = String> {
        proptest::string::string_regex("[a-z0-9:;{}#$'\"äß🚀 .~!-]{1,8}").unwrap()
    }

    /// The words of a configuration, block by block.
    fn said(directives: &[Directive]) -> Vec<String> {
        every(directives)
            .into_iter()
            .flat_map(|directive| std::iter::once(&directive.name).chain(&directive.arguments))
            .map(|word| word.text.to_string())
            .collect()
    }

    proptest! {
        #[test]
        fn whatever_is_written_only_the_word_changes(arguments in proptest::collection::vec((words(), any::<bool>()), 1..5), chosen: proptest::sample::Index, new in words(), windows: bool) {
            let mut text = String::from("# head\nserver { # {\n");
            for (at, (argument, quoted)) in arguments.iter().enumerate() {
                let Ok(argument) = written(argument, quoted.then_some('"')) else { return Ok(()) };
                writeln!(text, "  some_{at}\t{argument} 'x y' ; # why ; }}").unwrap();
            }
            text.push_str("  location / { return 404; }\n}\n");
            let text = if windows { text.replace('\n', "\r\n") } else { text };
            let before = parse(FileId::default(), &text);
            prop_assert!(before.diagnostics.is_empty(), "{}", text);
            let at = chosen.index(arguments.len());
            let word = &before.directives[0].block()[at].arguments[0];
            let Ok(changes) = replace(&text, word.span, &new) else { return Ok(()) };
            let after = parse(FileId::default(), &made(&text, Ok(changes)).unwrap());
            let mut expected = said(&before.directives);
            expected[1 + at * 3 + 1] = new;
            prop_assert_eq!(said(&after.directives), expected);
        }
    }
}
