//! A scripted client: lays out a folder, starts the server in it, speaks the protocol, and waits for what it asks for.

use std::collections::HashMap;
use std::io::{BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// A server that says nothing for so long is stuck, however slow the machine is.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where the cursor is in a text that is opened.
const CURSOR: &str = "‸";

pub(crate) struct Client {
    pub(crate) folder: TempDir,
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What was told and not asked for yet.
    told: Vec<Value>,
    next: i64,
    texts: HashMap<String, (i64, String)>,
    /// Whether columns count bytes.
    utf8: bool,
}

/// A client in a folder with these files, initialized as most editors do.
pub(crate) fn client(files: &[(&str, &str)]) -> Client {
    let mut client = started(files);
    client.initialize(&json!({}));
    client
}

/// A client that has said nothing yet.
pub(crate) fn started(files: &[(&str, &str)]) -> Client {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_stopline"))
        .arg("lsp")
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let (sender, messages) = channel();
    std::thread::spawn(move || {
        while let Some(message) = read(&mut output) {
            if sender.send(message).is_err() {
                break;
            }
        }
    });
    let input = child.stdin.take();
    Client { folder, child, input, messages, told: Vec::new(), next: 0, texts: HashMap::new(), utf8: false }
}

fn read(output: &mut impl std::io::BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some((_, value)) => length = value.parse().unwrap(),
            None => break,
        }
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).unwrap();
    Some(serde_json::from_slice(&bytes).unwrap())
}

impl Client {
    pub(crate) fn initialize(&mut self, capabilities: &Value) -> Value {
        let folder = uri(self.folder.path());
        let result = self.ask(
            "initialize",
            &json!({
                "processId": null,
                "rootUri": folder,
                "capabilities": capabilities,
                "workspaceFolders": [{ "uri": folder, "name": "shop" }],
            }),
        );
        self.utf8 = result["capabilities"]["positionEncoding"] == "utf-8";
        self.tell("initialized", &json!({}));
        result
    }

    /// What `initialize` answers to a client without a folder.
    pub(crate) fn initialize_alone(&mut self) -> Value {
        let result = self.ask("initialize", &json!({ "processId": null, "rootUri": null, "capabilities": {} }));
        self.tell("initialized", &json!({}));
        result
    }

    pub(crate) fn uri(&self, name: &str) -> String {
        uri(&self.folder.path().join(name))
    }

    /// Opens a text; where it holds a cursor, that is where it was.
    pub(crate) fn open(&mut self, name: &str, text: &str) -> Value {
        let (text, at) = without_cursor(text);
        let position = self.position(&text, at);
        let language = match name.rsplit('.').next() {
            Some("plan" | "policy") => "stopline",
            ending => ending.unwrap(),
        };
        let item = json!({ "uri": self.uri(name), "languageId": language, "version": 1, "text": text });
        self.texts.insert(name.to_owned(), (1, text));
        self.tell("textDocument/didOpen", &json!({ "textDocument": item }));
        position
    }

