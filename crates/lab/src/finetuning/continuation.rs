//! The checkpoint of an interrupted fine-tuning: where it lies, what it has to agree with, when it goes.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::Recipe;
use crate::training::checkpoint;
use crate::training::error::TrainingError;
use crate::training::trainer::Trainer;
use palimpsest_base::atomic;
use palimpsest_base::digest::Digest;

/// The checkpoint of an interrupted run. It is removed when the result is complete.
const CHECKPOINT: &str = "training.safetensors";

/// The place of a run's checkpoint, and the run that it must belong to.
pub(super) struct Continuation {
    file: PathBuf,
    run: String,
}

impl Continuation {
    /// For the run of `recipe` on the picture files with those hashes.
    pub fn new(recipe: &Recipe, hashes: &[Digest], out: &Path) -> Self {
        Self {
            file: out.join(CHECKPOINT),
            run: json!({ "recipe": recipe, "pictures": hashes }).to_string(),
        }
    }

    /// Brings `trainer`, freshly made, to where an interrupted run was, if there is one.
    pub fn resume(&self, trainer: &mut Trainer) -> Result<bool, TrainingError> {
        checkpoint::load(&self.file, &self.run, trainer)
    }

    /// Keeps the state of `trainer`.
    pub fn save(&self, trainer: &Trainer) -> Result<(), TrainingError> {
        checkpoint::save(&self.file, &self.run, trainer)
    }

    /// Removes what was kept: the result is there.
    pub fn finish(&self) -> Result<(), TrainingError> {
        remove(&self.file)
    }
}

/// Removes a file of ours, if it is there.
fn remove(file: &Path) -> Result<(), TrainingError> {
    match fs::remove_file(file) {
        Err(source) if source.kind() != ErrorKind::NotFound => Err(TrainingError::Write {
            file: file.into(),
            source,
        }),
        _ => Ok(()),
    }
}

/// True if the folder holds an interrupted run that can go on.
pub(super) fn is_begun(out: &Path) -> bool {
    out.join(CHECKPOINT).exists()
}

/// Sees that a new model can be written there: into an empty folder, or one that holds an interrupted run.
pub(super) fn check_usable(out: &Path) -> Result<(), TrainingError> {
    let unusable = |source| TrainingError::Folder {
        folder: out.into(),
        source,
    };
    fs::create_dir_all(out).map_err(unusable)?;
    // Of a checkpoint that was cut off while it was written. Nothing else here is ours to remove.
    remove(&out.join(format!("{CHECKPOINT}{}", atomic::SUFFIX)))?;
    if out.join(CHECKPOINT).exists() {
        return Ok(());
    }
    match fs::read_dir(out).map_err(unusable)?.next() {
        None => Ok(()),
        Some(_) => Err(TrainingError::NotEmpty(out.into())),
    }
}
