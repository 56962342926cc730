//! The errors of the work on a case, worded for the person who does it.

use std::path::PathBuf;

use thiserror::Error;

use super::siblings::SiblingsError;
use crate::case::CaseError;
use crate::case::archive::ArchiveError;
use crate::case::timestamp::TimestampError;
use crate::chart::ChartError;
use crate::exhibit::{AttachedError, ExhibitError};
use crate::validation::DossierError;
use palimpsest_diffusion::ModelError;
use palimpsest_method::examination::ExaminationError;
use palimpsest_method::generation::GenerationError;
use palimpsest_method::similarity::encoder::EncoderError;

/// The reason that the work on a case ended early.
#[derive(Debug, Error)]
pub enum CaseworkError {
    /// The examination could not go on.
    #[error(transparent)]
    Examination(Box<ExaminationError>),
    /// The folder could not be used.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The model could not make pictures of its own.
    #[error(transparent)]
    Generation(#[from] GenerationError),
    /// A work that cannot be a control of the case.
    #[error("{} cannot be added as a control: {why}", path.display())]
    Control {
        /// The picture.
        path: PathBuf,
        /// The reason, without a full stop.
        why: String,
    },
    /// Nothing was given to be added.
    #[error(
        "no picture was named: name works that are known not to have been used, or a folder of them"
    )]
    NoControls,
    /// A case of before there was a journal.
    #[error("the case in {} has no journal, so nobody can vouch for it: examine the works in a new case", .0.display())]
    NoJournal(PathBuf),
    /// An exhibit that cannot be checked by itself, since it is none.
    #[error("{} cannot be checked: {source}; a copy as it was written can", path.display())]
    NoExhibit {
        /// The file.
        path: PathBuf,
        /// What it lacks.
        source: AttachedError,
    },
    /// An exhibit of a version that attached the record alone.
    #[error("{} has no journal attached, as exhibits of earlier versions: check it with its case, palimpsest verify EXHIBIT.pdf --case CASE_DIR", .0.display())]
    NothingToCheck(PathBuf),
    /// The record is not as it was written.
    #[error("the case in {} does not hold ({why}): run palimpsest verify on it", folder.display())]
    DoesNotHold {
        /// The case.
        folder: PathBuf,
        /// The first problem.
        why: String,
    },
    /// A work or a model is another than at the beginning.
    #[error("{} has changed since the case was begun: restore the file, or examine it in a new case", .0.display())]
    InputChanged(PathBuf),
    /// The case came without the file that tells where its works and models lie.
    #[error(
        "where {name} lies on this machine is not known, as the case in {} is here without its private.json: put that file beside its case.json, or have the command palimpsest resume or verify --replay look for it with --files FOLDER",
        case.display()
    )]
    NoPlace {
        /// The first work or model.
        name: String,
        /// The case.
        case: PathBuf,
    },
    /// A note on something else.
    #[error("the case in {} has no item {item}: name it by its folder, such as {example}", folder.display())]
    NoSuchItem {
        /// The case.
        folder: PathBuf,
        /// The name given.
        item: String,
        /// An item that it has.
        example: String,
    },
    /// There is no rank among sealed siblings.
    #[error(transparent)]
    Siblings(#[from] SiblingsError),
    /// A file would take the place of something.
    #[error("{} is there already, and in a case nothing is replaced: choose another name", .0.display())]
    Taken(PathBuf),
    /// There is nothing to show.
    #[error("no questioned work of the case in {} has been examined to its end: resume it first", .0.display())]
    NothingExamined(PathBuf),
    /// The case could not be put into one file.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The document could not be made.
    #[error(transparent)]
    Exhibit(#[from] ExhibitError),
    /// A timestamp could not be had or does not fit.
    #[error(transparent)]
    Timestamp(Box<TimestampError>),
    /// A figure could not be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// An encoder could not be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// An encoder cannot be used on a picture.
    #[error(transparent)]
    Encoder(#[from] EncoderError),
    /// A calibration was made in another way than the case.
    #[error(
        "the calibration {calibration} was made under other conditions than the case: {difference}; make one with the case's settings"
    )]
    OtherConditions {
        /// Its file.
        calibration: String,
        /// The first difference.
        difference: String,
    },
    /// The system gives no random numbers.
    #[error(
        "works cannot be put in an order by chance, since the system gives no random numbers ({0}): restart the computer"
    )]
    NoRandomness(String),
    /// Decoys are not told apart from what is asked about.
    #[error(
        "the works of the case in {} are under neutral names still: finish it with palimpsest resume; if it is finished, palimpsest verify says what is wrong",
        .0.display()
    )]
    StillBlind(PathBuf),
    /// The mapping of blind works is not to be had.
    #[error(
        "{} is not there, or not what was sealed: only it tells which works of the case are decoys; restore it from a copy and run palimpsest resume",
        .0.display()
    )]
    NoMapping(PathBuf),
    /// A validation dossier cannot be used.
    #[error(transparent)]
    Dossier(#[from] DossierError),
    /// A validation dossier of other cases.
    #[error(
        "the validation dossier {dossier} does not fit the case ({why}): take one that was made for such models and settings"
    )]
    OtherValidation {
        /// Its file.
        dossier: String,
        /// The first difference.
        why: String,
    },
    /// The question is not among those that can be answered.
    #[error("{0}")]
    Question(String),
}

impl CaseworkError {
    /// True if somebody cancelled the work. What had been begun is kept.
    pub fn is_interruption(&self) -> bool {
        match self {
            Self::Examination(error) => matches!(**error, ExaminationError::Interrupted),
            Self::Generation(error) => matches!(error, GenerationError::Interrupted),
            _ => false,
        }
    }
}

impl From<ExaminationError> for CaseworkError {
    fn from(error: ExaminationError) -> Self {
        Self::Examination(Box::new(error))
    }
}

impl From<TimestampError> for CaseworkError {
    fn from(error: TimestampError) -> Self {
        Self::Timestamp(Box::new(error))
    }
}
