//! Errors of a case folder, worded for the person who works on the case.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use thiserror::Error;

use super::journal::JournalError;
use super::key::KeyError;
use super::reading::UnreadFile;

/// The reason that a case cannot be begun, kept or continued.
#[derive(Debug, Error)]
pub enum CaseError {
    /// There is a file where the folder should be.
    #[error("{} is not a folder: choose another name for the case", path.display())]
    NotAFolder {
        /// The path given.
        path: PathBuf,
    },
    /// The folder holds something else.
    #[error(
        "the folder {} is not empty and holds no case: choose a new or empty folder for the case",
        path.display()
    )]
    Occupied {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds a case, which must not be overwritten.
    #[error(
        "the folder {} holds a case already: resume that case, or choose another folder",
        path.display()
    )]
    AlreadyACase {
        /// The folder.
        path: PathBuf,
    },
    /// The folder is no case.
    #[error("{} holds no case (there is no case.json): choose the folder of a case", path.display())]
    NoCase {
        /// The folder.
        path: PathBuf,
    },
    /// Another process works on it.
    #[error(
        "the case in {} is being worked on by another window or command: wait until that has ended",
        path.display()
    )]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// A file or folder cannot be written.
    #[error(
        "{} cannot be written ({source}): free some space or check the permissions; what was there before is whole",
        path.display()
    )]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A file cannot be read.
    #[error("{} cannot be read ({source}): check that you may open it", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// Folders with too much in them to look for the files of a case.
    #[error("{} holds more than {most} files and folders: name folders nearer to the works and models", path.display())]
    TooMuch {
        /// The folder.
        path: PathBuf,
        /// The most that is looked through.
        most: usize,
    },
    /// An artwork that the case does not have.
    #[error("the case in {} has no artwork {}: this is a fault of the program", path.display(), index.saturating_add(1))]
    NoArtwork {
        /// The folder.
        path: PathBuf,
        /// The artwork, counted from 0.
        index: usize,
    },
    /// The journal cannot be begun, continued or read.
    #[error(transparent)]
    Journal(Arc<JournalError>),
    /// There is no key to sign with.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A file is not what this program wrote.
    #[error("{} is damaged ({why}): restore it from a copy", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The evidence.
        why: String,
    },
    /// The record is of a form that this program does not know.
    #[error(
        "{} is of version {found}, and this program reads version {known}: open it with the program that wrote it",
        path.display()
    )]
    Version {
        /// The record.
        path: PathBuf,
        /// The version found.
        found: u64,
        /// The newest that is read.
        known: u64,
    },
}

impl From<UnreadFile> for CaseError {
    fn from(unread: UnreadFile) -> Self {
        match unread {
            UnreadFile::Unreadable { path, source } => Self::Unreadable { path, source },
            UnreadFile::TooLarge { path, source } => Self::Damaged {
                path,
                why: source.to_string(),
            },
        }
    }
}

impl From<JournalError> for CaseError {
    fn from(error: JournalError) -> Self {
        Self::Journal(Arc::new(error))
    }
}
