//! One file of weights by itself: what it is, what it says of its own training, and the hashes by which people find it again.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use palimpsest_base::digest::Digest;
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::{KindOfFile, StatedTraining, lora, safetensors_header};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 20;

/// The part of a file that the oldest rule hashes: its begin and its length in bytes.
const WINDOW: (u64, u64) = (0x10_0000, 0x1_0000);

/// Digits of the hashes of that piece and of the tensors.
const AUTOV1: usize = 8;
const AUTOV3: usize = 12;

/// Size of the length at the start of a `.safetensors` file.
const LENGTH: u64 = 8;

/// A file of weights.
#[derive(Clone, Debug, Serialize)]
pub struct ModelFile {
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// The thing that it is, with its article.
    pub kind: String,
    /// Number of its tensors, and of the values in all of them.
    pub tensors: usize,
    pub values: u64,
    /// The reason for which it cannot be examined, as a sentence, if it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// Its hashes.
    pub hashes: ModelHashes,
    /// What it says of its own training, if anything; anyone can change that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<StatedTraining>,
    /// Whether its tensors have the hash that it states of them, where it states one: with another they were changed
    /// after it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_stated_tensors: Option<bool>,
}

/// The hashes by which sharing sites and interfaces know a file, in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModelHashes {
    /// Of the whole file.
    pub sha256: Digest,
    /// Eight digits of the hash of 64 KiB from 1 MiB on. Many files share one: it proves nothing.
    pub autov1: String,
    /// Ten digits of the whole file's hash.
    pub autov2: String,
    /// Twelve digits of the hash of all tensors, without what the file says of itself; only of `.safetensors`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub autov3: Option<String>,
}

/// The reason for which a file cannot be described.
#[derive(Debug, Error)]
pub enum ModelFileError {
    /// A folder that is not an adapter's.
    #[error(
        "{} is a folder: give one of its files of weights, or examine with the folder as a model.",
        folder.display()
    )]
    Folder {
        /// The folder.
        folder: PathBuf,
    },
    /// It is no file of weights.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The system did not let us read.
    #[error("{} could not be read ({source}): check that it exists and that you may open it.", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
}

impl ModelFile {
    /// Describes `file`, or the adapter that a folder holds. Takes as long as reading it.
    ///
    /// # Errors
    /// [`ModelFileError`].
    pub fn read(file: &Path) -> Result<Self, ModelFileError> {
        if file.is_dir() {
            return match lora::find(file)? {
                Some(adapter) => Self::read(&adapter),
                None => Err(ModelFileError::Folder {
                    folder: file.into(),
                }),
            };
        }
        let kind = KindOfFile::read(file)?;
        let stated = StatedTraining::read(file)?;
        let io = |source| ModelFileError::Io {
            path: file.into(),
            source,
        };
        let hashes = ModelHashes::read(file).map_err(io)?;
        let own = stated
            .as_ref()
            .and_then(|stated| stated.own_autov3.as_ref());
        let has_stated_tensors = own.zip(hashes.autov3.as_ref()).map(|(stated, found)| {
            let stated = stated.trim().to_ascii_lowercase();
            stated.trim_start_matches("0x").starts_with(found.as_str())
        });
        Ok(Self {
            path: file.into(),
            has_stated_tensors,
            bytes: file.metadata().map_err(io)?.len(),
            kind: kind.what,
            tensors: kind.tensors,
            values: kind.values,
            refused: kind.refused,
            hashes,
            stated,
        })
    }
}

impl ModelHashes {
    /// Reads `file` once.
    ///
    /// # Errors
    /// Those of the system.
    pub fn read(file: &Path) -> io::Result<Self> {
        let is_safetensors = safetensors_header::is_safetensors(file);
        Self::of(File::open(file)?, is_safetensors)
    }

    /// The hash of the small piece alone (AutoV1), for which little is read.
    ///
    /// # Errors
    /// Those of the system.
    pub fn piece(file: &Path) -> io::Result<String> {
        let mut file = File::open(file)?;
        file.seek(SeekFrom::Start(WINDOW.0))?;
        let (hash, _) = Digest::of_reader(file.take(WINDOW.1))?;
        Ok(hash.prefix(AUTOV1))
    }

    fn of(mut reader: impl Read, is_safetensors: bool) -> io::Result<Self> {
        let (mut whole, mut window, mut tensors) = (Sha256::new(), Sha256::new(), Sha256::new());
        let mut buffer = vec![0; BUFFER];
        let mut at = 0_u64;
        let mut tensors_from = None;
        loop {
            let mut filled = 0;
            // Full but for the last, so that the length at the start is never cut.
            while filled < buffer.len() {
                match reader.read(&mut buffer[filled..]) {
                    Ok(0) => break,
                    Ok(read) => filled += read,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
            let read = &buffer[..filled];
            if let (0, Some(length)) = (at, read.first_chunk::<8>()) {
                let header = u64::from_le_bytes(*length);
                tensors_from = header.checked_add(LENGTH).filter(|_| is_safetensors);
            }
            whole.update(read);
            window.update(inside(read, at, WINDOW.0, WINDOW.0 + WINDOW.1));
            if let Some(begin) = tensors_from {
                tensors.update(inside(read, at, begin, u64::MAX));
            }
            if filled < buffer.len() {
                break;
            }
            at += filled as u64;
        }
        let sha256 = Digest::from(whole);
        Ok(Self {
            autov1: Digest::from(window).prefix(AUTOV1),
            autov2: sha256.prefix(10),
            autov3: tensors_from.map(|_| Digest::from(tensors).prefix(AUTOV3)),
            sha256,
        })
    }
}

/// The part of `bytes`, which stand at `at` in their file, from `begin` to `end`.
fn inside(bytes: &[u8], at: u64, begin: u64, end: u64) -> &[u8] {
    // What does not fit a size is behind all bytes.
    let place = |place: u64| usize::try_from(place.saturating_sub(at)).unwrap_or(usize::MAX);
    let (begin, end) = (place(begin).min(bytes.len()), place(end).min(bytes.len()));
    &bytes[begin..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8], digits: usize) -> String {
        Digest::of(bytes).prefix(digits)
    }

    /// As `modules/hashes.py` and `modules/sd_models.py` of the interface compute them that gave them their names.
    #[test]
    fn the_hashes_are_those_that_people_know() {
        let folder = tempfile::tempdir().unwrap();
        for size in [
            20_usize, 0x10_0000, 0x10_8000, 0x11_0000, 0x20_0000, 0x25_1234,
        ] {
            let mut bytes: Vec<u8> = (0..size).map(|i| (i % 251) as u8).collect();
            bytes[..8].copy_from_slice(&4_u64.to_le_bytes());
            let found = ModelHashes::of(&bytes[..], true).unwrap();
            let end = size.min(0x11_0000);
            let window = bytes.get(0x10_0000..end).unwrap_or_default();
            assert_eq!(found.sha256, Digest::of(&bytes));
            assert_eq!(found.autov1, hex(window, 8), "{size}");
            let file = folder.path().join("model.safetensors");
            std::fs::write(&file, &bytes).unwrap();
            assert_eq!(ModelHashes::piece(&file).unwrap(), found.autov1, "{size}");
            assert_eq!(found.autov2, hex(&bytes, 10));
            assert_eq!(found.autov3, Some(hex(&bytes[12..], 12)));
            assert_eq!(ModelHashes::of(&bytes[..], false).unwrap().autov3, None);
        }
        let mut lying = [0; 100];
        lying[..8].fill(0xff);
        assert_eq!(ModelHashes::of(&lying[..], true).unwrap().autov3, None);
    }
}
