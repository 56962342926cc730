//! Reading of a case's files: whole, and none that is larger than what the program writes.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use palimpsest_base::bounded_read::{self, ReadError};

/// The reason that a file of a case is not read.
#[derive(Debug, Error)]
pub enum UnreadFile {
    /// The system does not hand it out.
    #[error("{} cannot be read ({source}): check that you may open it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// It is larger than what this program writes.
    #[error("{} is damaged ({source}): restore it from a copy", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size and the limit.
        source: ReadError,
    },
}

impl UnreadFile {
    /// The file at `path` that was not read.
    pub(crate) fn new(path: &Path, error: ReadError) -> Self {
        let path = path.to_owned();
        match error {
            ReadError::Io(source) => Self::Unreadable { path, source },
            source @ ReadError::TooLarge { .. } => Self::TooLarge { path, source },
        }
    }
}

/// Reads a file of at most `limit` bytes.
pub(super) fn read_at_most(path: &Path, limit: u64) -> Result<Vec<u8>, UnreadFile> {
    #[cfg(test)]
    counting::note(path);
    bounded_read::read_at_most(path, limit).map_err(|error| UnreadFile::new(path, error))
}

/// A count of what is read, for the tests that say how much may be.
#[cfg(test)]
pub(super) mod counting {
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};
    use std::sync::{Mutex, PoisonError};

    /// Reads of each file, by all tests of the process.
    static READS: Mutex<BTreeMap<PathBuf, u32>> = Mutex::new(BTreeMap::new());

    pub fn note(path: &Path) {
        let mut reads = READS.lock().unwrap_or_else(PoisonError::into_inner);
        *reads.entry(path.to_owned()).or_default() += 1;
    }

    /// Does `work`, which nobody else does in `folder`; returns how often it read each file of it, by its path
    /// there.
    pub fn reads_within<T>(folder: &Path, work: impl FnOnce() -> T) -> (T, BTreeMap<String, u32>) {
        let take = || {
            let mut reads = READS.lock().unwrap_or_else(PoisonError::into_inner);
            let (inside, outside) = std::mem::take(&mut *reads)
                .into_iter()
                .partition(|(path, _)| path.starts_with(folder));
            *reads = outside;
            let inside: BTreeMap<PathBuf, u32> = inside;
            inside
        };
        take();
        let done = work();
        let name = |path: &Path| {
            let inside = path.strip_prefix(folder).unwrap_or(path);
            inside.to_string_lossy().replace('\\', "/")
        };
        let read = take().into_iter().map(|(path, times)| (name(&path), times));
        (done, read.collect())
    }
}
