//! Where a block of Lua ends: at the brace that is in no string and no comment.

/// The offset just behind the closing brace of a block that begins at `start`, behind its opening brace.
pub(super) fn end_of_block(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (start, 1_usize);
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'{' => {
                depth += 1;
                at + 1
            }
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
                at + 1
            }
            b'"' | b'\'' => end_of_string(bytes, at + 1, *byte),
            b'-' if bytes.get(at + 1) == Some(&b'-') => end_of_comment(text, at + 2),
            b'[' => end_of_long_bracket(text, at).unwrap_or(at + 1),
            _ => at + 1,
        };
    }
    None
}

/// A string of one line; one that is not closed ends with its line.
fn end_of_string(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'\n' => return at,
            _ if *byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    at
}

fn end_of_comment(text: &str, start: usize) -> usize {
    if let Some(end) = end_of_long_bracket(text, start) {
        return end;
    }
    let rest = text.get(start..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |line| start + line)
}

/// `[[ … ]]`, `[==[ … ]==]`; one that is never closed reaches to the end of the text.
fn end_of_long_bracket(text: &str, start: usize) -> Option<usize> {
    let inside = text.get(start..)?.strip_prefix('[')?;
    let level = inside.bytes().take_while(|byte| *byte == b'=').count();
    let content = inside.get(level..)?.strip_prefix('[')?;
    let close = format!("]{}]", "=".repeat(level));
    let begins = start + level + 2;
    Some(content.find(&close).map_or(text.len(), |found| begins + found + close.len()))
}

#[cfg(test)]
mod tests {
    use super::end_of_block;

    #[test]
    fn braces_of_strings_and_comments_do_not_count() {
        for lua in [
            " ngx.say('}') ",
            " local t = { a = { 1 } } ",
            r#" ngx.say("\"}") "#,
            " -- }\n ",
            " --[[ } \n } ]] ",
            " --[==[ ]] } ]==] ",
            " local s = [[ } ]] ",
            " local s = [=[ ]] } ]=] ",
            " local s = a[b[1]] ",
        ] {
            let text = format!("{lua}}} rest }}");
            assert_eq!(end_of_block(&text, 0), Some(lua.len() + 1), "{lua}");
        }
        for open in ["", "{ }", "'}", "\"\\", "--}", "[[ }", "--[[ }"] {
            assert_eq!(end_of_block(open, 0), None, "{open}");
        }
    }
}
