//! What is worked out when somebody first asks for it. Knows nothing of what that is.

use std::ops::Deref;
use std::sync::{Arc, LazyLock};

type Work<T> = Box<dyn FnOnce() -> T + Send>;

/// A value that may not have been worked out yet; its clones share it.
#[derive(Debug)]
pub struct Deferred<T>(Arc<LazyLock<T, Work<T>>>);

impl<T> Deferred<T> {
    pub fn new(work: impl FnOnce() -> T + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(work))))
    }
}

impl<T: Send + 'static> From<T> for Deferred<T> {
    fn from(known: T) -> Self {
        Self::new(move || known)
    }
}

impl<T> Clone for Deferred<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Deferred<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn it_is_worked_out_once_and_only_for_somebody_who_asks() {
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        let deferred = Deferred::new(|| ASKED.fetch_add(1, Ordering::Relaxed));
        let same = deferred.clone();
        assert_eq!(ASKED.load(Ordering::Relaxed), 0);
        assert_eq!((*deferred, *same), (0, 0));
        assert_eq!(ASKED.load(Ordering::Relaxed), 1);
    }
}
