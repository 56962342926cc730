//! The order of things in a case, once for every face of the program: claim the folder, look at the
//! artworks, examine one after another, keep what was found. An artwork that fails does not keep the
//! others from being examined.

pub mod assessment;
mod assignment;
pub mod calibration;
pub mod checking;
pub mod exhibit;
pub mod inputs;
mod likeness;
pub mod notes;
pub mod replay;
pub mod stamping;
mod work;

use std::path::{Path, PathBuf};

use serde::Serialize;
use thiserror::Error;

pub use assessment::{AssessedWork, Assessment};
pub use assignment::{Assignment, Control, Examination, Questioned};
pub use likeness::{Kin, Twin};

use crate::case::archive::ArchiveError;
use crate::case::journal::Event;
use crate::case::timestamp::TimestampError;
use crate::case::{ArtworkEntry, Case, CaseDir, CaseError, CaseRecord, CaseView, Role, State};
use crate::chart::ChartError;
use crate::exhibit::ExhibitError;
use assignment::give_seeds;
use calibration::CalibrationFile;
use palimpsest_base::atomic;
use palimpsest_diffusion::ModelError;
use palimpsest_method::examination::{
    ExaminationError, Examiner, Findings, RecordedPath, Steering,
};
use palimpsest_method::generation::GenerationError;
use palimpsest_method::similarity::encoder::EncoderError;
use work::Work;

/// Why the work on a case ended early.
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
    /// A case of before there was a journal.
    #[error("the case in {} has no journal, so nobody can vouch for it: examine the works in a new case", .0.display())]
    NoJournal(PathBuf),
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
    /// A note on something else.
    #[error("the case in {} has no item {item}: name it by its folder, such as {example}", folder.display())]
    NoSuchItem {
        /// The case.
        folder: PathBuf,
        /// What was named.
        item: String,
        /// An item that it has.
        example: String,
    },
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
    /// A picture that the encoder cannot be used on.
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
    /// What is asked is not among what can be answered.
    #[error("{0}")]
    Question(String),
}

impl CaseworkError {
    /// Whether somebody cancelled the work. What had been begun is kept.
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

/// What became of one artwork.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Entry {
    /// It was examined.
    Examined(Box<Findings>),
    /// It could not be.
    Failed {
        /// The picture.
        artwork: FailedArtwork,
        /// Why, in one sentence.
        error: String,
    },
}

/// The picture that could not be examined.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FailedArtwork {
    /// The file.
    pub path: RecordedPath,
}

/// Examines everything that `assignment` names and keeps it in the folder `out`, which must be new or
/// empty. What became of each artwork is returned in their order. If none of the questioned ones can be
/// examined nothing is left behind.
///
/// # Errors
/// [`CaseworkError`] if the models, the settings or the folder cannot be used, or if the work was
/// cancelled.
pub fn begin(
    assignment: &Assignment,
    out: &Path,
    steering: &Steering,
) -> Result<Vec<Entry>, CaseworkError> {
    assignment.check()?;
    let place = CaseDir::claim(out)?;
    // Pictures are looked at before models: a mistyped name is found at once.
    let mut entries = assignment.entries(out);
    let questioned = |entry: &&ArtworkEntry| entry.role == Role::Questioned;
    if !entries
        .iter()
        .filter(questioned)
        .any(|entry| entry.state == State::Pending)
    {
        return Ok(entries.into_iter().filter_map(failure).collect());
    }
    let null_run = assignment.null_plan(steering)?.map(Box::new);
    let self_test = assignment.self_plan(steering)?.map(Box::new);
    let examiner = Examiner::open(&assignment.request, steering)?;
    give_seeds(&mut entries, examiner.plan());
    let (plan, warnings) = (examiner.plan().clone(), examiner.warnings().to_vec());
    let mut record = CaseRecord::new(plan, warnings, entries);
    record.question = assignment.question.clone();
    record.null_run = null_run;
    record.self_test = self_test;
    let todo = indices(&record.artworks, |state| *state == State::Pending);
    let case = Case::new(place, record);
    Work::new(case, examiner, steering).finish(&todo)
}

