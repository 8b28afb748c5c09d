//! Who waits in front of a terminal is told that something happens, once it has lasted half a second. Short runs, and those
//! whose standard error is no terminal, see nothing of it.

use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

const PATIENCE: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(120);

/// Shown from its making to its end.
#[derive(Debug)]
pub(super) struct Progress {
    begun: Instant,
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
    pub(super) fn start(what: &'static str) -> Self {
        let begun = Instant::now();
        if !std::io::stderr().is_terminal() {
            return Self { begun, waiting: None };
        }
        let (done, waiting) = channel::<()>();
        let thread = std::thread::spawn(move || {
            if waiting.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::new_spinner().with_message(what);
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} … {elapsed}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(TICK);
            // Until the other end is dropped.
            let _ = waiting.recv();
            bar.finish_and_clear();
        });
        Self { begun, waiting: Some((done, thread)) }
    }

    /// Clears the line, so that what is printed next stands alone, and says how long it took.
    pub(super) fn end(self) -> Duration {
        if let Some((done, thread)) = self.waiting {
            drop(done);
            let _ = thread.join();
        }
        self.begun.elapsed()
    }
}
