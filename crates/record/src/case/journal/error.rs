//! Errors of a journal, worded for the person who works on the case.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::case::key::Fingerprint;
use crate::case::reading::UnreadFile;

/// The reason that a journal cannot be begun, opened or continued.
#[derive(Debug, Error)]
pub enum JournalError {
    /// There is one already.
    #[error("{} is there already: choose a new folder for the case", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// There is not a single entry in it.
    #[error("{} holds no entry: restore it from a copy", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// It was begun with another key.
    #[error(
        "{} was begun with the signing key {theirs}, and yours is {ours}: continue the case with the key it was begun with, or begin a new case",
        path.display()
    )]
    OtherKey {
        /// The file.
        path: PathBuf,
        /// The key it was begun with.
        theirs: Fingerprint,
        /// The key at hand.
        ours: Fingerprint,
    },
    /// It is not as it was written.
    #[error(
        "{} has been changed ({why}), so nothing is added to it: verify the case, and restore it from a copy",
        path.display()
    )]
    Broken {
        /// The file.
        path: PathBuf,
        /// The first thing found.
        why: String,
    },
    /// An entry, or the whole, would be larger than what is read back.
    #[error("{} would become too large with this entry: begin a new case with fewer artworks", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The disk does not take it.
    #[error(
        "{} cannot be written ({source}): free some space or check the permissions; the entries before are whole",
        path.display()
    )]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// An entry failed before and could not be taken back.
    #[error("nothing more is written in {}, since an entry before was torn: open the case again", path.display())]
    Stopped {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be read.
    #[error(transparent)]
    Unread(#[from] UnreadFile),
}
