//! The language server: what an editor asks, answered by the layers below. Translates and decides nothing; files, clock and
//! folders are the business of whoever runs it, through [`World`].

mod addresses;
mod context;
mod declared;
mod dispatch;
mod document;
mod features;
mod judge;
mod look;
mod names;
mod position;
mod publish;
mod run;
mod scene;
mod server;
mod start;
mod transport;
mod typing;
mod uri;
mod vocabulary;
mod world;
mod worst_case;

use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

pub use server::End;
pub use world::{Listed, Open, OpenText, Reach, Workspace, World};

use server::{Event, Server};

/// Serves one client until it is done.
pub fn serve(world: Arc<dyn World>, mut input: impl BufRead + Send + 'static, output: impl Write) -> io::Result<End> {
    let (sender, events) = channel();
    let reader = sender.clone();
    // It ends with the input; the process does not wait for it.
    std::thread::spawn(move || read_all(&mut input, &reader));
    Server::new(world, output, sender).serve(&events)
}

fn read_all(input: &mut impl BufRead, events: &Sender<Event>) {
    loop {
        let event = match transport::read(input) {
            Ok(Some(message)) => Event::Client(message),
            Ok(None) => Event::Closed(None),
            Err(problem) => Event::Closed(Some(problem)),
        };
        let is_over = matches!(event, Event::Closed(_));
        if events.send(event).is_err() || is_over {
            return;
        }
    }
}
