//! One-shot work off the frame: reading a picture, looking at a model, waiting for a dialog. A panic in it
//! becomes an error like any other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use eframe::egui;
use poll_promise::Promise;

use crate::app::words::{self, say};

/// Tasks of a window that have not ended. Their results are there in the frame after, and may bring others.
pub fn under_way(ctx: &egui::Context) -> usize {
    counter(ctx).load(Ordering::Acquire)
}

fn counter(ctx: &egui::Context) -> Arc<AtomicUsize> {
    let counter = |data: &mut egui::util::IdTypeMap| {
        let id = egui::Id::unique("tasks under way");
        data.get_temp_mut_or_default::<Arc<AtomicUsize>>(id).clone()
    };
    ctx.data_mut(counter)
}

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
        let (counted, uncounted) = (counter(&ctx), counter(&ctx));
        counted.fetch_add(1, Ordering::AcqRel);
        let thread = thread::Builder::new().name(name.to_owned());
        let language = words::spoken();
        let spawned = thread.spawn(move || {
            words::speak(language);
            let done = catch_unwind(AssertUnwindSafe(work));
            sender.send(done.unwrap_or_else(|_| Err(say!("fault-while", "name" => name))));
            counted.fetch_sub(1, Ordering::AcqRel);
            // Not before: a frame that comes too early finds nothing, and nothing would bring another.
            ctx.request_repaint();
        });
        Self(match spawned {
            Ok(_) => promise,
            Err(error) => {
                uncounted.fetch_sub(1, Ordering::AcqRel);
                Promise::from_ready(Err(say!("no-thread-for", "name" => name, "error" => error)))
            }
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
