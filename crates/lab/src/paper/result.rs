//! The result of a cell, one file that takes its place at one blow, and the reason why a cell failed.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::cell::{Cell, FORMAT, PROGRAM};
use super::error::PaperError;
use super::plan::Plan;
use crate::evaluation::ScoredWork;
use palimpsest_base::atomic;
use palimpsest_base::bounded_read::read_at_most;
use palimpsest_base::digest::Digest;

/// The largest result that is read, in bytes.
const MAX_BYTES: u64 = 1 << 26;

/// What came of a cell.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CellResult {
    pub format: u32,
    pub program: String,
    pub cell: Cell,
    /// [`Cell::identity`] of when it was made.
    pub identity: Digest,
    /// Seconds of work, over all resumptions of an examination.
    pub seconds: f64,
    /// Network evaluations of one work; of a model and of class pictures none are counted.
    pub evaluations: usize,
    /// Files that other cells take, within the plan's folder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Made>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub works: Vec<ScoredWork>,
}

/// A file that a cell made.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Made {
    /// With `/` between the parts.
    pub path: String,
    pub sha256: Digest,
}

/// Why a cell has no result.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Failure {
    pub program: String,
    pub identity: Digest,
    pub error: String,
}

/// The state of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    Done(Box<CellResult>),
    Missing,
    Failed(String),
    /// A result that is there, but not of this plan: of the program that is named, or of other inputs.
    Other(String),
}

/// The file of a cell's result.
pub fn file_of(folder: &Path, cell: &str) -> PathBuf {
    folder.join("results").join(format!("{cell}.json"))
}

fn failure_of(folder: &Path, cell: &str) -> PathBuf {
    folder.join("results").join(format!("{cell}.failed.json"))
}

impl State {
    /// Looks for the result of `cell` in the plan's folder.
    pub fn of(cell: &Cell, plan: &Plan, folder: &Path) -> Self {
        let identity = cell.identity(plan);
        let read = |file: &Path| read_at_most(file, MAX_BYTES);
        match read(&file_of(folder, &cell.name)) {
            Ok(bytes) => match serde_json::from_slice::<CellResult>(&bytes) {
                Ok(result) if result.identity == identity && result.format == FORMAT => {
                    return Self::Done(Box::new(result));
                }
                Ok(result) if result.program != plan.program => {
                    return Self::Other(format!("made by {}", result.program));
                }
                Ok(_) => return Self::Other("made of other inputs or settings".into()),
                Err(error) => return Self::Other(format!("not readable ({error})")),
            },
            Err(error) if error.is_not_found() => {}
            Err(error) => return Self::Other(format!("not readable ({error})")),
        }
        // A failure of before says nothing of this plan.
        read(&failure_of(folder, &cell.name))
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Failure>(&bytes).ok())
            .filter(|failure| failure.identity == identity)
            .map_or(Self::Missing, |failure| Self::Failed(failure.error))
    }
}

impl CellResult {
    pub(super) fn new(cell: &Cell, plan: &Plan) -> Self {
        Self {
            format: FORMAT,
            program: PROGRAM.into(),
            cell: cell.clone(),
            identity: cell.identity(plan),
            seconds: 0.0,
            evaluations: 0,
            files: Vec::new(),
            works: Vec::new(),
        }
    }

    /// Puts the result at its place; a failure of before is forgotten.
    pub(super) fn write(&self, folder: &Path) -> Result<(), PaperError> {
        put(&file_of(folder, &self.cell.name), self)?;
        let failure = failure_of(folder, &self.cell.name);
        match fs::remove_file(&failure) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                Err(PaperError::Write {
                    file: failure,
                    source,
                })
            }
            _ => Ok(()),
        }
    }
}

/// Notes why a cell failed.
pub(super) fn note_failure(
    cell: &Cell,
    plan: &Plan,
    folder: &Path,
    error: &PaperError,
) -> Result<(), PaperError> {
    let failure = Failure {
        program: PROGRAM.into(),
        identity: cell.identity(plan),
        error: error.to_string(),
    };
    put(&failure_of(folder, &cell.name), &failure)
}

/// Writes `value` as JSON at one blow.
pub(super) fn put(file: &Path, value: &impl Serialize) -> Result<(), PaperError> {
    let written = serde_json::to_vec_pretty(value).map_err(std::io::Error::from);
    let parent = file.parent().map_or(Ok(()), fs::create_dir_all);
    parent
        .and(written)
        .and_then(|bytes| atomic::replace(file, &bytes))
        .map_err(|source| PaperError::Write {
            file: file.into(),
            source,
        })
}
