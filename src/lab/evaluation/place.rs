//! The folder of an evaluation: what is there already is used again, so it must have been made with the same
//! settings.

use std::fs;
use std::io;
use std::path::Path;

use super::error::EvaluationError;
use crate::atomic;

/// What the folder was begun with.
const FILE: &str = "settings.txt";

/// Takes `folder` for an evaluation with `settings`, or sees that it was begun with the same.
///
/// # Errors
/// [`EvaluationError::OtherSettings`], or why the folder cannot be used.
pub fn claim(folder: &Path, settings: &str) -> Result<(), EvaluationError> {
    let file = folder.join(FILE);
    match fs::read_to_string(&file) {
        Ok(before) if before == settings => Ok(()),
        Ok(_) => Err(EvaluationError::OtherSettings(folder.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let holds_something = fs::read_dir(folder).is_ok_and(|mut all| all.next().is_some());
            if holds_something {
                return Err(EvaluationError::OtherSettings(folder.into()));
            }
            fs::create_dir_all(folder)
                .and_then(|()| atomic::replace(&file, settings.as_bytes()))
                .map_err(|source| EvaluationError::Write { file, source })
        }
        Err(source) => Err(EvaluationError::Write { file, source }),
    }
}
