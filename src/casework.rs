//! The order of things in a case, once for every face of the program: claim the folder, look at the
//! artworks, examine one after another, keep what was found. An artwork that fails does not keep the
//! others from being examined.

use std::path::{Path, PathBuf};

use serde::Serialize;
use thiserror::Error;

use crate::artwork::{Artwork, Crop};
use crate::case::{ArtworkEntry, Case, CaseError, CaseRecord, Place, State};
use crate::examination::{
    ExaminationError, Examiner, Findings, Progress, RecordedPath, Request, Steering,
};

/// Why the work on a case ended early.
#[derive(Debug, Error)]
pub enum CaseworkError {
    /// The examination could not go on.
    #[error(transparent)]
    Examination(Box<ExaminationError>),
    /// The folder could not be used.
    #[error(transparent)]
    Case(#[from] CaseError),
}

impl CaseworkError {
    /// Whether somebody cancelled the work. What had been begun is kept.
    pub fn is_interruption(&self) -> bool {
        match self {
            Self::Examination(error) => matches!(**error, ExaminationError::Interrupted),
            Self::Case(_) => false,
        }
    }
}

impl From<ExaminationError> for CaseworkError {
    fn from(error: ExaminationError) -> Self {
        Self::Examination(Box::new(error))
    }
}

/// An artwork that somebody asks about.
#[derive(Clone, Debug, PartialEq)]
pub struct Questioned {
    /// The picture.
    pub path: PathBuf,
    /// Which square of it is examined.
    pub crop: Crop,
}

impl From<PathBuf> for Questioned {
    fn from(path: PathBuf) -> Self {
        let crop = Crop::CENTRE;
        Self { path, crop }
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

/// Examines `artworks` as `request` says and keeps everything in the folder `out`, which must be new
/// or empty. What became of each artwork is returned in their order. If none can be examined nothing
/// is left behind.
///
/// # Errors
/// [`CaseworkError`] if the models, the settings or the folder cannot be used, or if the work was
/// cancelled.
pub fn begin(
    request: &Request,
    artworks: &[Questioned],
    out: &Path,
    steering: &Steering,
) -> Result<Vec<Entry>, CaseworkError> {
    let place = Place::claim(out)?;
    let entries: Vec<_> = (1..)
        .zip(artworks)
        .map(|(n, questioned)| survey(n, questioned))
        .collect();
    let todo = indices(&entries, |state| *state == State::Pending);
    if todo.is_empty() {
        return Ok(entries.into_iter().filter_map(failure).collect());
    }
    let examiner = Examiner::open(request, steering)?;
    let record = CaseRecord::new(
        examiner.plan().clone(),
        examiner.warnings().to_vec(),
        entries,
    );
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
    let case = Case::open(folder)?;
    let todo = indices(case.artworks(), |state| *state != State::Finished);
    if todo.is_empty() {
        return report(&case);
    }
    let examiner = Examiner::reopen(case.plan().clone(), case.warnings().to_vec(), steering)?;
    Work::new(case, examiner, steering).finish(&todo)
}

/// Whether the picture can be read, before anything else is done.
fn survey(number: usize, questioned: &Questioned) -> ArtworkEntry {
    let Questioned { path, crop } = questioned;
    let (sha256, state) = match Artwork::open(path) {
        Ok(artwork) => (Some(artwork.sha256().to_owned()), State::Pending),
        Err(error) => (
            None,
            State::Failed {
                error: error.to_string(),
            },
        ),
    };
    ArtworkEntry::new(number, (path, *crop), sha256, state)
}

fn indices(entries: &[ArtworkEntry], wanted: impl Fn(&State) -> bool) -> Vec<usize> {
    let numbered = entries.iter().enumerate();
    numbered
        .filter(|(_, entry)| wanted(&entry.state))
        .map(|(index, _)| index)
        .collect()
}

/// A case that is being worked on.
struct Work<'a> {
    case: Case,
    examiner: Examiner,
    steering: &'a Steering,
}

/// Why an artwork was not finished.
enum Failure {
    /// Others may be.
    OfArtwork(Box<ExaminationError>),
    /// Others would not be.
    OfCase(CaseworkError),
}

impl<'a> Work<'a> {
    fn new(case: Case, examiner: Examiner, steering: &'a Steering) -> Self {
        Self {
            case,
            examiner,
            steering,
        }
    }

    /// Examines the artworks `todo`.
    fn finish(mut self, todo: &[usize]) -> Result<Vec<Entry>, CaseworkError> {
        for &index in todo {
            if self.steering.control().ends_after_this() {
                return Err(ExaminationError::Interrupted.into());
            }
            let is_last = todo.last() == Some(&index);
            let failed = match self.examine(index, is_last) {
                Ok(()) => None,
                Err(Failure::OfArtwork(error)) => {
                    let error = error.to_string();
                    let state = State::Failed {
                        error: error.clone(),
                    };
                    self.case.note(index, state)?;
                    Some(error)
                }
                Err(Failure::OfCase(error)) => return Err(error),
            };
            self.steering.tell(Progress::Done {
                number: index + 1,
                failed,
            });
        }
        report(&self.case)
    }

    fn examine(&mut self, index: usize, is_last: bool) -> Result<(), Failure> {
        let artworks = self.case.artworks();
        let (Some(entry), Some(folder)) = (artworks.get(index), self.case.folder(index)) else {
            return Ok(());
        };
        let path = entry.path.as_path().to_owned();
        self.steering.tell(Progress::Artwork {
            number: index + 1,
            of: artworks.len(),
            path: path.clone(),
        });
        let prepared = self
            .examiner
            .prepare(&path, entry.sha256.as_deref(), entry.crop)?;
        // Before the case is on disk: models that cannot be used leave nothing behind.
        self.examiner
            .load_noise_predictors()
            .map_err(|error| Failure::OfCase(error.into()))?;
        self.case.start(index, prepared.sha256())?;
        folder.write_prepared(&prepared.original, &prepared.partial)?;

        let descended = self
            .examiner
            .descend(&prepared, Some(&folder.checkpoints()))?;
        if is_last {
            self.examiner.release_noise_predictors();
        }
        folder.write_examined(self.examiner.conclude(prepared, descended)?)?;
        Ok(self.case.note(index, State::Finished)?)
    }
}

impl From<ExaminationError> for Failure {
    fn from(error: ExaminationError) -> Self {
        if error.concerns_all_artworks() {
            Self::OfCase(error.into())
        } else {
            Self::OfArtwork(Box::new(error))
        }
    }
}

impl From<CaseError> for Failure {
    fn from(error: CaseError) -> Self {
        Self::OfCase(error.into())
    }
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
