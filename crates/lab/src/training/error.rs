//! Errors of the laboratory's training, in the words of whoever started it.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::corpus_hashes::CorpusHashesError;
use crate::small_model::SmallModelError;
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::WriteError;
use palimpsest_diffusion::files::lora::LoraWriteError;
use palimpsest_method::artwork::{ArtworkError, ResampleError};

/// The reason for which a training run ended without its result.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TrainingError {
    /// A folder of pictures cannot be listed.
    #[error("{} cannot be read ({source}): give a folder of pictures that you may open", folder.display())]
    Folder { folder: PathBuf, source: io::Error },
    /// A folder without pictures.
    #[error("{} holds no pictures: give a folder with PNG, JPEG, TIFF, WebP or other files that are read", .0.display())]
    NoPictures(PathBuf),
    /// A folder for a new model that is not empty.
    #[error("{} is not an empty folder: choose a new one", .0.display())]
    NotEmpty(PathBuf),
    /// A checkpoint that does not fit, or is damaged.
    #[error("{} cannot be continued ({why}): give the settings it was begun with, or begin in a new folder", file.display())]
    Checkpoint { file: PathBuf, why: String },
    /// The record of how a model was made cannot be read.
    #[error("{} cannot be read ({source}): restore it, or make the model again", file.display())]
    Record { file: PathBuf, source: io::Error },
    /// The text beside a picture cannot be its caption.
    #[error("{} is no caption ({source}): write a short text in UTF-8, or remove the file", file.display())]
    Caption { file: PathBuf, source: io::Error },
    /// A text encoder that is only computed forward.
    #[error("{} has a text encoder (XLM-RoBERTa) that cannot be trained here: leave out the training of the text encoder", .0.display())]
    ForwardOnly(PathBuf),
    /// A file of the run cannot be written.
    #[error("{} cannot be written ({source}): check that there is space on the disk", file.display())]
    Write { file: PathBuf, source: io::Error },
    /// It does not fit into memory.
    #[error(
        "the fine-tuning needs {:.1} GiB of memory, and {:.1} GiB are free: train a LoRA (--lora), or use a machine with more",
        gib(*needed),
        gib(*available)
    )]
    Memory { needed: u64, available: u64 },
    /// The loss is no longer a number.
    #[error("the training diverged at step {step}: begin again with a lower rate")]
    Diverged { step: u64 },
    /// A picture cannot be used.
    #[error(transparent)]
    Artwork(#[from] ArtworkError),
    /// A picture cannot be cut to size.
    #[error(transparent)]
    Resample(#[from] ResampleError),
    /// A model cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Weights cannot be written.
    #[error(transparent)]
    Weights(#[from] WriteError),
    /// A LoRA cannot be written.
    #[error(transparent)]
    Lora(#[from] LoraWriteError),
    /// The hashes of the corpus cannot be kept.
    #[error(transparent)]
    Hashes(#[from] CorpusHashesError),
    /// Hashes of another corpus than the model's were asked for.
    #[error("the model in {} was made from another corpus: give the corpus of its {record}", folder.display())]
    OtherCorpus {
        folder: PathBuf,
        record: &'static str,
    },
    /// The new model's folder cannot be used.
    #[error(transparent)]
    SmallModel(#[from] SmallModelError),
}

fn gib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 30)
}
