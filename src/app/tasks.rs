//! One-shot work off the frame: reading a picture, looking at a model, waiting for a dialog. A panic in it
//! becomes an error like any other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use eframe::egui;
use poll_promise::Promise;

/// Work whose result is looked at in every frame until it is there.
pub struct Task<T: Send + 'static>(Promise<Result<T, String>>);

impl<T: Send + 'static> Task<T> {
    /// Does `work` on a thread and wakes the window when it is done.
    pub fn start(
        ctx: &egui::Context,
        name: &'static str,
        work: impl FnOnce() -> Result<T, String> + Send + 'static,
    ) -> Self {
        let ctx = ctx.clone();
        let (sender, promise) = Promise::new();
        let thread = thread::Builder::new().name(name.to_owned());
        let spawned = thread.spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(work));
            sender
                .send(done.unwrap_or_else(|_| Err(format!("a fault in the program while {name}"))));
            // Not before: a frame that comes too early finds nothing, and nothing would bring another.
            ctx.request_repaint();
        });
        Self(match spawned {
            Ok(_) => promise,
            Err(error) => Promise::from_ready(Err(format!("no thread for {name} ({error})"))),
        })
    }

    /// The result, if it is there.
    pub fn ready(&self) -> Option<&Result<T, String>> {
        self.0.ready()
    }

    /// Takes the result out, or gives the task back.
    pub fn take(self) -> Result<Result<T, String>, Self> {
        self.0.try_take().map_err(Self)
    }
}
