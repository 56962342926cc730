//! Steering of an examination: a handle that pauses and cancels, and a sink of news that never holds the
//! work up.

use std::path::PathBuf;
use std::sync::Arc;

use image::RgbImage;

use super::Findings;
use crate::event_sink::{EventSink, Live};
use crate::inversion::{Control, Event, Interrupted, LatentMask};
use palimpsest_diffusion::Latent;

/// A stage of the work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    /// Looking for the models' files and checking them.
    OpeningModels,
    /// Computing the SHA-256 of every file that the result depends on.
    Hashing,
    /// Asking whether the fine-tuned model was made from the pretrained one.
    CheckingBase,
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
    /// The state before the descent.
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

impl Live for Progress {
    /// Only news from the descent are live: of the others there are a few a work.
    fn slot(&self) -> Option<u8> {
        match self {
            Self::Inversion(event) => event.slot(),
            Self::Artwork { .. } | Self::Stage(_) | Self::Prepared(_) | Self::Done { .. } => None,
        }
    }
}

/// The pictures and latents before the first step, by which the latents that follow become visible.
#[derive(Debug)]
pub struct Opening {
    /// The prepared artwork.
    pub original: RgbImage,
    /// The rest that is left of it.
    pub partial: RgbImage,
    /// z, the artwork's own latent.
    pub latent: Latent,
    /// s, what the removed cells start from.
    pub start: Latent,
    /// The kept cells of the latent grid.
    pub kept: LatentMask,
}

/// The handle by which work is paused and cancelled, and the sink that it reports to.
/// Clones steer the same work.
#[derive(Clone, Debug)]
pub struct Steering {
    control: Control,
    progress: EventSink<Progress>,
}

impl Steering {
    /// Obeys `control`, reports to `progress`.
    pub fn new(control: Control, progress: EventSink<Progress>) -> Self {
        Self { control, progress }
    }

    /// The handle.
    pub fn control(&self) -> &Control {
        &self.control
    }

    /// Reports.
    pub fn emit(&self, news: Progress) {
        self.progress.emit(news);
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
        self.control.check()
    }
}
