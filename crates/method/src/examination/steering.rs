//! How an examination is steered and what it tells meanwhile: a handle that pauses and cancels, and a
//! channel that never holds the work up.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, SyncSender, sync_channel};
use std::thread;

use image::RgbImage;

use super::Findings;
use crate::inversion::{Control, Event, LatentMask};
use palimpsest_diffusion::Latent;

/// Events of the descent that may wait to be passed on.
const WAITING: usize = 64;

/// What is being done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    /// Looking for the models' files and checking them.
    OpeningModels,
    /// Computing the SHA-256 of every file that the result depends on.
    Hashing,
    /// Running the prompts through the text encoders.
    ReadingPrompts,
    /// Making the artwork's latent, the partial picture and the start.
    Encoding,
    /// Letting the fine-tuned model make pictures of its own.
    Generating,
    /// Bringing the two noise predictors into memory.
    LoadingNoisePredictors,
    /// The inversion itself.
    Descending,
    /// Measuring the losses on the whole artwork.
    MeasuringLossGap,
    /// Making the recovered picture.
    Decoding,
    /// Comparing pictures.
    Scoring,
}

/// A piece of news from an examination.
#[derive(Clone, Debug)]
pub enum Progress {
    /// An artwork's turn has come.
    Artwork {
        /// Counted from 1.
        number: usize,
        /// Artworks in all.
        of: usize,
        /// The picture file.
        path: PathBuf,
    },
    /// Something else is being done.
    Stage(Stage),
    /// What is known before the descent.
    Prepared(Arc<Opening>),
    /// News from the descent.
    Inversion(Event),
    /// The artwork whose turn it was is done with, and what became of it is on disk.
    Done {
        /// Counted from 1.
        number: usize,
        /// The findings as they are on disk; else why it could not be examined, in one sentence.
        outcome: Result<Arc<Findings>, String>,
    },
}

/// What there is to look at before the first step, and what makes the latents that follow visible.
#[derive(Debug)]
pub struct Opening {
    /// The prepared artwork.
    pub original: RgbImage,
    /// What is left of it.
    pub partial: RgbImage,
    /// z, the artwork's own latent.
    pub latent: Latent,
    /// s, what the removed cells start from.
    pub start: Latent,
    /// Which cells of the latent grid are kept.
    pub kept: LatentMask,
}

/// The work was told to end, and did.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Interrupted;

/// The handle by which work is paused and cancelled, and the channel through which it reports.
/// Clones steer the same work.
#[derive(Clone, Debug)]
pub struct Steering {
    control: Control,
    progress: Sender<Progress>,
}

impl Steering {
    /// Obeys `control`, reports to `progress`. That nobody listens any more is no error.
    pub fn new(control: Control, progress: Sender<Progress>) -> Self {
        Self { control, progress }
    }

    /// The handle.
    pub fn control(&self) -> &Control {
        &self.control
    }

    /// Reports.
    pub fn emit(&self, news: Progress) {
        // A listener that has gone misses news and nothing else.
        let _ = self.progress.send(news);
    }

    /// Waits while paused, then enters `stage`.
    ///
    /// # Errors
    /// [`Interrupted`] if the work was cancelled.
    pub fn enter(&self, stage: Stage) -> Result<(), Interrupted> {
        self.check()?;
        self.emit(Progress::Stage(stage));
        Ok(())
    }

    /// Waits while paused.
    ///
    /// # Errors
    /// [`Interrupted`] if the work was cancelled.
    pub fn check(&self) -> Result<(), Interrupted> {
        if self.control.may_proceed() {
            Ok(())
        } else {
            Err(Interrupted)
        }
    }

    /// Does `work` and passes on what it reports of a descent.
    pub(super) fn forwarding<T>(&self, work: impl FnOnce(SyncSender<Event>) -> T) -> T {
        let (events, received) = sync_channel(WAITING);
        thread::scope(|scope| {
            scope.spawn(|| {
                for event in received {
                    self.emit(Progress::Inversion(event));
                }
            });
            work(events)
        })
    }
}
