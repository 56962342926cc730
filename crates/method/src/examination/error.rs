//! Errors that end an examination early, worded for the person who started it.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::PredictionLosses;
use crate::artwork::{ArtworkError, FillError, ResampleError};
use crate::inversion::{CheckpointError, DrawsError, Interrupted, InversionError, SettingsError};
use crate::mask::MaskError;
use palimpsest_base::number_format::number;
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::config::Prediction;

/// The reason why an examination did not come to its end.
#[derive(Debug, Error)]
pub enum ExaminationError {
    /// It was cancelled; what was done until then is kept where there is a checkpoint.
    #[error("the examination was interrupted")]
    Interrupted,
    /// The picture cannot be read.
    #[error(transparent)]
    Artwork(#[from] ArtworkError),
    /// The picture cannot be brought to the resolution of the models.
    #[error("{} cannot be prepared: {source}", path.display())]
    Preparation {
        /// The picture.
        path: PathBuf,
        /// The reason.
        source: ResampleError,
    },
    /// A model or a picture encoder cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Nothing says what the models predict; the losses of both readings say what is likely.
    #[error(
        "{unsaid} On the artwork the fine-tuned model's loss is {} read as noise and {} read as velocity: {}",
        number(*epsilon), number(*velocity), likelier(*epsilon, *velocity)
    )]
    Readings {
        /// The model of which it is not known.
        unsaid: ModelError,
        /// The loss if it predicts noise.
        epsilon: f64,
        /// The loss if it predicts velocity.
        velocity: f64,
    },
    /// The graphics card gives other answers than the processor.
    #[error(
        "{card} computes wrongly with these models: its loss is {} where the processor's is {}, and its gradient is off by {gradient_difference:.0e} of its length; update its driver, or choose the processor",
        number(*loss), number(*loss_on_processor)
    )]
    WrongDevice {
        /// The card's name.
        card: String,
        /// The loss on the card.
        loss: f64,
        /// The loss on the processor.
        loss_on_processor: f64,
        /// The difference of the gradients.
        gradient_difference: f64,
    },
    /// A setting is out of its range.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The mask does not suit the models.
    #[error(transparent)]
    Mask(#[from] MaskError),
    /// The file of draws cannot be used.
    #[error(transparent)]
    Draws(#[from] DrawsError),
    /// The descent failed.
    #[error(transparent)]
    Inversion(#[from] InversionError),
    /// The removed part cannot be filled.
    #[error(transparent)]
    Fill(#[from] FillError),
    /// The resolution is beyond what is accepted.
    #[error(
        "a resolution of {0} pixels is more than the {most} that are accepted: choose a smaller one",
        most = super::request::MAX_RESOLUTION
    )]
    Resolution(usize),
    /// The resolution does not suit pictures that are not square.
    #[error(
        "the whole picture cannot be examined at {resolution} pixels: choose a multiple of {step}, or examine the square"
    )]
    Buckets {
        /// In pixels.
        resolution: usize,
        /// Pixels between the sides of two buckets.
        step: usize,
    },
    /// The mask does not lie on all buckets.
    #[error(
        "a block mask of period {period} does not lie on pictures that are not square, whose sides are multiples of {cells} cells: choose a period that divides {cells}, or examine the square"
    )]
    MaskOfBuckets {
        /// In cells.
        period: usize,
        /// Between the sides of two buckets.
        cells: usize,
    },
    /// Recorded draws are of one shape.
    #[error(
        "a file of draws is of one size and cannot be replayed on pictures that are not square: leave out the draws, or examine the square"
    )]
    DrawsOfBuckets,
    /// A start was asked for where the mask brings its own.
    #[error(
        "the mask blur starts from the blurred picture: leave out the start, or choose another mask"
    )]
    StartOfBlur,
    /// The artwork's sizes for models that are told none.
    #[error(
        "these models take no sizes of the picture: leave out the sizes, or choose a pair of the Stable Diffusion XL family"
    )]
    NoSizes,
    /// A file that has to be hashed cannot be read.
    #[error("{} cannot be read ({source}): check that it exists and that you may open it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The prompt beside the fine-tuned model is no text.
    #[error("{} does not hold a prompt ({why}): give the prompt explicitly, or remove the file", path.display())]
    PromptFile {
        /// The file.
        path: PathBuf,
        /// The fault.
        why: String,
    },
    /// A file is not what it was when the examination began.
    #[error(
        "{} is not the file that the case was begun with: restore it, or begin a new case in another folder",
        path.display()
    )]
    Changed {
        /// The file or folder.
        path: PathBuf,
    },
    /// The machine computes in another way than the one on which the examination began.
    #[error(
        "the case was begun with the arithmetic {begun}, and here it is {here}: resume it on a machine like the first, or begin a new case in another folder"
    )]
    OtherArithmetic {
        /// As the plan has it.
        begun: String,
        /// As it is here.
        here: String,
    },
    /// The plan was written by another version, whose numbers may differ.
    #[error(
        "the case was begun by version {begun} of this program and this is version {here}: resume it with version {begun}, or begin a new case in another folder"
    )]
    OtherVersion {
        /// As the plan has it.
        begun: String,
        /// This program's.
        here: &'static str,
    },
}

/// The advice that two losses allow.
fn likelier(epsilon: f64, velocity: f64) -> &'static str {
    match (PredictionLosses { epsilon, velocity }).likely() {
        Some(Prediction::Epsilon) => "it predicts noise, most likely.",
        Some(Prediction::Velocity) => "it predicts velocity, most likely.",
        None => "they are too near to one another to tell.",
    }
}

impl ExaminationError {
    /// Tells whether to go on with other artworks is futile: the work was cancelled, or nothing more can
    /// be saved.
    pub fn concerns_all_artworks(&self) -> bool {
        matches!(
            self,
            Self::Interrupted
                | Self::Inversion(InversionError::Checkpoint(
                    CheckpointError::Unwritable { .. }
                ))
        )
    }
}

impl From<Interrupted> for ExaminationError {
    fn from(_: Interrupted) -> Self {
        Self::Interrupted
    }
}
