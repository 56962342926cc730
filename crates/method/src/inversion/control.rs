//! The handle by which a window or a signal handler steers a run on another thread. The run looks at
//! it between steps, so every wish is obeyed within one step.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Pauses, resumes and cancels runs and asks for their latent. Clones steer the same runs.
#[derive(Clone, Debug, Default)]
pub struct Control {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    wishes: Mutex<Wishes>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Wishes {
    paused: bool,
    cancelled: bool,
    last: bool,
    latent: bool,
}

/// The next action of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ControlState {
    /// End, for good.
    Cancel,
    /// Send the latent, then ask again.
    Latent,
    /// Wait, then ask again.
    Pause,
    /// Make the next step.
    Proceed,
}

/// The work was told to end, and did.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Interrupted;

impl Control {
    /// A handle that wishes nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the run wait after its current step.
    pub fn pause(&self) {
        self.change(|wishes| wishes.paused = true);
    }

    /// Lets a paused run go on.
    pub fn resume(&self) {
        self.change(|wishes| wishes.paused = false);
    }

    /// Ends the run after its current step, also while it is paused. It cannot be taken back.
    pub fn cancel(&self) {
        self.change(|wishes| wishes.cancelled = true);
    }

    /// Lets the run that is under way come to its end, and none begin after it; or takes that back.
    pub fn end_after_this(&self, end: bool) {
        self.change(|wishes| wishes.last = end);
    }

    /// Tells whether no further run is to begin.
    pub fn ends_after_this(&self) -> bool {
        self.wishes().last
    }

    /// Asks for an [`Event::Latent`](super::Event::Latent) after the current step, also while paused.
    pub fn request_latent(&self) {
        self.change(|wishes| wishes.latent = true);
    }

    /// Tells whether the run was told to wait.
    pub fn is_paused(&self) -> bool {
        self.wishes().paused
    }

    /// Tells whether the run was told to end.
    pub fn is_cancelled(&self) -> bool {
        self.wishes().cancelled
    }

    /// The most pressing wish; asking for the latent fulfils that one.
    pub(super) fn next_state(&self) -> ControlState {
        let mut wishes = self.wishes();
        if wishes.cancelled {
            ControlState::Cancel
        } else if std::mem::take(&mut wishes.latent) {
            ControlState::Latent
        } else if wishes.paused {
            ControlState::Pause
        } else {
            ControlState::Proceed
        }
    }

    /// Waits while the run is to be paused and nothing else is wished.
    pub(super) fn wait(&self) {
        let waited = self
            .shared
            .changed
            .wait_while(self.wishes(), |wishes: &mut Wishes| {
                wishes.paused && !wishes.cancelled && !wishes.latent
            });
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    /// Blocks while paused; then whether to go on rather than end. For work between steps that has
    /// no latent to send.
    pub fn may_proceed(&self) -> bool {
        let blocked = self
            .shared
            .changed
            .wait_while(self.wishes(), |wishes| wishes.paused && !wishes.cancelled);
        !blocked.unwrap_or_else(PoisonError::into_inner).cancelled
    }

    /// Waits while paused.
    ///
    /// # Errors
    /// [`Interrupted`] if the work was cancelled.
    pub fn check(&self) -> Result<(), Interrupted> {
        match self.may_proceed() {
            true => Ok(()),
            false => Err(Interrupted),
        }
    }

    fn change(&self, set: impl FnOnce(&mut Wishes)) {
        set(&mut self.wishes());
        self.shared.changed.notify_all();
    }

    /// A thread that panicked while it held the lock cannot have left half a wish behind.
    fn wishes(&self) -> MutexGuard<'_, Wishes> {
        self.shared
            .wishes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
