//! The long work off the frame: a thread that examines, and one that turns what it tells into news for
//! the window. The newest latent lies in a slot of its own, which the run never waits for and the window
//! empties when it paints; it is asked for only while somebody looks.

mod decoding;
mod interpreting;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use self::decoding::Decoder;
use self::interpreting::Interpreter;
use super::gpu::{MaskGrid, PictureHandle};
use crate::app::words::{self, say};
use palimpsest_diffusion::latent_colours::LatentColours;
use palimpsest_method::event_sink::{EventSink, EventStream, Live, event_channel};
use palimpsest_method::examination::{Choices, Findings, Opening, Request, Stage, Steering};
use palimpsest_method::inversion::{Control, StepReport};
use palimpsest_method::models;
use palimpsest_record::casework::{self, Assignment, WorkResult};

/// A case to be worked on.
#[derive(Clone, Debug)]
pub struct Job {
    pub folder: PathBuf,
    pub task: Task,
}

/// The beginning of a new case, or the rest of one.
#[derive(Clone, Debug)]
pub enum Task {
    Begin(Box<Assignment>),
    /// With the pretrained model that its plan names, and what was said of it.
    Resume {
        pretrained: PathBuf,
        choices: Choices,
    },
}

/// What the window hears of the work.
#[derive(Debug)]
pub enum News {
    /// Work on a case begins, by its place among the jobs.
    Job(usize),
    /// The turn of an artwork has come.
    Artwork {
        /// Number of examinations in the case.
        of: usize,
        path: PathBuf,
    },
    Stage(Stage),
    Prepared(Box<Seen>),
    Step(StepReport),
    Paused,
    Resumed,
    /// How far the latent after some step is, where a latent was shown.
    Recovery {
        step: usize,
        direction: Option<f64>,
        gain_db: Option<f64>,
    },
    /// A true decoding of the latent after some step, and its structural similarity to the artwork.
    Decoded {
        step: usize,
        picture: PictureHandle,
        structural: Option<f64>,
    },
    /// The latent cannot be decoded beside the run, which goes on without.
    Undecoded(String),
    /// An artwork of the job is done with.
    Done {
        artwork: usize,
        outcome: Result<Arc<Findings>, String>,
    },
    /// A job ended before its end.
    Failed {
        job: usize,
        error: String,
    },
    /// Nothing more comes. `interrupted` if it was stopped.
    Ended {
        interrupted: bool,
    },
}

impl Live for News {
    /// A window that draws nothing for hours finds the newest of what it would have shown.
    fn slot(&self) -> Option<u8> {
        match self {
            Self::Step(_) => Some(0),
            Self::Recovery { .. } => Some(1),
            Self::Decoded { .. } => Some(2),
            _ => None,
        }
    }
}

/// The newest latent, channel by channel, and the steps finished when it was taken.
#[derive(Clone, Debug)]
pub struct Newest {
    pub step: usize,
    pub values: Arc<[f32]>,
    pub shape: [usize; 3],
}

/// What there is to see of an artwork while it is examined, ready for the device.
#[derive(Debug)]
pub struct Seen {
    /// Tells this artwork's turn from others.
    pub number: u64,
    pub original: PictureHandle,
    pub partial: PictureHandle,
    pub mask: Option<MaskGrid>,
    /// How latents become visible; none where they cannot before they are decoded.
    pub colours: Option<LatentColours>,
    /// Side of a latent cell in pixels.
    pub factor: usize,
}

impl Seen {
    fn of(opening: &Opening, number: u64) -> Self {
        let removed: Arc<[bool]> = opening.kept.cells().map(|kept| !kept).collect();
        let [_, width] = opening.kept.shape();
        Self {
            number,
            original: PictureHandle::new(opening.original.clone()),
            partial: PictureHandle::new(opening.partial.clone()),
            mask: MaskGrid::new(removed, width),
            // A picture of one colour tells nothing of others: the recovered picture waits for its decoding.
            colours: LatentColours::fit(&opening.latent, &opening.original).ok(),
            factor: opening.original.width() as usize / width.max(1),
        }
    }
}

/// A slot for the newest latent: what was not looked at is overwritten.
#[derive(Clone, Debug, Default)]
pub struct Slot(Arc<Mutex<Option<Newest>>>);

impl Slot {
    fn put(&self, newest: Newest) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(newest);
    }

    /// Takes what is there.
    pub fn take(&self) -> Option<Newest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Wakes the window, as often as it wants to be.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Work that is under way.
pub struct Runner {
    control: Control,
    news: EventStream<News>,
    slot: Slot,
    worker: Option<JoinHandle<()>>,
}