/// Continues the case in `folder`, whatever it was left at: finished artworks stay as they are, an
/// unfinished one goes on to the same bits as if it had not been interrupted, failed ones are tried
/// again. What became of each artwork is returned in their order.
///
/// # Errors
/// As [`begin`], and if artworks or models are not those of the beginning.
pub fn resume(folder: &Path, steering: &Steering) -> Result<Vec<Entry>, CaseworkError> {
    let mut case = Case::open(folder)?;
    let todo = indices(case.artworks(), |state| *state != State::Finished);
    if todo.is_empty() {
        // The process may have ended before the scores were weighed.
        if has_controls(&case) && !case.is_sealed(assessment::FILE) {
            assess_open(&mut case)?;
        }
        return report(&case);
    }
    case.emit(&Event::Resumed {})?;
    let examiner = Examiner::reopen(case.plan().clone(), case.warnings().to_vec(), steering)?;
    Work::new(case, examiner, steering).finish(&todo)
}

fn has_controls(case: &Case) -> bool {
    let mut artworks = case.artworks().iter();
    artworks.any(|entry| entry.role != Role::Questioned)
}

fn indices(entries: &[ArtworkEntry], wanted: impl Fn(&State) -> bool) -> Vec<usize> {
    let numbered = entries.iter().enumerate();
    numbered
        .filter(|(_, entry)| wanted(&entry.state))
        .map(|(index, _)| index)
        .collect()
}

/// Weighs the scores of a case as far as it is finished, and keeps the result in it.
///
/// # Errors
/// [`CaseworkError`] if the case is being worked on, or something of it cannot be read or written.
pub fn assess(folder: &Path) -> Result<Assessment, CaseworkError> {
    assess_open(&mut Case::open(folder)?)
}

/// The conclusion that a case holds, if it holds one.
pub fn assessment(folder: &Path) -> Option<Assessment> {
    let bytes = std::fs::read(folder.join(assessment::FILE)).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn assess_open(case: &mut Case) -> Result<Assessment, CaseworkError> {
    let assessment = Assessment::of(&CaseView::read(case.path())?)?;
    let path = case.path().join(assessment::FILE);
    let unwritable = |source| CaseError::Unwritable {
        path: path.clone(),
        source,
    };
    let bytes = serde_json::to_vec_pretty(&assessment).map_err(|error| unwritable(error.into()))?;
    // The same result again is no news.
    let is_known = case.journal().is_none() || case.is_sealed(assessment::FILE);
    if is_known && std::fs::read(&path).is_ok_and(|before| before == bytes) {
        return Ok(assessment);
    }
    atomic::replace(&path, &bytes).map_err(unwritable)?;
    let files = case.hashes([assessment::FILE.to_owned()])?;
    case.emit(&Event::Assessed { files })?;
    Ok(assessment)
}

/// Takes a calibration into a case; returns its name there.
///
/// # Errors
/// [`CaseworkError`] if it was made under other conditions, or cannot be read or written.
pub fn add_calibration(folder: &Path, file: &Path) -> Result<String, CaseworkError> {
    let mut case = Case::open(folder)?;
    let calibration = CalibrationFile::read(file)?.checked(&CaseView::read(folder)?)?;
    let place = folder.join(calibration::FOLDER);
    let name = (1..)
        .map(|number| format!("calibration-{number}.json"))
        .find(|name| !place.join(name).exists())
        .unwrap_or_default();
    std::fs::create_dir_all(&place).map_err(|source| CaseError::Unwritable {
        path: place.clone(),
        source,
    })?;
    calibration.write(&place.join(&name))?;
    let files = case.hashes([format!("{}/{name}", calibration::FOLDER)])?;
    case.emit(&Event::Calibrated {
        name: name.clone(),
        files,
    })?;
    Ok(name)
}

/// What became of each artwork.
fn report(case: &Case) -> Result<Vec<Entry>, CaseworkError> {
    let mut entries = Vec::new();
    for (index, entry) in case.artworks().iter().enumerate() {
        entries.extend(match case.findings(index)? {
            Some(findings) => Some(Entry::Examined(Box::new(findings))),
            None => failure(entry.clone()),
        });
    }
    Ok(entries)
}

fn failure(entry: ArtworkEntry) -> Option<Entry> {
    match entry.state {
        State::Failed { error } => Some(Entry::Failed {
            artwork: FailedArtwork { path: entry.path },
            error,
        }),
        State::Pending | State::Finished => None,
    }
}
