//! The models of the library by how near the fine-tuned model lies to them, found beside the frame when somebody asks:
//! the one that it was made from is the nearest.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use eframe::egui;

use super::preferences::PreferencesFile;
use super::set_up::{ModelRole, SetUp};
use super::state::State;
use super::tasks::Task;
use crate::app::words::say;
use palimpsest_diffusion::Choices;
use palimpsest_method::model_library::{EntryKind, Nearest, nearest};
use palimpsest_method::models;

/// The model that is compared, and what was said of it.
#[derive(Clone, Debug, PartialEq)]
struct Compared {
    model: PathBuf,
    choices: Choices,
}

/// How far the comparison is, and whether it is to end.
#[derive(Default)]
struct Course {
    stopped: AtomicBool,
    done: AtomicUsize,
    of: AtomicUsize,
}

/// The comparison of the fine-tuned model with the library.
#[derive(Default)]
pub struct NearestJob {
    of: Option<Compared>,
    task: Option<Task<Nearest>>,
    course: Arc<Course>,
    known: Option<Result<Nearest, String>>,
}

impl NearestJob {
    /// The models found, or why they cannot be; none while they are looked for or if nobody asked.
    pub fn known(&self) -> Option<&Result<Nearest, String>> {
        self.known.as_ref()
    }

    /// While it goes on: number of models compared, and of all; nought of nought until the library was looked through.
    pub fn progress(&self) -> Option<[usize; 2]> {
        self.task.as_ref()?;
        let read = |number: &AtomicUsize| number.load(Ordering::Relaxed);
        Some([read(&self.course.done), read(&self.course.of)])
    }

    /// Ends the comparison, and forgets what it found so far.
    pub fn stop(&mut self) {
        self.course.stopped.store(true, Ordering::Relaxed);
        self.of = None;
        self.task = None;
        self.known = None;
    }

    fn begin(&mut self, ctx: &egui::Context, store: &PreferencesFile, compared: Compared) {
        self.stop();
        self.course = Arc::default();
        self.of = Some(compared.clone());
        let (course, store, waker) = (self.course.clone(), store.clone(), ctx.clone());
        self.task = Some(Task::start(ctx, "comparing with the library", move || {
            let told = || waker.request_repaint();
            compare(&compared, &store, &course, &told).map_err(|error| error.to_string())
        }));
    }

    /// Takes the result; what is known of another model than the one on the desk is let go.
    fn follow(&mut self, set_up: &SetUp) {
        if self.of.is_some() && self.of != of_desk(set_up) {
            self.stop();
        }
        match self.task.take().map(Task::take) {
            Some(Ok(done)) => self.known = Some(done),
            Some(Err(running)) => self.task = Some(running),
            None => {}
        }
    }
}

impl Drop for NearestJob {
    fn drop(&mut self) {
        self.course.stopped.store(true, Ordering::Relaxed);
    }
}

fn of_desk(set_up: &SetUp) -> Option<Compared> {
    Some(Compared {
        model: set_up.model(ModelRole::Finetuned)?.to_owned(),
        choices: set_up.choices.clone(),
    })
}

fn compare(
    compared: &Compared,
    store: &PreferencesFile,
    course: &Course,
    told: &dyn Fn(),
) -> Result<Nearest, Box<dyn std::error::Error>> {
    let model = models::resolve(&compared.model)?;
    let goes_on = || !course.stopped.load(Ordering::Relaxed);
    let listing = store.library().list(&goes_on)?;
    let whole = [EntryKind::Folder, EntryKind::Model];
    let entries = listing.entries.iter();
    let others = entries.filter(|entry| whole.contains(&entry.kind) && entry.path != model);
    course.of.store(others.count(), Ordering::Relaxed);
    // Asked before each model.
    let next = || {
        course.done.fetch_add(1, Ordering::Relaxed);
        told();
        goes_on()
    };
    Ok(nearest(&model, &compared.choices, &listing, &next)?)
}

impl State {
    /// Reason for which the fine-tuned model cannot be compared with the library; `None` if it can.
    pub(super) fn refuses_nearest(&self) -> Option<String> {
        let set_up = self.set_up();
        let reason = if set_up.finetuned.is_none() {
            say!("choose-the-fine-tuned-model-first")
        } else if self.run.is_some() {
            say!("a-run-is-under-way")
        } else if self.has_adapter() {
            say!("an-adapter-has-no-weights")
        } else {
            return None;
        };
        Some(reason.to_owned())
    }

    fn has_adapter(&self) -> bool {
        let known = self.inspection.known_of(self.set_up());
        let kind = known
            .as_ref()
            .and_then(|known| known.kind(ModelRole::Finetuned));
        kind.is_some_and(|kind| kind.is_adapter)
    }

    /// Compares the fine-tuned model with the library.
    pub(super) fn find_nearest(&mut self, ctx: &egui::Context) {
        if let Some(compared) = of_desk(self.set_up()) {
            self.nearest.begin(ctx, &self.store, compared);
        }
    }

    /// Takes what was found. Call it in every frame.
    pub(super) fn follow_nearest(&mut self) {
        self.nearest.follow(&self.preferences.set_up);
    }
}
