//! Reasons for which an evaluation ended early.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::grid::GridError;
use crate::training::corpus_hashes::CorpusHashesError;
use crate::training::error::TrainingError;
use crate::works::WorksError;
use palimpsest_base::experiment_manifest::ManifestError;
use palimpsest_diffusion::ModelError;
use palimpsest_method::artwork::{ArtworkError, ResampleError};
use palimpsest_method::examination::ExaminationError;
use palimpsest_method::generation::GenerationError;
use palimpsest_method::models::ModelsError;
use palimpsest_record::casework::CaseworkError;
use palimpsest_record::chart::ChartError;

/// The reason for which an evaluation ended early. Finished work stays, and the same command goes on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EvaluationError {
    /// Fewer pictures than members and hold-outs need.
    #[error("{} holds {found} pictures, and {needed} are needed: add some, or ask for fewer", folder.display())]
    TooFew {
        folder: PathBuf,
        found: usize,
        needed: usize,
    },
    /// Nothing to evaluate.
    #[error(
        "there is nothing to evaluate: give --finetuned with --members and --hold-outs, or a --hand, or --pictures"
    )]
    NoSource,
    /// Somebody stopped it.
    #[error("interrupted, and everything is kept: the same command goes on")]
    Interrupted,
    /// A result cannot be written.
    #[error("{} cannot be written ({source}): check that there is space on the disk", file.display())]
    Write { file: PathBuf, source: io::Error },
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error(transparent)]
    Corpus(#[from] CorpusHashesError),
    #[error(transparent)]
    Artwork(#[from] ArtworkError),
    #[error(transparent)]
    Preparation(#[from] ResampleError),
    #[error(transparent)]
    Casework(Box<CaseworkError>),
    #[error(transparent)]
    Model(Box<ModelError>),
    #[error(transparent)]
    Training(Box<TrainingError>),
    #[error(transparent)]
    Generation(Box<GenerationError>),
    #[error(transparent)]
    Examination(Box<ExaminationError>),
    /// A dossier cannot be written as JSON.
    #[error("the dossier cannot be written as JSON ({0})")]
    Json(#[from] serde_json::Error),
    /// A result of an earlier run is not what this one needs.
    #[error("{} is damaged: delete it, and it is made anew", .0.display())]
    Damaged(PathBuf),
    #[error(transparent)]
    Works(#[from] WorksError),
    #[error(transparent)]
    BuiltIn(#[from] ModelsError),
    #[error(transparent)]
    Chart(#[from] ChartError),
    #[error(transparent)]
    Grid(#[from] GridError),
}

impl EvaluationError {
    /// True if somebody stopped it.
    pub fn is_interruption(&self) -> bool {
        match self {
            Self::Interrupted => true,
            Self::Casework(error) => error.is_interruption(),
            Self::Generation(error) => matches!(**error, GenerationError::Interrupted),
            Self::Examination(error) => matches!(**error, ExaminationError::Interrupted),
            _ => false,
        }
    }
}

impl From<CaseworkError> for EvaluationError {
    fn from(error: CaseworkError) -> Self {
        Self::Casework(Box::new(error))
    }
}

impl From<GenerationError> for EvaluationError {
    fn from(error: GenerationError) -> Self {
        Self::Generation(Box::new(error))
    }
}

impl From<ExaminationError> for EvaluationError {
    fn from(error: ExaminationError) -> Self {
        Self::Examination(Box::new(error))
    }
}

impl From<TrainingError> for EvaluationError {
    fn from(error: TrainingError) -> Self {
        Self::Training(Box::new(error))
    }
}

impl From<ModelError> for EvaluationError {
    fn from(error: ModelError) -> Self {
        Self::Model(Box::new(error))
    }
}
