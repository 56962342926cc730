//! The folder of an experiment: what is there already is used again, so it must have been made with the same
//! settings.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::atomic;

/// Why the folder cannot be used.
#[derive(Debug, Error)]
pub enum ClaimError {
    /// It is not this experiment's.
    #[error("{} holds something else, or was begun with other settings: choose a new folder", .0.display())]
    OtherSettings(PathBuf),
    /// It cannot be written to.
    #[error("{} cannot be written ({source}): check that there is space on the disk", file.display())]
    Write { file: PathBuf, source: io::Error },
}

/// What the folder was begun with.
pub const FILE: &str = "settings.txt";

/// Takes `folder` for an experiment with `settings`, or sees that it was begun with the same.
///
/// # Errors
/// [`ClaimError`].
pub fn claim(folder: &Path, settings: &str) -> Result<(), ClaimError> {
    let file = folder.join(FILE);
    match fs::read_to_string(&file) {
        Ok(before) if before == settings => Ok(()),
        Ok(_) => Err(ClaimError::OtherSettings(folder.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let holds_something = fs::read_dir(folder).is_ok_and(|mut all| all.next().is_some());
            if holds_something {
                return Err(ClaimError::OtherSettings(folder.into()));
            }
            fs::create_dir_all(folder)
                .and_then(|()| atomic::replace(&file, settings.as_bytes()))
                .map_err(|source| ClaimError::Write { file, source })
        }
        Err(source) => Err(ClaimError::Write { file, source }),
    }
}
