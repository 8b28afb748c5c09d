//! A server as rules see it.

use std::rc::Rc;

use super::Nginx;
use super::block::{Block, any};
use super::expand::{Gap, Instance};
use super::header::headers;
use super::listen::{Listen, listens, server_names};
use super::location::{all, directives, locations, proxies_tls, proxy_protocols};
use super::protocols;
use super::redirect::{redirects_to_https, refuses, returns};
use super::socket::Sockets;
use super::word::{self, list, record};
use crate::model::data::{Data, Value};
use crate::model::subject::NGINX_SERVER;
use crate::source::Place;
use crate::subject::Found;

/// Every server of an instance, and what is to be said of how they stand beside each other.
pub(super) fn servers<'e>(instance: &'e Instance<'e>, nginx: &Nginx, found: &mut Found) {
    let outer = Block::new(&instance.entries, None, instance.defined, Place::default());
    let servers: Vec<Rc<Block<'_>>> = outer.named("server").iter().map(|node| outer.inside(node)).collect();
    let addresses: Vec<Vec<Result<Listen, Gap>>> = servers.iter().map(|server| listens(server)).collect();
    let owns: Vec<Option<Value>> = servers.iter().map(|server| protocols::own(server, nginx)).collect();
    let sockets = Sockets::of(&addresses);
    for (index, (server, listens)) in servers.iter().zip(&addresses).enumerate() {
        let deciding = sockets.deciding(listens);
        let view = View { index, block: server, listens, sockets: &sockets, context: instance.context };
        found.subjects.push(view.value(protocols::effective(index, &deciding, &owns, nginx)));
        found.diagnostics.extend(protocols::note(server, index, &deciding, &owns, nginx));
    }
}

struct View<'v, 'e> {
    index: usize,
    block: &'v Rc<Block<'e>>,
    listens: &'v [Result<Listen, Gap>],
    sockets: &'v Sockets,
    context: &'static str,
}

impl View<'_, '_> {
    fn value(&self, ssl_protocols: Option<Value>) -> Value {
        let block = self.block;
        let head = block.head;
        let own = block.entries;
        let names = server_names(block);
        let mut fields = vec![
            ("id", self.id(&names)),
            ("context", Value::new(Data::text(self.context), head)),
            ("listens", self.addresses()),
            ("listens_tls", self.any_address(|listen| self.sockets.tls(listen))),
            ("listens_plain", self.any_address(|listen| negated(self.sockets.tls(listen)))),
            ("default_server", self.any_address(|listen| self.sockets.is_default(listen, self.index))),
            ("server_names", names),
        ];
        fields.extend(ssl_protocols.map(|protocols| ("ssl_protocols", protocols)));
        for name in ["ssl_ciphers", "ssl_prefer_server_ciphers", "server_tokens", "client_max_body_size"] {
            fields.extend(block.text(name).map(|value| (name, value)));
        }
        for name in ["ssl_certificate", "ssl_certificate_key"] {
            fields.extend(block.texts(name).map(|value| (name, value)));
        }
        fields.extend(proxy_protocols(block).map(|protocols| ("proxy_ssl_protocols", protocols)));
        let mut every = Vec::new();
        locations(block, &mut every);
        let mut directive = Vec::new();
        all(own, &"server".into(), block.defined, &mut directive);
        fields.extend([
            ("headers", headers(block)),
            ("locations", list(every, head)),
            ("returns", returns(block)),
            ("redirects_to_https", redirects_to_https(block)),
            ("refuses", refuses(block)),
            ("proxies_tls", any(proxies_tls(own, block.defined), head)),
            ("includes", includes(block)),
            ("directives", directives(block)),
            ("all", list(directive, head)),
        ]);
        record(&NGINX_SERVER, fields, head)
    }

    /// The first name that is one, else the first address.
    fn id(&self, names: &Value) -> Value {
        let names = if let Data::List(names) = &names.data { &**names } else { &[] };
        let first = names.iter().find(|name| matches!(&name.data, Data::Text(name) if !matches!(&**name, "" | "_")));
        let address = || {
            let socket = self.listens.iter().flatten().find_map(|listen| listen.socket.clone());
            Value::new(Data::text(socket.unwrap_or_else(|| "server".to_owned())), self.block.head)
        };
        first.cloned().unwrap_or_else(address)
    }

    fn addresses(&self) -> Value {
        let items: Vec<Value> = self
            .listens
            .iter()
            .map(|listen| match listen {
                Ok(listen) => listen.value(self.sockets.ssl(listen), self.sockets.is_default(listen, self.index)),
                Err(gap) => gap.value(),
            })
            .collect();
        let place = items.first().map_or(self.block.head, |first| first.place);
        list(items, place)
    }

    fn any_address(&self, asked: impl Fn(&Listen) -> Value) -> Value {
        let answers = self.listens.iter().map(|listen| match listen {
            Ok(listen) => asked(listen),
            Err(gap) => gap.value(),
        });
        any(answers, self.block.head)
    }
}

fn negated(answer: Value) -> Value {
    if let Data::Bool(known) = answer.data { Value::new(Data::Bool(!known), answer.place) } else { answer }
}

fn includes(block: &Block<'_>) -> Value {
    let words =
        block.named("include").iter().flat_map(|node| node.directive.arguments.iter().map(|word| (node.file, word)));
    let items: Vec<Value> = words.map(|(file, word)| word::text(file, word, block.defined)).collect();
    let place = items.first().map_or(block.head, |first| first.place);
    list(items, place)
}
