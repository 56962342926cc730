//! Reading a whole file that should be small. Files come from strangers, so each has a limit; a longer file
//! is refused before it fills the memory, and the device that never ends is one of those.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use thiserror::Error;

/// A file that was not read. Callers add its name and what to do.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The operating system refuses.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is longer than expected.
    #[error("it has more than {limit} bytes")]
    TooLarge {
        /// The most bytes that are read.
        limit: u64,
    },
}

impl ReadError {
    /// True if there is no such file.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

/// The content of the file at `path`, of at most `limit` bytes.
///
/// # Errors
/// [`ReadError`].
pub fn read_at_most(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let file = File::open(path)?;
    // One byte more shows that there is more; the size that the system states may change meanwhile.
    let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    match read as u64 <= limit {
        true => Ok(bytes),
        false => Err(ReadError::TooLarge { limit }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_at_its_limit_is_read_and_one_byte_more_is_not() {
        let own = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/bounded_read.rs"));
        let size = own.metadata().unwrap().len();
        assert_eq!(read_at_most(own, size).unwrap().len() as u64, size);
        let limit = size - 1;
        let refused = read_at_most(own, limit).unwrap_err();
        assert!(matches!(refused, ReadError::TooLarge { limit: told } if told == limit));
    }

    #[test]
    fn a_missing_file_is_told_apart() {
        let none = read_at_most(Path::new("no such file"), 1).unwrap_err();
        assert!(none.is_not_found());
    }
}
