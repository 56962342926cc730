//! News from work on one thread for an observer on another. The work never waits: of live news, such as
//! the newest step, only the latest of a kind is held, so that an observer that does not look leaves a
//! bounded queue; news that must not be lost are held until they are taken.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// News that know whether they replace older ones.
pub trait Live {
    /// The slot of live news, which holds one piece at a time; `None` for news that must not be lost.
    fn slot(&self) -> Option<u8>;
}

/// The end that the work tells its news to. Clones tell the same observer.
#[derive(Debug)]
pub struct EventSink<T>(Arc<Shared<T>>);

/// The end that the observer reads: what waits, oldest first.
#[derive(Debug)]
pub struct EventStream<T>(Arc<Shared<T>>);

#[derive(Debug)]
struct Shared<T> {
    queue: Mutex<Queue<T>>,
    changed: Condvar,
}

#[derive(Debug)]
struct Queue<T> {
    waiting: VecDeque<T>,
    sinks: usize,
    is_observed: bool,
}

/// A sink and the stream of what it is told.
pub fn event_channel<T: Live>() -> (EventSink<T>, EventStream<T>) {
    let shared = Arc::new(Shared {
        queue: Mutex::new(Queue {
            waiting: VecDeque::new(),
            sinks: 1,
            is_observed: true,
        }),
        changed: Condvar::new(),
    });
    (EventSink(Arc::clone(&shared)), EventStream(shared))
}

impl<T> Shared<T> {
    /// A thread that panicked while it held the lock cannot have left half a piece of news behind.
    fn queue(&self) -> MutexGuard<'_, Queue<T>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Live> EventSink<T> {
    /// Tells `news`, in place of what waits in its slot. An observer that has gone is no error.
    pub fn emit(&self, news: T) {
        let mut queue = self.0.queue();
        if !queue.is_observed {
            return;
        }
        if let Some(slot) = news.slot() {
            queue.waiting.retain(|older| older.slot() != Some(slot));
        }
        queue.waiting.push_back(news);
        self.0.changed.notify_one();
    }
}

impl<T> Clone for EventSink<T> {
    fn clone(&self) -> Self {
        self.0.queue().sinks += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for EventSink<T> {
    fn drop(&mut self) {
        self.0.queue().sinks -= 1;
        self.0.changed.notify_all();
    }
}

impl<T> EventStream<T> {
    /// Takes the oldest piece of news, if one waits.
    pub fn try_next(&self) -> Option<T> {
        self.0.queue().waiting.pop_front()
    }

    /// Takes what waits.
    pub fn try_iter(&self) -> impl Iterator<Item = T> + '_ {
        std::iter::from_fn(|| self.try_next())
    }

    /// The number of pieces that wait.
    pub fn waiting(&self) -> usize {
        self.0.queue().waiting.len()
    }
}

impl<T> Iterator for EventStream<T> {
    type Item = T;

    /// Waits for the next piece of news; `None` once every sink is gone and nothing waits.
    fn next(&mut self) -> Option<T> {
        let queue = self.0.changed.wait_while(self.0.queue(), |queue| {
            queue.waiting.is_empty() && queue.sinks > 0
        });
        queue
            .unwrap_or_else(PoisonError::into_inner)
            .waiting
            .pop_front()
    }
}

impl<T> Drop for EventStream<T> {
    fn drop(&mut self) {
        let mut queue = self.0.queue();
        queue.is_observed = false;
        queue.waiting.clear();
    }
}
