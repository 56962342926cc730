//! The manifest of an experiment: a file in its folder with the settings that it was begun with. Results that
//! are there already are used again, so they must have been made with the same settings.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::atomic;

/// Reason why a folder cannot be an experiment's.
#[derive(Debug, Error)]
pub enum ManifestError {
    /// It is not this experiment's.
    #[error("{} holds something else, or was begun with other settings: choose a new folder", .0.display())]
    OtherSettings(PathBuf),
    /// It cannot be read or written.
    #[error("{} cannot be written ({source}): check that there is space on the disk", file.display())]
    Write {
        /// The manifest.
        file: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

/// The name of the manifest.
pub const FILE: &str = "settings.txt";

/// Begins an experiment with `settings` in `folder`, which is made if need be, or continues the one that was
/// begun there with the same settings.
///
/// # Errors
/// [`ManifestError`].
pub fn begin_or_continue(folder: &Path, settings: &str) -> Result<(), ManifestError> {
    let file = folder.join(FILE);
    match fs::read_to_string(&file) {
        Ok(before) if before == settings => Ok(()),
        Ok(_) => Err(ManifestError::OtherSettings(folder.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match is_empty(folder) {
            Ok(false) => Err(ManifestError::OtherSettings(folder.into())),
            Ok(true) => fs::create_dir_all(folder)
                .and_then(|()| atomic::replace(&file, settings.as_bytes()))
                .map_err(|source| ManifestError::Write { file, source }),
            Err(source) => Err(ManifestError::Write { file, source }),
        },
        Err(source) => Err(ManifestError::Write { file, source }),
    }
}

/// True if the folder holds nothing or is not there.
fn is_empty(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_continued_with_the_same_settings_only() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/b");
        begin_or_continue(&folder, "steps 10").unwrap();
        begin_or_continue(&folder, "steps 10").unwrap();
        let other = begin_or_continue(&folder, "steps 20").unwrap_err();
        assert!(matches!(other, ManifestError::OtherSettings(of) if of == folder));
        assert_eq!(fs::read_to_string(folder.join(FILE)).unwrap(), "steps 10");
    }

    #[test]
    fn a_folder_of_something_else_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("letter.txt"), "dear").unwrap();
        assert!(begin_or_continue(root.path(), "steps 10").is_err());
        assert!(!root.path().join(FILE).exists());
        let file = root.path().join("letter.txt");
        assert!(begin_or_continue(&file, "steps 10").is_err());
    }
}
