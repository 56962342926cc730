//! A file mapped into memory. Models are larger than what a program should copy: mapped, only the
//! pages in use are resident, and the system may take them back. The only unsafe code of the file
//! readers is here.

use std::fs::File;
use std::path::{Path, PathBuf};

use memmap2::Mmap;

use super::links::refuse_dangling;
use super::text::is_lfs_pointer;
use crate::ModelError;

/// The length of a file's start that tells text from weights, in bytes.
const PROBE: usize = 512;

/// The bytes of one file.
pub struct Mapping {
    path: PathBuf,
    map: Mmap,
}

impl Mapping {
    /// Maps the whole file, and refuses what plainly holds no weights.
    ///
    /// # Errors
    /// [`ModelError::Missing`], [`ModelError::Io`], [`ModelError::Empty`],
    /// [`ModelError::LfsPointer`] or [`ModelError::TextFile`].
    pub fn open(path: &Path) -> Result<Self, ModelError> {
        let io = |source| ModelError::Io {
            path: path.into(),
            source,
        };
        if !path.is_file() {
            refuse_dangling(path)?;
            return Err(ModelError::Missing {
                path: path.into(),
                what: "the weights".into(),
            });
        }
        let file = File::open(path).map_err(io)?;
        if file.metadata().map_err(io)?.len() == 0 {
            return Err(ModelError::Empty { file: path.into() });
        }
        // SAFETY: the map is read-only and private to this value. Its bytes are plain numbers, for
        // which every bit pattern is valid; a file that another program changes meanwhile can make
        // them other numbers, and one that it shortens ends the process with a bus error, as it does
        // for every program that maps files. We never write to a model file.
        let map = unsafe { Mmap::map(&file) }.map_err(io)?;
        let mapping = Self {
            path: path.into(),
            map,
        };
        mapping.refuse_text()?;
        Ok(mapping)
    }

    /// The file that is mapped.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.map
    }

    /// Tells the system that `length` bytes from `offset` are not needed for now. They stay
    /// readable: they are read from the file again. Elsewhere than on Unix this does nothing.
    pub fn release(&self, offset: usize, length: usize) {
        #[cfg(unix)]
        {
            // SAFETY: MADV_DONTNEED discards the resident pages of the range. The map is a shared,
            // read-only map of a file and was never written to, so the pages hold nothing but the
            // file's bytes, and reading them again gives the same bytes; references into the map
            // stay valid.
            let advised = unsafe {
                self.map
                    .unchecked_advise_range(memmap2::UncheckedAdvice::DontNeed, offset, length)
            };
            // Advice that is not taken costs memory, not correctness.
            drop(advised);
        }
        #[cfg(not(unix))]
        let _ = (offset, length);
    }

    /// A web page or a Git LFS pointer saved under a model's name. The readers would refuse it as
    /// damaged too, but a person needs to hear what it is.
    fn refuse_text(&self) -> Result<(), ModelError> {
        let start = self.map.get(..PROBE).unwrap_or(&self.map);
        if is_lfs_pointer(start) {
            return Err(ModelError::LfsPointer {
                file: self.path.clone(),
            });
        }
        let printable = |&b: &u8| matches!(b, b'\t' | b'\n' | b'\r' | 0x20..=0x7e | 0x80..);
        if start.iter().all(printable) {
            return Err(ModelError::TextFile {
                file: self.path.clone(),
            });
        }
        Ok(())
    }
}
