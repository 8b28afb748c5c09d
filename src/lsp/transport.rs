//! Messages in their frames: headers, a length, JSON. Knows nothing of what they mean, and survives whatever a client
//! puts between the frames' ends.

use std::io::{self, BufRead, Read as _, Write};

use serde_json::{Value, json};

/// No message of an editor is this large; what claims to be would take the memory of the machine.
const MAX_BYTES: usize = 256 << 20;
/// Headers are two short lines.
const MAX_HEADER: u64 = 8 << 10;

/// What a client said.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Incoming {
    Request {
        id: Value,
        method: String,
        params: Value,
    },
    Notification {
        method: String,
        params: Value,
    },
    /// An answer to something that was asked of it.
    Answer,
    /// A frame whose content says nothing: the code and words to answer with, and the id where there was one.
    Broken {
        id: Value,
        code: i32,
        message: String,
    },
}

/// What JSON-RPC and the language server protocol call what went wrong.
pub(super) mod code {
    pub(in crate::lsp) const PARSE_ERROR: i32 = -32700;
    pub(in crate::lsp) const INVALID_REQUEST: i32 = -32600;
    pub(in crate::lsp) const METHOD_NOT_FOUND: i32 = -32601;
    pub(in crate::lsp) const INVALID_PARAMS: i32 = -32602;
    pub(in crate::lsp) const NOT_INITIALIZED: i32 = -32002;
    pub(in crate::lsp) const REQUEST_FAILED: i32 = -32803;
}

/// The next message; `None` at the end of the input. An error is one that nobody can read on after.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = length_of_next(input)? else { return Ok(None) };
    if length > MAX_BYTES {
        return Err(broken(format!("a message of {length} bytes is larger than {} MiB", MAX_BYTES >> 20)));
    }
    let mut bytes = Vec::new();
    input.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() < length {
        return Err(broken(format!("the input ends after {} of {length} bytes of a message", bytes.len())));
    }
    Ok(Some(message_of(&bytes)))
}

/// Writes one message in its frame.
pub(super) fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

/// Reads the headers of a frame.
fn length_of_next(input: &mut impl BufRead) -> io::Result<Option<usize>> {
    let mut length = None;
    let mut is_first = true;
    loop {
        let mut line = Vec::new();
        let read = input.take(MAX_HEADER).read_until(b'\n', &mut line)?;
        if read == 0 {
            return if is_first { Ok(None) } else { Err(broken("the input ends in the headers of a message")) };
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            return length.map(Some).ok_or_else(|| broken("a message has no `Content-Length`"));
        }
        is_first = false;
        let Some((name, value)) = line.split_once(':') else {
            return Err(broken(format!("`{line}` is no header of a message")));
        };
        if name.trim().eq_ignore_ascii_case("content-length") {
            let bytes = value.trim().parse::<usize>();
            length = Some(bytes.map_err(|_| broken(format!("`{}` is no length of a message", value.trim())))?);
        }
    }
}

fn message_of(bytes: &[u8]) -> Incoming {
    let mut message: Value = match serde_json::from_slice(bytes) {
        Ok(message) => message,
        Err(problem) => {
            let message = format!("a message is no JSON: {problem}");
            return Incoming::Broken { id: Value::Null, code: code::PARSE_ERROR, message };
        }
    };
    let mut take = |name: &str| message.get_mut(name).map(Value::take);
    let (id, method, params) = (take("id"), take("method"), take("params").unwrap_or_default());
    let is_answer = take("result").is_some() || take("error").is_some();
    match (id, method) {
        (Some(id), Some(Value::String(method))) if id.is_string() || id.is_number() => {
            Incoming::Request { id, method, params }
        }
        (None, Some(Value::String(method))) => Incoming::Notification { method, params },
        (Some(_), None) if is_answer => Incoming::Answer,
        (id, _) => {
            let id = id.filter(|id| id.is_string() || id.is_number()).unwrap_or_default();
            let message = "a message is neither request, notification nor answer".to_owned();
            Incoming::Broken { id, code: code::INVALID_REQUEST, message }
        }
    }
}

fn broken(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.into())
}

/// The answer to a request.
pub(super) fn answer(id: &Value, result: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// The answer to a request that failed.
pub(super) fn failure(id: &Value, code: i32, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}

/// Something that is told and not answered.
pub(super) fn notification(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

/// Something that is asked of the client.
pub(super) fn request(id: &str, method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(text: &str) -> Vec<u8> {
        format!("Content-Length: {}\r\n\r\n{text}", text.len()).into_bytes()
    }

    fn read_all(mut input: &[u8]) -> (Vec<Incoming>, Option<String>) {
        let mut messages = Vec::new();
        loop {
            match read(&mut input) {
                Ok(Some(message)) => messages.push(message),
                Ok(None) => return (messages, None),
                Err(problem) => return (messages, Some(problem.to_string())),
            }
        }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let mut bytes = Vec::new();
        write(&mut bytes, &request("a", "x/y", &json!({ "text": "ü🚀" }))).unwrap();
        write(&mut bytes, &notification("z", &Value::Null)).unwrap();
        write(&mut bytes, &answer(&json!(1), &Value::Null)).unwrap();
        let (messages, end) = read_all(&bytes);
        let asked = Incoming::Request { id: json!("a"), method: "x/y".to_owned(), params: json!({ "text": "ü🚀" }) };
        let told = Incoming::Notification { method: "z".to_owned(), params: Value::Null };
        assert_eq!(messages, [asked, told, Incoming::Answer]);
        assert_eq!(end, None);
    }

    #[test]
    fn a_broken_message_is_answered_and_the_next_one_is_read() {
        let mut bytes = framed("{ no json");
        bytes.extend(framed(r#"{"id": 7}"#));
        bytes.extend(framed("[]"));
        bytes.extend(framed(r#"{"id": 8, "method": "shutdown"}"#));
        let (messages, end) = read_all(&bytes);
        let said: Vec<(Value, i32)> = messages
            .iter()
            .filter_map(|message| match message {
                Incoming::Broken { id, code, .. } => Some((id.clone(), *code)),
                Incoming::Request { .. } | Incoming::Notification { .. } | Incoming::Answer => None,
            })
            .collect();
        let invalid = code::INVALID_REQUEST;
        assert_eq!(said, [(Value::Null, code::PARSE_ERROR), (json!(7), invalid), (Value::Null, invalid)]);
        assert!(matches!(messages.last(), Some(Incoming::Request { .. })), "{messages:?}");
        assert_eq!(end, None);
    }

    #[test]
    fn what_is_no_frame_ends_the_reading_with_a_reason() {
        let ends = |bytes: &[u8]| read_all(bytes).1.unwrap_or_default();
        assert_eq!(ends(b"hello\r\n\r\n"), "`hello` is no header of a message");
        assert_eq!(ends(b"Content-Length: x\r\n\r\n"), "`x` is no length of a message");
        assert_eq!(ends(b"Content-Type: y\r\n\r\n{}"), "a message has no `Content-Length`");
        assert_eq!(ends(b"Content-Length: 9\r\n\r\n{}"), "the input ends after 2 of 9 bytes of a message");
        assert_eq!(ends(b"Content-Length: 2\r\n"), "the input ends in the headers of a message");
        let huge = ends(b"Content-Length: 99999999999\r\n\r\n{}");
        assert_eq!(huge, "a message of 99999999999 bytes is larger than 256 MiB");
    }
}
