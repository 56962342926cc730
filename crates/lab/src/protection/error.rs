//! Reasons for which pictures are not changed, in the words of whoever asked for it.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::training::error::TrainingError;
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::WriteError;
use palimpsest_method::artwork::{ArtworkError, ResampleError};
use palimpsest_method::examination::ExaminationError;
use palimpsest_method::models::ModelsError;

/// The reason for which pictures are missing. Finished ones stay.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ProtectionError {
    /// Two pictures whose results would have one name.
    #[error("{} and {} would both be written as {output}: rename one of them", one.display(), other.display())]
    SameName {
        one: PathBuf,
        other: PathBuf,
        output: String,
    },
    /// A folder of something else, or of other settings.
    #[error("{} holds something else, or pictures that were changed with other settings: choose a new folder", .0.display())]
    OtherSettings(PathBuf),
    /// A picture that is another file than the one that was changed.
    #[error("{} is another picture than the one that was changed into {}: choose a new folder", input.display(), out.display())]
    OtherPicture { input: PathBuf, out: PathBuf },
    /// The record cannot be understood.
    #[error("{} cannot be read as a record of changed pictures ({why}): restore it, or choose a new folder", file.display())]
    Record { file: PathBuf, why: String },
    /// What was kept of an interrupted run does not fit.
    #[error("{} cannot be gone on with ({why}): delete it, and the pictures are changed from the beginning", file.display())]
    Checkpoint { file: PathBuf, why: String },
    /// A file or folder cannot be read.
    #[error("{} cannot be read ({source}): check that you may open it", file.display())]
    Read { file: PathBuf, source: io::Error },
    /// A file cannot be written.
    #[error("{} cannot be written ({source}): check that there is space on the disk", file.display())]
    Write { file: PathBuf, source: io::Error },
    /// It does not fit into memory.
    #[error(
        "changing pictures with this model needs {:.1} GiB of memory, and {:.1} GiB are free: use a smaller --resolution, or a machine with more",
        gib(*needed),
        gib(*available)
    )]
    Memory { needed: u64, available: u64 },
    /// The gradient is no number.
    #[error("the gradient at {} is not finite, so that it cannot be changed: leave it out, or use another model", .0.display())]
    NotFinite(PathBuf),
    /// ASPL's model is lost.
    #[error("the model that ASPL fine-tunes diverged: begin again with a lower --rate")]
    Diverged,
    /// A picture cannot be read.
    #[error(transparent)]
    Artwork(#[from] ArtworkError),
    /// A picture cannot be cut to size.
    #[error(transparent)]
    Resample(#[from] ResampleError),
    #[error(transparent)]
    Training(Box<TrainingError>),
    #[error(transparent)]
    Examination(Box<ExaminationError>),
    #[error(transparent)]
    Model(Box<ModelError>),
    #[error(transparent)]
    Weights(#[from] WriteError),
    #[error(transparent)]
    BuiltIn(#[from] ModelsError),
}

impl ProtectionError {
    /// True if somebody stopped it.
    pub fn is_interruption(&self) -> bool {
        matches!(self, Self::Examination(error) if matches!(**error, ExaminationError::Interrupted))
    }
}

impl ProtectionError {
    /// True if what lies in the folder was made with other settings or of other pictures.
    pub fn is_of_another_run(&self) -> bool {
        matches!(
            self,
            Self::OtherSettings(_)
                | Self::OtherPicture { .. }
                | Self::Record { .. }
                | Self::Checkpoint { .. }
        )
    }
}

impl From<TrainingError> for ProtectionError {
    fn from(error: TrainingError) -> Self {
        Self::Training(Box::new(error))
    }
}

impl From<ExaminationError> for ProtectionError {
    fn from(error: ExaminationError) -> Self {
        Self::Examination(Box::new(error))
    }
}

impl From<ModelError> for ProtectionError {
    fn from(error: ModelError) -> Self {
        Self::Model(Box::new(error))
    }
}

fn gib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 30)
}
