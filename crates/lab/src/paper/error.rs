//! Reasons for which a cell, a plan or a table ended early.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::evaluation::error::EvaluationError;
use crate::protection::ProtectionError;
use crate::training::error::TrainingError;
use crate::works::WorksError;
use palimpsest_diffusion::ModelError;
use palimpsest_method::artwork::{ArtworkError, ResampleError};
use palimpsest_method::examination::ExaminationError;
use palimpsest_method::generation::GenerationError;
use palimpsest_method::inversion::Interrupted;
use palimpsest_method::models::ModelsError;

/// The reason for which it ended early. Finished work stays, and the same command goes on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PaperError {
    /// The folder has no plan.
    #[error("{} cannot be read as a plan ({why}): make one with palimpsest lab plan", file.display())]
    Plan { file: PathBuf, why: String },
    /// A plan of other settings, or of something else.
    #[error("{} holds something else, or a plan with other settings: choose a new folder", .0.display())]
    OtherPlan(PathBuf),
    /// No cell has this name.
    #[error(
        "the plan has no cell \u{201c}{0}\u{201d}: palimpsest lab gather lists the cells that are missing"
    )]
    NoCell(String),
    /// A number beyond the cells.
    #[error("the plan has {cells} cells, numbered from 0: there is none with number {index}")]
    NoIndex { index: usize, cells: usize },
    /// An input is not what the plan was made for.
    #[error("{} is another file than when the plan was made: restore it, or make a new plan", .0.display())]
    Changed(PathBuf),
    /// The base model is not what the plan was made for.
    #[error("the base model {} is another than when the plan was made: restore it, or make a new plan", .0.display())]
    OtherBase(PathBuf),
    /// A base model that is named twice.
    #[error("the base model {} is named twice: name it once", .0.display())]
    SameBase(PathBuf),
    /// The plan is that of another version.
    #[error(
        "the plan was made by {plan}, and this is {here}: run it with that version, or make a new plan"
    )]
    OtherVersion { plan: String, here: String },
    /// A folder with too few pictures, or none.
    #[error("{} {why}", folder.display())]
    Layout { folder: PathBuf, why: String },
    /// Two classes whose cells would have the same names.
    #[error(
        "two folders are called \u{201c}{0}\u{201d}, small letters and digits alone counted: rename one of them"
    )]
    SameName(String),
    /// Nothing to plan.
    #[error(
        "there are no pictures for {0}: give --built-in, or the folder of pictures that it is made of"
    )]
    NoMaterial(String),
    /// A file cannot be read.
    #[error("{} cannot be read ({source}): check that it is there and may be opened", file.display())]
    Read { file: PathBuf, source: io::Error },
    /// A file cannot be written.
    #[error("{} cannot be written ({source}): check that there is space on the disk", file.display())]
    Write { file: PathBuf, source: io::Error },
    /// Somebody stopped it.
    #[error("interrupted, and everything is kept: the same command goes on")]
    Interrupted,
    /// Works of an examination failed.
    #[error("{failed} of {works} works could not be examined: {first}")]
    Works {
        failed: usize,
        works: usize,
        first: String,
    },
    /// A score could not be computed.
    #[error("{} cannot be compared with what was made of it ({why}): leave it out", work.display())]
    Similarity { work: PathBuf, why: String },
    #[error(transparent)]
    Evaluation(Box<EvaluationError>),
    #[error(transparent)]
    Examination(Box<ExaminationError>),
    #[error(transparent)]
    Training(Box<TrainingError>),
    #[error(transparent)]
    Generation(Box<GenerationError>),
    #[error(transparent)]
    Protection(Box<ProtectionError>),
    #[error(transparent)]
    Model(Box<ModelError>),
    #[error(transparent)]
    BuiltIn(#[from] ModelsError),
    #[error(transparent)]
    Drawn(#[from] WorksError),
    #[error(transparent)]
    Artwork(#[from] ArtworkError),
    #[error(transparent)]
    Preparation(#[from] ResampleError),
}

impl PaperError {
    /// True if somebody stopped it.
    pub fn is_interruption(&self) -> bool {
        match self {
            Self::Interrupted => true,
            Self::Evaluation(error) => error.is_interruption(),
            Self::Examination(error) => matches!(**error, ExaminationError::Interrupted),
            Self::Generation(error) => matches!(**error, GenerationError::Interrupted),
            Self::Protection(error) => error.is_interruption(),
            _ => false,
        }
    }
}

impl From<Interrupted> for PaperError {
    fn from(_: Interrupted) -> Self {
        Self::Interrupted
    }
}

macro_rules! boxed {
    ($($variant:ident: $error:ty,)+) => {
        $(impl From<$error> for PaperError {
            fn from(error: $error) -> Self {
                Self::$variant(Box::new(error))
            }
        })+
    };
}

boxed! {
    Evaluation: EvaluationError,
    Examination: ExaminationError,
    Training: TrainingError,
    Generation: GenerationError,
    Protection: ProtectionError,
    Model: ModelError,
}
