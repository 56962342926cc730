//! Both readings of a model that does not say what it predicts, measured on the first artworks beside the frame, so that
//! the losses stand where the user is asked.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use eframe::egui;

use super::inspection::Inspected;
use super::refusal::Question;
use super::state::State;
use super::tasks::Task;
use palimpsest_method::artwork::Crop;
use palimpsest_method::event_sink::event_channel;
use palimpsest_method::examination::{
    Examiner, PredictionLosses, Progress, Request, Stage, Steering,
};
use palimpsest_method::inversion::Control;
use palimpsest_method::models;

/// The most works that are measured.
const WORKS: usize = 2;

/// The thing that is measured.
#[derive(Clone, Debug, PartialEq)]
struct Measured {
    request: Request,
    works: Vec<(PathBuf, Crop)>,
}

/// The measurement for the desk as it is set.
#[derive(Default)]
pub struct PredictionJob {
    of: Option<Measured>,
    task: Option<Task<Option<PredictionLosses>>>,
    /// The stage that the measurement is in.
    stage: Arc<Mutex<Option<Stage>>>,
    control: Control,
    known: Option<Result<Option<PredictionLosses>, String>>,
}

impl PredictionJob {
    /// The losses, or why they cannot be had; none while they are measured. No losses if no artwork can be read.
    pub fn known(&self) -> Option<&Result<Option<PredictionLosses>, String>> {
        self.known.as_ref()
    }

    /// The stage of the measurement, once one was entered.
    pub fn stage(&self) -> Option<Stage> {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True while they are measured.
    pub fn is_busy(&self) -> bool {
        self.task.is_some()
    }

    fn follow(&mut self, ctx: &egui::Context, wanted: Option<Measured>) {
        self.task = match self.task.take().map(Task::take) {
            Some(Ok(done)) => {
                self.known = Some(done).filter(|_| self.of == wanted);
                None
            }
            Some(Err(running)) => Some(running),
            None => None,
        };
        if self.of == wanted {
            return;
        }
        self.known = None;
        if self.task.is_some() {
            self.control.cancel();
            return;
        }
        self.of.clone_from(&wanted);
        self.control = Control::new();
        self.stage = Arc::default();
        let (control, stage, waker) = (self.control.clone(), self.stage.clone(), ctx.clone());
        self.task = wanted.map(|measured| {
            Task::start(ctx, "measuring both readings", move || {
                let told = |news: Progress| {
                    if let Progress::Stage(entered) = news {
                        *stage.lock().unwrap_or_else(PoisonError::into_inner) = Some(entered);
                        waker.request_repaint();
                    }
                };
                measure(&measured, control, told).map_err(|error| error.to_string())
            })
        });
    }
}

impl Drop for PredictionJob {
    fn drop(&mut self) {
        self.control.cancel();
    }
}

/// Measures both, and tells how far it is.
fn measure(
    measured: &Measured,
    control: Control,
    told: impl Fn(Progress) + Send,
) -> Result<Option<PredictionLosses>, Box<dyn std::error::Error>> {
    let request = Request {
        pretrained: models::resolve(&measured.request.pretrained)?,
        finetuned: models::resolve_source(&measured.request.finetuned)?,
        ..measured.request.clone()
    };
    let (progress, news) = event_channel();
    let works = measured.works.iter().map(|(path, crop)| (&**path, *crop));
    let losses = thread::scope(|scope| {
        // It ends with the sink, which goes with the measurement.
        scope.spawn(move || news.for_each(told));
        let steering = Steering::new(control, progress);
        Examiner::prediction_losses(&request, works, &steering)
    });
    Ok(losses?)
}

impl State {
    /// Measures both readings where the user is asked which is right, and an artwork is there. Call it in every frame.
    pub(super) fn follow_prediction(&mut self, ctx: &egui::Context) {
        let wanted = self.wanted_prediction();
        self.prediction.follow(ctx, wanted);
    }

    fn wanted_prediction(&self) -> Option<Measured> {
        let set_up = self.set_up();
        // A run needs the machine more.
        if self.run.is_some() || self.inspection.is_busy() {
            return None;
        }
        let known = self.inspection.known_of(set_up)?;
        if Inspected::question(&known) != Some(&Question::Prediction) {
            return None;
        }
        let works = self.queue.usable().into_iter();
        let works = works.filter(|work| work.role.is_questioned());
        let works = works.take(WORKS).map(|work| (work.path.clone(), work.crop));
        let measured = Measured {
            request: set_up.request(set_up.first_mask())?,
            works: works.collect(),
        };
        (!measured.works.is_empty()).then_some(measured)
    }
}
