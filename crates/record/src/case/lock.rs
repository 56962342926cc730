//! One process at a time on a case: two that wrote the same checkpoint would spoil each other's work.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::CaseError;

/// The file that is locked. What a lock says is lost with its process, whatever becomes of the file.
pub(super) const NAME: &str = "case.lock";

/// Held as long as it lives.
pub(super) struct Lock {
    path: PathBuf,
    file: Option<File>,
}

impl Lock {
    /// Takes the lock of `folder`.
    pub fn take(folder: &Path) -> Result<Self, CaseError> {
        let path = folder.join(NAME);
        let unwritable = |source| CaseError::Unwritable {
            path: path.clone(),
            source,
        };
        let file = File::create(&path).map_err(unwritable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let path = folder.to_owned();
                return Err(CaseError::InUse { path });
            }
            // Some network disks know no locks: then the user has to see to it.
            Err(TryLockError::Error(_)) => {}
        }
        Ok(Self {
            path,
            file: Some(file),
        })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closed first, since Windows removes no open file.
        drop(self.file.take());
        // A lock file that stays harms nobody.
        let _ = fs::remove_file(&self.path);
    }
}
