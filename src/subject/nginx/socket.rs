//! Sockets: what the servers of one address share.

use std::collections::{HashMap, HashSet};

use super::block::any;
use super::expand::Gap;
use super::listen::Listen;
use super::word::flag;
use crate::model::data::{Data, Value};
use crate::source::Place;

/// The sockets of servers that run together.
#[derive(Debug, Default)]
pub(super) struct Sockets {
    by_name: HashMap<String, Socket>,
}

#[derive(Debug)]
struct Socket {
    /// Who says that it speaks TLS.
    ssl: Option<Value>,
    /// The server that answers where no name fits, and where it says so.
    default: usize,
    said: bool,
}

impl Sockets {
    pub(super) fn of(servers: &[Vec<Result<Listen, Gap>>]) -> Self {
        let mut sockets = Self::default();
        for (server, listens) in servers.iter().enumerate() {
            for listen in listens.iter().flatten() {
                let Some(name) = &listen.socket else { continue };
                let socket =
                    sockets.by_name.entry(name.clone()).or_insert(Socket { ssl: None, default: server, said: false });
                if matches!(listen.ssl.data, Data::Bool(true)) && socket.ssl.is_none() {
                    socket.ssl = Some(listen.ssl.clone());
                }
                if matches!(listen.default.data, Data::Bool(true)) && !socket.said {
                    socket.default = server;
                    socket.said = true;
                }
            }
        }
        sockets
    }

    fn get(&self, listen: &Listen) -> Option<&Socket> {
        self.by_name.get(listen.socket.as_ref()?)
    }

    /// Whether the address speaks TLS, by whichever server says so.
    pub(super) fn ssl(&self, listen: &Listen) -> Value {
        let others = self.get(listen).and_then(|socket| socket.ssl.clone());
        any(std::iter::once(listen.ssl.clone()).chain(others), listen.place())
    }

    /// Whether the address speaks TLS or QUIC.
    pub(super) fn tls(&self, listen: &Listen) -> Value {
        any([self.ssl(listen), listen.quic.clone()], listen.place())
    }

    /// Whether the server is the default one of the address.
    pub(super) fn is_default(&self, listen: &Listen, server: usize) -> Value {
        let is_first = self.get(listen).is_some_and(|socket| socket.default == server);
        any([listen.default.clone(), flag(is_first, listen.place())], listen.place())
    }

    /// The default servers of a server's TLS addresses.
    pub(super) fn deciding(&self, listens: &[Result<Listen, Gap>]) -> Vec<(usize, Place)> {
        let mut found: Vec<(usize, Place)> = Vec::new();
        let mut seen = HashSet::new();
        for listen in listens.iter().flatten() {
            let Some(socket) = self.get(listen) else { continue };
            let speaks_tls = matches!(self.tls(listen).data, Data::Bool(true));
            if speaks_tls && seen.insert(socket.default) {
                found.push((socket.default, listen.place()));
            }
        }
        found
    }
}