impl Runner {
    /// Starts work on `jobs`, one after the other; every `decode_every` steps that are shown, the latent
    /// is decoded beside the run (0 for never).
    pub fn start(jobs: Vec<Job>, decode_every: usize, wake: Wake) -> Self {
        let control = Control::new();
        let (sender, news) = event_channel();
        let slot = Slot::default();
        let outgoing = NewsSender { sender, wake };
        let told = outgoing.clone();
        let worker = {
            let (control, slot) = (control.clone(), slot.clone());
            let thread = thread::Builder::new().name("examination".into());
            let language = words::spoken();
            thread.spawn(move || {
                words::speak(language);
                work(&jobs, decode_every, &control, &slot, &outgoing)
            })
        };
        if let Err(error) = &worker {
            let error = say!("no-thread-for-it-close-other", "error" => error);
            told.emit(News::Failed { job: 0, error });
            told.emit(News::Ended { interrupted: false });
        }
        Self {
            control,
            news,
            slot,
            // An error of it has been told above.
            worker: worker.ok(),
        }
    }

    pub fn control(&self) -> &Control {
        &self.control
    }

    /// What has come since the last time.
    pub fn news(&self) -> impl Iterator<Item = News> + '_ {
        self.news.try_iter()
    }

    pub fn slot(&self) -> &Slot {
        &self.slot
    }
}

impl Drop for Runner {
    /// The state is on disk before the program goes on.
    fn drop(&mut self) {
        self.control.cancel();
        if let Some(worker) = self.worker.take() {
            // A panic in it has been told as a failure.
            let _ = worker.join();
        }
    }
}

/// The way to the window.
#[derive(Clone)]
struct NewsSender {
    sender: EventSink<News>,
    wake: Wake,
}

impl NewsSender {
    fn emit(&self, news: News) {
        self.sender.emit(news);
        (self.wake)();
    }
}

fn work(jobs: &[Job], decode_every: usize, control: &Control, slot: &Slot, news: &NewsSender) {
    let mut interrupted = false;
    for (index, job) in jobs.iter().enumerate() {
        news.emit(News::Job(index));
        let examined = catch_unwind(AssertUnwindSafe(|| {
            examine(job, decode_every, control, slot, news)
        }));
        let error = match examined {
            Ok(Ok(())) => None,
            Ok(Err(Stopped::Interrupted)) => {
                interrupted = true;
                break;
            }
            Ok(Err(Stopped::Failed(error))) => Some(error),
            Err(_) => Some(say!("the-examination-broke-off-through").to_owned()),
        };
        if let Some(error) = error {
            news.emit(News::Failed { job: index, error });
        }
    }
    news.emit(News::Ended { interrupted });
}

enum Stopped {
    Interrupted,
    Failed(String),
}

fn examine(
    job: &Job,
    decode_every: usize,
    control: &Control,
    slot: &Slot,
    news: &NewsSender,
) -> Result<(), Stopped> {
    let failed = |error: &dyn std::fmt::Display| Stopped::Failed(error.to_string());
    let (sender, progress) = event_channel();
    let (assignment, pretrained, choices) = match &job.task {
        Task::Begin(assignment) => {
            let assignment = resolved(assignment).map_err(|e| failed(&e))?;
            let pretrained = assignment.request.pretrained.clone();
            let choices = assignment.request.choices.clone();
            (Some(assignment), pretrained, choices)
        }
        Task::Resume {
            pretrained,
            choices,
        } => (None, pretrained.clone(), choices.clone()),
    };
    let steering = Steering::new(control.clone(), sender);
    let done = thread::scope(|scope| {
        let thread = thread::Builder::new().name("news".into());
        let interpreter = thread.spawn_scoped(scope, move || {
            let decoder = Decoder::start((pretrained, choices), decode_every, news);
            Interpreter::new(slot, news, decoder).interpret(progress);
        });
        interpreter.map_err(|error| failed(&error))?;
        // The steering must end with the work: the interpreter listens as long as it lives.
        let steering = steering;
        Ok(match &assignment {
            Some(assignment) => casework::begin(assignment, &job.folder, &steering),
            None => casework::resume(&job.folder, &steering),
        })
    });
    match done? {
        Ok(entries) => {
            // Those whose turn never came, since they could not even be read.
            for (artwork, entry) in entries.into_iter().enumerate() {
                if let WorkResult::Failed { error, .. } = entry {
                    let outcome = Err(error);
                    news.emit(News::Done { artwork, outcome });
                }
            }
            Ok(())
        }
        Err(error) if error.is_interruption() => Err(Stopped::Interrupted),
        Err(error) => Err(failed(&error)),
    }
}

/// The assignment with the files of its models in place of their names.
fn resolved(assignment: &Assignment) -> Result<Assignment, models::ModelsError> {
    let request = &assignment.request;
    Ok(Assignment {
        request: Request {
            pretrained: models::resolve(&request.pretrained)?,
            finetuned: models::resolve_source(&request.finetuned)?,
            ..request.clone()
        },
        null_run: match &assignment.null_run {
            Some(other) => Some(models::resolve_source(other)?),
            None => None,
        },
        ..assignment.clone()
    })
}
