//! SHA-256 hashes, written everywhere as 64 small hexadecimal digits, so that they can be compared letter by
//! letter with what `sha256sum` prints.
//!
//! ```
//! use palimpsest_base::digest::Digest;
//!
//! let digest = Digest::of(b"abc");
//! let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
//! assert_eq!(digest.to_string(), text);
//! assert_eq!(text.parse(), Ok(digest));
//! assert!(text.to_uppercase().parse::<Digest>().is_err());
//! ```

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::hex;

/// Bytes that are read at a time.
const CHUNK: usize = 1 << 16;

/// A SHA-256 hash.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Digest([u8; 32]);

/// The text is no SHA-256 hash.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("a SHA-256 hash is written with 64 digits 0-9 and a-f")]
pub struct NoDigest;

impl Digest {
    /// Nothing but zeros: the hash that stands where there is nothing before, as in the first entry of a journal.
    pub const ZERO: Self = Self([0; 32]);

    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The hash of all that `reader` yields, and how many bytes that was.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn of_reader(mut reader: impl Read) -> io::Result<(Self, u64)> {
        let mut hasher = Sha256::new();
        let mut chunk = vec![0; CHUNK];
        let mut length = 0;
        loop {
            match reader.read(&mut chunk) {
                Ok(0) => return Ok((hasher.into(), length)),
                Ok(count) => {
                    let Some(read) = chunk.get(..count) else {
                        return Err(io::Error::other("more was read than there was room for"));
                    };
                    hasher.update(read);
                    length += count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The hash of the file at `path`, and its length in bytes.
    ///
    /// # Errors
    /// Those of opening and reading the file.
    pub fn of_file(path: &Path) -> io::Result<(Self, u64)> {
        Self::of_reader(File::open(path)?)
    }

    /// The first digits, as many as asked for: enough to tell few files apart by eye.
    pub fn prefix(&self, digits: usize) -> String {
        self.to_string().chars().take(digits).collect()
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for Digest {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl From<Sha256> for Digest {
    /// The hash of all that the hasher has taken in.
    fn from(hasher: Sha256) -> Self {
        Self(hasher.finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        hex::decode(text).map(Self).ok_or(NoDigest)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_hash_is_the_published_one() {
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc").to_string(), hash);
    }

    proptest! {
        #[test]
        fn a_hash_comes_back_from_its_text(bytes: [u8; 32]) {
            let digest = Digest::from(bytes);
            prop_assert_eq!(digest.to_string().parse(), Ok(digest));
            let json = serde_json::to_string(&digest).unwrap();
            prop_assert_eq!(&json, &format!("\"{digest}\""));
            prop_assert_eq!(serde_json::from_str::<Digest>(&json).unwrap(), digest);
        }

        #[test]
        fn a_stream_has_the_hash_of_its_bytes(bytes: Vec<u8>) {
            let read = Digest::of_reader(bytes.as_slice()).unwrap();
            prop_assert_eq!(read, (Digest::of(&bytes), bytes.len() as u64));
        }
    }
}
