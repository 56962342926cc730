//! The folder of a case, claimed before any work is done: what cannot be written to is found out at
//! once, and a folder that was made for nothing is removed again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::lock::{self, Lock};
use super::{CaseError, PRIVATE, RECORD, is_case};
use palimpsest_base::atomic::SUFFIX;

/// A folder that this process alone writes to.
pub struct CaseDir {
    folder: PathBuf,
    /// Folders that were made for it, the outermost first.
    made: Vec<PathBuf>,
    lock: Option<Lock>,
}

impl CaseDir {
    /// A place for a new case: `folder` must be new or empty.
    ///
    /// # Errors
    /// [`CaseError::NotAFolder`], [`CaseError::Occupied`], [`CaseError::AlreadyACase`],
    /// [`CaseError::InUse`], or [`CaseError::Unwritable`].
    pub fn claim(folder: &Path) -> Result<Self, CaseError> {
        let made = make(folder)?;
        let mut place = Self {
            folder: folder.to_owned(),
            made,
            lock: None,
        };
        place.check_is_free()?;
        place.lock = Some(Lock::take(folder)?);
        Ok(place)
    }

    /// The place of the case in `folder`.
    pub(super) fn of_case(folder: &Path) -> Result<Self, CaseError> {
        if !is_case(folder) {
            let path = folder.to_owned();
            return Err(CaseError::NoCase { path });
        }
        Ok(Self {
            folder: folder.to_owned(),
            made: Vec::new(),
            lock: Some(Lock::take(folder)?),
        })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn check_is_free(&self) -> Result<(), CaseError> {
        let path = self.folder.clone();
        if is_case(&self.folder) {
            return Err(CaseError::AlreadyACase { path });
        }
        let unreadable = |source| CaseError::Unreadable {
            path: self.folder.clone(),
            source,
        };
        for entry in fs::read_dir(&self.folder).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            // A process that was killed before it began its case leaves these behind.
            let left = [RECORD, PRIVATE].map(|file| format!("{file}{SUFFIX}"));
            let left = left.iter().map(String::as_str).chain([lock::NAME, PRIVATE]);
            if !left.into_iter().any(|left| name == left) {
                return Err(CaseError::Occupied { path });
            }
        }
        Ok(())
    }
}

impl Drop for CaseDir {
    fn drop(&mut self) {
        drop(self.lock.take());
        for folder in self.made.iter().rev() {
            // Only an empty folder can be removed: one with a case in it stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Makes `folder` and those around it as far as they are not there; returns those made.
fn make(folder: &Path) -> Result<Vec<PathBuf>, CaseError> {
    let missing = folder
        .ancestors()
        .take_while(|ancestor| !ancestor.as_os_str().is_empty() && !ancestor.exists());
    let mut made: Vec<_> = missing.map(Path::to_owned).collect();
    made.reverse();
    fs::create_dir_all(folder).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => CaseError::NotAFolder {
            path: folder.to_owned(),
        },
        _ => CaseError::Unwritable {
            path: folder.to_owned(),
            source,
        },
    })?;
    Ok(made)
}
