//! The model library: what lies in the folders that the user named and in those of the popular interfaces, so that a
//! model is found by what it is and not by where it is. Only heads are read; hashes are taken when they are asked for,
//! once. Nothing is ever moved, changed or fetched.

mod entry;
mod folders;
mod index;
mod interfaces;
mod nearest;
mod reading;
mod walk;

use std::path::{Path, PathBuf};

use palimpsest_base::user_folders;
use thiserror::Error;

pub use entry::{EntryKind, LibraryEntry, Stated, stand_in};
pub use folders::Folder;
use folders::Folders;
use index::Index;
pub use nearest::{Nearest, Neighbour, NotCompared, nearest};
pub use walk::kind_at;

/// The most entries of a folder and all below it that are looked at.
const MOST: usize = 50_000;

/// The library of a user.
pub struct ModelLibrary {
    folders: Folders,
    index: Index,
    /// What is to be said of how it was found, one sentence each.
    notes: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Listing {
    /// By kind and name.
    pub entries: Vec<LibraryEntry>,
    /// The folders that were looked through.
    pub folders: Vec<Folder>,
    /// What was left out, and links that lead elsewhere, one sentence each.
    pub notes: Vec<String>,
}

/// The reason for which the library cannot be changed.
#[derive(Debug, Error)]
pub enum LibraryError {
    /// A folder that is none.
    #[error("{} is no folder: give one that holds models.", path.display())]
    NoFolder {
        /// The path.
        path: PathBuf,
    },
    /// A folder that is not in the library.
    #[error("{} was not added to the library: palimpsest models list names the folders that were.", path.display())]
    Unknown {
        /// The path.
        path: PathBuf,
    },
    /// A file of the library's own that cannot be written.
    #[error("{} cannot be written ({source}): make room there, or see that you may write.", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
}

impl ModelLibrary {
    /// The library in the user's own folders. What of it is damaged is begun anew, and a note says so.
    pub fn open() -> Self {
        Self::open_in(&user_folders::data(), &user_folders::cache())
    }

    /// The library whose folders are kept in `data` and whose index in `cache`.
    pub fn open_in(data: &Path, cache: &Path) -> Self {
        let mut notes = Vec::new();
        Self {
            folders: Folders::read(data, &mut notes),
            index: Index::read(cache, &mut notes),
            notes,
        }
    }

    /// The same library with those folders alone that the user added.
    pub fn without_interfaces(mut self) -> Self {
        self.folders.finds_interfaces = false;
        self
    }

    /// Looks at one thing, wherever it lies; none if it is neither a model, an encoder nor a file of weights.
    pub fn look_at(&mut self, path: &Path) -> Option<LibraryEntry> {
        reading::read(walk::met_alone(path)?, &mut self.index)
    }

    /// Adds a folder.
    ///
    /// # Errors
    /// [`LibraryError`] if it is none, or the list of folders cannot be written.
    pub fn add(&mut self, folder: &Path) -> Result<(), LibraryError> {
        self.folders.add(folder)
    }

    /// Forgets a folder that was added. Its files stay as they are.
    ///
    /// # Errors
    /// [`LibraryError`] if it was not added, or the list of folders cannot be written.
    pub fn remove(&mut self, folder: &Path) -> Result<(), LibraryError> {
        self.folders.remove(folder)
    }

    /// Looks through all folders. `proceed` is asked between files, and ends it early with what there is by then.
    ///
    /// # Errors
    /// [`LibraryError::Unwritable`] if the index cannot be kept.
    pub fn list(&mut self, proceed: &dyn Fn() -> bool) -> Result<Listing, LibraryError> {
        let mut listing = Listing {
            folders: self.folders.all(),
            notes: std::mem::take(&mut self.notes),
            ..Listing::default()
        };
        let mut seen = walk::Seen::default();
        for folder in listing.folders.clone() {
            let found = walk::walk(&folder.path, MOST, &mut seen, &mut listing.notes);
            for thing in found {
                if !proceed() {
                    break;
                }
                listing
                    .entries
                    .extend(reading::read(thing, &mut self.index));
            }
        }
        listing
            .entries
            .sort_by(|a, b| (a.kind, &a.name, &a.path).cmp(&(b.kind, &b.name, &b.path)));
        self.index.keep()?;
        Ok(listing)
    }

    /// The model in one file whose SHA-256 begins with these digits, of those whose hash was taken and that have not
    /// changed since.
    pub fn file_with_hash(&self, digits: &str) -> Option<PathBuf> {
        self.index.model_with_hash(digits)
    }

    /// The SHA-256 of an entry's file, of which it is taken once and kept for as long as size and time stay.
    /// `proceed` is asked between pieces; no hash if it ends it.
    ///
    /// # Errors
    /// [`LibraryError::Unwritable`] if the index cannot be kept. A file that cannot be read has no hash.
    pub fn hash(
        &mut self,
        entry: &mut LibraryEntry,
        proceed: &dyn Fn() -> bool,
    ) -> Result<(), LibraryError> {
        if entry.sha256.is_none() && entry.kind.is_file() {
            entry.sha256 = self.index.hash(&entry.path, proceed);
            self.index.keep()?;
        }
        Ok(())
    }
}
