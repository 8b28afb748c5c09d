//! `listen`: addresses, ports and what they speak.

use rust_decimal::Decimal;

use super::block::{Block, any};
use super::expand::{Gap, Node};
use super::word::{self, Defined, flag, list, record};
use crate::model::data::{Data, Value};
use crate::model::subject::LISTEN;
use crate::source::Place;

/// An address of a server, before it is known what its other servers say of it.
#[derive(Debug)]
pub(super) struct Listen {
    /// What tells sockets apart; `None` where the address is not known.
    pub(super) socket: Option<String>,
    address: Value,
    port: Option<Value>,
    pub(super) ssl: Value,
    pub(super) quic: Value,
    http2: Value,
    pub(super) default: Value,
    proxy_protocol: Value,
    parameters: Value,
    place: Place,
}

/// The addresses of a server: those it names, else the one it has without a word.
pub(super) fn listens(server: &Block<'_>) -> Vec<Result<Listen, Gap>> {
    let legacy = legacy_ssl(server);
    let mut found: Vec<Result<Listen, Gap>> = server
        .named("listen")
        .iter()
        .filter_map(|node| Some(Ok(listen(node, server.defined, legacy.as_ref())?)))
        .collect();
    match server.gap("listen") {
        Some(gap) => found.push(Err(gap.clone())),
        None if found.is_empty() => found.push(Ok(implied(server.head, legacy))),
        None => {}
    }
    found
}

/// `ssl on;`, which nginx knew until 1.25.1.
fn legacy_ssl(server: &Block<'_>) -> Option<Value> {
    let own = server.named("ssl").first();
    let said = own.or_else(|| server.outer.as_ref()?.named("ssl").first())?;
    let on = said.directive.arguments.first()?;
    Some(word::computed(said.file, on, server.defined, |text| Data::Bool(text == "on")))
}

fn listen(node: &Node<'_>, defined: &Defined, legacy: Option<&Value>) -> Option<Listen> {
    let (written, parameters) = node.directive.arguments.split_first()?;
    let place = word::place(node.file, written);
    let whole = word::text(node.file, written, defined);
    let says = |names: &[&str]| {
        let answers = parameters.iter().map(|parameter| {
            let says_so = |text: &str| Data::Bool(names.contains(&text));
            word::computed(node.file, parameter, defined, says_so)
        });
        any(answers, place)
    };
    let quic = says(&["quic"]);
    let (socket, address, port) = if matches!(whole.data, Data::Unresolved(_)) {
        (None, whole.clone(), Some(whole))
    } else {
        let (address, port) = parts(&written.text);
        let udp = if matches!(quic.data, Data::Bool(true)) { "/udp" } else { "" };
        let shared = if address == "0.0.0.0" { "*" } else { address };
        let socket = format!("{shared}:{}{udp}", port.unwrap_or_default());
        let number = port.and_then(|port| port.parse::<u16>().ok()).map(Decimal::from);
        let port = port.map(|port| Value::new(number.map_or_else(|| Data::text(port), Data::Number), place));
        (Some(socket), Value::new(Data::text(address), place), port)
    };
    Some(Listen {
        socket,
        address,
        port,
        ssl: any([Some(says(&["ssl"])), legacy.cloned()].into_iter().flatten(), place),
        quic,
        http2: says(&["http2"]),
        default: says(&["default_server", "default"]),
        proxy_protocol: says(&["proxy_protocol"]),
        parameters: list(parameters.iter().map(|word| word::text(node.file, word, defined)).collect(), place),
        place,
    })
}

/// A server without `listen` answers on port 80.
fn implied(head: Place, legacy: Option<Value>) -> Listen {
    let no = || flag(false, head);
    Listen {
        socket: Some("*:80".to_owned()),
        address: Value::new(Data::text("*"), head),
        port: Some(Value::new(Data::Number(Decimal::from(80)), head)),
        ssl: legacy.unwrap_or_else(no),
        quic: no(),
        http2: no(),
        default: no(),
        proxy_protocol: no(),
        parameters: list(Vec::new(), head),
        place: head,
    }
}

/// Address and port; a socket of the file system has no port, anything else has one.
fn parts(written: &str) -> (&str, Option<&str>) {
    if written.starts_with("unix:") {
        return (written, None);
    }
    let is_port = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if is_port(written) {
        return ("*", Some(written));
    }
    match written.rsplit_once(':') {
        Some((address, port)) if is_port(port) && (address.ends_with(']') || !address.starts_with('[')) => {
            (address, Some(port))
        }
        _ => (written, Some("80")),
    }
}

impl Listen {
    /// As rules see it, with what the other servers of its address say.
    pub(super) fn value(&self, ssl: Value, default: Value) -> Value {
        let mut fields = vec![("address", self.address.clone())];
        fields.extend(self.port.clone().map(|port| ("port", port)));
        fields.extend([
            ("ssl", ssl),
            ("quic", self.quic.clone()),
            ("http2", self.http2.clone()),
            ("default_server", default),
            ("proxy_protocol", self.proxy_protocol.clone()),
            ("parameters", self.parameters.clone()),
        ]);
        record(&LISTEN, fields, self.place)
    }

    pub(super) const fn place(&self) -> Place {
        self.place
    }
}

/// The names of a server.
pub(super) fn server_names(server: &Block<'_>) -> Value {
    server.own_texts("server_name").unwrap_or_else(|| list(Vec::new(), server.head))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn addresses_are_read_as_nginx_reads_them() {
        for (written, expected) in [
            ("443", ("*", Some("443"))),
            ("*:80", ("*", Some("80"))),
            ("127.0.0.1", ("127.0.0.1", Some("80"))),
            ("127.0.0.1:8080", ("127.0.0.1", Some("8080"))),
            ("[::]:443", ("[::]", Some("443"))),
            ("[::1]", ("[::1]", Some("80"))),
            ("[2001:db8::1]", ("[2001:db8::1]", Some("80"))),
            ("localhost", ("localhost", Some("80"))),
            ("unix:/run/a.sock", ("unix:/run/a.sock", None)),
            ("8000-8010", ("*", Some("8000-8010"))),
        ] {
            assert_eq!(parts(written), expected, "{written}");
        }
    }
}