    /// Replaces a text that is open.
    pub(crate) fn change(&mut self, name: &str, text: &str) -> Value {
        let (text, at) = without_cursor(text);
        let position = self.position(&text, at);
        let version = self.texts[name].0 + 1;
        self.texts.insert(name.to_owned(), (version, text.clone()));
        let document = json!({ "uri": self.uri(name), "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.tell("textDocument/didChange", &params);
        position
    }

    /// Replaces the first `old` in a text that is open by `new`, and nothing else.
    pub(crate) fn edit(&mut self, name: &str, old: &str, new: &str) {
        let (version, text) = self.texts[name].clone();
        let start = text.find(old).unwrap();
        let range = json!({ "start": self.position(&text, start), "end": self.position(&text, start + old.len()) });
        self.texts.insert(name.to_owned(), (version + 1, text.replacen(old, new, 1)));
        let document = json!({ "uri": self.uri(name), "version": version + 1 });
        let changes = json!([{ "range": range, "text": new }]);
        self.tell("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub(crate) fn tell(&mut self, method: &str, params: &Value) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The result of a request.
    pub(crate) fn ask(&mut self, method: &str, params: &Value) -> Value {
        let answer = self.ask_for_answer(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Code and message of a request that is refused.
    pub(crate) fn refused(&mut self, method: &str, params: &Value) -> (i64, String) {
        let answer = self.ask_for_answer(method, params);
        let error = answer.get("error").unwrap_or_else(|| panic!("{method} was not refused: {answer}"));
        (error["code"].as_i64().unwrap(), error["message"].as_str().unwrap().to_owned())
    }

    fn ask_for_answer(&mut self, method: &str, params: &Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.answer(&json!(id))
    }

    /// The answer with this id.
    pub(crate) fn answer(&mut self, id: &Value) -> Value {
        loop {
            let message = self.message();
            if message.get("method").is_none() && message["id"] == *id {
                return message;
            }
            self.told.push(message);
        }
    }

    fn message(&mut self) -> Value {
        self.messages
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|problem| panic!("the server says nothing: {problem}; before: {:#?}", self.told))
    }

    /// The first notification of this method from now on, or that was told before, that is as wanted.
    pub(crate) fn told(&mut self, method: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut index = 0;
        loop {
            if index == self.told.len() {
                let message = self.message();
                self.told.push(message);
            }
            if self.told[index]["method"] == method && wanted(&self.told[index]["params"]) {
                return self.told.remove(index)["params"].clone();
            }
            index += 1;
        }
    }

    /// The diagnostics of a text, once they are as wanted.
    pub(crate) fn diagnostics(&mut self, name: &str, wanted: impl Fn(&[Shown]) -> bool) -> Vec<Shown> {
        let uri = self.uri(name);
        loop {
            let told = self.told("textDocument/publishDiagnostics", |params| params["uri"] == uri);
            let shown: Vec<Shown> =
                told["diagnostics"].as_array().unwrap().iter().map(|found| self.shown(name, found)).collect();
            if wanted(&shown) {
                return shown;
            }
        }
    }

    /// Whether anything was said of a text so far.
    pub(crate) fn was_told(&self, uri: &str) -> bool {
        self.told.iter().any(|told| told["params"]["uri"] == uri)
    }

    /// The diagnostics of a text, once there is one of this rule.
    pub(crate) fn finding(&mut self, name: &str, rule: &str) -> Shown {
        let found = self.diagnostics(name, |shown| shown.iter().any(|shown| shown.rule == rule));
        found.into_iter().find(|shown| shown.rule == rule).unwrap()
    }

    fn shown(&self, name: &str, found: &Value) -> Shown {
        Shown {
            rule: found["code"].as_str().unwrap().to_owned(),
            severity: found["severity"].as_i64().unwrap(),
            message: found["message"].as_str().unwrap().to_owned(),
            cut: self.cut(name, &found["range"]),
            range: found["range"].clone(),
        }
    }

    /// The text that a range cuts out of a text that is open, or lies in the folder.
    pub(crate) fn cut(&self, name: &str, range: &Value) -> String {
        let text = self.text(name);
        let (start, end) = (self.offset(&text, &range["start"]), self.offset(&text, &range["end"]));
        text[start..end].to_owned()
    }

    pub(crate) fn text(&self, name: &str) -> String {
        let open = self.texts.get(name).map(|(_, text)| text.clone());
        open.unwrap_or_else(|| std::fs::read_to_string(self.folder.path().join(name)).unwrap())
    }

    /// The parameters of a request about a place.
    pub(crate) fn place(&self, name: &str, position: &Value) -> Value {
        json!({ "textDocument": { "uri": self.uri(name) }, "position": position })
    }

    /// The texts after the edits of a workspace edit.
    pub(crate) fn after(&self, edit: &Value) -> HashMap<String, String> {
        let changes = edit["changes"].as_object().unwrap_or_else(|| panic!("no changes: {edit}"));
        changes
            .iter()
            .map(|(uri, edits)| {
                let name = uri.strip_prefix(&(self.uri("").trim_end_matches('/').to_owned() + "/")).unwrap();
                (name.to_owned(), self.edited(name, edits))
            })
            .collect()
    }

    /// A text after edits.
    pub(crate) fn edited(&self, name: &str, edits: &Value) -> String {
        let mut text = self.text(name);
        let mut edits: Vec<(usize, usize, &str)> = edits
            .as_array()
            .unwrap()
            .iter()
            .map(|edit| {
                let offset = |end: &str| self.offset(&text, &edit["range"][end]);
                (offset("start"), offset("end"), edit["newText"].as_str().unwrap())
            })
            .collect();
        edits.sort_unstable();
        for (start, end, new) in edits.into_iter().rev() {
            text.replace_range(start..end, new);
        }
        text
    }

    fn width(&self, character: char) -> usize {
        if self.utf8 { character.len_utf8() } else { character.len_utf16() }
    }

    pub(crate) fn position(&self, text: &str, at: usize) -> Value {
        let before = &text[..at];
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let character: usize = before[line..].chars().map(|character| self.width(character)).sum();
        json!({ "line": before.matches('\n').count(), "character": character })
    }

    fn offset(&self, text: &str, position: &Value) -> usize {
        let (line, column) = (position["line"].as_u64().unwrap(), position["character"].as_u64().unwrap());
        let start: usize = text.split_inclusive('\n').take(usize::try_from(line).unwrap()).map(str::len).sum();
        let (mut width, mut bytes) = (0, 0);
        for character in text[start..].chars() {
            if width == usize::try_from(column).unwrap() {
                break;
            }
            width += self.width(character);
            bytes += character.len_utf8();
        }
        assert_eq!(width, usize::try_from(column).unwrap(), "a position stands within a character or past a line");
        start + bytes
    }

    pub(crate) fn write(&mut self, message: &Value) {
        self.write_frame(&message.to_string());
    }

    pub(crate) fn write_frame(&mut self, content: &str) {
        self.write_bytes(format!("Content-Length: {}\r\n\r\n{content}", content.len()).as_bytes());
    }

    pub(crate) fn write_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    /// Closes the server's input, and waits for its end: its status, and what it said on standard error.
    pub(crate) fn close(mut self) -> (Option<i32>, String) {
        drop(self.input.take());
        self.ended()
    }

    /// Waits for the server's end.
    pub(crate) fn ended(mut self) -> (Option<i32>, String) {
        let mut error = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        (self.child.wait().unwrap().code(), error)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It has ended, or the test has failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A diagnostic as an editor shows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    pub(crate) rule: String,
    pub(crate) severity: i64,
    pub(crate) message: String,
    /// The text that is underlined.
    pub(crate) cut: String,
    pub(crate) range: Value,
}

pub(crate) fn without_cursor(text: &str) -> (String, usize) {
    (text.replacen(CURSOR, "", 1), text.find(CURSOR).unwrap_or_default())
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}
