//! Perceptual hashes of a model's corpus, beside the model: so that whoever measures on the model
//! later can tell whether a picture was in its corpus, without having the corpus.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use palimpsest_base::atomic;
use palimpsest_method::similarity::perceptual_hash::PerceptualHash;

/// The file's name, in the model's folder.
pub const FILE: &str = "corpus.hashes";
/// The most hashes of a file.
pub const MOST: usize = 4_000_000;
/// The file's beginning; the hashes follow, sorted, each once.
const HEADER: &[u8; 32] = b"palimpsest perceptual hashes 1\n\n";

/// The hashes of a corpus.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CorpusHashes(BTreeSet<PerceptualHash>);

/// The reason for which hashes cannot be read or kept.
#[derive(Debug, Error)]
pub enum CorpusHashesError {
    /// The file cannot be read.
    #[error("{} cannot be read ({source}): check that you may open it", file.display())]
    Unreadable { file: PathBuf, source: io::Error },
    /// The file is something else, or damaged.
    #[error("{} does not hold the hashes of a corpus ({why}): remove it, and make it again with lab pretrain --only-hashes", file.display())]
    Damaged { file: PathBuf, why: &'static str },
    /// Too many pictures.
    #[error("a corpus of {0} pictures is more than the {MOST} whose hashes are kept: take fewer")]
    TooMany(usize),
    /// The file cannot be written.
    #[error("{} cannot be written ({source}): check that there is space on the disk", file.display())]
    Write { file: PathBuf, source: io::Error },
}

impl CorpusHashes {
    /// These hashes, each once.
    pub fn new(hashes: BTreeSet<PerceptualHash>) -> Self {
        Self(hashes)
    }

    /// The hashes beside the model in `folder`; `None` if there are none, as for a model from elsewhere.
    ///
    /// # Errors
    /// [`CorpusHashesError::Unreadable`] and [`CorpusHashesError::Damaged`].
    pub fn beside(folder: &Path) -> Result<Option<Self>, CorpusHashesError> {
        let file = folder.join(FILE);
        if !file.is_file() {
            return Ok(None);
        }
        let longest = HEADER.len() + MOST * PerceptualHash::BYTES;
        let mut bytes = Vec::new();
        // One byte more than is allowed shows that there are too many.
        let read = File::open(&file)
            .and_then(|opened| opened.take(longest as u64 + 1).read_to_end(&mut bytes));
        match read {
            Ok(_) => match Self::parse(&bytes) {
                Ok(hashes) => Ok(Some(hashes)),
                Err(why) => Err(CorpusHashesError::Damaged { file, why }),
            },
            Err(source) => Err(CorpusHashesError::Unreadable { file, source }),
        }
    }

    fn parse(bytes: &[u8]) -> Result<Self, &'static str> {
        let hashes = bytes
            .strip_prefix(HEADER)
            .ok_or("it does not begin as such a file does")?;
        let (hashes, rest) = hashes.as_chunks();
        if !rest.is_empty() {
            return Err("it is cut short");
        }
        if hashes.len() > MOST {
            return Err("it is too long");
        }
        if !hashes.is_sorted_by(|a, b| a < b) {
            return Err("its hashes are not in order");
        }
        let hashes = hashes.iter().copied().map(PerceptualHash::from_bytes);
        Ok(Self(hashes.collect()))
    }

    /// Puts these hashes beside the model in `folder`, to those that are there: a run that was interrupted
    /// may go on with more pictures, and has seen both.
    ///
    /// # Errors
    /// [`CorpusHashesError`].
    pub fn add_to(mut self, folder: &Path) -> Result<(), CorpusHashesError> {
        let before = Self::beside(folder)?;
        if before.as_ref() == Some(&self) {
            return Ok(());
        }
        self.0
            .extend(before.into_iter().flat_map(|before| before.0));
        if self.0.len() > MOST {
            return Err(CorpusHashesError::TooMany(self.0.len()));
        }
        let file = folder.join(FILE);
        let hashes = self.0.iter().flat_map(|hash| hash.to_bytes());
        let bytes: Vec<u8> = HEADER.iter().copied().chain(hashes).collect();
        atomic::replace(&file, &bytes).map_err(|source| CorpusHashesError::Write { file, source })
    }

    /// The number of the corpus's pictures that differ.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True if the corpus is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The distance of the most similar picture; `None` if there is no picture.
    pub fn nearest(&self, hash: PerceptualHash) -> Option<u32> {
        self.0.iter().map(|known| known.distance(hash)).min()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn hashes(bytes: impl IntoIterator<Item = u8>) -> CorpusHashes {
        let hashes = bytes.into_iter().map(|byte| [byte; PerceptualHash::BYTES]);
        CorpusHashes(hashes.map(PerceptualHash::from_bytes).collect())
    }

    #[test]
    fn what_is_kept_is_read_again_and_added_to() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(CorpusHashes::beside(folder.path()).unwrap(), None);
        hashes([9, 3, 3]).add_to(folder.path()).unwrap();
        hashes([5]).add_to(folder.path()).unwrap();
        let kept = CorpusHashes::beside(folder.path()).unwrap().unwrap();
        assert_eq!(kept, hashes([3, 5, 9]));
        // 5 and 7 differ in one bit of eight.
        let seven = PerceptualHash::from_bytes([7; PerceptualHash::BYTES]);
        assert_eq!(kept.nearest(seven), Some(32));
        assert_eq!(CorpusHashes::default().nearest(seven), None);
    }

    #[test]
    fn a_file_that_is_something_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        hashes([1, 2]).add_to(folder.path()).unwrap();
        let file = folder.path().join(FILE);
        let good = fs::read(&file).unwrap();
        let swapped = [&good[..32], &good[64..], &good[32..64]].concat();
        let twice = [&good[..], &good[64..]].concat();
        for bad in [&good[..31], &good[1..], &good[..70], &swapped, &twice, b""] {
            fs::write(&file, bad).unwrap();
            let error = CorpusHashes::beside(folder.path()).unwrap_err();
            assert!(matches!(error, CorpusHashesError::Damaged { .. }));
            assert!(error.to_string().contains("corpus.hashes"));
            // Nothing is written over what nobody understands.
            assert!(hashes([4]).add_to(folder.path()).is_err());
            assert_eq!(fs::read(&file).unwrap(), bad);
        }
    }
}
